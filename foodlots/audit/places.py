"""Road kilometres of a case, from coordinates alone: distances, who reaches what, and the length of a round.

Great circle by the haversine on a sphere of radius 6371.0 km, times the road factor, unless the case states the pair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import asin, cos, radians, sin, sqrt

from foodlots.audit.case import Case, Place
from foodlots.audit.margins import REACH_KM

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Point:
    """Where a site, producer or depot lies, in radians."""

    id: str
    north: float
    east: float
    narrowing: float


@dataclass(frozen=True)
class Roads:
    """Every distance the rules ask for, in road km."""

    case: Case
    factor: float
    _tours: dict[tuple[frozenset[str], float], float] = field(default_factory=dict)

    @cached_property
    def sites(self) -> dict[str, Point]:
        return {site.id: _point(site.id, site.place) for site in self.case.sites.values()}

    @cached_property
    def producers(self) -> dict[str, Point]:
        return {producer.id: _point(producer.id, producer.place) for producer in self.case.producers.values()}

    @cached_property
    def depots(self) -> dict[str, Point]:
        return {depot.id: _point(depot.id, depot.place) for depot in self.case.depots.values()}

    @cached_property
    def stated(self) -> dict[tuple[str, str], float]:
        return {pair: float(km) for pair, km in self.case.distances.items()}

    def km(self, origin: Point, destination: Point) -> float:
        """Road km from one point to another: as the case states it, else road factor x great circle."""
        if self.stated:
            km = self.stated.get((origin.id, destination.id))
            if km is not None:
                return km
        return self.factor * great_circle_km(origin, destination)

    def nearest(self, origin: Point, sites: Iterable[str]) -> float:
        """Road km from a point to the nearest of these sites; 0 when there are none."""
        return min((self.km(origin, self.sites[site]) for site in sites), default=0.0)

    def around(self, order: Sequence[str]) -> float:
        """Road km of a closed tour of sites in this order; 0 for one site."""
        if len(order) < 2:
            return 0.0
        points = [self.sites[site] for site in order]
        return sum(self.km(here, there) for here, there in zip(points, [*points[1:], points[0]], strict=True))

    def nearest_neighbour(self, sites: Iterable[str], tie_km: float = 0.0) -> float:
        """Road km of the closed tour that starts at the first site by id and always goes on to the nearest one left.

        Of sites equally near, to within `tie_km`, the lowest id comes first.
        """
        wanted = (frozenset(sites), tie_km)
        if wanted not in self._tours:
            self._tours[wanted] = self.around(self._greedy(*wanted))
        return self._tours[wanted]

    def _greedy(self, sites: frozenset[str], tie_km: float) -> list[str]:
        left = sorted(sites)
        order = left[:1]
        left = left[1:]
        while left:
            here = self.sites[order[-1]]
            reach = [self.km(here, self.sites[site]) for site in left]
            shortest = min(reach)
            found = next(place for place, km in enumerate(reach) if km <= shortest + tie_km)
            order.append(left.pop(found))
        return order


def great_circle_km(here: Point, there: Point) -> float:
    """Great-circle km between two points: 2 R asin sqrt(sin²(Δφ/2) + cos φ1 cos φ2 sin²(Δλ/2))."""
    rise = sin((there.north - here.north) / 2)
    run = sin((there.east - here.east) / 2)
    half = sqrt(rise * rise + here.narrowing * there.narrowing * run * run)
    return 2 * EARTH_KM * asin(half)


def within(km: float, limits: Iterable[float]) -> bool:
    """Whether a distance is within every limit given; the very edge counts as within."""
    return km <= min(limits) + REACH_KM


def _point(name: str, place: Place) -> Point:
    north = radians(place.lat)
    return Point(name, north, radians(place.lon), cos(north))
