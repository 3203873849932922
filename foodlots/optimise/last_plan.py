"""To begin with an earlier plan: its lots and awards, as far as this problem allows them, completed as well as can be.

A buyer who moves one lever mostly wants the same lots: to begin there is better than to begin with nothing.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from foodlots.optimise.draw_up import blocks
from foodlots.optimise.first_plan import awarded
from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found
from foodlots.plan import Plan

Covered = frozenset[tuple[str, str, int]]  # (site, product, month)


def begin_like(model: Model, program: Program, plan: Plan) -> Found | None:
    """The earlier plan's lots with its awards or, where those are not allowed now, the best others.

    None where its lots cannot all be drawn any more, or no awards of them keep to the rules.
    """
    lots = same_lots(model, plan)
    if lots is None:
        return None
    drawn = np.zeros(len(model.candidates))
    drawn[list(lots.values())] = 1.0
    everything = np.ones(len(program.cost), dtype=bool)
    same = awarded(model, program, drawn, _same_awards(model, plan, lots), close_enough=0.0)
    return same or awarded(model, program, drawn, everything)


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


def _same_awards(model: Model, plan: Plan, lots: dict[str, int]) -> np.ndarray:
    """Every column but the awards that the plan did not make."""
    made = {(lots[award.lot], award.bidder, award.depot) for award in plan.awards}
    others = [
        award.index
        for award, bid in zip(model.award, model.bids, strict=True)
        if (bid.lot, bid.channel.bidder, bid.channel.depot) not in made
    ]
    tried = np.ones(len(model.problem.variables()), dtype=bool)
    tried[others] = False
    return tried
