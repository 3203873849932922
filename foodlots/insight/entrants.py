"""Who could come to a lot beside what is awarded: able, paying, and within the buyer's limits, one bidder at a time.

A bidder pays when the kilos it could still sell into what is short save more, against the open market, than its
driving, drops, set-up and the depot's rounds cost. Each is judged alone; unsold kilos are counted to the gram.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, partial

import numpy as np

from foodlots.insight.lifts import World
from foodlots.optimise.bids import Bid, BidBook, Channel
from foodlots.optimise.held import all_bids, lot_id
from foodlots.optimise.standing import Standing, grams

CENT = 1e-6  # £; a saving smaller than this is none
GONE = 1e-5  # of a share; plans write them with six decimals


@dataclass(frozen=True, eq=False)
class Entrant:
    """A bid that could be added to a lot. grams: (growers, products of the lot, 12) it could sell there at the most.

    fixed_gbp: a year of driving, drops, set-up and depot rounds that it would add · saved_gbp: what its kilos would
    save against the open market · judged: finds what is against it, which is asked of few.
    """

    bid: Bid
    lot: str
    growers: tuple[str, ...]
    grams: np.ndarray
    fixed_gbp: float
    saved_gbp: float
    judged: Callable[[], Iterable[str]]

    @cached_property
    def against(self) -> tuple[str, ...]:
        """The buyer's limits that stand in its way."""
        return tuple(self.judged())

    @property
    def pays(self) -> bool:
        """Whether it saves more than it costs, or costs nothing and saves nothing less."""
        return self.saved_gbp > self.fixed_gbp + CENT or (not self.fixed_gbp and self.saved_gbp >= 0)


