"""A case in which selling is charged a toll: what no plan of it can undercut, and what would be sold at such tolls.

Where several cases share growers, each may be planned as if it had them all, and paid for what it takes of them:
min over all plans >= sum of the cases' own minima with tolls - tolls × what there is (Lagrangian duality), £.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.first_plan import relax
from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.search import build
from foodlots.optimise.small_problems import never
from foodlots.settings import Settings

Lode = tuple[str, str, int]  # producer, product, month


@dataclass(frozen=True)
class Tolled:
    """bound_gbp: no plan costs less, tolls paid · sold: (producer, product, month) -> kg · taken_on: bidder -> 0 to 1 ·
    depots: depot -> 0 to 1, as far as the relaxed problem uses them."""

    bound_gbp: float
    sold: Mapping[Lode, float]
    taken_on: Mapping[str, float]
    depots: Mapping[str, float]


def relax_with_tolls(
    case: Case, settings: Settings, tolls: Mapping[Lode, float], stopped: Callable[[], bool] = never
) -> Tolled:
    """The relaxed problem with £ a kg to be paid for some sales; raises NoPlan when the limits allow none.

    Months that are alike to the case are sold together; the toll of them together is the least of any.
    """
    model = build(case, settings)
    program = _charged(model, Program.of(model.problem), tolls)
    relaxed = relax(program, stopped)
    if relaxed is None:
        raise NoPlan("the limits of this region contradict each other, or its search was stopped")
    return Tolled(relaxed.cost, _sold(model, relaxed.values), _used(model.win, relaxed.values),
                  _used(model.open_depot, relaxed.values))  # fmt: skip


def _charged(model: Model, program: Program, tolls: Mapping[Lode, float]) -> Program:
    cost = program.cost.copy()
    for sale, column in model.supply.items():
        cost[column.index] += min(tolls.get((sale.producer, sale.product, month), 0.0) for month in sale.spell)
    return replace(program, cost=cost)


def _sold(model: Model, values: np.ndarray) -> dict[Lode, float]:
    sold: dict[Lode, float] = defaultdict(float)
    for sale, column in model.supply.items():
        for month in sale.spell:
            sold[sale.producer, sale.product, month] += float(values[column.index]) / len(sale.spell)
    return {lode: kg for lode, kg in sold.items() if kg > 0}


def _used(columns: Mapping, values: np.ndarray) -> dict[str, float]:
    return {key: float(values[column.index]) for key, column in columns.items() if values[column.index] > 0}
