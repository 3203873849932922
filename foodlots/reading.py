"""Reading a case: a folder of CSV files and settings.toml, or one Excel workbook, into text and then into a Case."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from foodlots.case import Case
from foodlots.checking import check
from foodlots.columns import Table
from foodlots.errors import DataError, Fault
from foodlots.files.csv_grid import decode, read_csv
from foodlots.files.headings import best_table, find_table, known_headings, plain_heading
from foodlots.files.kinds import TEXT, WORKBOOK, how_to_save, kind_of
from foodlots.files.raw import FileFault, Grid, RawCase, RawSetting, RawTable, file_fault, warn
from foodlots.files.settings_text import from_sheet, read_toml
from foodlots.files.xlsx_grid import read_xlsx
from foodlots.settings import Settings
from foodlots.settings_table import SETTINGS_SHEET
from foodlots.tables import TABLES
from foodlots.values.texts import did_you_mean, shown

Source = str | Path | Mapping[str, bytes]

MOST_BYTES = 50_000_000  # of one file
UNNAMED = "Food lots"  # a case given as loose files, until its settings name it
PAPER_SHEETS = frozenset({"read_me", "dictionary", "faults"})  # what foodlots adds for people to read
BY_NAME = {table.name: table for table in (*TABLES, SETTINGS_SHEET)}


def read_case(source: Source, overrides: Iterable[str] = ()) -> tuple[Case, Settings, tuple[Fault, ...]]:
    """A checked case, its settings and what is worth knowing about them; raises DataError with every blocking fault.

    source: a folder, a workbook, or file names with their bytes · overrides: "section.key=value", the last one wins.
    """
    checked = check(read_tables(source), overrides)
    if checked.case is None or checked.settings is None:
        raise DataError(checked.blocking)
    return checked.case, checked.settings, checked.faults


def read_tables(source: Source) -> RawCase:
    """All tables and settings as text; what cannot be read is named in `faults`, nothing is raised for it."""
    try:
        name, files = _files(source)
    except FileFault as trouble:
        return RawCase("", faults=(trouble.fault,))
    if len(files) == 1 and not _is_ours(only := next(iter(files))):
        return _read_workbook(name, only, files[only])
    return _read_folder(name, files)


def edit_table(raw: RawCase, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> RawCase:
    """The case as text with one table replaced by edited rows; what was said of the table before is forgotten."""
    lines = [tuple(headings), *map(tuple, rows)]
    table, faults = find_table(BY_NAME[name], Grid(name, tuple(enumerate(lines, 1)), ragged=False), name)
    rest = raw.without_table(name)
    tables = dict(rest.tables) | ({name: table} if table else {})
    return RawCase(raw.name, MappingProxyType(tables), raw.settings, (*rest.faults, *faults))


def file_hashes(source: Source) -> dict[str, str]:
    """The SHA-256 of each file of a case, by file name, for the record of a run."""
    try:
        _, files = _files(source)
    except FileFault as trouble:
        raise DataError([trouble.fault]) from None
    return {file: hashlib.sha256(files[file]).hexdigest() for file in sorted(files)}


def _files(source: Source) -> tuple[str, dict[str, bytes]]:
    """The name of a case and the bytes of its files. Raises FileFault when there is nothing to read."""
    if isinstance(source, Mapping):
        names = sorted(source)
        return (Path(names[0]).stem if len(names) == 1 else UNNAMED), {Path(file).name: source[file] for file in names}
    path = Path(source)
    try:
        if path.is_dir():
            chosen = [file for file in sorted(path.iterdir()) if file.is_file() and _is_ours(file.name)]
            return path.resolve().name, {file.name: _bytes(file) for file in chosen}
        if path.is_file():
            return path.stem, {path.name: _bytes(path)}
    except OSError as trouble:
        problem = f"{path.name} cannot be opened ({trouble.strerror})"
        raise file_fault("case", path.name, problem, "check the file and its permissions") from None
    raise file_fault("case", str(source), f"there is no {shown(str(source))!r}", "give a folder or an .xlsx workbook")


def _is_ours(file: str) -> bool:
    return file.lower().endswith((".csv", ".toml")) and not file.startswith((".", "~$"))


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise file_fault("case", file.name, f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB",
                         "remove what does not belong to the table")  # fmt: skip
    return file.read_bytes()


def _read_folder(name: str, files: Mapping[str, bytes]) -> RawCase:
    tables: dict[str, RawTable] = {}
    settings: tuple[RawSetting, ...] = ()
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for file, data in files.items():
        stem, _, ending = file.rpartition(".")
        table_name = plain_heading(stem)
        if table_name in seen:
            faults.append(_same_table_twice(table_name, seen[table_name], file))
            continue
        try:
            if ending.lower() == "toml" and table_name == SETTINGS_SHEET.name:
                text, troubles = decode("settings", file, data)
                settings = read_toml(file, text)
            elif table_name in BY_NAME and ending.lower() == "csv":
                table, troubles = _read_csv_table(BY_NAME[table_name], file, data)
                tables |= {table_name: table} if table else {}
            else:
                troubles = [_unknown_file(file, stem)]
                table_name = file
        except FileFault as trouble:
            troubles = [trouble.fault]
        seen[table_name] = file
        faults += troubles
    return _raw_case(name, tables, settings, faults)


def _read_csv_table(table: Table, file: str, data: bytes) -> tuple[RawTable | None, list[Fault]]:
    kind = kind_of(data)
    if kind != TEXT:
        problem = f"{file} is empty" if not data else f"{file} is {kind}, not a CSV file"
        mend = how_to_save(kind) if kind != WORKBOOK else f"save its sheet as CSV, or give the workbook {file} as .xlsx"
        raise file_fault(table.name, file, problem, mend)
    return find_table(table, read_csv(table.name, file, data, known_headings(table)), file)


def _unknown_file(file: str, stem: str) -> Fault:
    known = [table.name for table in TABLES]
    return warn("case", shown(file), f"{shown(file)} is no table of a case and was not used",
                did_you_mean(stem, known, "remove it, or name it after a table"))  # fmt: skip


def _same_table_twice(table: str, first: str, second: str) -> Fault:
    return Fault(table, 0, "", second, f"{shown(first)} and {shown(second)} are both the table {table}",
                 "keep one of them")  # fmt: skip


def _read_workbook(name: str, file: str, data: bytes) -> RawCase:
    kind = kind_of(data)
    if kind != WORKBOOK:
        what = f"{file} is {kind}" if kind != TEXT else f"{file} is a CSV or text file"
        mend = how_to_save(kind) if kind != TEXT else "name it .csv, after its table, in a folder with the others"
        return RawCase(name, faults=(Fault("case", 0, "", file, f"{what}, not an Excel workbook", mend),))
    try:
        sheets = list(read_xlsx("case", file, data))
    except FileFault as trouble:
        return RawCase(name, faults=(trouble.fault,))
    return _tables_of_sheets(name, sheets)


def _tables_of_sheets(name: str, sheets: list[tuple[str, bool, Grid | Fault]]) -> RawCase:
    tables: dict[str, RawTable] = {}
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for sheet, hidden, grid in sheets:
        table_name = plain_heading(sheet)
        if table_name not in BY_NAME:
            if table_name not in PAPER_SHEETS and (isinstance(grid, Fault) or grid.rows):
                faults.append(_unknown_sheet(sheet, grid))
        elif table_name in seen:
            faults.append(_same_table_twice(table_name, seen[table_name], sheet))
        elif isinstance(grid, Fault):
            faults.append(replace(grid, table=table_name))
        else:
            table, troubles = find_table(BY_NAME[table_name], grid, f"the sheet {shown(sheet)!r}")
            tables |= {table_name: table} if table else {}
            faults += troubles
            if hidden:
                faults.append(warn(table_name, "", f"the hidden sheet {shown(sheet)!r} was read", "unhide it"))
        seen.setdefault(table_name, sheet)
    return _raw_case(name, tables, (), faults)


def _raw_case(name: str, tables: dict[str, RawTable], settings: tuple[RawSetting, ...], faults) -> RawCase:
    """The case as text, its table of settings, if it has one, turned into settings."""
    sheet = tables.pop(SETTINGS_SHEET.name, None)
    return RawCase(name, MappingProxyType(tables), from_sheet(sheet) if sheet else settings, tuple(faults))


def _unknown_sheet(sheet: str, grid: Grid | Fault) -> Fault:
    problem = f"the sheet {shown(sheet)!r} is no table of a case and was not used"
    table = None if isinstance(grid, Fault) else best_table(grid)
    mend = f"name it {table.name}" if table else did_you_mean(sheet, BY_NAME, "name it after a table")
    return warn("case", shown(sheet), problem, mend)
