"""A case as text, kept or handed on as one JSON text: every cell as typed, faults and all."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple
from types import MappingProxyType

from foodlots.errors import Fault
from foodlots.files.raw import RawCase, RawRow, RawSetting, RawTable


def to_json(raw: RawCase) -> str:
    """The whole case as text; the same case gives the same text."""
    return json.dumps(
        {
            "name": raw.name,
            "tables": {name: _table(raw.tables[name]) for name in sorted(raw.tables)},
            "settings": [astuple(setting) for setting in raw.settings],
            "faults": [astuple(fault) for fault in raw.faults],
        },
        ensure_ascii=False,
    )


def _table(table: RawTable) -> dict:
    return {"headings": table.headings, "rows": [[row.number, row.cells, dict(row.marks)] for row in table.rows]}


def from_json(text: str) -> RawCase:
    """The case that the text holds; raises ValueError when it holds none."""
    try:
        found = json.loads(text)
        return RawCase(
            str(found["name"]),
            MappingProxyType({name: _raw_table(name, table) for name, table in found["tables"].items()}),
            tuple(RawSetting(*setting) for setting in found["settings"]),
            tuple(Fault(*fault) for fault in found["faults"]),
        )
    except (KeyError, TypeError, AttributeError) as trouble:
        raise ValueError("not a case kept by foodlots") from trouble


def _raw_table(name: str, table: Mapping) -> RawTable:
    rows = tuple(
        RawRow(int(number), tuple(map(str, cells)), MappingProxyType(dict(marks)))
        for number, cells, marks in table["rows"]
    )
    return RawTable(name, tuple(map(str, table["headings"])), rows)


def digest_of(raw: RawCase) -> str:
    """What tells this case from every other: the SHA-256 of what stands in its tables and settings."""
    tables = [
        (name, raw.tables[name].headings, [row.cells for row in raw.tables[name].rows]) for name in sorted(raw.tables)
    ]
    settings = sorted({(each.section, each.key): each.value for each in raw.settings}.items())
    content = json.dumps([raw.name, tables, settings], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
