"""What there is to sell: each producer's kilos and gate prices by month, and who sells through whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from foodlots.case import MONTHS, Case, Offer, Producer
from foodlots.geo import Roads
from foodlots.optimise.ground import Ground
from foodlots.settings import Settings


@dataclass(frozen=True, eq=False)
class Stock:
    """kg, price: (producers, products, 12); kg is 0 where nothing can be sold. `sells_for`: bidder -> its growers.

    collection: (bidder, producer) -> £/kg for bringing a member's goods to its cooperative.
    """

    producers: tuple[str, ...]
    kg: np.ndarray
    price: np.ndarray
    sells_for: Mapping[str, tuple[str, ...]]
    collection: Mapping[tuple[str, str], float]
    too_dear: int

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Where each producer stands in `producers`."""
        return {producer: index for index, producer in enumerate(self.producers)}


def take_stock(ground: Ground) -> Stock:
    """All offers that may be used, and every bidder's growers: itself and the members that reach it."""
    producers = tuple(ground.case.producers)
    rows = {producer: index for index, producer in enumerate(producers)}
    kg = np.zeros((len(producers), len(ground.products), len(MONTHS)))
    price = np.zeros_like(kg)
    asked = [offer for offer in ground.case.offers if offer.product in ground.row]
    usable = [offer for offer in asked if not is_too_dear(ground.case, ground.settings, offer)]
    for offer in usable:
        for month in offer.months:
            at = rows[offer.producer], ground.row[offer.product], month - 1
            kg[at], price[at] = float(offer.kg_per_month), float(offer.price_gbp_per_kg)
    growers = {bidder: growers_of(bidder, ground.case.producers, ground.roads) for bidder in producers}
    rate = float(ground.settings.costs.collect_gbp_per_kg_km)
    collection = {
        (bidder, grower): 0.0 if grower == bidder else rate * ground.roads.km(grower, bidder)
        for bidder, members in growers.items()
        for grower in members
    }
    return Stock(producers, kg, price, growers, collection, len(asked) - len(usable))


def is_too_dear(case: Case, settings: Settings, offer: Offer) -> bool:
    """Whether the offer is above the price the buyer will pay at the most."""
    uplift = settings.awards.max_price_over_benchmark
    ceiling = case.products[offer.product].benchmark_gbp_per_kg * (1 + (uplift or Decimal()))
    return uplift is not None and offer.price_gbp_per_kg > ceiling


def growers_of(bidder: str, producers: Mapping[str, Producer], roads: Roads) -> tuple[str, ...]:
    """Those whose goods the bidder sells: its own, and those of members within their reach of it; by id."""
    members = {
        producer.id
        for producer in producers.values()
        if bidder in producer.member_of and reaches(producer.reach_km, roads.km(producer.id, bidder))
    }
    return tuple(sorted(members | {bidder}))


SLACK_KM = 1e-9  # km; a distance this near a limit is on it: floats only


def reaches(limit_km: Decimal, km: float) -> bool:
    """Whether a distance is within a limit."""
    return km <= float(limit_km) + SLACK_KM
