"""A case as files in the one plain form that the audit reads by itself: every value written out, nothing to forgive."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from foodlots.case import Case, Place
from foodlots.checks.settings_reading import BY_LABEL, NOTHING
from foodlots.columns import number_in_words
from foodlots.files.settings_text import from_overrides, toml_key, toml_of
from foodlots.settings import Settings
from foodlots.values.amounts import read_number
from foodlots.writing import csv_bytes

KEYS = {"buyers": "buyer", "sites": "site", "products": "product", "producers": "producer", "depots": "depot"}
RENAMED = {("products", "accreditations"): "accreditation"} | {(table, "id"): key for table, key in KEYS.items()}


def plain_files(case: Case, settings: Settings) -> dict[str, bytes]:
    """The tables of a case as CSV files, each position with the km it may be off, and settings.toml."""
    tables = {table: getattr(case, table).values() for table in KEYS}
    tables |= {"offers": case.offers, "spend": case.spend, "provenance": case.provenance}
    files = {table: [_row(table, entry) for entry in entries] for table, entries in tables.items()}
    files["budgets"] = _lines(("buyer", "category", "budget_gbp"), case.budgets)
    files["demand"] = _lines(("site", "product", "month", "kg"), case.demand)
    files["distances"] = _lines(("origin", "destination", "km"), case.distances)
    files["held"] = _lines(("lot", "bidder", "hold"), case.held)
    pieces = ((lot, *piece) for lot, pieces in case.lots.items() for piece in pieces)
    files["lots"] = [
        dict(zip(("lot", "site", "product", "months"), map(_text, piece), strict=True)) for piece in pieces
    ]
    written = {f"{table}.csv": _csv(rows) for table, rows in files.items() if rows}
    return written | {"settings.toml": settings_file(settings)}


def settings_file(settings: Settings) -> bytes:
    """Every setting in settings.toml, but those without a value."""
    lines = []
    for section in fields(settings):
        own = getattr(settings, section.name)
        lines.append(f"[{section.name}]")
        told = ((key.name, getattr(own, key.name)) for key in fields(own))
        lines += [f"{toml_key(key)} = {toml_of(_plain(value))}" for key, value in told if value is not None]
    return "\n".join([*lines, ""]).encode("utf-8")


def plain_override(override: str) -> str:
    """A setting typed as "section.key=value", which can be read: an amount as a plain number, 0.3 for 30%."""
    (raw,), _ = from_overrides([override])
    setting = BY_LABEL[f"{raw.section}.{raw.key}"]
    if setting.kind not in ("number", "whole") or raw.value.strip().lower() in NOTHING:
        return override
    return f"{setting.label}={number_in_words(read_number(raw.value.strip(), setting)[0])}"


def _row(table: str, entry) -> dict[str, str]:
    row: dict[str, str] = {}
    for part in fields(entry):
        value = getattr(entry, part.name)
        if isinstance(value, Place):
            row |= {each.name: _text(getattr(value, each.name)) for each in fields(value)}
        else:
            row[RENAMED.get((table, part.name), part.name)] = _text(value)
    return row


def _lines(columns: tuple[str, ...], amounts: Mapping[tuple, object]) -> list[dict[str, str]]:
    rows = (map(_text, (*key, amount)) for key, amount in amounts.items())
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _csv(rows: list[dict[str, str]]) -> bytes:
    return csv_bytes(tuple(rows[0]), (tuple(row.values()) for row in rows))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return number_in_words(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return ";".join(map(str, sorted(value))) if isinstance(value, tuple | frozenset) else str(value)


def _plain(value: object) -> object:
    """A setting as TOML can hold it: an end that is left out as an empty text."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return ["" if each is None else _plain(each) for each in value]
    return Decimal(number_in_words(value)) if isinstance(value, Decimal) else value
