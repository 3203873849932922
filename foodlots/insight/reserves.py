"""Who could step in when a winner drops out of a lot, and what that would cost against the open market."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from foodlots.delivery import driving_km
from foodlots.insight.fit import DELIVERED, Market, bidders_for
from foodlots.optimise.stock import growers_of
from foodlots.plan import Award, Lot

Kilos = Mapping[tuple[str, int], float]  # (product, month) -> kg


@dataclass(frozen=True)
class Reserve:
    """Somebody who could step in: the part of what is lost that it could bring, and the cost, £ a year.

    gbp: its food and delivery · whole_gbp: with what it cannot bring, bought on the open market at short notice ·
    saves_gbp: against buying all of it there; below nothing where the reserve is dearer.
    """

    lot: str
    bidder: str
    share: float
    kg: float
    gbp: float
    whole_gbp: float
    saves_gbp: float


def reserves(market: Market, lot: Lot, award: Award, emergency: float, most: int = 3) -> list[Reserve]:
    """Who could step in for one winner of a lot, cheapest for the whole of it first.

    They bring what they have left under the plan, and what they would have sold through the one who is out.
    emergency: how far the open market's price is above the benchmark at short notice.
    """
    needed: dict[tuple[str, int], float] = defaultdict(float)
    for line in market.plan.supply:
        if (line.lot, line.bidder) == (lot.id, award.bidder):
            needed[line.product, line.month] += float(line.kg)
    free = _unused_without(market, award.bidder)
    found = (
        _reserve(market, lot, award, fit.bidder, needed, free, emergency)
        for fit in bidders_for(market, lot)
        if fit.depot in (DELIVERED, award.depot) and _independent(market, fit.bidder, award.bidder)
    )
    useful = (reserve for reserve in found if reserve.kg > 0)
    return sorted(useful, key=lambda reserve: (reserve.whole_gbp, reserve.bidder))[:most]


def _independent(market: Market, bidder: str, out: str) -> bool:
    producers = market.case.producers
    return producers[bidder].owner_group != producers[out].owner_group


def _unused_without(market: Market, out: str) -> dict[tuple[str, str, int], float]:
    """(grower, product, month) -> kilos it has left when one bidder no longer sells."""
    left = {
        (grower, *at): float(kg) for grower, kilos in market.grown.items() if grower != out for at, kg in kilos.items()
    }
    for line in market.plan.supply:
        key = line.producer, line.product, line.month
        if line.bidder != out and key in left:
            left[key] -= float(line.kg)
    return left


def _reserve(
    market: Market, lot: Lot, award: Award, bidder: str, needed: Kilos, free: Mapping, emergency: float
) -> Reserve:
    kg, paid, short = 0.0, 0.0, 0.0
    for (product, month), wanted in needed.items():
        benchmark = float(market.case.products[product].benchmark_gbp_per_kg)
        for price, grower in _growers(market, bidder, product, month, award.depot):
            brought = max(0.0, min(wanted, free.get((grower, product, month), 0.0)))
            kg, paid, wanted = kg + brought, paid + brought * price, wanted - brought
        short += wanted * benchmark * (1 + emergency)
    whole = sum(
        kilos * float(market.case.products[product].benchmark_gbp_per_kg) * (1 + emergency)
        for (product, _), kilos in needed.items()
    )
    gbp = paid + _delivery_gbp(market, lot, bidder, award.depot)
    asked = sum(needed.values())
    return Reserve(lot.id, bidder, kg / asked if asked else 0.0, kg, gbp, gbp + short, whole - gbp - short)


def _growers(market: Market, bidder: str, product: str, month: int, depot: str) -> list[tuple[float, str]]:
    """Those whose crop the bidder sells, £/kg at the lot's door or depot, cheapest first."""
    return sorted(_priced(market, bidder, product, month, depot))


def _priced(market: Market, bidder: str, product: str, month: int, depot: str) -> Iterator[tuple[float, str]]:
    costs = market.settings.costs
    handling = float(market.case.depots[depot].handling_gbp_per_kg) if depot else 0.0
    for grower in growers_of(bidder, market.case.producers, market.roads):
        price = market.prices.get((grower, product, month))
        if price is not None:
            km = 0.0 if grower == bidder else market.roads.km(grower, bidder)
            yield price + km * float(costs.collect_gbp_per_kg_km) + handling, grower


def _delivery_gbp(market: Market, lot: Lot, bidder: str, depot: str) -> float:
    """What its rounds to the lot's kitchens, or its trips to the depot, cost in a year."""
    sites, often, costs = market.sites[lot.id], market.timetable.most_frequent(lot.products), market.settings.costs
    if depot:
        visits = market.timetable.to_depot(sites, often, lot.months)
        return float(driving_km(visits.visits, market.roads.km(bidder, depot)) * Fraction(costs.per_km))
    visits = market.timetable.delivered(sites, often, lot.months)
    near = min(market.roads.km(bidder, site) for site in sites)
    km = driving_km(visits.visits, near, float(lot.round_km))
    return float(km * Fraction(costs.per_km) + visits.drops * Fraction(costs.per_drop))
