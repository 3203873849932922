"""Who may sell what: members, offers that can be used, whole grams grown, reach, accreditations and locality."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from math import floor

from foodlots.audit.case import Case, Offer, Producer
from foodlots.audit.places import Roads, within
from foodlots.audit.settings import Settings

Harvest = tuple[str, str, int]


@dataclass(frozen=True)
class Sellers:
    """The producers of a case as the rules see them."""

    case: Case
    settings: Settings
    roads: Roads
    _locals: dict[tuple[str, frozenset[str]], bool] = field(default_factory=dict)
    _sites: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def through(self) -> dict[str, tuple[str, ...]]:
        """Whose produce each bidder sells: its own, and that of the members that list it and reach it."""
        found = {bidder: [bidder] for bidder in self.case.producers}
        for producer in self.case.producers.values():
            for bidder in producer.member_of:
                if bidder in found and bidder != producer.id and self.brings_to(producer, bidder):
                    found[bidder].append(producer.id)
        return {bidder: tuple(sorted(producers)) for bidder, producers in found.items()}

    def brings_to(self, member: Producer, bidder: str) -> bool:
        """Whether a member reaches its cooperative."""
        return within(self.collection_km(member.id, bidder), [float(member.reach_km)])

    def collection_km(self, member: str, bidder: str) -> float:
        """Road km from a member to the bidder it sells through; 0 for what a bidder grows itself."""
        if member == bidder:
            return 0.0
        return self.roads.km(self.roads.producers[member], self.roads.producers[bidder])

    @cached_property
    def offers(self) -> dict[Harvest, tuple[Offer, ...]]:
        """The offers that cover each producer, product and month."""
        return _by_harvest(self.case.offers)

    @cached_property
    def grown(self) -> dict[Harvest, int]:
        """Whole grams each producer offers of a product in a month, dear offers among them."""
        return {key: _whole_grams(offers) for key, offers in self.offers.items()}

    @cached_property
    def usable(self) -> dict[Harvest, tuple[Offer, ...]]:
        """The offers whose price is within the ceiling; all of them when no ceiling is set."""
        return _by_harvest(filter(self.affordable, self.case.offers))

    @cached_property
    def usable_grams(self) -> dict[Harvest, int]:
        """Whole grams each producer offers of a product in a month within the price ceiling."""
        return {key: _whole_grams(offers) for key, offers in self.usable.items()}

    def ceiling(self, product: str) -> Fraction | None:
        """The highest price that may be paid for a product, £/kg: benchmark x (1 + uplift)."""
        uplift = self.settings.awards.max_price_over_benchmark
        if uplift is None:
            return None
        return Fraction(self.case.products[product].benchmark_gbp_per_kg) * (1 + Fraction(uplift))

    def affordable(self, offer: Offer) -> bool:
        """Whether an offer's price is within the ceiling."""
        ceiling = self.ceiling(offer.product)
        return ceiling is None or Fraction(offer.price_gbp_per_kg) <= ceiling

    @cached_property
    def on_sale(self) -> dict[str, dict[str, dict[int, int]]]:
        """Bidder -> product -> month -> grams it and its members can sell within the price ceiling, where above 0."""
        grown: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
        for (producer, product, month), grams in self.usable_grams.items():
            if grams > 0:
                grown[producer][product][month] = grams
        return {
            bidder: _added_up([grown[producer] for producer in producers]) for bidder, producers in self.through.items()
        }

    def reached_sites(self, bidder: str) -> frozenset[str]:
        """The sites a bidder reaches by road, within its own reach and the distance ceiling."""
        if bidder not in self._sites:
            here, limits = self.roads.producers[bidder], self.limits(bidder)
            self._sites[bidder] = frozenset(
                name for name, site in self.roads.sites.items() if within(self.roads.km(here, site), limits)
            )
        return self._sites[bidder]

    def reaches_depot(self, bidder: str, depot: str) -> bool:
        """Whether a bidder reaches a depot by road, within its own reach and the distance ceiling."""
        return within(self.depot_km(bidder, depot), self.limits(bidder))

    def depot_km(self, bidder: str, depot: str) -> float:
        """Road km from a bidder to a depot."""
        return self.roads.km(self.roads.producers[bidder], self.roads.depots[depot])

    def limits(self, bidder: str) -> list[float]:
        """How far a bidder may deliver: its own reach, and the distance ceiling when one is set."""
        limits = self.case.producers[bidder].reach_km, self.settings.awards.max_km
        return [float(limit) for limit in limits if limit is not None]

    @cached_property
    def depots_reached(self) -> dict[str, frozenset[str]]:
        """The depots each bidder reaches."""
        return {
            bidder: frozenset(depot for depot in self.case.depots if self.reaches_depot(bidder, depot))
            for bidder in self.case.producers
        }

    def is_local(self, producer: str, buyers: frozenset[str]) -> bool:
        """Whether a producer is local to a pool of buyers.

        As the producers table says; else by area code, for buyers with a list of local areas; else by road
        km to the nearest site of the buyers without one.
        """
        key = producer, buyers
        if key not in self._locals:
            self._locals[key] = self._found_local(self.case.producers[producer], buyers)
        return self._locals[key]

    def _found_local(self, producer: Producer, buyers: frozenset[str]) -> bool:
        if producer.local is not None:
            return producer.local
        areas = self.settings.case.local_areas
        lists = {buyer: areas.get(buyer, areas.get("*")) for buyer in buyers}
        if any(codes and producer.area_code in codes for codes in lists.values()):
            return True
        without = {buyer for buyer, codes in lists.items() if not codes}
        here = self.roads.producers[producer.id]
        return any(
            within(self.roads.km(here, self.roads.sites[site.id]), [float(self.settings.case.local_km)])
            for site in self.case.sites.values()
            if site.buyer in without
        )


def _by_harvest(offers: Iterable[Offer]) -> dict[Harvest, tuple[Offer, ...]]:
    found: dict[Harvest, list[Offer]] = defaultdict(list)
    for offer in offers:
        for month in offer.months:
            found[offer.producer, offer.product, month].append(offer)
    return {key: tuple(offers) for key, offers in found.items()}


def _whole_grams(offers: tuple[Offer, ...]) -> int:
    return _grams_of(tuple(offer.kg_per_month for offer in offers))


@lru_cache(maxsize=4096)
def _grams_of(kilos: tuple[Decimal, ...]) -> int:
    """Kilos together in whole grams; the months of an offer ask for the same sum."""
    return floor(sum(map(Fraction, kilos), Fraction()) * 1000)


def _added_up(harvests: list[dict[str, dict[int, int]]]) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for harvest in harvests:
        for product, months in harvest.items():
            own = found.setdefault(product, {})
            for month, grams in months.items():
                own[month] = own.get(month, 0) + grams
    return found
