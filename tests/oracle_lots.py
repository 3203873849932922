"""What the oracle knows of lots before any is drawn: what each is worth, who may win it, what that would cost.

Which lots may be drawn is taken from foodlots.optimise; everything about them is worked out again here.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from oracle_facts import FINE, Facts, fine

from foodlots.case import MONTHS, Case
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.settings import Settings


@dataclass(frozen=True)
class Channel:
    """A way for a bidder to sell to a pool: itself, or through a depot."""

    bidder: str
    pool: tuple[str, ...]
    depot: str


@dataclass(frozen=True)
class Money:
    """What something costs; what of it is spend; what is paid to a producer, and whether floors are for its kind."""

    cost: int
    spend: int
    paid: int = 0
    kinds: tuple[bool, ...] = (False, False, False)


@dataclass(frozen=True)
class Sale:
    """A grower's gram of a product in each of these months, against the open market. has: grams a month."""

    channel: Channel
    grower: str
    key: str
    months: tuple[int, ...]
    has: int
    money: Money
    fills: int


@dataclass(frozen=True, eq=False)
class Award:
    """A lot, or a share of it, that a bidder may win. fillable: worth of what it and its members could fill."""

    channel: Channel
    share: Fraction
    value: Fraction
    money: Money
    fillable: int

    @property
    def bidder(self) -> str:
        return self.channel.bidder


@dataclass(frozen=True, eq=False)
class Work:
    """A lot that may be drawn. cells: its pieces and their worth, £. money: when nobody wins it.

    able: owners who could win it alone.
    """

    cells: Mapping[object, Fraction]
    demand: frozenset[tuple[str, str, int]]
    pool: tuple[str, ...]
    products: tuple[str, ...]
    areas: tuple[tuple[str, ...], ...]
    grams: Mapping[tuple[str, int], int]
    value: Fraction
    money: Money
    sites: tuple[str, ...]
    months: tuple[int, ...]
    awards: tuple[Award, ...] = ()
    able: frozenset[str] = frozenset()

    @property
    def to_fill(self) -> Fraction:
        """What is filled is counted in whole grams, which may be worth a little less than the lot."""
        return min(self.value * FINE, Fraction(self.money.spend))


