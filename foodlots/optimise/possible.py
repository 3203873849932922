"""Whether any plan at all meets the rules, without looking for a good one."""

from dataclasses import replace
from decimal import Decimal

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.program import Program
from foodlots.optimise.search import build
from foodlots.optimise.solver import Effort, Infeasible, Progress, solve
from foodlots.settings import Settings

NEARLY_ALL = Decimal("0.99")  # £ for each £ kept local; more would make giving money away cheaper


def is_possible(case: Case, settings: Settings) -> bool | None:
    """Whether some plan meets all rules of these settings; None where their time of effort was too short to tell."""
    try:
        model = build(case, _leaning(settings))
    except NoPlan:
        return False
    program = Program.of(model.problem)
    if first_plan(model, program, relax(program)) is not None:
        return True
    effort = settings.effort
    try:
        solve(model.problem, Effort(float(effort.seconds), threads=effort.threads, seed=effort.seed), _a_plan)
    except Infeasible:
        return False
    except NoPlan:
        return None
    return True


def _a_plan(progress: Progress) -> bool:
    return progress.best is not None


def _leaning(settings: Settings) -> Settings:
    """The settings with what is paid locally as an aim, where some of it is a must: what is looked for is then near."""
    if not settings.floors.local and not settings.limits.local_gbp:
        return settings
    return replace(settings, aims=replace(settings.aims, local_spend_gbp=NEARLY_ALL))
