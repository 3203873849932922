"""Bad cells for every kind of column, and the small case with one of them in any cell that may hold one."""

import random
from collections.abc import Iterator

from small_case import GOOD, grid, with_cell

from foodlots.tables import TABLES

NUMBER = ("TBC", "12-15", "NaN", "1O0", "~7", "12 kg", "1e400", "Infinity", "?", "1.2.3", "=1+1", "(5)", "as required",
          "-1", "9" * 40, "five")  # fmt: skip
BAD = {
    "number": NUMBER,
    "latitude": ("200", "north", "NaN", "53°45'", "=1"),
    "longitude": ("400", "west", "inf", "2W", "?"),
    "flag": ("maybe", "2", "?", "=A1", "yess"),
    "months": ("13", "0", "Foo", "Jun-", "1-13", "6--8"),
    "month": ("13", "0", "Foo", "1.5"),
    "choice": ("nonsense", "=1", "schol"),
    "id": ("two words", "a-b", "=A1", "naïve", "{{x}}", "<b>"),
    "ids": ("two words", "nobody"),
    "postcode": ("ZZ99 9ZZ", "XX", "12345", "PR1 2H?"),
    "cpv": ("12", "abc", "0322111"),
    "area": ("town hall", "?"),
    "year_month": ("2027-13", "soon", "2027"),
}


def every_bad_cell() -> Iterator[tuple[str, int, str, str]]:
    """Table, row, column and bad value: each value of BAD in each cell of the small case that it is bad for."""
    for table in TABLES:
        if table.name not in GOOD:
            continue
        rows = grid(table.name)
        for column in rows[0]:
            for row in range(2, len(rows) + 1):
                for value in BAD.get(table.column(column).kind, ()):
                    yield table.name, row, column, value


def missed(table: str, row: int, column: str, value: str, checked) -> str:
    """What is wrong with how one planted fault is told, "" when it is named at its very cell with a mend."""
    faults = [fault for fault in checked(with_cell(table, row, column, value)).faults if fault.severity != "note"]
    if not faults:
        return f"{table} {row} {column} {value!r}: accepted"
    named = [fault for fault in faults if (fault.table, fault.row, fault.column) == (table, row, column)]
    if not named:
        return f"{table} {row} {column} {value!r}: told as {faults[0]}"
    return "" if all(fault.mend for fault in named) else f"{table} {row} {column} {value!r}: no mend"


def some_bad_cells(count: int, seed: int) -> list[tuple[str, int, str, str]]:
    """So many of them, drawn with a seed, each as often as chance has it."""
    return random.Random(seed).choices(list(every_bad_cell()), k=count)
