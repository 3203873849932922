"""Which lots fit a producer, how far it could fill them, and what stands in its way: no price is looked at but its own.

A bidder sells what it and its members grow. It may deliver to every kitchen of a lot, or bring the lot in
bulk to a depot; the way with the fewest obstacles counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from foodlots.case import MONTHS, Case, Producer
from foodlots.delivery import Timetable
from foodlots.geo import Roads
from foodlots.maps.facts import sites_of
from foodlots.optimise.stock import growers_of, reaches
from foodlots.plan import Lot, Plan
from foodlots.settings import Settings

DELIVERED = ""  # the way that needs no depot


@dataclass(frozen=True)
class Fit:
    """How one lot fits one bidder. `fill` is the share of its value it could fill; obstacles are empty when it fits.

    depot: "" when it would deliver to each kitchen · drop_gbp: value of one drop that way · months: share it could
    fill in each month of the lot, by value.
    """

    lot: str
    bidder: str
    depot: str
    km: float
    drop_gbp: float
    fill: float
    months: Mapping[int, float]
    obstacles: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether it could be awarded the lot as it stands."""
        return not self.obstacles


@dataclass(frozen=True)
class Market:
    """A case and a plan, ready to be asked about bidders."""

    case: Case
    settings: Settings
    plan: Plan

    @cached_property
    def roads(self) -> Roads:
        return Roads.of(self.case, self.settings.costs.road_factor)

    @cached_property
    def timetable(self) -> Timetable:
        return Timetable(self.case, self.settings)

    @cached_property
    def asked(self) -> Mapping[str, Mapping[tuple[str, int], Decimal]]:
        """Lot -> (product, month) -> kilos: what is supplied and what is short together are all that is asked."""
        kilos: dict[str, dict[tuple[str, int], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for line in (*self.plan.supply, *self.plan.shortfall):
            kilos[line.lot][line.product, line.month] += line.kg
        return kilos

    @cached_property
    def sites(self) -> Mapping[str, list[str]]:
        return sites_of(self.plan)

    @cached_property
    def grown(self) -> Mapping[str, Mapping[tuple[str, int], Decimal]]:
        """Producer -> (product, month) -> kilos it offers at a price the buyer may pay."""
        kilos: dict[str, dict[tuple[str, int], Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for offer in self.case.offers:
            if not self._too_dear(offer.product, offer.price_gbp_per_kg):
                for month in offer.months:
                    kilos[offer.producer][offer.product, month] += offer.kg_per_month
        return kilos

    @cached_property
    def prices(self) -> Mapping[tuple[str, str, int], float]:
        """(producer, product, month) -> gate price, £/kg, of what is offered at a price the buyer may pay."""
        return {
            (offer.producer, offer.product, month): float(offer.price_gbp_per_kg)
            for offer in self.case.offers
            if not self._too_dear(offer.product, offer.price_gbp_per_kg)
            for month in offer.months
        }

    def _too_dear(self, product: str, price: Decimal) -> bool:
        over = self.settings.awards.max_price_over_benchmark
        return over is not None and price > self.case.products[product].benchmark_gbp_per_kg * (1 + over)

    def sells(self, bidder: str) -> Mapping[tuple[str, int], Decimal]:
        """(product, month) -> kilos that it and its members could sell."""
        kilos: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for grower in growers_of(bidder, self.case.producers, self.roads):
            for key, kg in self.grown.get(grower, {}).items():
                kilos[key] += kg
        return kilos


def lots_for(market: Market, bidder: str) -> list[Fit]:
    """Every lot of the plan as it fits one bidder: what fits first, then by how much of it could be filled."""
    sells = market.sells(bidder)
    fits = [_fit(market, lot, market.case.producers[bidder], sells) for lot in market.plan.lots]
    return sorted(fits, key=lambda fit: (len(fit.obstacles), -fit.fill, fit.lot))


def bidders_for(market: Market, lot: Lot) -> list[Fit]:
    """Everyone who could be awarded the lot as it stands, by how much of it they could fill."""
    fits = [_fit(market, lot, bidder, market.sells(bidder.id)) for bidder in market.case.producers.values()]
    return sorted((fit for fit in fits if fit.fits), key=lambda fit: (-fit.fill, fit.bidder))


def _fit(market: Market, lot: Lot, bidder: Producer, sells: Mapping[tuple[str, int], Decimal]) -> Fit:
    months = _filled_by_month(market, lot, sells)
    fill = _filled(market, lot, sells)
    ways = [_way(market, lot, bidder, depot) for depot in (DELIVERED, *market.case.depots)]
    depot, km, drop, hindered = min(ways, key=lambda way: (len(way[3]), way[0]))
    obstacles = (*_always(market, lot, bidder, fill), *hindered)
    return Fit(lot.id, bidder.id, depot, km, drop, fill, months, obstacles)


def _filled(market: Market, lot: Lot, sells: Mapping[tuple[str, int], Decimal]) -> float:
    asked = market.asked[lot.id]
    value = sum(kg * _price(market, product) for (product, _), kg in asked.items())
    filled = sum(min(kg, sells.get(key, Decimal(0))) * _price(market, key[0]) for key, kg in asked.items())
    return float(filled / value) if value else 0.0


def _filled_by_month(market: Market, lot: Lot, sells: Mapping[tuple[str, int], Decimal]) -> dict[int, float]:
    value: dict[int, Decimal] = defaultdict(Decimal)
    filled: dict[int, Decimal] = defaultdict(Decimal)
    for key, kg in market.asked[lot.id].items():
        price = _price(market, key[0])
        value[key[1]] += kg * price
        filled[key[1]] += min(kg, sells.get(key, Decimal(0))) * price
    return {month: float(filled[month] / value[month]) for month in MONTHS if value.get(month)}


def _price(market: Market, product: str) -> Decimal:
    return market.case.products[product].benchmark_gbp_per_kg


def _always(market: Market, lot: Lot, bidder: Producer, fill: float) -> Iterator[str]:
    """What stands in the way however the lot is brought."""
    if not fill:
        yield "offers nothing that the lot asks for, in its months and at a price within the ceiling"
    needed = frozenset().union(*(market.case.products[product].accreditations for product in lot.products))
    if missing := sorted(needed - bidder.accreditations):
        yield f"does not hold {' and '.join(map(said, missing))}, which the lot asks for"
    most = bidder.max_contract_gbp
    if most is not None and lot.value_gbp > most:
        yield f"wants contracts of £{most:,.0f} at the most; the lot is worth £{lot.value_gbp:,.0f}"


def _way(market: Market, lot: Lot, bidder: Producer, depot: str) -> tuple[str, float, float, tuple[str, ...]]:
    """One way of bringing the lot: depot, farthest km, value of a drop, and what stands in this way."""
    places = [depot] if depot else market.sites[lot.id]
    often = market.timetable.most_frequent(lot.products)
    if depot:
        drops = float(market.timetable.to_depot(market.sites[lot.id], often, lot.months).drops)
    else:
        drops = float(market.timetable.delivered(market.sites[lot.id], often, lot.months).drops)
    km = max(market.roads.km(bidder.id, place) for place in places)
    drop = float(lot.value_gbp) / drops if drops else 0.0
    where = market.case.depots[depot].name if depot else "the farthest kitchen"
    return depot, km, drop, tuple(_in_this_way(market, bidder, where, km, drop))


def _in_this_way(market: Market, bidder: Producer, where: str, km: float, drop: float) -> Iterator[str]:
    ceiling = market.settings.awards.max_km
    if not reaches(bidder.reach_km, km):
        yield f"delivers up to {bidder.reach_km:,.0f} km by road; {where} is {km:,.0f} km away"
    elif ceiling is not None and not reaches(ceiling, km):
        yield f"{where} is {km:,.0f} km away; the buyer allows {ceiling:,.0f} km"
    if drop < float(bidder.min_drop_gbp) - 1e-9:
        yield f"asks for £{bidder.min_drop_gbp:,.0f} a drop; here a drop is worth £{drop:,.0f}"


def said(accreditation: str) -> str:
    """An accreditation as it is said: red_tractor is red tractor."""
    return accreditation.replace("_", " ")


@dataclass(frozen=True)
class Partner:
    """Somebody to bid with: the share of the lot's value both could fill together."""

    producer: str
    together: float


def partners_for(market: Market, lot: Lot, bidder: str, most: int = 5) -> list[Partner]:
    """Those with whom a bidder could fill more of a lot, the best first; only who reaches it and adds to it."""
    own = market.sells(bidder)
    alone = _filled(market, lot, own)
    found = []
    for other in market.case.producers.values():
        hindered = [_way(market, lot, other, depot)[3] for depot in (DELIVERED, *market.case.depots)]
        if other.id == bidder or all(hindered):
            continue
        together = _filled(market, lot, _both(own, market.sells(other.id)))
        if together > alone + 0.005:
            found.append(Partner(other.id, together))
    return sorted(found, key=lambda partner: (-partner.together, partner.producer))[:most]


def _both(one: Mapping[tuple[str, int], Decimal], other: Mapping[tuple[str, int], Decimal]) -> dict:
    return {key: one.get(key, Decimal(0)) + other.get(key, Decimal(0)) for key in one.keys() | other.keys()}
