"""Aims in a strict order: each as good as can be, and then held, before the next one counts."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pulp

from foodlots.optimise.first_plan import relax
from foodlots.optimise.goals import carbon, delivery_km, local_spend, merged, objective
from foodlots.optimise.model import AT_MOST, Amount, Model
from foodlots.optimise.program import Program
from foodlots.optimise.solver import Answer

COST = "cost"
ROOM = 1e-6  # of an aim's amount; what the solver's own tolerance needs to find the same plan again


def suppliers(model: Model) -> Amount:
    """How many win."""
    return Amount([(win, 1.0) for win in model.win.values()])


def lots(model: Model) -> Amount:
    """How many lots there are."""
    return Amount([(draw, 1.0) for draw in model.draw])


LESS_IS_BETTER: dict[str, Callable[[Model], Amount]] = {
    COST: objective,
    "local": lambda model: local_spend(model).times(-1.0),
    "carbon": carbon,
    "km": delivery_km,
    "suppliers": suppliers,
    "lots": lots,
}
COUNTED = ("suppliers", "lots")
SAME_NUMBER = 0.5  # two numbers nearer than this are one
Solve = Callable[[str, np.ndarray | None, int], Answer]  # (aim, a start, stages still to come) -> what the solver says


def in_order(model: Model, solve: Solve) -> Answer:
    """The answer of the last stage, with the bound that was proven for cost, and proven only if every stage was."""
    order = model.settings.order.aims
    stages = order if COST in order else (*order, COST)
    start, answers = None, {}
    for left, name in zip(range(len(stages) - 1, -1, -1), stages, strict=True):
        amount = merged(LESS_IS_BETTER[name](model))
        model.problem.setObjective(pulp.LpAffineExpression(amount.terms, amount.constant))
        answers[name] = solve(name, start, left)
        start = np.array([column.varValue for column in model.problem.variables()])
        if left:
            _keep(model, name, amount, answers[name].objective)
    last = answers[stages[-1]]
    bound = answers[COST].bound
    if bound == float("-inf") and stages[-1] == COST:  # HiGHS had no time for the first of its bounds
        relaxed = relax(Program.of(model.problem))
        bound = min(relaxed.cost, last.objective) if relaxed else bound
    return replace(last, bound=bound, proven=all(answer.proven for answer in answers.values()))


def _keep(model: Model, name: str, amount: Amount, best: float) -> None:
    """Hold an aim at its best, but for what may be given up for the next."""
    slack = max(float(model.settings.order.slack), ROOM)
    limit = best + abs(best) * slack - amount.constant
    model.problem += pulp.LpConstraint(pulp.LpAffineExpression(amount.terms), AT_MOST, f"keep({name})", limit)
