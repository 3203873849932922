"""A menu cycle from a CSV file: what is cooked on each day of its weeks, from which products, and how much a portion.

Read and checked like the tables of a case: every fault is told at once, by row and column.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path

from foodlots.case import MONTHS, Case
from foodlots.checks.references import find_strangers, find_twins
from foodlots.checks.rows import Row, Sheet, read_rows
from foodlots.columns import Column, Table
from foodlots.errors import DataError, Fault
from foodlots.files.csv_grid import read_csv
from foodlots.files.headings import find_table, known_headings
from foodlots.files.raw import FileFault
from foodlots.menu_days import DAYS, MOST_WEEKS, spread
from foodlots.tables import ONE, PRODUCTS, ZERO

MENU = Table(
    "menu", "A menu cycle: the products of each dish on each day.", ("week", "day", "dish", "product", "months"),
    (
        Column("week", "number", "week of the cycle, from 1", required=True, least=ONE, most=Decimal(MOST_WEEKS),
               example="1"),
        Column("day", "choice", "day of the week", required=True, choices=DAYS, example="monday"),
        Column("dish", "text", "what is on the menu", required=True, example="Leek and potato pie"),
        Column("product", "id", "a product in it", required=True, refers=("products",), example="potatoes"),
        Column("g_per_portion", "number", "grams of the product, as bought, in one portion", "g", required=True,
               above=ZERO, most=Decimal(2000), example="150"),
        Column("uptake", "number", "share of all meals that take the dish", "share", default=ONE,
               default_words="1 (everybody)", above=ZERO, most=ONE, example="0.6"),
        Column("months", "months", "when the dish is on the menu", default=MONTHS, default_words="all", example="all"),
    ),
    needed=True,
)  # fmt: skip


@dataclass(frozen=True)
class MenuLine:
    """A product in a dish: grams in a portion, the share of meals that take it, and the months it is cooked in."""

    week: Decimal
    day: str
    dish: str
    product: str
    g_per_portion: Decimal
    uptake: Decimal
    months: tuple[int, ...]


def read_menu(file: str, data: bytes, case: Case) -> tuple[MenuLine, ...]:
    """The lines of a menu cycle; raises DataError with every fault."""
    try:
        raw, faults = find_table(MENU, read_csv(MENU.name, file, data, known_headings(MENU)), file)
    except FileFault as trouble:
        raise DataError([trouble.fault]) from None
    sheet, troubles = read_rows(MENU, raw and spread(raw), raw is None)
    products = Sheet(PRODUCTS, tuple(Row(0, {"product": product}) for product in case.products), given=True)
    faults += [*troubles, *find_twins({MENU.name: sheet})]
    faults += find_strangers({MENU.name: sheet, PRODUCTS.name: products})
    blocking = sorted({fault for fault in faults if fault.severity == "block"}, key=lambda fault: (fault.row, fault))
    if not blocking and not sheet.rows:
        blocking = [Fault(MENU.name, 0, "", file, "the menu has headings but no rows", "add at least one dish")]
    if blocking:
        raise DataError(blocking)
    names = [field.name for field in fields(MenuLine)]
    return tuple(MenuLine(**{name: row.values[name] for name in names}) for row in sheet.rows)


def read_menu_file(path: Path, case: Case) -> tuple[MenuLine, ...]:
    """The menu cycle in a file; an OSError where it cannot be opened."""
    return read_menu(path.name, path.read_bytes(), case)
