"""What each import wrote, kept in the case's folder `imported`, so that the next one knows the user's own edits."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from foodlots.errors import DataError, Fault
from foodlots.public.imported import Imported
from foodlots.public.merging import Before, record_of
from foodlots.values.texts import as_id

FOLDER = "imported"


def record_file(folder: Path, kind: str, scope: str) -> Path:
    """Where the record of this kind of import for this area is."""
    return folder / FOLDER / f"{kind}{'-' + as_id(scope).lower() if scope else ''}.json"


def read_record(file: Path) -> Before:
    """What the last import wrote; nothing when there was none. Raises DataError for a record that was spoilt."""
    return parse_record(file.read_text(encoding="utf-8", errors="replace"), file.name) if file.is_file() else {}


def parse_record(text: str, name: str) -> Before:
    """What an import wrote, from its record. Raises DataError, naming it, for a record that was spoilt."""
    try:
        found = json.loads(text)["tables"]
        return {table: {tuple(row["key"]): dict(row["cells"]) for row in rows} for table, rows in sorted(found.items())}
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = f"the record {name} cannot be read"
        mend = "delete it: the next import will then leave every row you have alone"
        raise DataError([Fault(name, 0, "", "", problem, mend)]) from None


def record_text(imported: Imported, files: Mapping[str, str]) -> str:
    """The record of an import as JSON; `files` is the SHA-256 of each file read."""
    tables = {
        table: [{"key": list(key), "cells": cells} for key, cells in sorted(rows.items())]
        for table, rows in sorted(record_of(imported).items())
    }
    return json.dumps({"files": dict(sorted(files.items())), "tables": tables}, ensure_ascii=False, indent=1) + "\n"


def kept_cells(folder: Path, table: str, kind: str = "") -> dict[str, dict[str, str]]:
    """Everything imports said of a table's rows, by id, with what only the record holds (names begin with _).

    kind: of imports of one kind only.
    """
    files = sorted((folder / FOLDER).glob(f"{kind}*.json")) if (folder / FOLDER).is_dir() else ()
    return cells_by_id(map(read_record, files), table)


def cells_by_id(records: Iterable[Before], table: str) -> dict[str, dict[str, str]]:
    """Everything several records say of a table's rows, by id, later ones over earlier ones."""
    found: dict[str, dict[str, str]] = {}
    for record in records:
        for key, cells in record.get(table, {}).items():
            found.setdefault(key[0], {}).update(cells)
    return found


def makes_of(cells: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """What each establishment is approved to make, from what imports said of it."""
    split = {key: tuple(filter(None, row.get("_makes", "").split(";"))) for key, row in cells.items()}
    return {key: makes for key, makes in split.items() if makes}


def prices_of(cells: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """The open-market price of each product that a price file gave, £/kg."""
    return {key: float(row["benchmark_gbp_per_kg"]) for key, row in cells.items() if row.get("benchmark_gbp_per_kg")}
