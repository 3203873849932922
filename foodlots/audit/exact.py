"""Exact numbers from the text of a plan's files: whole grams, whole pence, months. Nothing passes through a float."""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

_PLAIN = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,40}))?")
_NAME = re.compile(r"[A-Za-z0-9_]{1,200}")
_SPAN = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
YEAR = tuple(range(1, 13))


class OffGrid(Exception):
    """A value that cannot stand in a plan; the message says why."""


def grams(text: str) -> int:
    """Kilos with at most 3 decimals, as whole grams."""
    return _units(text, 3, "kilos are whole grams")


def pence(text: str) -> int:
    """Pounds with at most 2 decimals, as whole pence."""
    return _units(text, 2, "money is whole pence")


def signed_pence(text: str) -> int:
    """Pounds with at most 2 decimals, as whole pence, which may be less than nothing."""
    return _units(text, 2, "money is whole pence", signed=True)


def count(text: str) -> int:
    """A whole number, 0 or more."""
    return _units(text, 0, "this is counted in whole numbers")


def quantity(text: str) -> Fraction:
    """A number, 0 or more, with any decimals, exactly as written."""
    return Fraction("".join(_parts(text, signed=False)))


def name(text: str) -> str:
    """An id: letters, digits and _."""
    if not _NAME.fullmatch(text):
        raise OffGrid("an id has letters, digits and _ only")
    return text


def name_or_none(text: str) -> str:
    """An id, or nothing."""
    return name(text) if text else ""


def names(text: str) -> tuple[str, ...]:
    """Ids joined by `;`, none of them twice; nothing when empty."""
    found = tuple(name(part) for part in text.split(";")) if text else ()
    if len(set(found)) < len(found):
        raise OffGrid("the same id stands twice")
    return found


def words(text: str) -> str:
    """Any text."""
    return text


@lru_cache(maxsize=4096)
def months(text: str) -> tuple[int, ...]:
    """Months written `9-12;1-3`, `5` or `all`, in calendar order; a span may run over the new year."""
    if text == "all":
        return YEAR
    found = [month for part in text.split(";") for month in _span(part)]
    if len(set(found)) < len(found):
        raise OffGrid("a month stands twice")
    return tuple(sorted(found))


def month(text: str) -> int:
    """One month, 1 to 12."""
    return _one_month(text)


def half_even(value: Fraction) -> int:
    """The nearest whole number; of two equally near, the even one."""
    return round(value)


def as_decimal(value: Fraction | int) -> Decimal:
    """A number to print: exact where a decimal can be, else to 28 digits."""
    value = Fraction(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def _units(text: str, decimals: int, why: str, signed: bool = False) -> int:
    sign, whole, part = _parts(text, signed)
    part = part.removeprefix(".")
    if len(part) > decimals:
        raise OffGrid(f"it has more than {decimals} decimals and {why}" if decimals else why)
    return int(sign + whole + part.ljust(decimals, "0"))


def _parts(text: str, signed: bool) -> tuple[str, str, str]:
    found = _PLAIN.fullmatch(text)
    if not found:
        raise OffGrid("it is not a plain number")
    sign, whole, part = found.groups()
    if sign and not signed:
        raise OffGrid("it is less than nothing")
    return sign, whole, f".{part}" if part else ""


def _span(text: str) -> tuple[int, ...]:
    found = _SPAN.fullmatch(text)
    if not found:
        raise OffGrid("months are written 9-12;1-3")
    first = _one_month(found[1])
    last = _one_month(found[2]) if found[2] else first
    return tuple(range(first, last + 1)) if first <= last else (*range(first, 13), *range(1, last + 1))


def _one_month(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or not 1 <= int(text) <= 12:
        raise OffGrid("a month is a number from 1 to 12")
    return int(text)
