"""The weekly prices in a Defra file, whichever layout: one line a price, or a sheet a year with a column a week."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from foodlots.errors import DataError
from foodlots.public.amounts import Odd, day, number
from foodlots.public.downloads import Download, refuse
from foodlots.public.imported import Oddities
from foodlots.public.rows import read_records
from foodlots.public.sheets import Sheet, sheets_of

FOOD = ("fruit", "vegetable")
OTHER = ("cut_flowers", "pot_plants")
UNITS = ("kg", "head", "twin", "unit", "stem", "bunch", "cob")
MOST_GBP = 60.0  # a kilo or piece of fruit or vegetables, wholesale
FIRST, LAST = date(2004, 1, 1), date(2060, 1, 1)
FOOTNOTE = re.compile(r"\s*\([a-z]\)\s*$", re.I)
LOOKED_AT = 40


@dataclass(frozen=True, order=True)
class Quote:
    """One published price: the week it is for, what of, in which unit, £."""

    day: date
    category: str
    item: str
    variety: str
    unit: str
    gbp: float


def read_quotes(file: Download, odd: Oddities) -> tuple[list[Quote], int]:
    """The prices of fruit and vegetables in a file, and how many prices it holds in all, flowers included."""
    wide = [sheet for sheet in sheets_of(file) if sheet.name]
    found = [*chain.from_iterable(_wide(sheet, odd) for sheet in wide)] if wide else []
    if not found:
        found = list(_long(file, odd))
    food = [quote for quote in found if quote.category in FOOD]
    others = sorted({quote.category for quote in found} - {*FOOD, *OTHER})
    if others:
        odd.add(f"prices of unknown kinds were left out: {', '.join(others)}", 0)
    if not food:
        raise refuse(file.name, "it holds no price of fruit or vegetables", "give Defra's weekly wholesale prices")
    return _once(food, odd), len(found)


def _long(file: Download, odd: Oddities) -> Iterator[Quote]:
    records = read_records(file, "prices")
    for row_number, row in records.rows:
        quote = _quote(row["date"], row["category"], row["item"], row["variety"], row["unit"], row["price"], row_number,
                       odd)  # fmt: skip
        if quote:
            yield quote
    odd.read_notes += records.notes


def _quote(when: str, category: str, item: str, variety: str, unit: str, price: str, row: int, odd: Oddities):
    """The price, None and a note when any part of it cannot be trusted, None alone when none was published."""
    what = f"{item} {when} {price}"[:60]
    try:
        gbp, on = number(price, 0.0, MOST_GBP), day(when)
    except Odd as trouble:
        odd.add("the price or date cannot be read, so it was left out", row, f"{item}, {trouble}")
        return None
    if gbp is None:
        return None
    plain, unit = label(item), label(unit.replace("£/", "").replace("each", "unit"))
    if not plain or unit not in UNITS or not FIRST <= on <= LAST or not gbp:
        odd.add("the item, unit, year or price is not one Defra publishes, so it was left out", row, what)
        return None
    return Quote(on, label(category), plain, label(variety), unit, gbp)


def label(text: str) -> str:
    """A name as the tidy file writes it: `Curly Kale (a)` is curly_kale."""
    return re.sub(r"[^a-z0-9]+", "_", FOOTNOTE.sub("", text.strip()).lower().replace("&", " and ")).strip("_")


def _wide(sheet: Sheet, odd: Oddities) -> Iterator[Quote]:
    """The prices of a sheet with a row of weeks and a column for each; nothing when it is laid out otherwise."""
    start = list(islice(sheet.rows, LOOKED_AT))
    top = next((index for index, (_, cells) in enumerate(start) if "week ending" in _lowered(cells)), None)
    if top is None:
        return
    weeks = {place: cell for place, cell in enumerate(start[top][1]) if re.match(r"\d", cell)}
    if not weeks:
        raise refuse(sheet.file, f"the sheet {sheet.name} has no dates beside Week ending", "download it again")
    last = ("", "")
    for row_number, cells in chain(start[top + 1 :], sheet.rows):
        unit_place = next((place for place, cell in enumerate(cells) if cell.strip().lower().startswith("£/")), None)
        if unit_place is None:
            continue
        category, item, variety, graded = _labels(cells[:unit_place], last)
        last = category, item
        if not graded:
            yield from _weeks(cells, weeks, (category, item, variety, cells[unit_place]), row_number, odd)


def _lowered(cells: Sequence[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]


def _labels(cells: Sequence[str], last: tuple[str, str]) -> tuple[str, str, str, bool]:
    """Category, item and variety of a row, blanks filled from the row above, and whether it is one grade of several."""
    quality = cells[-1].strip().lower()
    old = quality in ("1st", "2nd", "ave", "-") and len(cells) >= 4
    parts = [cell.strip() for cell in (cells[:-1] if old else cells)][-3:]
    category, item, variety = [""] * (3 - len(parts)) + parts
    return category or last[0], item or last[1], variety, old and quality in ("1st", "2nd")


def _weeks(cells: Sequence[str], weeks: dict[int, str], what: tuple[str, str, str, str], row: int, odd: Oddities):
    for place, when in weeks.items():
        if place < len(cells) and cells[place].strip():
            quote = _quote(when, *what, cells[place], row, odd)
            if quote:
                yield quote


def _once(quotes: list[Quote], odd: Oddities) -> list[Quote]:
    """Each series and week once; where two prices of it differ, both are left out and named."""
    found: dict[tuple, Quote] = {}
    twice: set[tuple] = set()
    for quote in quotes:
        key = (quote.day, quote.category, quote.item, quote.variety, quote.unit)
        if key in found and abs(found[key].gbp - quote.gbp) > 0.011:
            twice.add(key)
        found.setdefault(key, quote)
    for key in sorted(twice):
        odd.add("the same week and variety has two prices, so both were left out", 0, f"{key[2]} {key[3]} {key[0]}")
    return sorted(quote for key, quote in found.items() if key not in twice)


def refuse_pence(quotes: list[Quote], usual: dict[str, float], file: str) -> None:
    """Nothing when prices are of the size they usually are; raises DataError when they are in pence or tonnes."""
    ratios = sorted(quote.gbp / usual[quote.item] for quote in quotes if quote.unit == "kg" and quote.item in usual)
    middle = ratios[len(ratios) // 2] if ratios else 1.0
    if not 0.2 <= middle <= 5:
        raise _not_pounds(file, middle)


def _not_pounds(file: str, middle: float) -> DataError:
    return refuse(file, f"its prices are {middle:,.2g} times what they usually are: perhaps not in £ per kg",
                  "download it again from Defra; it is read in £ per kg, head or twin pack")  # fmt: skip
