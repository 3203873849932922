"""`foodlots check`: are the tables in order?"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from foodlots import checking as tables
from foodlots.case import Case
from foodlots.cli.screen import complain, pounds, say
from foodlots.demand import work_out_demand
from foodlots.faults_beside import faults_workbook
from foodlots.reading import read_case, read_tables

CaseArgument = Annotated[Path, typer.Argument(help="folder of CSV files with settings.toml, or one XLSX workbook")]
SetOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="SECTION.KEY=VALUE", help="a setting in place of the file's own")
]
COUNTED = ("buyers", "sites", "products", "producers", "offers", "depots")


FaultsOption = Annotated[Path | None, typer.Option("--faults", help="write the faults beside your rows, as .xlsx")]


def check(case: CaseArgument, set_: SetOption = None, faults: FaultsOption = None) -> None:
    """Read a case and tell every fault: table, row, column, value and how to mend it."""
    if faults:
        _write_faults(case, set_ or (), faults)
    found, settings, notes = read_case(case, set_ or ())
    value = work_out_demand(found, settings).value_gbp
    counts = [
        f"{len(rows)} {table if len(rows) != 1 else table[:-1]}"
        for table in COUNTED
        if (rows := table_of(found, table))
    ]
    say(f"{settings.case.name}: {', '.join(counts)}; demand worth {pounds(float(value))} a year.")
    complain(*(f"{note.severity}: {note}" for note in notes))
    say(*how_sure_of_places(found), "The tables are in order.")


def _write_faults(case: Path, overrides: Iterable[str], path: Path) -> None:
    raw = read_tables(case)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(faults_workbook(raw, tables.check(raw, overrides).faults))


def table_of(case: Case, table: str):
    """The rows of a table, by its name."""
    return getattr(case, table)


def how_sure_of_places(case: Case) -> Iterator[str]:
    """How many places are known by postcode only, and how far off they may be."""
    for table in ("sites", "producers", "depots"):
        errors = [row.place.error_km for row in table_of(case, table).values() if row.place.error_km]
        if errors:
            yield (
                f"{len(errors)} of {len(table_of(case, table))} {table} are placed by postcode: nine in ten such "
                f"places are right to within {max(errors):.1f} km."
            )