class Entrants:
    """Everyone who could come to any lot in a world, the plan standing as it is.

    book: the world's bids where they are known · lots: those asked about, all by default.
    """

    def __init__(self, standing: Standing, world: World, book: BidBook | None = None, lots: set[str] | None = None):
        self.standing, self.world, self._asked = standing, world, lots
        case = replace(world.case, lots=standing.ground.case.lots)
        self.ground = replace(standing.ground, case=case, settings=world.settings)
        self.book: BidBook = book or all_bids(self.ground, standing.lots, standing.rounds)
        self.stock, self.row = self.book.stock, self.book.stock.row
        self.worth = float(world.settings.aims.local_spend_gbp)
        self._margins: dict[Channel, np.ndarray] = {}
        self._rounds: dict[tuple[str, int], tuple[float, float]] = {}

    def __iter__(self) -> Iterator[Entrant]:
        """Every bid for a lot in which something is short, in order; one a bidder, lot and way."""
        for bid in self._worth_asking():
            if self._asked is not None and lot_id(self.standing.lots[bid.lot]) not in self._asked:
                continue
            short = self.standing.short.get(lot_id(self.standing.lots[bid.lot]))
            entrant = self._entrant(bid) if short else None
            if entrant:
                yield entrant

    def _worth_asking(self) -> Iterator[Bid]:
        """Of bids that differ in their share alone: what is held already, and the largest within what nobody holds."""
        alike: dict[tuple, list[Bid]] = defaultdict(list)
        for bid in self.book.bids:
            alike[bid.lot, bid.channel].append(bid)
        for bids in alike.values():
            held = self._held(bids[0])
            fitting = [bid for bid in bids if float(bid.share) <= self._room(bid) + GONE]
            largest = max(fitting, key=lambda bid: bid.share, default=min(bids, key=lambda bid: bid.share))
            yield from (bid for bid in bids if abs(float(bid.share) - held) < GONE)
            if float(largest.share) > held + GONE:
                yield largest

    def _held(self, bid: Bid) -> float:
        """The share of the bid's lot that its bidder holds already, brought the same way."""
        return self.standing.share_of(bid.lot, bid.channel.bidder, bid.channel.depot)

    def _room(self, bid: Bid) -> float:
        """The share of the bid's lot that nobody else holds."""
        return self.standing.room_beside(bid.lot, bid.channel.bidder)

    @cached_property
    def unsold(self) -> np.ndarray:
        """Grams each producer has left: (producers, products, 12)."""
        left = np.zeros(self.stock.kg.shape, dtype=np.int64)
        for offer in self.world.case.offers:
            row = self.ground.row.get(offer.product)
            for month in offer.months if row is not None else ():
                left[self.row[offer.producer], row, month - 1] = grams(offer.kg_per_month)
        left[self.stock.kg <= 0] = 0
        for (producer, product, month), sold in self.standing.sold.items():
            at = self.row[producer], self.ground.row[product], month - 1
            left[at] = max(0, left[at] - sold)
        return left

    def _margin(self, bid: Bid) -> np.ndarray:
        """£ a kilo saves against the open market, driving apart: (growers of the bidder, products, 12)."""
        if bid.channel not in self._margins:
            bidder, pool, depot = bid.channel.bidder, bid.channel.pool, bid.channel.depot
            growers = self.stock.sells_for[bidder]
            collection = np.array([self.stock.collection[bidder, grower] for grower in growers])
            counted = np.array([1 - self.worth * self.ground.local[grower, pool] for grower in growers])
            gate = self.stock.price[[self.row[grower] for grower in growers]]
            paid = (gate + collection[:, None, None]) * counted[:, None, None]
            handling = float(self.ground.case.depots[depot].handling_gbp_per_kg) if depot else 0.0
            self._margins[bid.channel] = self.ground.benchmark[None, :, None] - paid - handling
        return self._margins[bid.channel]

    def _entrant(self, bid: Bid) -> Entrant | None:
        """The bid with what it would sell and save; None where it has nothing that is short."""
        lot, growers = lot_id(self.standing.lots[bid.lot]), self.stock.sells_for[bid.channel.bidder]
        products = self._products[bid.lot]
        wanted = self.standing.wanted(bid.lot, bid.share, bid.channel.bidder)
        could = np.minimum(self.unsold[self._growers[bid.channel.bidder][:, None], products], wanted)
        if not could.any():
            return None
        margin = self._margin(bid)[:, products]
        could[margin <= -CENT] = 0
        if not could.any():
            return None
        sold = could if len(growers) == 1 else _cheapest_first(margin, could, wanted)
        judged = partial(self._against, bid, lot, sold) if self.world.policies else tuple
        return Entrant(bid, lot, growers, could, self._fixed(bid), float((sold * margin).sum()) / 1000, judged)

    @cached_property
    def _products(self) -> list[np.ndarray]:
        """For each lot where its products stand in the stock."""
        return [np.array([self.ground.row[product] for product in lot.products]) for lot in self.standing.lots]

    @cached_property
    def _growers(self) -> dict[str, np.ndarray]:
        """Bidder -> where those whose goods it sells stand in the stock."""
        return {
            bidder: np.array([self.row[grower] for grower in own], dtype=int)
            for bidder, own in self.stock.sells_for.items()
        }

    def _fixed(self, bid: Bid) -> float:
        """£ a year that the bid adds whatever it sells; nothing where its bidder brings the lot this way already."""
        bidder, depot = bid.channel.bidder, bid.channel.depot
        if self._held(bid):
            return 0.0
        aims, costs = self.world.settings.aims, self.world.settings.costs
        km_gbp = float(aims.km_gbp) + float(aims.kgco2e_gbp) * float(costs.kgco2e_per_km)
        local = self.ground.local[bidder, bid.channel.pool]
        fixed = bid.delivery_gbp * (1 - self.worth * local) + km_gbp * bid.km
        if bidder not in self.standing.won:
            setup = self.world.case.producers[bidder].setup_gbp
            fixed += float(costs.per_supplier if setup is None else setup)
        return fixed + (self._depot_gbp(bid, km_gbp) if depot else 0.0)

    def _depot_gbp(self, bid: Bid, km_gbp: float) -> float:
        """£ for rounds the depot does not make yet, and for opening it."""
        depot, served = bid.channel.depot, self.standing.served
        new = [leaf for leaf in sorted(self.standing.lots[bid.lot].leaves) if (depot, leaf) not in served]
        for leaf in new:
            if (depot, leaf) not in self._rounds:
                self._rounds[depot, leaf] = self.book.distribution(depot, leaf)
        rounds = [self._rounds[depot, leaf] for leaf in new]
        opening = 0.0 if any(open_ == depot for open_, _ in served) else self.ground.case.depots[depot].fixed_gbp
        return float(opening) + sum(gbp + km_gbp * km for km, gbp in rounds)

    def _against(self, bid: Bid, lot: str, sold: np.ndarray) -> Iterator[str]:
        """The limits of the buyer that stand in the way of adding the bid."""
        awards, bidder, case = self.world.settings.awards, bid.channel.bidder, self.world.case
        won, held = self.standing.won.get(bidder, []), self._held(bid)
        more_gbp = bid.value_gbp - held * self.standing.lots[bid.lot].value_gbp
        if held and abs(held - float(bid.share)) < GONE:
            return
        elsewise = not held and any(award.lot == lot for award in won)
        if elsewise or self._room(bid) < float(bid.share) - GONE:
            yield "a lot has so many winners and no more"
        if not held and awards.max_lots_per_supplier is not None and len(won) >= awards.max_lots_per_supplier:
            yield "most lots for one supplier"
        most = awards.max_share_per_owner
        if most is not None and self._owners_share(bidder, more_gbp) > float(most) + GONE:
            yield "largest share of one owner"
        if case.held.get((lot, bidder)) == "never":
            yield "ruled out by the buyer"
        filled = self.standing.filled_gbp.get(bidder, 0.0)
        filled += float(sold.sum(axis=(0, 2)) @ self.ground.benchmark[self._products[bid.lot]]) / 1000
        value = float(sum((award.value_gbp for award in won), Decimal(0))) + more_gbp
        if filled < float(awards.min_fill) * value - CENT:
            yield "least fill of what is won"

    def _owners_share(self, bidder: str, more_gbp: float) -> float:
        """The share of all value that the bidder's owner would hold with so much more."""
        owner = self.world.case.producers[bidder].owner_group
        return (self._owners_gbp.get(owner, 0.0) + more_gbp) / self.ground.value_gbp

    @cached_property
    def _owners_gbp(self) -> dict[str, float]:
        """Owner group -> value of what it won, £."""
        held: dict[str, float] = defaultdict(float)
        for award in self.standing.plan.awards:
            held[self.world.case.producers[award.bidder].owner_group] += float(award.value_gbp)
        return held


def _cheapest_first(margin: np.ndarray, left: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Grams each grower would sell when those who save most sell first: (growers, products, 12)."""
    order = np.argsort(-margin, axis=0, kind="stable")
    ranked = np.take_along_axis(left, order, axis=0)
    before = np.cumsum(ranked, axis=0) - ranked
    sold = np.clip(wanted[None] - before, 0, ranked)
    result = np.zeros_like(left)
    np.put_along_axis(result, order, sold, axis=0)
    return result
