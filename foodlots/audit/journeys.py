"""The driving of an award or of a depot's round: visits, drops, road km and its exact cost in pence."""

from dataclasses import dataclass
from fractions import Fraction

from foodlots.audit.evidence import Evidence
from foodlots.audit.exact import YEAR
from foodlots.audit.lines import AwardLine, DistributionLine
from foodlots.audit.lots import Calls, calls_at


@dataclass(frozen=True)
class Journey:
    """A year's driving. `pence` is exact but for what kilometres lose in floats."""

    visits: Fraction
    drops: Fraction
    km: Fraction
    pence: Fraction


def award_journey(award: AwardLine, evidence: Evidence) -> Journey:
    """How a winner brings its lot: to the sites, visits x (2 x km to the nearest + the round), or in bulk to a depot.

    Delivered: km x per_km + drops x per_drop. To a depot: visits x 2 x km, and no cost per drop.
    """
    lot, roads = evidence.lots[award.lot], evidence.roads
    if award.depot:
        km = lot.to_depot.visits * 2 * Fraction(evidence.sellers.depot_km(award.bidder, award.depot))
        return Journey(lot.to_depot.visits, lot.to_depot.drops, km, _driving(km, evidence))
    once = 2 * roads.nearest(roads.producers[award.bidder], lot.sites) + round_km(lot.id, lot.sites, evidence)
    return _to_the_door(lot.delivered, once, evidence)


def depot_journey(line: DistributionLine, evidence: Evidence) -> Journey:
    """A depot's year of rounds through an area, as often as the most frequent product of the case asks."""
    sites, roads = evidence.area_sites[line.distribution], evidence.roads
    calls = calls_at(sites, evidence.asked, evidence.asked.busiest, YEAR)
    once = 2 * roads.nearest(roads.depots[line.depot], sites) + round_km(line.distribution, sites, evidence)
    return _to_the_door(calls, once, evidence)


def round_km(name: str, sites: tuple[str, ...], evidence: Evidence) -> float:
    """Road km of a round in the order driven; in order of id where the plan gives no whole order."""
    order = evidence.orders.get(name, ())
    return evidence.roads.around(order if sorted(order) == list(sites) else sites)


def _to_the_door(calls: Calls, once: float, evidence: Evidence) -> Journey:
    km = calls.visits * Fraction(once)
    stops = calls.drops * Fraction(evidence.settings.costs.per_drop) * 100
    return Journey(calls.visits, calls.drops, km, _driving(km, evidence) + stops)


def _driving(km: Fraction, evidence: Evidence) -> Fraction:
    return km * Fraction(evidence.settings.costs.per_km) * 100
