"""From a grid of text to a table: where the headings are, which column is which, which rows are not rows."""

import re
import unicodedata
from collections.abc import Iterator

from foodlots.columns import Table
from foodlots.errors import Fault
from foodlots.files.raw import MOST_ROWS, Grid, RawRow, RawTable, note, warn
from foodlots.files.xlsx_parts import address
from foodlots.tables import TABLES
from foodlots.values.texts import nearest, shown

LOOKED_AT = 12  # rows in which headings are looked for
TOTAL = re.compile(r"(grand |sub[- ]?)?totals?:?|sums?:?", re.I)
CLEARLY = 2  # headings by which another table must fit better, when this one has all it needs
MARKED_KINDS = ("id", "ids", "label", "labels", "area", "cpv")
Cells = tuple[str, ...]


def known_headings(table: Table) -> frozenset[str]:
    """The words by which a row of headings is told."""
    return frozenset(table.names)


def plain_heading(text: str) -> str:
    """A heading without its capitals, blanks and hyphens: "Budget GBP " is budget_gbp."""
    return re.sub(r"[\s\-_]+", "_", unicodedata.normalize("NFKC", text).strip().lower()).strip("_")


def letter(column: int) -> str:
    """A spreadsheet's name of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def best_table(grid: Grid) -> Table | None:
    """The table whose required headings stand in the first rows of a grid; None when none is there."""
    starts = [{plain_heading(cell) for cell in cells} for _, cells in grid.rows[:LOOKED_AT]]
    fitting = [table for table in TABLES if any(set(table.required) <= start for start in starts)]
    return max(fitting, key=lambda table: max(len(set(table.names) & start) for start in starts), default=None)


def find_table(table: Table, grid: Grid, file: str) -> tuple[RawTable | None, list[Fault]]:
    """The table that stands in a grid, None when there is none, with every fault and note of its layout."""
    filled = [index for index, (_, cells) in enumerate(grid.rows) if any(cell.strip() for cell in cells)]
    if not filled:
        return None, [Fault(table.name, 0, "", file, f"{file} is empty", "give it headings and rows, or remove it")]
    top = _find_headings(table, grid, filled)
    names, troubles = _name_columns(table, *grid.rows[top], grid, top)
    faults = [*grid.notes, *_titles(table, grid, [index for index in filled if index < top]), *troubles]
    if sum(index > top for index in filled) > MOST_ROWS:
        faults.append(Fault(table.name, 0, "", "", f"the table has more than {MOST_ROWS:,} rows", "split it"))
    if any(fault.severity == "block" for fault in faults):
        return None, faults
    rows, troubles = _rows_below(table, grid, top, names)
    columns = [index for index, name in enumerate(names) if name]
    headings = tuple(names[index] for index in columns)
    kept = tuple(RawRow(row.number, tuple(row.cells[i] for i in columns), row.marks) for row in rows)
    return RawTable(table.name, headings, kept), faults + troubles


def _find_headings(table: Table, grid: Grid, filled: list[int]) -> int:
    """The row with most known headings among the first, else the first row that is not blank."""
    top = max(filled[:LOOKED_AT], key=lambda index: (_known(table, grid.rows[index][1]), -index))
    return top if _known(table, grid.rows[top][1]) else filled[0]


def _titles(table: Table, grid: Grid, above: list[int]) -> Iterator[Fault]:
    for index in above:
        row, title = grid.rows[index]
        words = shown(" ".join(title))
        yield note(table.name, words, f"{words!r} stands above the headings and was left out", row=row)


def _known(table: Table, cells: Cells) -> int:
    names = known_headings(table)
    return len({plain_heading(cell) for cell in cells} & names)


def _name_columns(table: Table, row: int, cells: Cells, grid: Grid, top: int) -> tuple[list[str], list[Fault]]:
    """The name of each column ("" for one to leave out), known ones as declared."""
    faults: list[Fault] = []
    names: list[str] = []
    last = max((index for index, cell in enumerate(cells) if cell.strip()), default=-1)
    for index, cell in enumerate(cells):
        plain = plain_heading(cell)
        name = plain if plain in table.names else cell.strip()
        if plain in table.names and cell != plain:
            faults.append(note(table.name, shown(cell), f"the heading {shown(cell)!r} was read as {plain}", row=row,
                               column=plain))  # fmt: skip
        if name and name in names:
            faults.append(_twice(table, row, name, names.index(name), index))
        if not name and (grid.ragged or index < last) and _holds_values(grid, top, index):
            faults.append(Fault(table.name, row, letter(index), "", f"column {letter(index)} holds values but has no "
                                "heading", "give it a heading or remove it"))  # fmt: skip
        names.append(name)
    return names, faults + _missing(table, row, names) + _unknown(table, row, names)


def _twice(table: Table, row: int, name: str, first: int, second: int) -> Fault:
    return Fault(table.name, row, name, name, f"the heading {shown(name)!r} stands in columns {letter(first)} and "
                 f"{letter(second)}", "keep one of them")  # fmt: skip


def _holds_values(grid: Grid, top: int, column: int) -> bool:
    return any(column < len(cells) and cells[column].strip() for _, cells in grid.rows[top + 1 :])


def _missing(table: Table, row: int, names: list[str]) -> list[Fault]:
    missing = [name for name in table.required if name not in names]
    other = _looks_like(table, names, 0 if missing else CLEARLY)
    if other:
        return [Fault(table.name, row, "", "", f"this looks like the table {other.name} (it has "
                      f"{', '.join(other.required[:4])})", f"put it in {other.name}")]  # fmt: skip
    strangers = [name for name in names if name and name not in table.names]
    return [_missing_column(table, row, name, strangers) for name in missing]


def _missing_column(table: Table, row: int, name: str, strangers: list[str]) -> Fault:
    near = nearest(name, strangers)
    mend = f"rename the column '{near}' to {name}" if near else f"add a column {name} ({table.column(name).meaning})"
    return Fault(table.name, row, name, "", f"the column {name} is missing", mend)


def _looks_like(table: Table, names: list[str], margin: int) -> Table | None:
    """Another table with all its required columns here, which knows `margin` more of the headings; None if none is."""
    plain = {plain_heading(name) for name in names}
    fitting = [other for other in TABLES if other.name != table.name and set(other.required) <= plain]
    best = max(fitting, key=lambda other: len(set(other.names) & plain), default=None)
    own = len(set(table.names) & plain)
    return best if best and len(set(best.names) & plain) > own + margin else None


def _unknown(table: Table, row: int, names: list[str]) -> list[Fault]:
    faults = []
    free = [name for name in table.names if name not in names]
    for name in names:
        if name and name not in table.names:
            near = nearest(name, free)
            faults.append(note(table.name, shown(name), f"the column {shown(name)!r} is not known and was not used",
                               f"did you mean '{near}'?" if near else "", row, shown(name)))  # fmt: skip
    return faults


def _rows_below(table: Table, grid: Grid, top: int, names: list[str]) -> tuple[list[RawRow], list[Fault]]:
    faults: list[Fault] = []
    rows: list[RawRow] = []
    blank = beside = 0
    merged = _merged_rows(grid)
    for number, cells in grid.rows[top + 1 :]:
        if not any(cell.strip() for cell in cells):
            blank += 1
            continue
        too_wide = any(cell.strip() for cell in cells[len(names) :])
        if grid.ragged and (too_wide or len(cells) < len(names)):
            faults.append(_wrong_width(table, number, cells, names))
            rows.append(_padded(number, cells, names, {"": "ragged"}))
            continue
        beside += too_wide
        row = _padded(number, cells, names, _marks(table, grid, number, names, merged.get(number)))
        if _is_total(table, row, names):
            faults.append(note(table.name, shown(row.cells[0]), "a row of totals was left out", row=number))
        elif any(row.cells) or row.marks:
            rows.append(row)
    faults += _remarks(table, grid, top, rows)
    return rows, faults + _left_out(table, blank, beside)


def _wrong_width(table: Table, number: int, cells: Cells, names: list[str]) -> Fault:
    many = len(cells) > len(names)
    return Fault(
        table.name, number, "", shown(",".join(cells)),
        f"the row has {len(cells)} values, the headings are {len(names)}",
        'put a text that holds the delimiter in quotation marks "…"' if many else "add the values that are missing",
    )  # fmt: skip


def _padded(number: int, cells: Cells, names: list[str], marks: dict[str, str]) -> RawRow:
    wide = cells[: len(names)] + ("",) * (len(names) - len(cells))
    return RawRow(number, wide, marks)


def _merged_rows(grid: Grid) -> dict[int, range]:
    """The columns that a merge covers, for each row that one covers."""
    covered: dict[int, range] = {}
    for area in grid.merged:
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = address(first), address(last or first)
        for row in range(top, min(bottom, top + MOST_ROWS) + 1):
            covered[row] = range(left, right + 1)
    return covered


def _marks(table: Table, grid: Grid, number: int, names: list[str], merged: range | None) -> dict[str, str]:
    """What the workbook says of this row's cells, by column name."""
    if not grid.marks and not merged:
        return {}
    found = {}
    for index, name in enumerate(names):
        mark = grid.marks.get((number, index)) or ("merged" if merged and index in merged else "")
        if mark and (mark != "number" or (name in table.names and table.column(name).kind in MARKED_KINDS)):
            found[name] = mark
    return found


