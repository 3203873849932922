"""Whether any plan at all meets the rules, without looking for a good one."""

import pulp

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.search import build
from foodlots.optimise.solver import Effort, Infeasible, solve
from foodlots.settings import Settings

SECONDS = 30.0  # s for one answer; it takes far less


def is_possible(case: Case, settings: Settings, seconds: float = SECONDS) -> bool:
    """Whether some plan meets all rules of these settings; what is undecided in time counts as possible."""
    try:
        model = build(case, settings)
    except NoPlan:
        return False
    model.problem.setObjective(pulp.LpAffineExpression([(model.draw[0], 0.0)]))
    try:
        solve(model.problem, Effort(seconds, threads=settings.effort.threads, seed=settings.effort.seed))
    except Infeasible:
        return False
    except NoPlan:
        return True
    return True
