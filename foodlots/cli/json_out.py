"""Answers as JSON: frozen values become objects, amounts numbers, keys of several parts text joined by `/`."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from fractions import Fraction

from foodlots.cli.screen import say


def say_json(answer: object) -> None:
    """The answer on stdout as one JSON text."""
    say(json.dumps(plain(answer), indent=2, ensure_ascii=False, allow_nan=False))


def plain(value: object) -> object:
    """The value as JSON can hold it.

    >>> plain({("milk", 3): Decimal("1.50"), "who": ("a", None)})
    {'milk/3': 1.5, 'who': ['a', None]}
    """
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(map(plain, value), key=str)
    return float(value) if isinstance(value, Decimal | Fraction) else value


def _key(key: object) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
