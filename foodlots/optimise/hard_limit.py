"""A limit on what a whole plan brings, made the aim: how near plans come to it is then known in seconds.

Such a limit is one row. A search for the cheapest plan with the row in place may find no plan for minutes where the
row is hard to meet; with the row taken out and made the aim, the relaxed problem points to the plans that meet it.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import highspy
import numpy as np

from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.goals import buyer_cost, carbon, delivery_km, local_spend, organic_spend, small_spend, spend
from foodlots.optimise.model import Amount, Model
from foodlots.optimise.program import SPARE, Program
from foodlots.optimise.small_problems import Found, best_in, never
from foodlots.optimise.solver import Effort

DEARER = (2, 8)  # times the price of a limit in the relaxed problem: whole lots come less near to it
CHEAPER_SECONDS = 8.0  # s to make a plan that meets a limit cheaper


class Limit(NamedTuple):
    """A policy of one row: its setting, its name, the amount it limits, and whether as a share of spend."""

    setting: str
    policy: str
    amount: Callable[[Model], Amount]
    of_spend: bool = False

    def reached(self, model: Model, values: np.ndarray) -> float:
        """What the plan of these values brings, in the setting's unit."""
        brought = _sum(self.amount(model), values)
        return brought / max(_sum(spend(model), values), SPARE) if self.of_spend else brought


LIMITS = (
    Limit("floors.local", "local_floor", local_spend, True),
    Limit("floors.small", "small_floor", small_spend, True),
    Limit("floors.organic_or_higher", "organic_floor", organic_spend, True),
    Limit("limits.local_gbp", "keep_local_spend", local_spend),
    Limit("limits.cost_gbp", "respect_cost_ceiling", buyer_cost),
    Limit("limits.km", "respect_km_ceiling", delivery_km),
    Limit("limits.kgco2e", "respect_carbon_ceiling", carbon),
)


def limits_on(model: Model) -> list[Limit]:
    """The limits that have a row in this problem."""
    return [limit for limit in LIMITS if model.rows[limit.policy]]


def aimed_at(program: Program, model: Model, limit: Limit) -> tuple[Program, float]:
    """The problem with the limit's row made its aim, to be as little as can be, and the most that meets the row."""
    (row,) = (row.index for row in model.problem.constraints() if row.name.startswith(f"{limit.policy}("))
    inside = slice(program.starts[row], program.starts[row + 1])
    sign = -1.0 if program.least[row] > -highspy.kHighsInf else 1.0
    target = sign * (program.least[row] if sign < 0 else program.most[row])
    cost, least, most = np.zeros(len(program.cost)), program.least.copy(), program.most.copy()
    np.add.at(cost, program.index[inside], sign * program.value[inside])
    least[row], most[row] = -highspy.kHighsInf, highspy.kHighsInf
    return replace(program, cost=cost, constant=0.0, least=least, most=most), float(target)


def plan_that_meets(
    model: Model, program: Program, relaxed: Found | None, stopped: Callable[[], bool] = never
) -> Found | None:
    """A plan where no other quick way meets the limits, made cheaper for as long as a first plan is worth.

    The first of the limits becomes an aim beside the cost, at a price above the relaxed problem's, then the only aim.
    None where the lots and awards so found do not meet them all.
    """
    for limit in limits_on(model)[:1]:
        aimed, target = aimed_at(program, model, limit)
        for way in _priced(program, aimed, relaxed):
            near = first_plan(model, way, relax(way, stopped), stopped)
            if near is not None and aimed.costs(near.values) <= target + SPARE:
                free = np.ones(len(program.cost), dtype=bool)
                free[[draw.index for draw in model.draw]] = False
                return best_in(program, free, near.values, Effort(CHEAPER_SECONDS), stopped, near.values)
    return None


def _priced(program: Program, aimed: Program, relaxed: Found | None) -> Iterator[Program]:
    """The problem with the row an aim beside the cost, and last the only one."""
    if relaxed is not None and relaxed.prices is not None:
        (row,) = np.flatnonzero((aimed.least != program.least) | (aimed.most != program.most))
        for times in DEARER:
            price = times * abs(float(relaxed.prices[row]))
            yield replace(aimed, cost=program.cost + price * aimed.cost, constant=program.constant)
    yield aimed


def _sum(amount: Amount, values: np.ndarray) -> float:
    return amount.constant + sum(by * values[column.index] for column, by in amount.terms)
