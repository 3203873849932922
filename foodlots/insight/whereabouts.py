"""Where everything of a case stands: to check positions by eye before anything is worked out from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from foodlots.case import Case, Place
from foodlots.maps.shapes import box_around
from foodlots.places import outlines

MARGIN = 0.08  # of the extent of all places: how far the ground is shown beyond them
LEAST = 0.08  # degrees: the ground is at least so wide and high, also where all places stand in a line


@dataclass(frozen=True)
class Spot:
    """One place: what stands there, its name and how far it may be off, km."""

    what: str
    name: str
    place: Place


def spots(case: Case) -> list[Spot]:
    """Every kitchen, producer and depot of the case."""
    return [
        *(Spot("Kitchen", site.name, site.place) for site in case.sites.values()),
        *(Spot("Producer", producer.name, producer.place) for producer in case.producers.values()),
        *(Spot("Depot", depot.name, depot.place) for depot in case.depots.values()),
    ]


def ground(found: Iterable[Spot]) -> tuple[tuple[float, float, float, float], list[list[tuple[float, float]]]]:
    """The stretch of map that holds the spots (south, west, north, east) and the outlines of districts in it."""
    box = _roomy(box_around([spot.place for spot in found], MARGIN, MARGIN))
    rings = [
        [tuple(point) for point in ring]
        for district in outlines(box)["features"]
        for polygon in district["geometry"]["coordinates"]
        for ring in polygon
    ]
    return tuple(box), rings


def _roomy(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    south, west, north, east = box
    up, aside = (max(0.0, (LEAST - width) / 2) for width in (north - south, east - west))
    return south - up, west - aside, north + up, east + aside
