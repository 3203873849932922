"""To begin with an earlier plan: its lots and awards, as far as this problem allows them, completed as well as can be.

A buyer who moves one lever mostly wants the same lots: to begin there is better than to begin with nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np

from foodlots.optimise.draw_up import blocks
from foodlots.optimise.first_plan import AWARDING_SECONDS, awarded
from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, best_in, never
from foodlots.optimise.solver import Effort
from foodlots.plan import Plan

TOLD = 5  # decimals of a share that a plan's files tell
Covered = frozenset[tuple[str, str, int]]  # (site, product, month)


def begin_like(model: Model, program: Program, plan: Plan, stopped: Callable[[], bool] = never) -> Found | None:
    """The earlier plan's lots with its awards; where they are not all allowed now the best of them, or the best others.

    None where its lots cannot all be drawn any more, or no awards of them keep to the rules.
    """
    lots = same_lots(model, plan)
    if lots is None:
        return None
    drawn = np.zeros(len(model.candidates))
    drawn[list(lots.values())] = 1.0
    awards, made = _awards(model, plan, lots)
    return (
        _as_made(model, program, drawn, awards, made, stopped)
        or awarded(model, program, drawn, ~awards | made, stopped)
        or awarded(model, program, drawn, np.ones_like(made), stopped)
    )


def _as_made(
    model: Model, program: Program, drawn: np.ndarray, awards: np.ndarray, made: np.ndarray, stopped: Callable[[], bool]
) -> Found | None:
    """These lots and awards, and the best of all that goes with them."""
    values, free = made.astype(float), ~awards
    draws = [draw.index for draw in model.draw]
    values[draws], free[draws] = drawn, False
    return best_in(program, free, values, Effort(AWARDING_SECONDS), stopped)


def same_lots(model: Model, plan: Plan) -> dict[str, int] | None:
    """Lot of the plan -> the candidate that covers exactly the same; None when some lot has none."""
    covered: dict[str, set] = defaultdict(set)
    for cell in plan.cells:
        covered[cell.lot].update((cell.site, cell.product, month) for month in cell.months)
    shapes = defaultdict(list)
    for lot, candidate in enumerate(model.candidates):
        shapes[candidate.sites, candidate.products, candidate.months].append(lot)
    found = {lot: _candidate(model, shapes, frozenset(cells)) for lot, cells in sorted(covered.items())}
    return None if None in found.values() else found


def _candidate(model: Model, shapes: dict, covered: Covered) -> int | None:
    shape = tuple(tuple(sorted({cell[part] for cell in covered})) for part in range(3))
    alike = (lot for lot in shapes[shape] if frozenset(_covers(model, lot)) == covered)
    return next(alike, None)


def _covers(model: Model, lot: int) -> Iterator[tuple[str, str, int]]:
    candidate = model.candidates[lot]
    for product in candidate.products:
        for sites, months in blocks(model, candidate, product):
            yield from ((site, product, month) for site in sites for month in months)


def _awards(model: Model, plan: Plan, lots: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Which columns are awards, and which of these the plan made."""
    won = {(lots[award.lot], award.bidder, award.depot, round(float(award.share), TOLD)) for award in plan.awards}
    awards = np.zeros(len(model.problem.variables()), dtype=bool)
    made = awards.copy()
    for award, bid in zip(model.award, model.bids, strict=True):
        awards[award.index] = True
        made[award.index] = (bid.lot, bid.channel.bidder, bid.channel.depot, round(float(bid.share), TOLD)) in won
    return awards, made
