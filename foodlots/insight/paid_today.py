"""Where today's food money goes: each line of the spend table with how far its supplier is and who it counts as."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case, Place, Producer, Spend
from foodlots.errors import DataError, Fault
from foodlots.geo import Roads, great_circle_km
from foodlots.local import SLACK_KM, is_local, local_areas
from foodlots.postcodes import UnknownPostcode, find_postcode
from foodlots.settings import Settings

LOCAL, REGIONAL, LEAKING, UNKNOWN = "local", "regional", "leaking", "not known"
RINGS = (LOCAL, REGIONAL, LEAKING, UNKNOWN)
REGIONAL_KM = Decimal(80)  # road km, 50 miles: assumed, the buyer's own figure


@dataclass(frozen=True)
class Paid:
    """One line of today's contracts. km: by road to the buyer's nearest kitchen, None where the place is not known.

    small, organic: None where nobody said.
    """

    buyer: str
    supplier: str
    category: str
    gbp: Decimal
    contract_end: str
    ring: str
    place: Place | None
    km: float | None
    small: bool | None
    organic: bool | None


def paid_today(case: Case, settings: Settings, regional_km: Decimal = REGIONAL_KM) -> tuple[Paid, ...]:
    """Every line of today's contracts, dearest first; DataError where the case has none."""
    if not case.spend:
        mend = "add spend.csv (buyer, supplier, postcode, category, spend_gbp, contract_end)"
        raise DataError([Fault("spend", 0, "", "", "the case has no table of today's contracts", mend)])
    known = {producer.name.strip().casefold(): producer for producer in case.producers.values()}
    roads = Roads.of(case, settings.costs.road_factor)
    paid = (
        _paid(case, settings, roads, line, known.get(line.supplier.strip().casefold()), regional_km)
        for line in case.spend
    )
    return tuple(sorted(paid, key=lambda line: (-line.gbp, line.supplier, line.category, line.buyer)))


def _paid(
    case: Case, settings: Settings, roads: Roads, line: Spend, producer: Producer | None, regional_km: Decimal
) -> Paid:
    """A supplier that bears the name of one of the case's producers is taken to be that producer."""
    place = producer.place if producer else _place(line.postcode)
    km = None if place is None else km_to_buyer(case, settings, place, line.buyer)
    local = is_local(producer, (line.buyer,), case, settings, roads) if producer and line.local is None else line.local
    ring = _ring(settings, line, km, regional_km, local)
    small = producer.small if producer and line.small is None else line.small
    organic = producer.organic if producer and line.organic is None else line.organic
    return Paid(
        line.buyer, line.supplier, line.category, line.spend_gbp, line.contract_end, ring, place, km, small, organic
    )


def _place(postcode: str) -> Place | None:
    try:
        found = find_postcode(postcode)
    except UnknownPostcode:
        return None
    return Place(found.lat, found.lon, found.error_km, found.postcode)


def km_to_buyer(case: Case, settings: Settings, place: Place, buyer: str) -> float:
    """Road km from a place to the buyer's nearest kitchen."""
    kitchens = [site.place for site in case.sites.values() if site.buyer == buyer]
    if not kitchens:
        return 0.0
    return float(settings.costs.road_factor) * min(great_circle_km(place, kitchen) for kitchen in kitchens)


def _ring(settings: Settings, line: Spend, km: float | None, regional_km: Decimal, local: bool | None) -> str:
    """Local as the table says, else by the buyer's list of areas where the supplier's is given, else by road km."""
    areas = local_areas(line.buyer, settings)
    if local is None and areas and line.area_code:
        local = line.area_code in areas
    if local is None and km is not None:
        local = km <= float(settings.case.local_km) + SLACK_KM
    if local or km is None:
        return LOCAL if local else UNKNOWN
    return REGIONAL if km <= float(regional_km) + SLACK_KM else LEAKING


def total(paid: Iterable[Paid]) -> Decimal:
    """£ a year of these lines."""
    return sum((line.gbp for line in paid), Decimal(0))


def rings_by(paid: Iterable[Paid], key: Callable[[Paid], Hashable]) -> Mapping[Hashable, Mapping[str, Decimal]]:
    """Whatever `key` tells apart -> ring -> £ a year, dearest first."""
    sums: dict = defaultdict(lambda: dict.fromkeys(RINGS, Decimal(0)))
    for line in paid:
        sums[key(line)][line.ring] += line.gbp
    return dict(sorted(sums.items(), key=lambda item: (-sum(item[1].values()), str(item[0]))))


def in_ring(paid: Iterable[Paid], *rings: str) -> Decimal:
    """£ a year paid within these rings."""
    return total(line for line in paid if line.ring in rings)


@dataclass(frozen=True)
class Ending:
    """Contracts that end in one month ("" when none is given): £ that can be moved then, and by then in all.

    reachable: the largest share of today's spend that could be local once all that ended by then is moved.
    """

    month: str
    gbp: Decimal
    not_local_gbp: Decimal
    by_then_gbp: Decimal
    reachable: float


def endings(paid: tuple[Paid, ...]) -> tuple[Ending, ...]:
    """Influenceable £ by contract end, the soonest first; contracts without an end come last and move nothing."""
    whole, local = total(paid), in_ring(paid, LOCAL)
    moved, by_then, found = Decimal(0), Decimal(0), []
    for month in sorted({line.contract_end for line in paid}, key=lambda month: (not month, month)):
        ending = [line for line in paid if line.contract_end == month]
        not_local = total(line for line in ending if line.ring != LOCAL)
        if month:
            moved, by_then = moved + not_local, by_then + total(ending)
        reachable = float((local + moved) / whole) if whole else 0.0
        found.append(Ending(month, total(ending), not_local, by_then, reachable))
    return tuple(found)
