"""The rows of a published table under our names: its headings found, wrong files named with what was expected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from foodlots.errors import DataError, Fault
from foodlots.files.raw import note
from foodlots.public.downloads import Download, cut_off, refuse
from foodlots.public.layouts import LAYOUTS, Field, Layout, layouts_of, plain
from foodlots.public.sheets import Row, Sheet, sheets_of
from foodlots.values.texts import nearest, shown

LOOKED_AT = 25  # first rows in which the headings are looked for
Record = Mapping[str, str]


@dataclass
class Records:
    """The rows of one table: (row number, our column -> text); `notes` are complete once all rows are read."""

    file: str
    layout: Layout
    columns: frozenset[str]
    rows: Iterator[tuple[int, Record]]
    notes: list[Fault]
    blank: int = 0


def read_records(download: Download, kind: str) -> Records:
    """The rows of a file of this kind. Raises DataError naming what the file seems to be and what was expected."""
    best: tuple[Sheet, list[Row]] | None = None
    for sheet in sheets_of(download):
        start = list(islice(sheet.rows, LOOKED_AT))
        for index, (_, cells) in enumerate(start):
            if layout := _layout(cells, layouts_of(kind)):
                return _records(sheet, layout, start[index], start[:index], chain(start[index + 1 :], sheet.rows))
        best = best or (sheet, start)
    raise _wrong_file(download, kind, best)


def _layout(cells: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """The layout with all its needed columns here that knows most of them."""
    fitting = [layout for layout in layouts if len(_needed_here(layout, cells)) == len(layout.needed)]
    return max(fitting, key=lambda layout: (len(layout.needed), len(layout.place(tuple(cells)))), default=None)


def _needed_here(layout: Layout, cells: Sequence[str]) -> list[Field]:
    found = layout.place(tuple(cells))
    return [field for field in layout.needed if field.name in found]


def _records(sheet: Sheet, layout: Layout, top: Row, above: list[Row], below: Iterator[Row]) -> Records:
    number, headings = top
    twice = _headings_twice(layout, headings)
    if twice:
        raise refuse(sheet.file, f"the heading {twice} stands in two columns", "remove the one that does not belong",
                     number)  # fmt: skip
    if words := shown(" ".join(cell for _, cells in above for cell in cells if cell)):
        sheet.notes.append(note(sheet.file, words, f"{words!r} stands above the headings and was left out"))
    columns = layout.place(headings)
    records = Records(sheet.file, layout, frozenset(columns), iter(()), sheet.notes)
    records.rows = _rows(records, sheet, headings, columns, below)
    return records


def _headings_twice(layout: Layout, headings: Sequence[str]) -> str:
    seen: set[str] = set()
    used = {plain(heading) for field in layout.fields for heading in field.headings}
    for heading in headings:
        if plain(heading) in used & seen:
            return shown(heading)
        seen.add(plain(heading))
    return ""


def _rows(records: Records, sheet: Sheet, headings: Sequence[str], columns: Mapping[str, int], below: Iterator[Row]):
    width = len(headings)
    number = 0
    for number, cells in below:
        if not any(cell.strip() for cell in cells):
            records.blank += 1
            continue
        if sheet.ragged and len(cells) != width:
            raise _ragged(sheet.file, number, len(cells), width, next(below, None) is None)
        yield number, {name: cells[index].strip() if index < len(cells) else "" for name, index in columns.items()}
    if not number:
        raise refuse(sheet.file, f"{sheet.file} has headings but no rows", "download it again")
    if records.blank:
        rows = "1 blank row was" if records.blank == 1 else f"{records.blank:,} blank rows were"
        sheet.notes.append(note(sheet.file, "", f"{rows} left out"))


def _ragged(file: str, number: int, found: int, width: int, last: bool) -> DataError:
    if last and found < width:
        return cut_off(file, f"{file} breaks off in row {number:,}, after {found} of {width} values", number)
    return refuse(file, f"row {number:,} has {found} values, the headings are {width}",
                  "download it again; do not edit it by hand", number)  # fmt: skip


def _wrong_file(download: Download, kind: str, seen: tuple[Sheet, list[Row]] | None) -> DataError:
    """Why this is not a file of the kind: another kind of file, renamed columns, or something else altogether."""
    expected = layouts_of(kind)
    title = " or ".join(dict.fromkeys(layout.title for layout in expected))
    start = seen[1] if seen else []
    for _, cells in start:
        if other := _layout(cells, [layout for layout in LAYOUTS if layout.kind != kind]):
            return refuse(download.name, f"{download.name} looks like {other.title}, not {title}",
                          f"import it as {other.kind}")  # fmt: skip
    near = max(((len(_needed_here(layout, cells)), -len(layout.needed), layout, cells)
                for layout in expected for _, cells in start), key=lambda one: one[:2], default=None)  # fmt: skip
    if near and near[0]:
        return _missing_columns(download, near[2], near[3])
    headings = ", ".join(field.headings[0] for field in expected[0].needed)
    return refuse(download.name, f"{download.name} is not {title}: none of its columns were found",
                  f"expected the headings {headings}")  # fmt: skip


def _missing_columns(download: Download, layout: Layout, cells: Sequence[str]) -> DataError:
    here = {field.name for field in _needed_here(layout, cells)}
    missing = [field for field in layout.needed if field.name not in here]
    names = ", ".join(field.headings[0] for field in missing)
    strangers = [cell for cell in cells if cell.strip()]
    near = {field.headings[0]: nearest(field.headings[0], strangers) for field in missing}
    renamed = "; ".join(f"perhaps {shown(found)!r} was {name}" for name, found in near.items() if found)
    return refuse(download.name, f"{download.name} is close to {layout.title}, but lacks {names}",
                  f"the publisher may have renamed columns{': ' + renamed if renamed else ''}; expected "
                  f"{', '.join(field.headings[0] for field in layout.needed)}")  # fmt: skip
