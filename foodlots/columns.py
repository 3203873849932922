"""How a table and its columns are declared: once, with kind, unit, default, bounds and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Column:
    """One column: what it means, what may stand in it and what an empty cell stands for.

    kind: id, ids, label, labels, text, choice, number, flag, months, month, cpv, postcode, area, latitude,
    longitude, year_month · `least` and `most` are inclusive, `above` is not · `refers` names the tables one of
    which must hold the id · `default` is a value, or a function of the row's values; `default_words` says it.
    """

    name: str
    kind: str
    meaning: str
    unit: str = ""
    required: bool = False
    default: object = None
    default_words: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    above: Decimal | None = None
    refers: tuple[str, ...] = ()
    example: str = ""

    def default_for(self, row: Mapping[str, object]) -> object:
        """What an empty cell of this column stands for in this row."""
        return self.default(row) if callable(self.default) else self.default

    @property
    def kept_as_text(self) -> bool:
        """Whether digits in it are a name and not an amount."""
        return self.kind not in ("number", "latitude", "longitude", "month", "flag")


@dataclass(frozen=True)
class Table:
    """One table: its columns, the key that no two rows may share, and when a case needs it."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: bool = False
    place: bool = False

    def column(self, name: str) -> Column:
        """The declaration of one column."""
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in the order a template shows them."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that every row must fill."""
        return tuple(column.name for column in self.columns if column.required)


def number_in_words(value: Decimal | None) -> str:
    """A number as it would be typed: no exponent, no needless zeros; empty for none."""
    if value is None:
        return ""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def default_in_words(column: Column) -> str:
    """What an empty cell stands for, as a user would type or say it."""
    if column.default_words:
        return column.default_words
    if isinstance(column.default, bool):
        return "yes" if column.default else "no"
    if isinstance(column.default, Decimal):
        return number_in_words(column.default)
    return str(column.default) if isinstance(column.default, str) else ""
