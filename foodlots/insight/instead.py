"""What another choice would have cost: one or two lots decided differently, with all other lots as planned.

No solver: a bidder's cheapest growers fill the lot from what they have left beside the other lots. £ a year.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foodlots.case import MONTHS, Case
from foodlots.delivery import Rounds
from foodlots.optimise.bids import Bid, BidBook
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.optimise.stock import Stock, take_stock
from foodlots.plan import Plan
from foodlots.settings import Settings

TINY = 1e-9  # kg or £; less than this is nothing


@dataclass(frozen=True)
class Outcome:
    """What some lots cost and bring under one choice, £ a year. `worth` is the cost less what the aims count."""

    cost_gbp: float
    local_gbp: float
    worth_gbp: float
    filled_gbp: float

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.cost_gbp + other.cost_gbp, self.local_gbp + other.local_gbp, self.worth_gbp + other.worth_gbp,
            self.filled_gbp + other.filled_gbp,
        )  # fmt: skip

    def over(self, other: "Outcome") -> "Outcome":
        """How much more than the other."""
        return self + Outcome(-other.cost_gbp, -other.local_gbp, -other.worth_gbp, -other.filled_gbp)


NOTHING = Outcome(0.0, 0.0, 0.0, 0.0)
Choice = tuple[Candidate, Bid | None]


@dataclass(frozen=True, eq=False)
class Table:
    """A case and its plan, laid out so that single lots can be decided differently."""

    case: Case
    settings: Settings
    plan: Plan

    @cached_property
    def ground(self) -> Ground:
        return lay_ground(self.case, self.settings)

    @cached_property
    def stock(self) -> Stock:
        return take_stock(self.ground)

    @cached_property
    def candidates(self) -> Mapping[str, Candidate]:
        """Each lot of the plan, as it was drawn."""
        return {lot.id: self._drawn(lot.id) for lot in self.plan.lots}

    @cached_property
    def pieces(self) -> Mapping[str, tuple[tuple[str, str, tuple[int, ...]], ...]]:
        """Lot -> its (site, product, months)."""
        found: dict[str, list] = {lot.id: [] for lot in self.plan.lots}
        for cell in self.plan.cells:
            found[cell.lot].append((cell.site, cell.product, cell.months))
        return {lot: tuple(rows) for lot, rows in found.items()}

    def _drawn(self, lot: str) -> Candidate:
        return drawn_from(self.ground, self.pieces[lot])

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds through lots, each found once."""
        return Rounds(self.ground.roads, self.plan.rounds)

    def book(self, candidates: Iterable[Candidate]) -> BidBook:
        """Everyone who could win each of these, were it a lot."""
        return BidBook(self.ground, self.stock, tuple(candidates), self.rounds)

    @cached_property
    def _bare_book(self) -> BidBook:
        return self.book(())

    def able(self, pieces: Iterable[tuple[str, str, tuple[int, ...]]]) -> frozenset[str]:
        """Owners who could each win these pieces alone, were they a lot; no round need be found for it."""
        return self._bare_book.able_owners(drawn_from(self.ground, pieces))

    def left_beside(self, lots: Iterable[str]) -> np.ndarray:
        """Kilos that producers have left when these lots are taken out of the plan: (producers, products, 12)."""
        out, left = set(lots), self.stock.kg.copy()
        for line in self.plan.supply:
            if line.lot not in out:
                left[self.stock.row[line.producer], self.ground.row[line.product], line.month - 1] -= float(line.kg)
        return np.maximum(left, 0.0)

    def planned(self, lots: Iterable[str]) -> Outcome:
        """What these lots cost under the plan: food, its way to the kitchens or the depot, and the open market."""
        lots, aims = set(lots), self.settings.aims
        awards = [award for award in self.plan.awards if award.lot in lots]
        goods = [line for line in self.plan.supply if line.lot in lots]
        short = sum(float(line.gbp) for line in self.plan.shortfall if line.lot in lots)
        cost = sum(float(a.delivery_gbp + a.handling_gbp) for a in awards) + short
        cost += sum(float(line.gbp + line.collection_gbp) for line in goods)
        local, km = sum(float(award.local_gbp) for award in awards), sum(float(award.km) for award in awards)
        per_kg = self.case.products
        filled = sum(float(line.kg * per_kg[line.product].benchmark_gbp_per_kg) for line in goods)
        by_km = float(aims.km_gbp) + float(aims.kgco2e_gbp * self.settings.costs.kgco2e_per_km)
        return Outcome(cost, local, cost - float(aims.local_spend_gbp) * local + by_km * km, filled)

    def served(self, book: BidBook, bid: Bid, left: np.ndarray) -> tuple[Outcome, np.ndarray] | None:
        """What the lot would cost with this bid, and what the growers sold; None when it cannot fill enough."""
        candidate, channel = book.candidates[bid.lot], bid.channel
        rows = [self.ground.row[product] for product in candidate.products]
        growers = [self.stock.row[grower] for grower in self.stock.sells_for[channel.bidder]]
        sold = self._cheapest(candidate, bid, growers, rows, left)
        price = self._paid(channel, growers, rows, handling=False)
        bench = self.ground.benchmark[rows]
        filled = float(sold.sum(axis=(0, 2)) @ bench)
        if filled <= TINY or filled < float(self.settings.awards.min_fill) * bid.value_gbp - 1e-6:
            return None
        handling = float(self.case.depots[channel.depot].handling_gbp_per_kg) if channel.depot else 0.0
        paid = (sold * price).sum(axis=(1, 2))
        local_growers = [self.ground.local[self.stock.producers[row], channel.pool] for row in growers]
        local = float(paid @ np.array(local_growers, dtype=float))
        local += bid.delivery_gbp * self.ground.local[channel.bidder, channel.pool]
        cost = float(paid.sum()) + handling * float(sold.sum()) + bid.delivery_gbp + candidate.value_gbp - filled
        aims = self.settings.aims
        by_km = float(aims.km_gbp) + float(aims.kgco2e_gbp * self.settings.costs.kgco2e_per_km)
        used = np.zeros_like(left)
        used[np.ix_(growers, rows)] = sold
        return Outcome(cost, local, cost - float(aims.local_spend_gbp) * local + by_km * bid.km, filled), used

    def _paid(self, channel, growers: list[int], rows: list[int], handling: bool) -> np.ndarray:
        """£/kg at the gate with the way to the bidder, and handling where asked: (growers, products of the lot, 12)."""
        brought = [self.stock.collection[channel.bidder, self.stock.producers[row]] for row in growers]
        more = float(self.case.depots[channel.depot].handling_gbp_per_kg) if handling and channel.depot else 0.0
        return self.stock.price[np.ix_(growers, rows)] + np.array(brought)[:, None, None] + more

    def _cheapest(self, candidate: Candidate, bid: Bid, growers, rows, left: np.ndarray) -> np.ndarray:
        """Kilos each grower sells: the cheapest first as long as it pays, then as much more as the least fill asks."""
        worth = float(self.settings.aims.local_spend_gbp)
        local = np.array([self.ground.local[self.stock.producers[row], bid.channel.pool] for row in growers])
        counted = self._paid(bid.channel, growers, rows, handling=True)
        counted = counted - worth * local[:, None, None] * self._paid(bid.channel, growers, rows, handling=False)
        has, open_ = left[np.ix_(growers, rows)], candidate.kg.copy()
        bench = self.ground.benchmark[rows]
        over = (counted - bench[None, :, None]) / bench[None, :, None]
        need = float(self.settings.awards.min_fill) * bid.value_gbp
        sold, filled = np.zeros_like(has), 0.0
        places = np.argwhere((has > TINY) & (open_ > TINY)[None])
        for grower, product, month in places[np.argsort(over[tuple(places.T)], kind="stable")]:
            dear = over[grower, product, month] >= -TINY
            if dear and filled >= need:
                break
            kg = min(has[grower, product, month], open_[product, month])
            if dear:
                kg = min(kg, (need - filled) / bench[product])
            sold[grower, product, month] = kg
            open_[product, month] -= kg
            filled += kg * bench[product]
        return sold


def drawn_from(ground: Ground, pieces: Iterable[tuple[str, str, tuple[int, ...]]]) -> Candidate:
    """The lot that holds exactly these (site, product, months)."""
    alike: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for site, product, months in pieces:
        if product in ground.row:
            alike.setdefault((product, months), []).append(site)
    products = tuple(sorted({product for product, _ in alike}))
    kg = np.zeros((len(products), len(MONTHS)))
    for (product, months), sites in sorted(alike.items()):
        year = ground.demand.kg(sorted(sites), product)
        kg[products.index(product), [month - 1 for month in months]] += [float(year[month - 1]) for month in months]
    sites = tuple(sorted({site for members in alike.values() for site in members}))
    leaves = frozenset(leaf for leaf, members in enumerate(ground.leaves) if set(members) & set(sites))
    months = tuple(sorted({month for _, covered in alike for month in covered}))
    value = float(ground.benchmark[[ground.row[product] for product in products]] @ kg.sum(axis=1))
    return Candidate(ground.pool_of[min(leaves)], sites, leaves, products, months, frozenset(), kg, value)
