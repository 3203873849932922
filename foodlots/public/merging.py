"""An import beside the user's own tables: what is new, changed and gone, shown before it is applied.

Three versions of a row are compared: what the last import wrote, what the table holds now, and what the file says.
Where the user changed a cell since, the user's stays; where a row was deleted by hand, it stays deleted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from foodlots.files.raw import RawCase, RawRow, RawSetting, RawTable
from foodlots.public.imported import Cells, Imported, Standing
from foodlots.tables import TABLES, table_named

Key = tuple[str, ...]
Rows = dict[Key, dict[str, str]]
Before = Mapping[str, Mapping[Key, Cells]]

FIRM = {"new", "filled"}  # kinds of difference that change nothing the user has


@dataclass(frozen=True, order=True)
class Difference:
    """One row or cell: kind is new, filled, changed, gone, kept (the user's own) or deleted (by the user)."""

    table: str
    kind: str
    key: Key
    column: str = ""
    mine: str = ""
    theirs: str = ""
    label: str = ""


@dataclass(frozen=True)
class Merge:
    """The case with an import applied, and every difference it makes or leaves alone."""

    case: RawCase
    differences: tuple[Difference, ...]
    touched: frozenset[str]

    @property
    def asks(self) -> bool:
        """Whether it would change or remove anything that is there."""
        return any(difference.kind in ("changed", "gone") for difference in self.differences)

    def count(self, table: str, kind: str) -> int:
        """How many differences of a kind a table has."""
        return sum(one.table == table and one.kind == kind for one in self.differences)


def merge(case: RawCase, imported: Imported, before: Before) -> Merge:
    """What the import makes of the case; `before` is what the last import of the same files and area wrote."""
    tables, differences, touched = dict(case.tables), [], set()
    for name in (table.name for table in TABLES if table.name in imported.tables):
        rows, found = _merged(name, _rows_of(case, name), imported, before.get(name, {}), case)
        differences += found
        if any(one.kind in ("new", "filled", "changed", "gone") for one in found) or name not in tables:
            tables[name] = _raw_table(name, case, rows)
            touched.add(name)
    standings = _with_standings(case, imported.standings)
    if standings:
        tables["provenance"] = standings
        touched.add("provenance")
    settings = _with_settings(case.settings, imported.settings)
    if settings != case.settings:
        touched.add("settings")
    after = replace(case, tables=MappingProxyType(tables), settings=settings)
    return Merge(after, tuple(differences), frozenset(touched))


def record_of(imported: Imported) -> dict[str, dict[Key, dict[str, str]]]:
    """What an import says, by table and key, to be kept for the next one."""
    return {name: {_key(name, row): dict(row) for row in rows} for name, rows in imported.tables.items()}


def _key(table: str, row: Cells) -> Key:
    """What makes a row that row: its table's key, or its needed columns but the amounts."""
    declared = table_named(table)
    columns = declared.key or tuple(name for name in declared.required if declared.column(name).kind != "number")
    return tuple(row.get(column, "") for column in columns)


def _rows_of(case: RawCase, name: str) -> Rows:
    raw = case.tables.get(name)
    if raw is None:
        return {}
    rows: Rows = {}
    for row in (dict(zip(raw.headings, line.cells, strict=False)) for line in raw.rows):
        key = _key(name, row)
        while key in rows:  # two rows of the user with one key: both are kept
            key = (*key, "")
        rows[key] = row
    return rows


def _merged(name: str, mine: Rows, imported: Imported, before: Mapping[Key, Cells], case: RawCase):
    theirs = {_key(name, row): _shown(row) for row in imported.tables[name]}
    after: Rows = {key: dict(row) for key, row in mine.items()}
    found: list[Difference] = []
    for key, row in theirs.items():
        if key in mine:
            found += _cells(name, key, after[key], row, before.get(key, {}))
        elif imported.fills:
            continue
        elif key in before:
            found.append(Difference(name, "deleted", key, label=_label(row, key)))
        else:
            after[key] = dict(row)
            found.append(Difference(name, "new", key, label=_label(row, key)))
    for key in () if imported.fills else sorted(before.keys() - theirs.keys()):
        found += _gone(name, key, after, before[key], case)
    return after, found


def _shown(row: Cells) -> dict[str, str]:
    """The cells that stand in a table; those whose names begin with _ are for the record only."""
    return {column: cell for column, cell in row.items() if not column.startswith("_")}


def _label(row: Cells, key: Key) -> str:
    return row.get("name") or ", ".join(key)


def _cells(name: str, key: Key, mine: dict[str, str], theirs: Cells, before: Cells) -> Iterator[Difference]:
    label = _label(mine, key)
    for column, cell in theirs.items():
        now, then = mine.get(column, ""), before.get(column)
        if cell in (now, then):
            continue
        if not now and then is None:
            kind = "filled"
        elif then is not None and now == then:
            kind = "changed"
        else:
            kind = "kept"
        if kind != "kept":
            mine[column] = cell
        yield Difference(name, kind, key, column, now, cell, label)


def _gone(name: str, key: Key, after: Rows, before: Cells, case: RawCase) -> Iterator[Difference]:
    """A row that the newer file no longer has: removed, unless the user changed it or other tables speak of it."""
    row = after.get(key)
    if row is None:
        return
    edited = any(row.get(column, "") != cell for column, cell in _shown(before).items())
    user = next((other for other in TABLES if _speaks_of(case, other.name, name, key)), None)
    if edited or user:
        why = "changed by you" if edited else f"still named in {user.name}"
        yield Difference(name, "kept", key, "", why, "gone from the file", _label(row, key))
    else:
        del after[key]
        yield Difference(name, "gone", key, label=_label(row, key))


def _speaks_of(case: RawCase, other: str, name: str, key: Key) -> bool:
    if other == name or len(key) != 1 or other not in case.tables:
        return False
    raw = case.tables[other]
    columns = [column.name for column in table_named(other).columns if name in column.refers]
    places = [raw.headings.index(column) for column in columns if column in raw.headings]
    return any(key[0] in row.cells[place].split(";") for row in raw.rows for place in places)


def _raw_table(name: str, case: RawCase, rows: Rows) -> RawTable:
    """The rows as a table: its own columns first, in their order, then any that are new in the order declared."""
    raw = case.tables.get(name)
    declared = table_named(name).names
    used = {column for row in rows.values() for column, cell in row.items() if cell} | set(table_named(name).required)
    headings = [*raw.headings] if raw else []
    headings += [column for column in declared if column in used and column not in headings]
    headings += sorted(used - set(headings))
    cells = (tuple(row.get(column, "") for column in headings) for row in rows.values())
    return RawTable(name, tuple(headings), tuple(RawRow(number, line) for number, line in enumerate(cells, 2)))


def _with_standings(case: RawCase, standings: Iterable[Standing]) -> RawTable | None:
    """The table of provenance with what an import says of its rows; what the user wrote there stays."""
    rows = _rows_of(case, "provenance")
    fresh = {(one.table, one.rows, one.column): one for one in standings}
    missing = {key: one for key, one in fresh.items() if key not in rows}
    if not missing:
        return None
    added = {key: {"table": one.table, "rows": one.rows, "column": one.column, "standing": one.standing,
                   "source": one.source} for key, one in missing.items()}  # fmt: skip
    return _raw_table("provenance", case, rows | added)


def _with_settings(mine: tuple[RawSetting, ...], theirs: Iterable[tuple[str, str, str]]) -> tuple[RawSetting, ...]:
    """The settings with those an import knows, where the user has set none."""
    given = {(one.section, one.key) for one in mine}
    added = [RawSetting(section, key, value) for section, key, value in theirs if (section, key) not in given]
    return (*mine, *added)
