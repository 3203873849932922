"""Where two versions of one case differ, cell by cell, told by the words of the tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from foodlots.files.raw import RawCase, RawTable
from foodlots.tables import TABLES

WHOLE_ROW, NOTHING = "the whole row", "–"


@dataclass
class Difference:
    """One cell, or one row, that is not the same in both."""

    table: str
    row: str
    column: str
    yours: str
    theirs: str


def differences(yours: RawCase, theirs: RawCase) -> list[Difference]:
    """Every cell and setting that differs, tables in their order; a row only one side has is told as a whole."""
    found = []
    for table in TABLES:
        found += _in_table(table.name, table.key, *(raw.tables.get(table.name) for raw in (yours, theirs)))
    mine, other = ({f"{each.section}.{each.key}": each.value for each in raw.settings} for raw in (yours, theirs))
    for name in sorted(mine.keys() | other.keys()):
        if mine.get(name) != other.get(name):
            found.append(Difference("settings", "", name, mine.get(name, NOTHING), other.get(name, NOTHING)))
    return found


def _in_table(name: str, key: tuple[str, ...], *sides: RawTable | None) -> Iterator[Difference]:
    mine, other = (_rows(key, side) for side in sides)
    for at in [*mine, *(each for each in other if each not in mine)]:
        row = ", ".join(part for part in at[:-1] if part)
        if at not in mine or at not in other:
            words = [WHOLE_ROW if at in side else NOTHING for side in (mine, other)]
            yield Difference(name, row, "", *words)
            continue
        for column in dict.fromkeys((*mine[at], *other[at])):
            before, after = mine[at].get(column, ""), other[at].get(column, "")
            if before != after:
                yield Difference(name, row, column, before, after)


def _rows(key: tuple[str, ...], table: RawTable | None) -> dict[tuple, dict[str, str]]:
    """The rows by key, and by how often that key came before."""
    found: dict[tuple, dict[str, str]] = {}
    for row in table.rows if table else ():
        cells = dict(zip(table.headings, row.cells, strict=False))
        at = tuple(cells.get(column, "").strip() for column in key) if key else (str(row.number),)
        seen = sum(other[:-1] == at for other in found) if (*at, 0) in found else 0
        found[(*at, seen)] = cells
    return found
