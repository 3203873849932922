"""`foodlots build` and `foodlots catalogue`: a whole case from what was imported and the shipped catalogue."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.importing import APPLY, open_folder, settle
from foodlots.cli.screen import complain, say, show_table
from foodlots.files.raw import RawCase
from foodlots.public.areas import find_area
from foodlots.public.asked import Order
from foodlots.public.builder import build as build_case
from foodlots.public.catalogue import catalogue, chosen
from foodlots.public.merging import merge
from foodlots.public.missing import missing
from foodlots.public.record import kept_cells, makes_of, prices_of, read_record, record_file, record_text
from foodlots.reading import read_tables


def build(
    case: Annotated[Path, typer.Argument(help="the case's folder, with kitchens imported")],
    area: Annotated[str, typer.Option("--area", help="where growers may be assumed: a district or county")] = "",
    products: Annotated[
        list[str] | None,
        typer.Option("--product", help="a product, family or category; may be repeated"),
    ] = None,
    budget: Annotated[float | None, typer.Option("--budget", min=1, help="£ of food a year, all buyers")] = None,
    per_meal: Annotated[float | None, typer.Option("--per-meal", min=0.1, max=20, help="£ of food in a meal")] = None,
    growers: Annotated[int | None, typer.Option("--growers", min=0, max=2000, help="how many to assume")] = None,
    assume: Annotated[bool, typer.Option("--assume/--no-assume", help="assume growers and offers, marked so")] = True,
    seed: Annotated[int, typer.Option("--seed", help="the draw of what is assumed")] = 0,
    apply: APPLY = False,
) -> None:
    """Complete an imported case; what is assumed is marked, what is missing is told."""
    raw = open_folder(case)
    order = Order(
        chosen(products or ()), find_area(area) if area else None, budget, per_meal, growers, assume, seed=seed,
        prices=prices_of(kept_cells(case, "products", "prices")),
        made=makes_of(kept_cells(case, "producers")),
    )  # fmt: skip
    built = build_case(raw, order)
    record = record_file(case, "build", "")
    found = merge(raw, built, read_record(record))
    say(*built.told)
    settle(case, found, built, record, record_text(built, {}), apply)
    tell_missing(read_tables(case))


def tell_missing(raw: RawCase) -> None:
    """What the case lacks or only assumes, with the quickest mend."""
    found = missing(raw)
    if found:
        say("", "Still missing or assumed, and the quickest way to get it:", *(f"- {sentence}" for sentence in found))
    complain(*(str(fault) for fault in raw.faults if fault.severity == "block"))


def catalogue_command() -> None:
    """The shipped products, each figure with its source."""
    rows = [
        (entry.product, entry.name, entry.category, entry.cpv, entry.season or "not grown here", entry.price_gbp_per_kg,
         entry.source("benchmark_gbp_per_kg").standing, entry.kgco2e_per_kg, entry.source("kgco2e_per_kg").standing)
        for entry in catalogue().values()
    ]  # fmt: skip
    headings = ("id", "product", "category", "CPV", "months", "£/kg", "known", "kg CO₂e/kg", "known")
    show_table("Products of the catalogue", headings, rows, (5, 7))
    sources = sorted({source.words for entry in catalogue().values()
                      for source in (entry.source("benchmark_gbp_per_kg"), entry.source("kgco2e_per_kg"),
                                     entry.source("season_source"), entry.source("cpv"))})  # fmt: skip
    say("", "Sources:", *(f"- {words}" for words in sources))
