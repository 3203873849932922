"""`foodlots directory`: the directory of suppliers, searched and exported."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.screen import say, show_table
from foodlots.insight.directory import HEADINGS, Search, directory_rows, listings, place_of, product_named
from foodlots.public.export import write_rows
from foodlots.reading import read_case

SHOWN = 50  # suppliers listed on the screen


def directory(
    case: CaseArgument,
    product: Annotated[str, typer.Option("--product", help="only who offers it; its id or name")] = "",
    month: Annotated[int | None, typer.Option("--month", min=1, max=12, help="only who has something then")] = None,
    within: Annotated[float | None, typer.Option("--within", min=0, help="road km")] = None,
    near: Annotated[str, typer.Option("--near", help="a postcode to count km from, instead of the kitchens")] = "",
    accreditation: Annotated[str, typer.Option("--accreditation", help="only who holds it")] = "",
    offering: Annotated[bool, typer.Option("--offering", help="only who says what it can supply")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="a .csv or .xlsx file to write the list to")] = None,
) -> None:
    """Local suppliers by product, month, distance and accreditation; no prices."""
    found, settings, _ = read_case(case)
    search = Search(
        product_named(found, product) if product else "", month, within, place_of(near) if near else None,
        accreditation, silent=not offering,
    )  # fmt: skip
    fitting = listings(found, settings, search)
    rows = directory_rows(found, fitting)
    say(f"{len(rows):,} of {len(found.producers):,} producers.")
    if out is not None:
        write_rows(out, "directory", HEADINGS, rows)
        say(f"Written to {out}.")
    else:
        rest = f", the first {SHOWN}" if len(rows) > SHOWN else ""
        show_table(f"Suppliers, the nearest first{rest}", HEADINGS[:6], (row[:6] for row in rows[:SHOWN]), (3, 4))
