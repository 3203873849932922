"""Neighbourhoods of a plan: lots that belong together, and what may change when only they are drawn anew."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import cached_property
from random import Random

import numpy as np

from foodlots.optimise.model import Model

LIKENESSES = ((1, 0), (0, 1), (1, 1))  # lots alike in area, in products, or in both
SAME_WINNER, CHANCE = 0.5, 0.3  # against 1 for the same area or the same products


class Neighbourhoods:
    """Those of one problem's plans. They are asked for many times a minute, so what they rest on is kept in arrays."""

    def __init__(self, model: Model):
        self._model, self._columns = model, len(model.problem.variables())
        self._draws = np.array([draw.index for draw in model.draw])
        self._awards = np.array([award.index for award in model.award], dtype=int)
        self._lots = np.array([bid.lot for bid in model.bids], dtype=int)
        self._wins = np.array([model.win[bid.channel.bidder].index for bid in model.bids], dtype=int)
        self._supplies = np.array([supply.index for supply in model.supply.values()], dtype=int)
        self._rest = [c.index for c in (*model.open_depot.values(), *model.serve.values(), *model.extremes.values())]
        number = _numbers(bid.channel for bid in model.bids)
        self._channels = np.array([number[bid.channel] for bid in model.bids], dtype=int)
        self._sold_through = np.array([number[sale.channel] for sale in model.supply], dtype=int)
        self._row_of_sale = np.array([model.ground.row[sale.product] for sale in model.supply], dtype=int)
        cells = _numbers(cell for candidate in model.candidates for cell in candidate.cells)
        self._cell = np.array([cells[cell] for candidate in model.candidates for cell in candidate.cells])
        self._candidate = np.repeat(np.arange(len(model.candidates)), [len(each.cells) for each in model.candidates])

    @cached_property
    def ties(self) -> np.ndarray:
        """The columns that are of no lot alone: who wins anything, depots and their rounds."""
        ties = np.zeros(self._columns, dtype=bool)
        ties[self._wins] = ties[self._rest] = True
        return ties

    def drawn(self, values: np.ndarray) -> list[int]:
        """The lots that are drawn in these values."""
        return np.flatnonzero(values[self._draws] > 0.5).tolist()

    def around(self, first: int, values: np.ndarray, number: int, dice: Random) -> list[int]:
        """So many of the lots drawn: those most like this one in area, in products, in winner, or in all of these."""
        winners, candidates = self.winners(values), self._model.candidates
        by_area, by_product = dice.choice(LIKENESSES)

        def likeness(lot: int) -> float:
            one, other = candidates[lot], candidates[first]
            return (
                by_area * _shared(set(one.leaves), set(other.leaves))
                + by_product * _shared(set(one.products), set(other.products))
                + SAME_WINNER * bool(winners[lot] & winners[first])
                + CHANCE * dice.random()
            )

        return sorted(self.drawn(values), key=likeness, reverse=True)[:number]

    def winners(self, values: np.ndarray) -> dict[int, set[str]]:
        """Who wins each lot in these values."""
        winners = defaultdict(set)
        for bid in np.flatnonzero(values[self._awards] > 0.5).tolist():
            winners[self._model.bids[bid].lot].add(self._model.bids[bid].channel.bidder)
        return winners

    def free(self, lots: list[int], promising: np.ndarray) -> np.ndarray:
        """The columns of all candidates that lie in these lots, of bids for them, and of those bidders' sales."""
        inside, free = self._inside(lots), np.zeros(len(promising), dtype=bool)
        free[self._draws[inside]] = True
        bids = inside[self._lots] & promising[self._awards]
        free[self._awards[bids]] = free[self._wins[bids]] = True
        products = [self._model.ground.row[p] for lot in lots for p in self._model.candidates[lot].products]
        sold = np.isin(self._sold_through, self._channels[bids]) & np.isin(self._row_of_sale, products)
        free[self._supplies[sold]] = True
        free[self._rest] = True
        return free

    def _inside(self, lots: list[int]) -> np.ndarray:
        """Which candidates lie in these lots."""
        covered = np.zeros(self._cell.max() + 1, dtype=bool)
        covered[self._cell[np.isin(self._candidate, lots)]] = True
        return np.bincount(self._candidate, ~covered[self._cell]) == 0


def _numbers(things: Iterable[Hashable]) -> dict[Hashable, int]:
    return {thing: number for number, thing in enumerate(dict.fromkeys(things))}


def _shared(one: set, other: set) -> float:
    return len(one & other) / len(one | other)
