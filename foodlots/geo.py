"""How far it is by road between the places of a case, in km."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import numpy as np

from foodlots.case import Case, Place
from foodlots.errors import DataError, Fault
from foodlots.postcodes import Found, UnknownPostcode, find_postcode

__all__ = ["EARTH_KM", "Found", "Roads", "UnknownPostcode", "find_postcode", "great_circle_km"]

EARTH_KM = 6371.0


def great_circle_km(a: Place, b: Place) -> float:
    """The km between two places as the crow flies, on a sphere of radius 6,371.0 km."""
    return float(_arcs_km(_directions([a]), _directions([b]))[0, 0])


class Roads:
    """The road km between any two places of a case: the user's own distance where one is given, else an estimate.

    km = distances[origin, destination] if given, else road_factor x great-circle km.
    Ids are those of producers, sites and depots. `km` and `matrix` give exactly the same numbers.
    """

    def __init__(
        self,
        places: Mapping[str, Place],
        road_factor: Decimal | float,
        distances: Mapping[tuple[str, str], Decimal] | None = None,
    ):
        self.ids = tuple(sorted(places))
        self._row_of = {place_id: row for row, place_id in enumerate(self.ids)}
        self._points = _directions([places[place_id] for place_id in self.ids])
        self._factor = float(road_factor)
        self._given: dict[str, list[tuple[int, float]]] = {}
        for (origin, destination), km in sorted((distances or {}).items()):
            if origin in self._row_of and destination in self._row_of:
                self._given.setdefault(origin, []).append((self._row_of[destination], float(km)))
        self._rows: dict[str, np.ndarray] = {}

    @classmethod
    def of(cls, case: Case, road_factor: Decimal | float) -> "Roads":
        """The roads between the producers, sites and depots of a case, with its table of distances."""
        return cls(places_of(case), road_factor, case.distances)

    def km(self, origin: str, destination: str) -> float:
        """The road km from one place to another."""
        return float(self._from(origin)[self._row_of[destination]])

    def matrix(self, origins: Sequence[str], destinations: Sequence[str]) -> np.ndarray:
        """The road km from every origin (rows) to every destination (columns)."""
        rows, columns = (np.array([self._row_of[id_] for id_ in ids], dtype=int) for ids in (origins, destinations))
        km = self._factor * _arcs_km(self._points[rows], self._points[columns])
        for row, origin in enumerate(origins):
            if origin in self._given:
                km[row] = self._from(origin)[columns]
        return km

    def nearest(self, origin: str, destinations: Iterable[str]) -> tuple[str, float]:
        """The destination with the fewest road km from `origin` (the lowest id among equals), and those km."""
        km, place_id = min((self.km(origin, place_id), place_id) for place_id in destinations)
        return place_id, km

    def _from(self, origin: str) -> np.ndarray:
        """The road km from one place to all, worked out once."""
        if origin not in self._rows:
            row = self._row_of[origin]
            km = self._factor * _arcs_km(self._points[row : row + 1], self._points)[0]
            for column, given in self._given.get(origin, ()):
                km[column] = given
            self._rows[origin] = km
        return self._rows[origin]


def places_of(case: Case) -> dict[str, Place]:
    """Every id of a producer, site or depot with its place; one id may not stand at two places."""
    places: dict[str, Place] = {}
    for table, entries in (("producers", case.producers), ("sites", case.sites), ("depots", case.depots)):
        for place_id, entry in entries.items():
            here = places.setdefault(place_id, entry.place)
            if (here.lat, here.lon) != (entry.place.lat, entry.place.lon):
                raise DataError([_at_two_places(table, place_id)])
    return places


def _at_two_places(table: str, place_id: str) -> Fault:
    return Fault(
        table=table,
        row=0,
        column="",
        value=place_id,
        problem=f"{place_id!r} is also the id of another table's row, at another place",
        mend="give each producer, site and depot an id of its own",
    )


def _directions(places: Sequence[Place]) -> np.ndarray:
    """Each place as a point on the unit sphere: one row of x, y, z."""
    lat = np.radians(np.array([place.lat for place in places], dtype=float))
    lon = np.radians(np.array([place.lon for place in places], dtype=float))
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _arcs_km(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Great-circle km from each point (rows) to each other (columns): 2 R asin(half the straight line between them).

    The square of half that line is the haversine sum, so this is the haversine formula.
    """
    squares = [np.square(points[:, axis, None] - others[None, :, axis]) for axis in range(3)]
    half = np.sqrt(squares[0] + squares[1] + squares[2]) / 2
    return 2 * EARTH_KM * np.arcsin(np.minimum(1.0, half))
