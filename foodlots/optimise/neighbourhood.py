"""Neighbourhoods of a plan: lots that belong together, and what may change when only they are drawn anew."""

from collections import defaultdict
from random import Random

import numpy as np

from foodlots.optimise.model import Model

LIKENESSES = ((1, 0), (0, 1), (1, 1))  # lots alike in area, in products, or in both
SAME_WINNER, CHANCE = 0.5, 0.3  # against 1 for the same area or the same products


def neighbours(model: Model, values: np.ndarray, first: int, drawn: list[int], number: int, dice: Random) -> list[int]:
    """One of the lots drawn, and those most like it in area, in products, in winner, or in all of these."""
    winners = winners_of(model, values)
    by_area, by_product = dice.choice(LIKENESSES)

    def likeness(lot: int) -> float:
        one, other = model.candidates[lot], model.candidates[first]
        return (
            by_area * _shared(set(one.leaves), set(other.leaves))
            + by_product * _shared(set(one.products), set(other.products))
            + SAME_WINNER * bool(winners[lot] & winners[first])
            + CHANCE * dice.random()
        )

    return sorted(drawn, key=likeness, reverse=True)[:number]


def winners_of(model: Model, values: np.ndarray) -> dict[int, set]:
    """Who wins each lot in these values."""
    winners = defaultdict(set)
    for award, bid in zip(model.award, model.bids, strict=True):
        if values[award.index] > 0.5:
            winners[bid.lot].add(bid.channel.bidder)
    return winners


def _shared(one: set, other: set) -> float:
    return len(one & other) / len(one | other)


def free_columns(model: Model, promising: np.ndarray, lots: list[int]) -> np.ndarray:
    """The columns of all candidates that lie in these lots, of bids for them, and of those bidders' sales."""
    cells = frozenset().union(*(model.candidates[lot].cells for lot in lots))
    inside = [candidate.cells <= cells for candidate in model.candidates]
    free = np.zeros(len(promising), dtype=bool)
    free[[draw.index for lot, draw in enumerate(model.draw) if inside[lot]]] = True
    bids = [i for i, bid in enumerate(model.bids) if inside[bid.lot] and promising[model.award[i].index]]
    free[[model.award[bid].index for bid in bids]] = True
    channels = {model.bids[bid].channel for bid in bids}
    products = {product for lot in lots for product in model.candidates[lot].products}
    sales = [sale for sale in model.supply if sale.product in products and sale.channel in channels]
    free[[model.supply[sale].index for sale in sales]] = True
    bidders = {channel.bidder for channel in channels}
    free[[win.index for bidder, win in model.win.items() if bidder in bidders]] = True
    rest = (*model.open_depot.values(), *model.serve.values(), *model.extremes.values())
    free[[column.index for column in rest]] = True
    return free
