"""Who could win a lot alone, and how many independent owners that is.

Two readings of a lot's figures are both fair: the exact value and kilos, and the whole pence and grams of
the plan. They differ by less than a penny and a gram, so a bidder at that edge may be counted or not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from foodlots.audit.case import Producer
from foodlots.audit.lots import DrawnLot
from foodlots.audit.sellers import Sellers


@dataclass(frozen=True)
class Reading:
    """A lot's demand and value in whole numbers: `fine` parts of a gram, and exact pence."""

    fine: int
    demand: Mapping[tuple[str, int], int]
    value: Fraction


@dataclass(frozen=True)
class Able:
    """How many owners are able: at least `fewest`, at most `most`; the two differ only at an edge."""

    fewest: int
    most: int
    bidders: frozenset[str]


def count_able(lot: DrawnLot, sellers: Sellers) -> Able:
    """Owner groups of the bidders that could win the lot alone: they may be awarded it and fill enough of it."""
    sure, fair = set(), set()
    bidders = set()
    readings = tuple(_readings(lot))
    for bidder in sellers.case.producers.values():
        ways = _ways(lot, bidder, sellers)
        if not ways:
            continue
        passed = [_wins_alone(lot, bidder, ways, reading, sellers) for reading in readings]
        if any(passed):
            fair.add(bidder.owner_group)
            bidders.add(bidder.id)
        if all(passed):
            sure.add(bidder.owner_group)
    return Able(len(sure), len(fair), frozenset(bidders))


def sells_into(lot: DrawnLot, bidder: str, sellers: Sellers) -> bool:
    """Whether a bidder or a member has anything in season, within the price ceiling, that the lot asks for."""
    on_sale = sellers.on_sale[bidder]
    return any((product, month) in lot.kilos for product, months in on_sale.items() for month in months)


def _readings(lot: DrawnLot) -> Iterator[Reading]:
    yield Reading(1, lot.grams, Fraction(lot.pence))
    in_grams = {key: kg * 1000 for key, kg in lot.kilos.items()}
    fine = lcm(*(gram.denominator for gram in in_grams.values()))
    yield Reading(fine, {key: int(gram * fine) for key, gram in in_grams.items()}, lot.value)


def _ways(lot: DrawnLot, bidder: Producer, sellers: Sellers) -> tuple[Fraction, ...]:
    """The drops a year of each way this bidder could bring the lot: to its sites, or to a depot it reaches."""
    if not lot.accreditations <= bidder.accreditations or sellers.on_sale[bidder.id].keys().isdisjoint(lot.products):
        return ()
    ways = []
    if lot.sites and sellers.reached_sites(bidder.id).issuperset(lot.sites):
        ways.append(lot.delivered.drops)
    if sellers.depots_reached[bidder.id]:
        ways.append(lot.to_depot.drops)
    return tuple(ways)


def _wins_alone(
    lot: DrawnLot, bidder: Producer, ways: tuple[Fraction, ...], reading: Reading, sellers: Sellers
) -> bool:
    if bidder.max_contract_gbp is not None and reading.value > Fraction(bidder.max_contract_gbp) * 100:
        return False
    if not any(reading.value >= Fraction(bidder.min_drop_gbp) * 100 * drops for drops in ways):
        return False
    filled = _filled(bidder.id, reading, sellers)
    return filled > 0 and filled >= Fraction(sellers.settings.awards.min_fill) * reading.value


def _filled(bidder: str, reading: Reading, sellers: Sellers) -> Fraction:
    """Benchmark value, in pence, of what the bidder and its members could bring month by month."""
    filled = Fraction()
    for product, months in sellers.on_sale[bidder].items():
        parts = sum(
            min(grams * reading.fine, reading.demand[product, month])
            for month, grams in months.items()
            if (product, month) in reading.demand
        )
        filled += parts * Fraction(sellers.case.products[product].benchmark_gbp_per_kg)
    return filled / (10 * reading.fine)
