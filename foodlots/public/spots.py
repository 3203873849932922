"""Where the rows of a table stand, as text has them: by lat and lon, else by postcode."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foodlots.files.raw import RawCase
from foodlots.geo import EARTH_KM
from foodlots.postcodes import UnknownPostcode, find_postcode


@dataclass(frozen=True)
class Spots:
    """Points in degrees, one row of lat and lon each."""

    points: np.ndarray

    @classmethod
    def of(cls, case: RawCase, table: str) -> "Spots":
        """The places of a table's rows that can be placed."""
        raw = case.tables.get(table)
        rows = [dict(zip(raw.headings, row.cells, strict=False)) for row in raw.rows] if raw else []
        found = [place for row in rows if (place := position(row))]
        return cls(np.array(found, dtype=float).reshape(len(found), 2))

    def nearest_km(self, row: Mapping[str, str]) -> float:
        """The km as the crow flies from a row's place to the nearest of these; infinite when there is none."""
        place = position(row)
        if place is None or not len(self.points):
            return float("inf")
        lat, lon = np.radians(self.points[:, 0]), np.radians(self.points[:, 1])
        here_lat, here_lon = np.radians(place)
        half = np.sin((lat - here_lat) / 2) ** 2 + np.cos(lat) * np.cos(here_lat) * np.sin((lon - here_lon) / 2) ** 2
        return float(2 * EARTH_KM * np.arcsin(np.sqrt(half.min())))


def position(row: Mapping[str, str]) -> tuple[float, float] | None:
    """The lat and lon of a row as text, None when it has no place that can be read."""
    try:
        if row.get("lat", "").strip() and row.get("lon", "").strip():
            return float(row["lat"]), float(row["lon"])
        if row.get("postcode", "").strip():
            found = find_postcode(row["postcode"], exact=False)
            return found.lat, found.lon
    except (ValueError, UnknownPostcode):
        return None
    return None