class Book:
    """Every lot that may be drawn and every award of it, and what all else costs."""

    def __init__(self, case: Case, settings: Settings):
        self.case, self.settings, self.facts = case, settings, Facts(case, settings)
        self.parts, self.sales_of = settings.awards.max_winners_per_lot, cache(self._sales_of)
        aims, carbon = settings.aims, Fraction(settings.costs.kgco2e_per_km)
        self.per_km = Fraction(aims.km_gbp) + Fraction(aims.kgco2e_gbp) * carbon
        ground = lay_ground(case, settings)
        self.works = [self._with_awards(self._work(ground, candidate)) for candidate in draw_candidates(ground)]
        every = [(site, key, month) for site in case.sites for key in case.products for month in MONTHS]
        self.total = self.facts.value(every)
        eaten = sum(self.facts.kilos(*at) * Fraction(case.products[at[1]].kgco2e_per_kg) for at in every)
        self.eaten = fine(eaten * Fraction(aims.kgco2e_gbp))
        self.spells = {key: self._spells(key) for key in self.facts.asked}

    def _work(self, ground, candidate) -> Work:
        facts = self.facts
        pieces = {cell: self._demand(ground, cell, candidate.products) for cell in candidate.cells}
        demand = frozenset().union(*pieces.values())
        kilos: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        for site, key, month in demand:
            kilos[key, month] += facts.kilos(site, key, month)
        grams = {at: round(kg * 1000) for at, kg in sorted(kilos.items()) if kg}
        at_market = sum(gram * facts.price(key) for (key, _), gram in grams.items())
        return Work(
            {cell: facts.value(piece) for cell, piece in pieces.items()}, demand,
            ground.pools[candidate.pool], candidate.products,
            tuple(ground.leaves[leaf] for leaf in sorted(candidate.leaves)), grams, facts.value(demand),
            Money(at_market + fine(self.settings.costs.per_lot), at_market), candidate.sites, candidate.months,
        )  # fmt: skip

    def _demand(self, ground, cell, products: tuple[str, ...]) -> frozenset[tuple[str, str, int]]:
        """The sites, products and months of a cell, or of a lot drawn by hand."""
        if isinstance(cell, str):
            return frozenset((s, k, t) for s, k, months in self.case.lots[cell] if k in products for t in months)
        sites, months = ground.leaves[cell.leaf], self.settings.lots.seasons[cell.season]
        return frozenset((site, cell.product, month) for site in sites for month in months)

    def _spells(self, key: str) -> list[tuple[int, ...]]:
        """Months that no lot and no producer tells apart for the product."""
        alike = defaultdict(list)
        for month in MONTHS:
            asked = tuple(work.grams.get((key, month), 0) for work in self.works)
            alike[asked, tuple(self.facts.offers.get((p, key, month)) for p in self.case.producers)].append(month)
        return [tuple(months) for (asked, _), months in alike.items() if any(asked)]

    def _with_awards(self, work: Work) -> Work:
        shares = [Fraction(part, self.parts) for part in range(1, self.parts + 1)]
        awards = tuple(award for share in shares for award in self._awards(work, share))
        least = Fraction(self.settings.awards.min_fill) * work.to_fill
        able = {self.case.producers[a.bidder].owner_group for a in awards if a.share == 1 and a.fillable >= least}
        awards = awards if len(able) >= self.settings.lots.min_able_bidders else ()
        return replace(work, awards=awards, able=frozenset(able))

    def _awards(self, work: Work, share: Fraction) -> Iterator[Award]:
        """Everyone who may win this share of the lot, in every way of bringing it."""
        needed = frozenset().union(*(self.case.products[key].accreditations for key in work.products))
        value = work.value * share
        for bidder, who in self.case.producers.items():
            fillable = self._fillable(work, share, bidder)
            if not fillable or not needed <= who.accreditations:
                continue
            if who.max_contract_gbp is not None and value > who.max_contract_gbp:
                continue
            for depot in ("", *self.case.depots):
                drops, km, gbp = self._bringing(work, bidder, depot)
                if (
                    drops
                    and value >= Fraction(who.min_drop_gbp) * drops
                    and self.facts.reaches(bidder, (depot,) if depot else work.sites)
                ):
                    channel = Channel(bidder, work.pool, depot)
                    yield Award(channel, share, value, self._to_a_producer(bidder, work.pool, gbp, gbp, km), fillable)

    def _bringing(self, work: Work, bidder: str, depot: str) -> tuple[Fraction, Fraction, int]:
        often = self.facts.often(work.products)
        if not depot:
            return self.facts.driving(bidder, work.sites, often, work.months)
        visits = max(self.facts.visits(work.sites, often, work.months, False))
        km = visits * 2 * Fraction(self.facts.km(bidder, depot))
        return visits, km, fine(km * Fraction(self.settings.costs.per_km))

    def _to_a_producer(self, who: str, pool: tuple[str, ...], paid: int, spend: int, km=Fraction()) -> Money:
        """Money to a producer for goods or driving: its cost is less the worth of what stays local."""
        producer, local = self.case.producers[who], self.facts.is_local(who, pool)
        worth = round(paid * Fraction(self.settings.aims.local_spend_gbp)) if local else 0
        return Money(spend - worth + fine(km * self.per_km), spend, paid, (local, producer.small, producer.organic))

    def _fillable(self, work: Work, share: Fraction, bidder: str) -> int:
        """Worth of what the bidder and its members could fill of a share of the lot."""
        growers, offers = self.facts.growers(bidder), self.facts.offers
        has = {at: sum(offers.get((grower, *at), (0,))[0] for grower in growers) for at in work.grams}
        return math.ceil(sum(min(share * grams, has[at]) * self.facts.price(at[0]) for at, grams in work.grams.items()))

    def _sales_of(self, channel: Channel, key: str, months: tuple[int, ...]) -> tuple[Sale, ...]:
        """What the growers of a bidder could sell through it, a gram in each of some months that are alike."""
        return tuple(self._sale(channel, g, key, months) for g in self.facts.growers(channel.bidder)
                     if (g, key, months[0]) in self.facts.offers)  # fmt: skip

    def _sale(self, channel: Channel, grower: str, key: str, months: tuple[int, ...]) -> Sale:
        depots, often = self.case.depots, len(months)
        handling = fine(Fraction(depots[channel.depot].handling_gbp_per_kg) / 1000) if channel.depot else 0
        has, gate = self.facts.offers[grower, key, months[0]]
        way = 0 if grower == channel.bidder else Fraction(self.facts.km(grower, channel.bidder))
        paid = fine((Fraction(gate) + Fraction(self.settings.costs.collect_gbp_per_kg_km) * way) / 1000) * often
        market = self.facts.price(key) * often
        money = self._to_a_producer(grower, channel.pool, paid, paid + handling * often - market)
        return Sale(channel, grower, key, months, has, money, market)

    def setup(self, bidder: str) -> Money:
        """Taking a winner on."""
        own = self.case.producers[bidder].setup_gbp
        return Money(fine(self.settings.costs.per_supplier if own is None else own), 0)

    def opening(self, depot: str) -> Money:
        """Keeping a depot open."""
        gbp = fine(self.case.depots[depot].fixed_gbp)
        return Money(gbp, gbp)

    def round(self, depot: str, area: tuple[str, ...]) -> Money:
        """A depot's year of rounds through a small area, as often as the case's most frequent product asks."""
        _, km, gbp = self.facts.driving(depot, area, self.facts.often(self.facts.asked), MONTHS)
        return Money(gbp + fine(km * self.per_km), gbp)
