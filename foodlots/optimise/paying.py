"""Leaving out, with proof, what can never pay: bids that cost more than they save, bidders that earn no setup.

Dropping any award leaves a valid plan (its lot goes to the open market) unless a floor or a number of winners
must be met, or an award is held; so what cannot save as much as it costs is in some best plan not at all. A bid
that cannot pay is kept while it might help its bidder to fill what it wins: only one that falls short of the
least fill is dropped. Where £1 kept local is worth £1 or more, paying costs nothing, and nothing is left out.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from foodlots.optimise.bids import Bid, BidBook

CENT = 1e-6  # £; savings smaller than this are none


def keep_what_can_pay(book: BidBook) -> tuple[Bid, ...]:
    """The bids that some best plan may need."""
    if _must_have_awards(book) or book.ground.settings.aims.local_spend_gbp >= 1:
        return book.bids
    savings = _Savings(book)
    bids = [bid for bid in book.bids if savings.of(bid) > CENT or not _falls_short(book, bid)]
    by_bidder = defaultdict(list)
    for bid in bids:
        by_bidder[bid.channel.bidder].append(bid)
    paying = {
        bidder for bidder, own in by_bidder.items() if savings.at_most(bidder, own) > savings.setup(bidder) + CENT
    }
    return tuple(bid for bid in bids if bid.channel.bidder in paying)


def _must_have_awards(book: BidBook) -> bool:
    floors, awards = book.ground.settings.floors, book.ground.settings.awards
    held = "award" in book.ground.case.held.values()
    if book.ground.settings.limits.local_gbp or "local" in book.ground.settings.order.aims:
        return True
    return bool(floors.local or floors.small or floors.organic_or_higher or awards.min_winners or held)


def _falls_short(book: BidBook, bid: Bid) -> bool:
    """Whether the bid alone stays below the least fill, so that winning it never helps to reach it."""
    fill = float(book.ground.settings.awards.min_fill)
    rows = [book.ground.row[product] for product in book.candidates[bid.lot].products]
    fillable = float(bid.sellable.sum(axis=1) @ book.ground.benchmark[rows])
    return not fill or fillable < fill * bid.value_gbp - CENT


class _Savings:
    """The most that bids and bidders could save against the open market, £, their worth to the aims included."""

    def __init__(self, book: BidBook):
        self.book, self.ground, self.stock = book, book.ground, book.stock
        self.worth = float(self.ground.settings.aims.local_spend_gbp)
        self.asked = self.ground.kg.sum(axis=0)
        self._per_kg: dict[tuple[str, int], np.ndarray] = {}

    def of(self, bid: Bid) -> float:
        """The most that one bid could save."""
        rows = [self.ground.row[product] for product in self.book.candidates[bid.lot].products]
        per_kg = self.per_kg(bid.channel.bidder, bid.channel.pool)[rows]
        if bid.channel.depot:
            handling = self.ground.case.depots[bid.channel.depot].handling_gbp_per_kg
            per_kg = np.maximum(0.0, per_kg - float(handling))
        return float((bid.sellable * per_kg).sum()) - self._delivery(bid)

    def at_most(self, bidder: str, bids: Iterable[Bid]) -> float:
        """The most that a bidder could save with all it has, and with all its bids."""
        bids = list(bids)
        has = np.minimum(self.book.kg[self.stock.row[bidder]], self.asked)
        per_kg = np.max([self.per_kg(bidder, pool) for pool in sorted({bid.channel.pool for bid in bids})], axis=0)
        with_all_it_has = float((has * per_kg).sum()) - min(map(self._delivery, bids))
        return min(with_all_it_has, sum(max(0.0, self.of(bid)) for bid in bids))

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
