"""The tables of a case as CSV text, and the typed lists of places they start from."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SPEND_COLUMNS = ("buyer", "supplier", "postcode", "category", "spend_gbp", "contract_end", "local")


def spent(buyer: str, supplier: str, postcode: str, category: str, gbp: int, end: str) -> tuple:
    """A line of today's contracts: a national firm is not local, however near its branch stands."""
    return buyer, supplier, postcode, category, gbp, end, "no" if supplier.startswith("National") else ""


@dataclass(frozen=True)
class Locality:
    """A village, town or quarter: its middle in degrees, estimated to a kilometre or two, and what is put there."""

    name: str
    lat: str
    lon: str
    area_code: str
    counts: dict[str, int]
    land: str


def read_localities(name: str) -> list[Locality]:
    """The typed list of places of a case, by name."""
    with (HERE / f"{name}_places.csv").open(encoding="utf-8", newline="") as file:
        return sorted((_locality(row) for row in csv.DictReader(file)), key=lambda here: here.name)


def _locality(row: dict[str, str]) -> Locality:
    fixed = {column: row.pop(column) for column in ("place", "lat", "lon", "area_code", "land")}
    counts = {column: int(number) for column, number in row.items()}
    return Locality(fixed["place"], fixed["lat"], fixed["lon"], fixed["area_code"], counts, fixed["land"])


def as_csv(columns: Sequence[str], rows: Sequence[Sequence]) -> str:
    """A table as CSV text: the columns' names, then its rows, each line ended by one newline."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def slug(name: str) -> str:
    """An id made of a name: small letters, digits and underscores."""
    letters = (letter if letter.isalnum() else " " for letter in name.lower().replace("'", ""))
    return "_".join("".join(letters).split())
