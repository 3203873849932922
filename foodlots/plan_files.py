"""A plan on disk: one CSV file a table, summary.json and run.json; read back, it is the same plan.

CSV in UTF-8, lines ending in a line feed, columns in the order of the records in plan.py, rows in the
plan's own order. The same plan gives the same bytes (but for the seconds and the time it states itself).
"""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from foodlots.errors import DataError, Fault
from foodlots.plan import Award, Cell, Distribution, Lot, Plan, Shortfall, Stop, Summary, Supply
from foodlots.plan_cells import WrongCell, columns_of, write_number

LONGEST_ECHO = 80  # characters of a faulty value shown
LARGEST_FIGURE = 10**30  # no plan of any council comes near; a figure this large is a typing error


@dataclass(frozen=True)
class PlanTable:
    """One file of a plan: its records, the column their `id` is called, and the columns no two rows share."""

    name: str
    record: type
    key: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.key[0] if field.name == "id" else field.name for field in fields(self.record))


TABLES = (
    PlanTable("lots", Lot, ("lot",)),
    PlanTable("cells", Cell, ("lot", "site", "product", "months")),
    PlanTable("awards", Award, ("lot", "bidder")),
    PlanTable("supply", Supply, ("lot", "bidder", "producer", "product", "month")),
    PlanTable("shortfall", Shortfall, ("lot", "product", "month")),
    PlanTable("distribution", Distribution, ("distribution",)),
    PlanTable("rounds", Stop, ("round", "stop")),
)


def write_plan(plan: Plan, folder: Path | str) -> Path:
    """Write the plan's tables and figures into the folder, each file whole or not at all; gives the folder."""
    folder = Path(folder)
    texts = {table.file: _write_records(table, getattr(plan, table.name)) for table in TABLES}
    texts["summary.json"] = _write_summary(plan.summary)
    texts["run.json"] = _write_run(plan.run)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        put_file(folder / name, text)
    return folder


def read_plan(folder: Path | str) -> Plan:
    """The plan in the folder; every fault found is told at once, by file, row and column."""
    folder, faults = Path(folder), []
    rows = {table.name: dict(_read_records(table, folder, faults)) for table in TABLES}
    summary = _read_summary(folder, faults)
    run = _read_json(folder / "run.json", faults)
    if not faults:
        faults += _strangers(rows)
    if faults:
        raise DataError(faults)
    return Plan(**{name: tuple(records.values()) for name, records in rows.items()}, summary=summary, run=run)


