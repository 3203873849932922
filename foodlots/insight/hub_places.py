"""Places where a hub could stand: among the growers, amid the kitchens, and wherever the user points."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from foodlots.case import Case, Depot, Place
from foodlots.errors import DataError, Fault
from foodlots.optimise.areas import plane, small_areas
from foodlots.places import spreads
from foodlots.postcodes import UnknownPostcode, find_postcode

CLUSTERS = 4  # of growers
HANDLING_GBP = Decimal("0.06")  # £/kg, the default of the table depots
FIXED_GBP = Decimal(25000)  # £ a year: a small unit, a chiller and a part-time hand; assumed, give your own


def hub_places(
    case: Case,
    at: Iterable[str] = (),
    fixed_gbp: Decimal = FIXED_GBP,
    handling_gbp_per_kg: Decimal = HANDLING_GBP,
    clusters: int = CLUSTERS,
) -> tuple[Depot, ...]:
    """Candidate depots, each with an id of its own: growers' clusters, the middle of the kitchens, then the user's.

    at: "Name,postcode" or "Name,lat,lon". Raises DataError for one that cannot be placed.
    """
    places = [*_among_growers(case, clusters), ("The middle of the kitchens", _middle_of_kitchens(case))]
    places += [read_place(text) for text in at]
    taken = {*case.depots, *case.producers, *case.sites}
    prefix = "hub"
    while any(key.startswith(prefix) and key[len(prefix) :].isdigit() for key in taken):
        prefix += "_"
    return tuple(
        Depot(f"{prefix}{number}", name, place, handling_gbp_per_kg, fixed_gbp)
        for number, (name, place) in enumerate(places, start=1)
    )


def read_place(text: str) -> tuple[str, Place]:
    """A name and a place as the user gives them: "Longridge,PR3 3JJ" or "Longridge,53.83,-2.60"."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        raise DataError([_fault(text, "is not a place", 'write "Name,postcode" or "Name,lat,lon"')])
    name = parts[0]
    if len(parts) == 2:
        try:
            found = find_postcode(parts[1])
        except UnknownPostcode as trouble:
            raise DataError([_fault(text, trouble.problem, trouble.mend)]) from None
        return name, Place(found.lat, found.lon, found.error_km, found.postcode)
    try:
        lat, lon = map(float, parts[1:])
    except ValueError:
        lat = lon = float("nan")
    if not (49 <= lat <= 61 and -9 <= lon <= 3):
        raise DataError([_fault(text, "is not a position in Great Britain", "give degrees, as in 53.83,-2.60")])
    return name, Place(lat, lon)


def _fault(text: str, problem: str, mend: str) -> Fault:
    return Fault("--at", 0, "", text, f"{text!r} {problem}" if problem.startswith("is ") else problem, mend)


def _among_growers(case: Case, clusters: int) -> list[tuple[str, Place]]:
    """The middle of each cluster of growers, weighted by what their offers are worth at open-market prices."""
    worth: dict[str, float] = defaultdict(float)
    for offer in case.offers:
        price = case.products[offer.product].benchmark_gbp_per_kg
        worth[offer.producer] += float(offer.kg_per_month * len(offer.months) * price)
    growers = sorted(grower for grower, gbp in worth.items() if gbp)
    if not growers:
        return []
    places = [case.producers[grower].place for grower in growers]
    weights = np.array([worth[grower] for grower in growers])
    points = plane(np.array([place.lat for place in places]), np.array([place.lon for place in places]))
    pieces = small_areas(points, weights, min(clusters, len(growers)))
    return [_cluster([places[i] for i in piece], weights[piece]) for piece in pieces]


def _cluster(places: list[Place], weights: np.ndarray) -> tuple[str, Place]:
    place = _middle(places, weights)
    growers = "1 grower" if len(places) == 1 else f"{len(places)} growers"
    return f"Among {growers} near {_nearest_postcode(place)}", place


def _middle_of_kitchens(case: Case) -> Place:
    sites = list(case.sites.values())
    return _middle([site.place for site in sites], np.array([float(site.meals_per_week) + 1e-9 for site in sites]))


def _middle(places: list[Place], weights: np.ndarray) -> Place:
    lat = np.average([place.lat for place in places], weights=weights)
    lon = np.average([place.lon for place in places], weights=weights)
    return Place(round(float(lat), 4), round(float(lon), 4))


def _nearest_postcode(place: Place) -> str:
    """The postcode sector whose middle is nearest."""
    narrow = np.cos(np.radians(place.lat))
    sectors = sorted(code for code in spreads() if " " in code)
    away = [
        (spreads()[code].lat - place.lat) ** 2 + ((spreads()[code].lon - place.lon) * narrow) ** 2 for code in sectors
    ]
    return sectors[int(np.argmin(away))]


def in_sentence(name: str) -> str:
    """A place's name amid a sentence; one the user gave stays as it is."""
    return name[:1].lower() + name[1:] if name.startswith(("Among ", "The middle ")) else name
