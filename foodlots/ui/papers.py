"""A plan as files to take away: one archive that can be audited again, and workbooks to read and to publish."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from foodlots.calendar import say_months
from foodlots.compare import FIGURES
from foodlots.files.raw import RawCase
from foodlots.files.workbook import open_workbook
from foodlots.maps.facts import LOTS, lot_facts, sites_of
from foodlots.maps.offline import write_map
from foodlots.network import plan_network, write_network
from foodlots.plan_files import TABLES, write_plan
from foodlots.ui.work import Result
from foodlots.writing import write_tables

STILL = (2000, 1, 1, 0, 0, 0)  # the date of every file in the archive, so that equal plans give equal bytes
LONGEST_CELL = 32_767  # characters, Excel's own limit


def archive(found: Result, raw: RawCase) -> bytes:
    """Everything in one zip: the case, the plan's tables, the map; enough to check the plan again elsewhere."""
    stream = io.BytesIO()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(raw.named(found.settings.case.name), folder / "case")
        write_plan(found.plan, folder / "plan")
        write_map(found.case, found.settings, found.plan, folder / "plan")
        write_network(plan_network(found.case, found.settings, found.plan), folder / "plan")
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), STILL)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    pack.writestr(entry, path.read_bytes())
    return stream.getvalue()


def plan_workbook(found: Result) -> bytes:
    """The whole plan, a sheet for its figures and one for each of its tables; prices of producers are in it."""
    figures = [(figure.title, figure.of(found.plan.summary)) for figure in FIGURES]
    sheets = {
        "figures": (("figure", "value"), figures),
        "lot schedule": _schedule(found),
        **{table.name: _records(table, getattr(found.plan, table.name)) for table in TABLES},
    }
    return _workbook(sheets)


def schedule_workbook(found: Result) -> bytes:
    """What may be published: the lots and their kitchens, with names, values at open-market prices and no producer."""
    return _workbook({"lots": _lots_to_publish(found), "kitchens": _kitchens(found)})


def _schedule(found: Result) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    return LOTS, lot_facts(found.case, found.plan, found.settings.case.first_month).values()


def _lots_to_publish(found: Result) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    case, first = found.case, found.settings.case.first_month
    sites = sites_of(found.plan)
    rows = [
        (
            lot.id, lot.name, ", ".join(case.buyers[buyer].name for buyer in lot.buyers),
            ", ".join(case.products[product].name for product in lot.products), say_months(lot.months, first), lot.cpv,
            lot.value_gbp, len(sites[lot.id]),
        )
        for lot in found.plan.lots
    ]  # fmt: skip
    return ("lot", "name", "buyers", "products", "months", "CPV", "value a year, £", "kitchens"), rows


def _kitchens(found: Result) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    case, first = found.case, found.settings.case.first_month
    rows = [
        (cell.lot, case.sites[cell.site].name, case.sites[cell.site].place.postcode, case.products[cell.product].name,
         say_months(cell.months, first))
        for cell in found.plan.cells
    ]  # fmt: skip
    return ("lot", "kitchen", "postcode", "product", "months"), rows


def _records(table, records) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    names = tuple(record_field for record_field in table.record.__dataclass_fields__)
    return table.columns, [[getattr(record, name) for name in names] for record in records]


def _workbook(sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Sheets in which numbers are numbers and every text is only text: no formula, no link."""
    stream = io.BytesIO()
    book = open_workbook(stream)
    bold = book.add_format({"bold": True})
    for name, (headings, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, max(12, len(heading) + 2))
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _put(sheet.write_number, sheet.write_string, number, column, value)
    book.close()
    return stream.getvalue()


def _put(number: Callable, text: Callable, row: int, column: int, value: object) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        number(row, column, float(value))
    elif words := _words(value):
        text(row, column, words[:LONGEST_CELL])


def _words(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)