def put_file(path: Path, text: str) -> None:
    """Put the text in the file whole or not at all: a reader never sees half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows as CSV, lines ending in a line feed, a cell in quotes only where it must be."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in (columns, *rows))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def _write_records(table: PlanTable, records: Iterable[Any]) -> str:
    kinds = columns_of(table.record)
    return csv_text(
        table.columns,
        ([kind.write(getattr(record, name)) for name, kind in kinds.items()] for record in records),
    )


def _write_summary(summary: Summary) -> str:
    lines = [f'  "{field.name}": {_json_value(field.name, getattr(summary, field.name))}' for field in fields(summary)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _json_value(name: str, value: Any) -> str:
    if isinstance(value, Decimal):
        return write_number(value, 2 if name.endswith("_gbp") else 0)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _write_run(run: Mapping) -> str:
    return json.dumps(_plain(run, "run"), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def _plain(value: Any, where: str) -> Any:
    """The value as JSON has it; what JSON would give back changed is our bug, named by where it stands."""
    if isinstance(value, Mapping):
        return {_text_key(key, where): _plain(inner, f"{where}.{key}") for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, f"{where}[{index}]") for index, inner in enumerate(value)]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"{where} is a {type(value).__name__}; run.json holds text, numbers, yes/no, lists and mappings")


def _text_key(key: Any, where: str) -> str:
    if not isinstance(key, str):
        raise TypeError(f"{where} has the key {key!r}; run.json has text keys")
    return key


def _read_records(table: PlanTable, folder: Path, faults: list[Fault]) -> Iterator[tuple[int, Any]]:
    """The records of one file by row number; rows with faults are left out and their faults added."""
    rows = _rows(folder / table.file, faults)
    if not rows:
        return
    heading, places = rows[0], {}
    for column in table.columns:
        if heading.count(column) != 1:
            problem = "this column is missing" if column not in heading else "this column stands twice"
            faults.append(Fault(table.file, 1, column, "", problem, f"the columns are {', '.join(table.columns)}"))
        else:
            places[column] = heading.index(column)
    if len(places) < len(table.columns):
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            found, values = _read_row(table, heading, places, number, row, seen)
            faults += found
            if not found:
                yield number, table.record(*values)


def _rows(path: Path, faults: list[Fault]) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        faults.append(_unreadable(path, trouble))
        return []
    if not rows:
        faults.append(Fault(path.name, 0, "", "", "is empty", "write the plan again"))
    return rows


def _unreadable(path: Path, trouble: Exception) -> Fault:
    problem = {
        FileNotFoundError: "is not in the plan's folder",
        UnicodeDecodeError: "is not UTF-8 text",
        csv.Error: "has a quotation mark that is not closed",
    }.get(type(trouble), "cannot be read")
    return Fault(path.name, 0, "", "", problem, "choose the folder of a whole plan, or write the plan again")


def _read_row(table, heading, places, number, row, seen) -> tuple[list[Fault], list[Any]]:
    """The faults of one row, and what its cells hold where it has none."""
    if len(row) != len(heading):
        problem = f"{len(row)} values, the heading has {len(heading)}"
        return [Fault(table.file, number, "", "", problem, "mend the row")], []
    found, values = [], []
    for (column, place), kind in zip(places.items(), columns_of(table.record).values(), strict=True):
        cell = row[place]
        try:
            values.append(kind.read(cell))
        except WrongCell as expected:
            found.append(_fault(table.file, number, column, cell, f"expected {expected}"))
    key = tuple(row[places[column]] for column in table.key)
    if key in seen:
        found.append(_fault(table.file, number, table.key[-1], key[-1], f"row {seen[key]} is the same; remove one"))
    seen.setdefault(key, number)
    return found, values


def _fault(file: str, row: int, column: str, value: str, mend: str) -> Fault:
    echo = value if len(value) <= LONGEST_ECHO else value[:LONGEST_ECHO] + "…"
    return Fault(file, row, column, echo, f"{echo!r} cannot stand here", mend)


def _read_summary(folder: Path, faults: list[Fault]) -> Summary | None:
    given = _read_json(folder / "summary.json", faults, parse_float=Decimal)
    if given is None:
        return None
    values, found = {}, []
    for name, hint in get_type_hints(Summary).items():
        try:
            values[name] = _figure(given.get(name), hint)
        except WrongCell as expected:
            found.append(_fault("summary.json", 0, name, str(given.get(name, "")), f"expected {expected}"))
    faults += found
    return None if found else Summary(**values)


def _figure(value: Any, hint: type) -> Any:
    if hint is str and isinstance(value, str):
        return value
    if hint is int and type(value) is int:
        return value
    if hint in (Decimal, float) and type(value) in (int, Decimal) and abs(value) < LARGEST_FIGURE:
        return hint(value)
    raise WrongCell({str: "a text", int: "a whole number"}.get(hint, "a number"))


def _read_json(path: Path, faults: list[Fault], **options: Any) -> dict | None:
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_no_number, **options)
    except (OSError, ValueError, ArithmeticError, RecursionError) as trouble:
        problem = "is not in the plan's folder" if isinstance(trouble, FileNotFoundError) else "is not JSON"
        faults.append(Fault(path.name, 0, "", "", problem, "choose the folder of a whole plan, or write it again"))
        return None
    if not isinstance(found, dict):
        faults.append(Fault(path.name, 0, "", "", "is not a JSON object", "write the plan again"))
        return None
    return found


def _no_number(text: str) -> None:
    raise ValueError(text)


def _strangers(rows: Mapping[str, Mapping[int, Any]]) -> Iterator[Fault]:
    """Rows that name a lot or a round the plan does not have."""
    lots = {lot.id for lot in rows["lots"].values()}
    rounds = lots | {distribution.id for distribution in rows["distribution"].values()}
    known = {"cells": ("lot", lots), "awards": ("lot", lots), "supply": ("lot", lots), "shortfall": ("lot", lots)}
    for name, (column, ids) in {**known, "rounds": ("round", rounds)}.items():
        for number, record in rows[name].items():
            if (found := getattr(record, column)) not in ids:
                home = "lots.csv" if column == "lot" else "lots.csv or distribution.csv"
                yield _fault(f"{name}.csv", number, column, found, f"it is not in {home}")
