"""What the oracle knows of a case before any lot is drawn: demand, roads, sellers and calendar, looked up the slow way.

Nothing here comes from foodlots but the tables themselves; the meanings are those of the tables' contract.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import permutations

from foodlots.case import MONTHS, Case, Offer
from foodlots.settings import Settings

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FINE = 10**12  # parts of a £; £/kg are then whole numbers of parts for a gram, to nine decimals
NEAR_KM = 1e-9


def fine(gbp: Fraction) -> int:
    """£ in whole parts."""
    return round(Fraction(gbp) * FINE)


class Facts:
    """A case's demand, roads, sellers and calendar, looked up the slow way."""

    def __init__(self, case: Case, settings: Settings):
        self.case, self.settings = case, settings
        self.month_weights = {True: settings.case.term_weeks, False: DAYS}
        self.weeks = {True: sum(map(Fraction, settings.case.term_weeks)), False: Fraction(52)}
        self.places = {key: x.place for table in (case.sites, case.producers, case.depots) for key, x in table.items()}
        for slow in ("km", "tour", "share", "kilos", "growers", "is_local"):
            setattr(self, slow, cache(getattr(self, slow)))
        self.offers = {
            (offer.producer, offer.product, month): (math.floor(offer.kg_per_month * 1000), offer.price_gbp_per_kg)
            for offer in case.offers
            for month in offer.months
            if not self.too_dear(offer)
        }
        self.asked = [k for k in case.products if any(self.kilos(s, k, t) for s in case.sites for t in MONTHS)]

    def too_dear(self, offer: Offer) -> bool:
        """Whether an offer is above the buyer's price ceiling."""
        uplift = self.settings.awards.max_price_over_benchmark
        benchmark = self.case.products[offer.product].benchmark_gbp_per_kg
        return uplift is not None and offer.price_gbp_per_kg > benchmark * (1 + uplift)

    def share(self, site: str, months: tuple[int, ...]) -> Fraction:
        """The part of a site's year that falls in these months."""
        weights = self.month_weights[self.case.sites[site].term_time]
        return sum((Fraction(weights[month - 1]) for month in months), Fraction()) / sum(map(Fraction, weights))

    def meals(self, site: str) -> Fraction:
        """Meals a year."""
        return Fraction(self.case.sites[site].meals_per_week) * self.weeks[self.case.sites[site].term_time]

    def kilos(self, site: str, key: str, month: int) -> Fraction:
        """What the site asks for of the product in the month."""
        if self.case.demand:
            return Fraction(self.case.demand.get((site, key, month), 0))
        what, buyer = self.case.products[key], self.case.sites[site].buyer
        budget = Fraction(self.case.budgets.get((buyer, what.category), 0)) * Fraction(what.budget_share)
        everybody = sum(self.meals(other.id) for other in self.case.sites.values() if other.buyer == buyer)
        part = self.meals(site) / everybody if budget else Fraction()
        return budget * part * self.share(site, (month,)) / Fraction(what.benchmark_gbp_per_kg)

    def km(self, origin: str, destination: str) -> float:
        """Road km: as the table says, else by the haversine formula."""
        if (origin, destination) in self.case.distances:
            return float(self.case.distances[origin, destination])
        a, b = self.places[origin], self.places[destination]
        p, q = math.radians(a.lat), math.radians(b.lat)
        h = math.sin((p - q) / 2) ** 2
        h += math.cos(p) * math.cos(q) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
        return float(self.settings.costs.road_factor) * 2 * 6371.0 * math.atan2(math.sqrt(h), math.sqrt(1 - h))

    def tour(self, sites: tuple[str, ...]) -> float:
        """The shortest closed round, by trying every order."""
        orders = ((sites[0], *rest) for rest in permutations(sites[1:])) if len(sites) > 1 else ()
        closed = (zip(order, (*order[1:], order[0]), strict=True) for order in orders)
        return min((sum(self.km(a, b) for a, b in legs) for legs in closed), default=0.0)

    def visits(
        self, sites: Iterable[str], often: Fraction, months: tuple[int, ...], as_accepted: bool
    ) -> list[Fraction]:
        """How often a year each site is come to, at most as often as it accepts."""
        kitchens = [self.case.sites[site] for site in sites]
        weekly = [min(often, Fraction(k.deliveries_per_week)) if as_accepted else often for k in kitchens]
        return [w * self.weeks[k.term_time] * self.share(k.id, months) for w, k in zip(weekly, kitchens, strict=True)]

    def driving(self, origin: str, sites: tuple[str, ...], often: Fraction, months: tuple[int, ...]):
        """Drops, km and cost of a year's rounds from there through these sites."""
        visits, costs = self.visits(sites, often, months, True), self.settings.costs
        km = max(visits) * Fraction(2 * min(self.km(origin, site) for site in sites) + self.tour(sites))
        return sum(visits), km, fine(km * Fraction(costs.per_km) + sum(visits) * Fraction(costs.per_drop))

    def often(self, keys: Iterable[str]) -> Fraction:
        """Times a week that the most frequent of these products must come."""
        return max(Fraction(self.case.products[key].drops_per_week) for key in keys)

    def reaches(self, bidder: str, places: Iterable[str]) -> bool:
        """Whether all the places are in the bidder's reach and under the buyer's ceiling."""
        ceiling, own = self.settings.awards.max_km, self.case.producers[bidder].reach_km
        most = float(own if ceiling is None else min(own, ceiling))
        return all(self.km(bidder, place) <= most + NEAR_KM for place in places)

    def growers(self, bidder: str) -> tuple[str, ...]:
        """The bidder and its members that reach it."""
        members = [p for p in self.case.producers.values() if bidder in p.member_of]
        return (bidder, *(p.id for p in members if self.km(p.id, bidder) <= float(p.reach_km) + NEAR_KM))

    def is_local(self, producer: str, buyers: tuple[str, ...]) -> bool:
        """Whether a pool of buyers calls the producer local."""
        who, areas = self.case.producers[producer], self.settings.case.local_areas
        if who.local is not None:
            return who.local
        lists = {buyer: areas.get(buyer, areas.get("*", ())) for buyer in buyers}
        if any(who.area_code in codes for codes in lists.values()):
            return True
        sites = [site.id for site in self.case.sites.values() if site.buyer in lists and not lists[site.buyer]]
        return any(self.km(producer, site) <= float(self.settings.case.local_km) + NEAR_KM for site in sites)

    def value(self, demand: Iterable[tuple[str, str, int]]) -> Fraction:
        """Worth, £, of what (site, product, month) ask for."""
        price = {key: Fraction(what.benchmark_gbp_per_kg) for key, what in self.case.products.items()}
        return sum((self.kilos(*at) * price[at[1]] for at in demand), Fraction())

    def price(self, key: str) -> int:
        """Open-market price of a gram."""
        return int(self.case.products[key].benchmark_gbp_per_kg * (FINE // 1000))
