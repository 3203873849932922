"""How one value of a plan is written in a cell and read back: text, ids, months, kilos and pounds."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, get_type_hints

LIVE_IN_A_SPREADSHEET = re.compile(r"""[\s'"]*[=+\-@\0＝＋－＠]|'*[\t\r\n\0]""")
NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
WHOLE_NUMBER = re.compile(r"-?\d{1,15}", re.ASCII)
RUN_OF_MONTHS = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
MOST_MONTHS = 4_096  # ways to write months that are remembered: as many as there are choices of months
DECIMAL_PLACES = {"kg": 3, "gbp": 2}  # whole grams, whole pence


class WrongCell(ValueError):
    """A cell that is not what its column holds; the message says what was expected."""


@dataclass(frozen=True)
class Kind:
    """How a column's values are written and read."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def write_text(text: str) -> str:
    """The text, with a `'` before it where a spreadsheet would take it for a formula.

    >>> write_text("=1+1"), write_text("Hill Farm")
    ("'=1+1", 'Hill Farm')
    """
    return f"'{text}" if LIVE_IN_A_SPREADSHEET.match(text) else text


def read_text(cell: str) -> str:
    """The text as it was before `write_text`: only our own mark is taken off.

    >>> read_text("'=1+1"), read_text("'s-Gravenhage")
    ('=1+1', "'s-Gravenhage")
    """
    return cell[1:] if cell.startswith("'") and LIVE_IN_A_SPREADSHEET.match(cell[1:]) else cell


def write_number(value: Decimal, places: int = 0) -> str:
    """The number in full, with at least this many decimals; equal numbers are written alike.

    >>> write_number(Decimal("1.5"), 3), write_number(Decimal("20"), 2), write_number(Decimal("0.166667"))
    ('1.500', '20.00', '0.166667')
    """
    if not value.is_finite():
        raise ValueError(f"a plan holds {value}, which is no amount")
    whole, _, decimals = format(value, "f").partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    whole = "0" if whole == "-0" and not decimals.strip("0") else whole
    return f"{whole}.{decimals}" if decimals else whole


def read_number(cell: str) -> Decimal:
    """The exact number in the cell."""
    if not NUMBER.fullmatch(cell):
        raise WrongCell("a number such as 1200.50")
    return Decimal(cell)


def read_whole_number(cell: str) -> int:
    """The whole number in the cell."""
    if not WHOLE_NUMBER.fullmatch(cell):
        raise WrongCell("a whole number")
    return int(cell)


def write_ids(ids: Sequence[str]) -> str:
    """The ids joined by `;`."""
    return ";".join(ids)


def read_ids(cell: str) -> tuple[str, ...]:
    """The ids in the cell, in order."""
    ids = tuple(cell.split(";")) if cell else ()
    if not all(ids):
        raise WrongCell("ids with one ; between two")
    return ids


def write_months(months: Iterable[int]) -> str:
    """The months in the order given, each unbroken run as first-last.

    >>> write_months((9, 10, 11, 12, 1, 2, 3, 6))
    '9-12;1-3;6'
    """
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ";".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


@lru_cache(MOST_MONTHS)
def read_months(cell: str) -> tuple[int, ...]:
    """The months in the cell, in order; `all` is the whole year.

    >>> read_months("9-12;1-3")
    (9, 10, 11, 12, 1, 2, 3)
    """
    months = tuple(month for part in ("1-12" if cell == "all" else cell).split(";") for month in _run(part))
    if len(set(months)) != len(months):
        raise WrongCell("each month once, such as 9-12;1-3")
    return months


def _run(part: str) -> range:
    found = RUN_OF_MONTHS.fullmatch(part)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= 12:
        raise WrongCell("months from 1 to 12, such as 9-12;1-3")
    return range(first, last + 1)


@cache
def columns_of(record: type) -> dict[str, Kind]:
    """How each field of a frozen record is written: by its type, and by its unit where it has one."""
    return {name: _kind(name, hint) for name, hint in get_type_hints(record).items()}


def _kind(name: str, hint: Any) -> Kind:
    places = DECIMAL_PLACES.get(name.rsplit("_", 1)[-1], 0)
    kinds = {
        str: Kind(write_text, read_text),
        int: Kind(str, read_whole_number),
        Decimal: Kind(lambda value: write_number(value, places), read_number),
        tuple[str, ...]: Kind(write_ids, read_ids),
        tuple[int, ...]: Kind(write_months, read_months),
    }
    return kinds[hint]
