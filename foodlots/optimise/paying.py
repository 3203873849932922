"""Leaving out, with proof, what can never pay: bids that cost more than they save, bidders that earn no setup.

Dropping any award leaves a valid plan (its lot goes to the open market) unless a floor or a number of winners
must be met, or an award is held; so what cannot save as much as it costs is in some best plan not at all. A bid
that cannot pay is kept while it might help its bidder to fill what it wins: only one that falls short of the
least fill is dropped. Where £1 kept local is worth £1 or more, paying costs nothing, and nothing is left out.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from foodlots.optimise.bids import Bid, BidBook

CENT = 1e-6  # £; savings smaller than this are none


def keep_what_can_pay(book: BidBook) -> tuple[Bid, ...]:
    """The bids that some best plan may need."""
    if _must_have_awards(book) or book.ground.settings.aims.local_spend_gbp >= 1:
        return book.bids
    savings, by_bidder = _Savings(book), defaultdict(list)
    for number, bid in enumerate(book.bids):
        if savings.of[number] > CENT or not savings.falls_short[number]:
            by_bidder[bid.channel.bidder].append(number)
    paying = [own for bidder, own in by_bidder.items() if savings.at_most(bidder, own) > savings.setup(bidder) + CENT]
    return tuple(book.bids[number] for number in sorted(number for own in paying for number in own))


def _must_have_awards(book: BidBook) -> bool:
    floors, awards = book.ground.settings.floors, book.ground.settings.awards
    held = "award" in book.ground.case.held.values()
    if book.ground.settings.limits.local_gbp or "local" in book.ground.settings.order.aims:
        return True
    return bool(floors.local or floors.small or floors.organic_or_higher or awards.min_winners or held)


class _Savings:
    """The most that bids and bidders could save against the open market, £, their worth to the aims included.

    of: bid by bid · falls_short: bid by bid, whether it alone stays below the least fill.
    """

    def __init__(self, book: BidBook):
        self.book, self.ground, self.stock = book, book.ground, book.stock
        self.worth = float(self.ground.settings.aims.local_spend_gbp)
        self.asked = self.ground.kg.sum(axis=0)
        self._per_kg: dict[tuple[str, int], np.ndarray] = {}
        self.of: list[float] = []
        self.falls_short: list[bool] = []
        for (lot, depot, _), alike in groupby(book.bids, key=lambda bid: (bid.lot, bid.channel.depot, bid.share)):
            self._weigh(lot, depot, list(alike))

    def _weigh(self, lot: int, depot: str, bids: list[Bid]) -> None:
        """Of bids for the same share of a lot, brought the same way: the most that each could save, and whether it
        alone stays below the least fill, so that winning it never helps to reach it."""
        candidate, fill = self.book.candidates[lot], float(self.ground.settings.awards.min_fill)
        rows = [self.ground.row[product] for product in candidate.products]
        sellable = np.array([bid.sellable for bid in bids])
        per_kg = np.array([self.per_kg(bid.channel.bidder, candidate.pool)[rows] for bid in bids])
        if depot:
            handling = self.ground.case.depots[depot].handling_gbp_per_kg
            per_kg = np.maximum(0.0, per_kg - float(handling))
        saved = (sellable * per_kg).reshape(len(bids), -1).sum(axis=1).tolist()
        self.of += [gbp - self._delivery(bid) for gbp, bid in zip(saved, bids, strict=True)]
        fillable = (sellable.sum(axis=2) @ self.ground.benchmark[rows]).tolist()
        self.falls_short += [
            not fill or gbp < fill * bid.to_fill_gbp - CENT for gbp, bid in zip(fillable, bids, strict=True)
        ]

    def at_most(self, bidder: str, numbers: Sequence[int]) -> float:
        """The most that a bidder could save with all it has, and with these bids, by their numbers: all its own."""
        bids = [self.book.bids[number] for number in numbers]
        has = np.minimum(self.book.kg[self.stock.row[bidder]], self.asked)
        per_kg = np.max([self.per_kg(bidder, pool) for pool in sorted({bid.channel.pool for bid in bids})], axis=0)
        with_all_it_has = float((has * per_kg).sum()) - min(map(self._delivery, bids))
        return min(with_all_it_has, sum(max(0.0, self.of[number]) for number in numbers))

    def setup(self, bidder: str) -> float:
        """What taking the bidder on costs."""
        own = self.ground.case.producers[bidder].setup_gbp
        return float(self.ground.settings.costs.per_supplier if own is None else own)

    def _delivery(self, bid: Bid) -> float:
        return bid.delivery_gbp * (1 - self.worth * self.ground.local[bid.channel.bidder, bid.channel.pool])

    def per_kg(self, bidder: str, pool: int) -> np.ndarray:
        """The most a kilo through the bidder could save: (products, 12)."""
        if (bidder, pool) not in self._per_kg:
            costs = [self._cost(bidder, grower, pool) for grower in self.stock.sells_for[bidder]]
            self._per_kg[bidder, pool] = np.maximum(0.0, self.ground.benchmark[:, None] - np.min(costs, axis=0))
        return self._per_kg[bidder, pool]

    def _cost(self, bidder: str, grower: str, pool: int) -> np.ndarray:
        row = self.stock.row[grower]
        gate = np.where(self.stock.kg[row] > 0, self.stock.price[row], np.inf)
        paid = gate + self.stock.collection[bidder, grower]
        return paid * (1 - self.worth * self.ground.local[grower, pool])