def _is_total(table: Table, row: RawRow, names: list[str]) -> bool:
    first = next((cell.strip() for cell in row.cells if cell.strip()), "")
    filled = {name for name, cell in zip(names, row.cells, strict=True) if cell.strip()}
    return bool(TOTAL.fullmatch(first)) and not filled >= set(table.required)


def _remarks(table: Table, grid: Grid, top: int, rows: list[RawRow]) -> Iterator[Fault]:
    if grid.hidden:
        yield warn(table.name, "", f"hidden rows were read ({', '.join(map(str, grid.hidden[:10]))})",
                   "remove them if they do not count")  # fmt: skip
    for area in grid.merged:
        first, _, last = area.partition(":")
        if address(last or first)[0] > grid.rows[top][0]:
            yield Fault(table.name, address(first)[0], "", area, f"the cells {area} are merged",
                        "unmerge them and fill in each row")  # fmt: skip
    if not rows and not table.needed:
        yield note(table.name, "", "the table has headings but no rows")


def _left_out(table: Table, blank: int, beside: int) -> list[Fault]:
    notes = []
    if blank:
        notes.append(note(table.name, "", f"{blank} blank {'row was' if blank == 1 else 'rows were'} left out"))
    if beside:
        rows = "1 row" if beside == 1 else f"{beside} rows"
        notes.append(note(table.name, "", f"values to the right of the table were left out in {rows}"))
    return notes
