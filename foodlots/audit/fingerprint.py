"""The fingerprint of a case: the SHA-256 of what its tables say, in one spelling that no order of rows can change."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from foodlots.audit.case import Case


def fingerprint(case: Case) -> str:
    """SHA-256 of the case as JSON: entries as lists of their fields, mappings as lists of pairs, amounts as text."""
    content = {part.name: plain(getattr(case, part.name)) for part in fields(case) if part.name != "sha256"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def in_order(entries: Iterable) -> tuple:
    """Entries that have no key, in the order of their spelling."""
    return tuple(sorted(entries, key=lambda entry: json.dumps(plain(entry))))


def plain(value: object) -> object:
    """A value in its one spelling; an amount without exponent and needless noughts."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if is_dataclass(value):
        return [plain(getattr(value, part.name)) for part in fields(value)]
    if isinstance(value, Mapping):
        return [[plain(key), plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(value)
    return [plain(item) for item in value] if isinstance(value, tuple) else value
