"""The shipped catalogue of products: what a public kitchen buys, each figure with where it comes from."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from foodlots.errors import DataError, Fault
from foodlots.public.imported import Standing
from foodlots.values.texts import did_you_mean, shown

DELIVERED = 1.35  # times the home-grown wholesale price: delivery to kitchens and the wholesaler's margin; assumed
USUAL_WEIGHT = 4  # parts in a hundred of its category's spend, from which a product is bought by any kitchen


@dataclass(frozen=True)
class Source:
    """Where a figure comes from and how well it is known."""

    standing: str
    words: str


SOURCES: Mapping[str, Source] = MappingProxyType({
    "cpv": Source("measured", "Common Procurement Vocabulary 2008, Regulation (EC) No 213/2008"),
    "defra_season": Source("measured", "Defra home-grown prices 2018–2026: months with a price in half the weeks"),
    "defra_price": Source("estimated", f"Defra home-grown price, median 2023–2026, × {DELIVERED} for delivery and "
                          "margin (assumed)"),
    "poore_nemecek": Source("estimated", "Poore and Nemecek, Science 360 (2018), world mean, by Our World in Data"),
    "poore_nemecek_beef": Source("estimated", "Poore and Nemecek (2018), middle of beef herd and dairy herd"),
    "example_cases": Source("estimated", "the authors' round figure for a delivered trade price in 2026"),
    "usual": Source("estimated", "usual British supply, from the field, under glass or from store"),
    "store": Source("estimated", "dried, frozen, canned or milled: kept all year"),
    "abroad": Source("estimated", "not grown in Britain"),
    "assumed": Source("assumed", "assumed by the authors: replace it with your own"),
})  # fmt: skip
FIGURES = {"cpv": "cpv_source", "kgco2e_per_kg": "kgco2e_source", "benchmark_gbp_per_kg": "price_source",
           "budget_share": "weight_source", "drops_per_week": "drops_source"}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One product of the catalogue. season: months British producers have it; makes: what a maker is approved for."""

    product: str
    name: str
    family: str
    category: str
    cpv: str
    season: str
    defra_item: str
    kgco2e_per_kg: str
    food: str
    price_gbp_per_kg: str
    weight: int
    drops_per_week: str
    accreditation: str
    makes: tuple[str, ...]
    sources: Mapping[str, str]

    def source(self, figure: str) -> Source:
        """Where a figure comes from, by its column in the table of products."""
        return SOURCES[self.sources[FIGURES.get(figure, figure)]]


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every product of the catalogue, by its id, in the order of the file."""
    text = files("foodlots.public").joinpath("catalogue.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["product"]: _entry(row) for row in csv.DictReader(text.splitlines())})


def _entry(row: Mapping[str, str]) -> Entry:
    sources = {name: cell for name, cell in row.items() if name.endswith("_source")}
    words = {name: cell for name, cell in row.items() if name in Entry.__dataclass_fields__}
    makes = tuple(part for part in row["makes"].split(";") if part)
    return Entry(**words | {"weight": int(row["weight"]), "makes": makes, "sources": MappingProxyType(sources)})


def chosen(products: Iterable[str] = ()) -> tuple[Entry, ...]:
    """The products named, by id, name or category; without any, those that every kitchen buys. Raises DataError."""
    wanted = [word.strip() for word in products if word.strip()]
    if not wanted:
        return tuple(entry for entry in catalogue().values() if entry.weight >= USUAL_WEIGHT)
    found = {entry.product: entry for word in wanted for entry in _named(word)}
    return tuple(entry for key, entry in catalogue().items() if key in found)


def categories() -> list[str]:
    """The categories of the catalogue, in its order."""
    return list(dict.fromkeys(entry.category for entry in catalogue().values()))


def _named(word: str) -> list[Entry]:
    plain = word.lower()
    found = [entry for entry in catalogue().values()
             if plain in ("all", entry.product, entry.name.lower(), entry.family, entry.category)]  # fmt: skip
    if not found:
        names = [word for entry in catalogue().values() for word in (entry.product, entry.name, entry.category)]
        raise DataError([Fault("products", 0, "", shown(word), f"{shown(word)!r} is not in the catalogue",
                               did_you_mean(word, names, "foodlots catalogue lists what is"))])  # fmt: skip
    return found


def standings(entries: Iterable[Entry], prices_from_file: Iterable[str] = ()) -> tuple[Standing, ...]:
    """The standing of each figure of these products; prices read from a file have their own."""
    apart = set(prices_from_file)
    return tuple(
        Standing("products", entry.product, column, entry.source(column).standing, entry.source(column).words)
        for entry in entries
        for column in FIGURES
        if not (column == "benchmark_gbp_per_kg" and entry.product in apart)
    )
