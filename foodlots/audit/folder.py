"""Reads the files of a plan's folder as text, and tells of every file, column or row that is not there or not whole."""

import csv
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from foodlots.audit.say import echo, these
from foodlots.audit.verdict import Breach, breach

Row = tuple[int, dict[str, str]]
Findings = list[Breach | None]


def read_table(path: Path, columns: tuple[str, ...]) -> tuple[list[Row], Findings]:
    """The rows of a CSV file with their numbers (the heading is row 1); one finding for the file and for each row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = [row for row in enumerate(csv.reader(file, strict=True), start=1) if row[1]]
    except (OSError, ValueError, csv.Error) as trouble:
        return [], [_unreadable(path, trouble)]
    if not table:
        return [], [breach(path.name, "nothing", "a heading", "the file is empty")]
    heading = table[0][1]
    missing = set(columns) - set(heading)
    if missing:
        return [], [breach(path.name, these(heading), these(columns), f"has no column {these(missing)}")]
    if len(set(heading)) < len(heading):
        return [], [breach(path.name, these(heading), these(set(heading)), "has two columns of the same name")]
    return _whole_rows(path.name, heading, table[1:])


def read_object(path: Path) -> tuple[dict[str, object], Findings]:
    """A JSON file that holds one object, its numbers exact, and one finding for the file."""
    try:
        found = json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=Decimal,
            parse_constant=str,
            object_pairs_hook=_without_twins,
        )
    except (OSError, ValueError, ArithmeticError, RecursionError) as trouble:
        return {}, [_unreadable(path, trouble)]
    if not isinstance(found, dict):
        trouble = "does not hold one object of names and values"
        return {}, [breach(path.name, type(found).__name__, "one object", trouble)]
    return found, [None]


def as_text(value: object) -> str:
    """A JSON value as it would stand in a CSV cell; a number is written without an exponent."""
    if isinstance(value, bool) or value is None or isinstance(value, list | Mapping):
        return json.dumps(value, default=str)[:80]
    return format(value, "f") if isinstance(value, Decimal) and _printable(value) else str(value)


def _printable(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= 30 and value.as_tuple().exponent > -60


def _whole_rows(file: str, heading: list[str], table: list[tuple[int, list[str]]]) -> tuple[list[Row], Findings]:
    rows: list[Row] = []
    findings: Findings = [None]
    for number, values in table:
        if len(values) == len(heading):
            rows.append((number, dict(zip(heading, values, strict=True))))
            findings.append(None)
        else:
            trouble = f"has {len(values)} values but the heading has {len(heading)} columns"
            findings.append(breach(f"{file} row {number}", len(values), len(heading), trouble))
    return rows, findings


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("the same name stands twice in one object")
    return found


def _unreadable(path: Path, trouble: Exception) -> Breach:
    if isinstance(trouble, FileNotFoundError | NotADirectoryError):
        return breach(path.name, "no file", "a file", "the plan's folder has no such file")
    return breach(path.name, "unreadable", "a file", f"cannot be read ({echo(str(trouble))})")
