"""What the value of a setting may be in the plain form of the contract: each reader gives it or says why not.

A value is what TOML says (text, number, true, list, table of lists), or text typed on a sheet or after an `=`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from foodlots.audit import cells
from foodlots.audit.exact import YEAR, OffGrid

EVERY_BUYER = "*"
NOTHING = ("", "none", "no limit")


def as_typed(value: object) -> str:
    """A single value as it would be typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | Mapping):
        raise OffGrid("it is not one value")
    return (format(value, "f") if isinstance(value, Decimal) else str(value)).strip()


def is_nothing(value: object) -> bool:
    """Whether it leaves the default as it is."""
    return isinstance(value, str) and value.strip().lower() in NOTHING


def words(value: object) -> str:
    return cells.words(as_typed(value))


def flag(value: object) -> bool:
    return cells.flag(as_typed(value))


def month(value: object) -> int:
    return cells.month(as_typed(value))


def amount(value: object) -> Decimal:
    return cells.amount(as_typed(value))


def whole(value: object) -> int:
    return cells.whole(as_typed(value))


def amounts(value: object) -> tuple[Decimal, ...]:
    """Twelve amounts, one a month, not all of them nothing."""
    found = tuple(map(amount, _listed(value)))
    if len(found) != len(YEAR) or not any(found):
        raise OffGrid("it is not an amount for each month")
    return found


def span(read: Callable[[object], object]) -> Callable[[object], tuple]:
    """Least and most, either of which may be left out."""

    def read_span(value: object) -> tuple:
        found = _listed(value)
        if not 1 <= len(found) <= 2:
            raise OffGrid("it is not a least and a most")
        least, most = (None if is_nothing(end) else read(end) for end in (*found, "")[:2])
        return least, most

    return read_span


def seasons(value: object) -> tuple[tuple[int, ...], ...]:
    """Lists of months, or texts such as Sep-Mar, that together hold each month once."""
    found = tuple(
        cells.months(season) if isinstance(season, str) else tuple(map(month, _listed(season)))
        for season in _listed(value)
    )
    if sorted(each for season in found for each in season) != list(YEAR):
        raise OffGrid("its seasons do not hold each month once")
    return found


def areas(value: object) -> Mapping[str, tuple[str, ...]]:
    """Area codes for each buyer, or one list for all of them."""
    lists = value if isinstance(value, Mapping) else {EVERY_BUYER: value}
    return MappingProxyType({buyer: _codes(codes) for buyer, codes in sorted(lists.items())})


def aims(value: object) -> tuple[str, ...]:
    """The aims in their order."""
    return tuple(cells.word(as_typed(aim).lower()) for aim in _listed(value))


def _codes(value: object) -> tuple[str, ...]:
    return tuple(sorted({cells.code(as_typed(each)) for each in _listed(value)}))


def _listed(value: object) -> list:
    """A list as it stands, or texts with `;` between them."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    if not isinstance(value, list):
        raise OffGrid("it is not a list")
    return value
