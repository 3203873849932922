"""Areas by name or code: a district, a unitary authority or a whole county, and what borders on it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from foodlots.errors import DataError, Fault
from foodlots.places import Box, outlines
from foodlots.public.counties import COUNTIES, districts_of
from foodlots.values.texts import did_you_mean, shown

GREAT_BRITAIN = Box(49.0, -9.0, 61.5, 2.5)
SHARED_POINTS = 2  # of their outlines, by which two districts border on each other
CEREMONY = re.compile(r"\b(the|city|county|royal|borough|district|metropolitan|unitary|authority|council|of|london|"
                      r"bc|dc|cc|mbc|north east|ne)\b")  # fmt: skip


@dataclass(frozen=True)
class Area:
    """A council's area: its ONS code and name, the districts in it and the districts around it."""

    code: str
    name: str
    codes: frozenset[str]

    @property
    def bordering(self) -> frozenset[str]:
        """The districts of every county or unitary authority that borders on it."""
        touching = {other for code in self.codes for other in borders().get(code, ())} - self.codes
        return frozenset(code for other in touching for code in same_county(other)) - self.codes


@cache
def districts() -> dict[str, str]:
    """The name of every district of Great Britain, by its code."""
    found = outlines(GREAT_BRITAIN)["features"]
    return {one["properties"]["code"]: one["properties"]["name"] for one in found}


def area_names() -> list[str]:
    """Every county and district of Great Britain by name, in order."""
    return sorted({*districts().values(), *(name for name, _ in COUNTIES.values())})


def find_area(text: str) -> Area:
    """The area of that name or ONS code; raises DataError with the nearest name."""
    wanted = text.strip()
    for code, (name, _) in COUNTIES.items():
        if wanted.upper() == code or same_name(wanted, name):
            return Area(code, name, districts_of(code))
    for code, name in districts().items():
        if wanted.upper() == code or same_name(wanted, name):
            return Area(code, name, frozenset((code,)))
    names = [*districts().values(), *(name for name, _ in COUNTIES.values())]
    raise DataError([Fault("area", 0, "", shown(text), f"{shown(text)!r} is no district or county of Great Britain",
                           did_you_mean(text, names, "give its name or ONS code, as E10000017"))])  # fmt: skip


def same_name(one: str, other: str) -> bool:
    """Whether two ways of writing an area's name mean the same one: `Bristol, City of` is `Bristol City Council`."""
    return _plain(one) == _plain(other)


@cache
def _plain(name: str) -> str:
    words = re.sub(r"[^a-z ]", " ", name.lower().replace("&", " and ").replace("'", ""))
    short = " ".join(CEREMONY.sub(" ", words).split())
    return short or " ".join(words.split())


def same_county(code: str) -> frozenset[str]:
    """The districts of the county that a district is in; itself where it stands alone."""
    for county in COUNTIES:
        if county.startswith("E10") and code in districts_of(county):
            return districts_of(county)
    return frozenset((code,))


def district_named(name: str) -> str:
    """The code of the district of that name, "" when there is none or more than one."""
    return _by_name().get(_plain(name), "")


@cache
def _by_name() -> dict[str, str]:
    codes: dict[str, list[str]] = {}
    for code, name in districts().items():
        codes.setdefault(_plain(name), []).append(code)
    return {name: found[0] for name, found in codes.items() if len(found) == 1}


@cache
def borders() -> dict[str, frozenset[str]]:
    """The districts that share a stretch of border with each district."""
    owners: dict[tuple[float, float], set[str]] = {}
    for one in outlines(GREAT_BRITAIN)["features"]:
        for point in _points(one["geometry"]["coordinates"]):
            owners.setdefault(point, set()).add(one["properties"]["code"])
    return touching(owners.values())


def touching(shared: Iterable[set[str]]) -> dict[str, frozenset[str]]:
    """Which codes own at least two points together, from the owners of each point."""
    counted: dict[tuple[str, str], int] = {}
    for codes in shared:
        for one in codes:
            for other in codes - {one}:
                counted[one, other] = counted.get((one, other), 0) + 1
    found: dict[str, set[str]] = {}
    for (one, other), points in counted.items():
        if points >= SHARED_POINTS:
            found.setdefault(one, set()).add(other)
    return {code: frozenset(others) for code, others in found.items()}


def _points(polygons) -> set[tuple[float, float]]:
    return {(round(lon, 5), round(lat, 5)) for polygon in polygons for ring in polygon for lon, lat in ring}
