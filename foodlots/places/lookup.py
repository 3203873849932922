"""The packed tables, opened once: where the postcodes of each sector and outcode lie."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

VINTAGE = "ONS Postcode Directory, November 2025"


@dataclass(frozen=True)
class Spread:
    """Where the postcodes of one sector or outcode lie: their middle, and the km within which nine in ten are."""

    code: str
    lat: float
    lon: float
    radius_km: float
    postcodes: int


@cache
def spreads() -> Mapping[str, Spread]:
    """Every sector (`PR1 2`) and outcode (`PR1`) of Great Britain with where its postcodes lie."""
    rows = csv.DictReader(read_packed("postcodes.csv.gz").splitlines())
    return MappingProxyType({row["code"]: _spread(row) for row in rows})


def read_packed(name: str) -> str:
    """The text of one of the packed files beside this module."""
    return gzip.decompress(files("foodlots.places").joinpath(name).read_bytes()).decode("utf-8")


def _spread(row: Mapping[str, str]) -> Spread:
    lat, lon, radius_km = (float(row[column]) for column in ("lat", "lon", "radius_km"))
    return Spread(row["code"], lat, lon, radius_km, int(row["postcodes"]))
