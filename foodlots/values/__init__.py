"""One cell, one value: a reader for each kind of column, and the tuple that lists them."""

import re
from collections.abc import Callable
from decimal import Decimal

from foodlots.columns import Column
from foodlots.values.amounts import read_number
from foodlots.values.months import read_month, read_months
from foodlots.values.texts import (
    LONGEST_ID,
    LONGEST_TEXT,
    Unreadable,
    as_id,
    did_you_mean,
    one_line,
    refuse_controls,
    shown,
    tidy,
)

ID = re.compile("[A-Za-z0-9_]+")
YES = {"yes", "true", "1"}
NO = {"no", "false", "0"}
LONGEST_LABEL = 200
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?: ?[0-9][A-Z]{2})?")
BRITAIN = {"lat": (Decimal("49.8"), Decimal("60.9")), "lon": (Decimal("-8.7"), Decimal("1.8"))}  # degrees, WGS84

Read = tuple[object, str]


def read_value(text: str, column: Column, comma_decimals: bool = False) -> Read:
    """What a filled cell means, and a note when something was forgiven; raises Unreadable."""
    if column.kind in ("number", "latitude", "longitude"):
        refuse_controls(text)
        return NUMERIC[column.kind](text.strip(), column, comma_decimals)
    refuse_controls(text)
    clean, note = tidy(text)
    value, remark = READERS[column.kind](clean, column)
    return value, remark or note


def read_id(text: str, column: Column) -> Read:
    """An id: letters, digits and _ only."""
    if not ID.fullmatch(text):
        better = as_id(text)
        mend = f"write {better}" if better else "write letters, digits and _ only"
        raise Unreadable(f"{shown(text)!r} is not an id (letters, digits and _ only)", mend)
    if len(text) > LONGEST_ID:
        raise Unreadable(f"{shown(text)!r} is longer than {LONGEST_ID} characters", f"write {text[:LONGEST_ID]}")
    return text, ""


def read_ids(text: str, column: Column) -> Read:
    """Several ids, `;` between them, in order, each once."""
    return tuple(sorted({str(read_id(part, column)[0]) for part in _parts(text)})), ""


def read_label(text: str, column: Column) -> Read:
    """A short name that groups rows: a category, a family, an owner."""
    if len(text) > LONGEST_LABEL:
        raise Unreadable(f"{shown(text)!r} is {len(text):,} characters long", f"use {LONGEST_LABEL} or fewer")
    return one_line(text), ""


def read_labels(text: str, column: Column) -> Read:
    """Several labels, `;` between them, each once."""
    return tuple(sorted({str(read_label(part, column)[0]) for part in _parts(text)})), ""


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def read_text(text: str, column: Column) -> Read:
    """Free text, kept as it stands."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"{shown(text)!r} is {len(text):,} characters long", f"use {LONGEST_TEXT:,} or fewer")
    return text, ""


def read_choice(text: str, column: Column) -> Read:
    """One of the words the column allows; capitals, blanks and hyphens are forgiven."""
    if text in column.choices:
        return text, ""
    plain = re.sub(r"[\s-]+", "_", text.lower())
    if plain in column.choices:
        return plain, f"{shown(text)!r} was read as {plain}"
    allowed = ", ".join(column.choices)
    raise Unreadable(
        f"{shown(text)!r} is not one of {allowed}", did_you_mean(plain, column.choices, f"write one of {allowed}")
    )


def read_flag(text: str, column: Column) -> Read:
    """Yes or no: yes, no, true, false, 1 or 0."""
    word = text.lower()
    if word in YES or word in NO:
        return word in YES, ""
    meant = {"y": "yes", "t": "yes", "✓": "yes", "x": "yes", "n": "no", "f": "no"}.get(word)
    raise Unreadable(f"{shown(text)!r} is not yes or no", f"did you mean '{meant}'?" if meant else "write yes or no")


def read_season(text: str, column: Column) -> Read:
    """The months of a season, in calendar order."""
    return read_months(text), ""


def read_one_month(text: str, column: Column) -> Read:
    """One month, 1-12."""
    return read_month(text), ""


def read_cpv(text: str, column: Column) -> Read:
    """A CPV code: eight digits, with or without its check digit."""
    found = re.fullmatch(r"([0-9]{8})(?:-[0-9])?", text)
    if found:
        return found[1], ""
    if re.fullmatch("[0-9]{7}", text):
        raise Unreadable(f"{shown(text)!r} has seven digits; a CPV code has eight",
                         f"write 0{text}, in a cell formatted as text")  # fmt: skip
    raise Unreadable(f"{shown(text)!r} is not a CPV code", "write its eight digits, for example 03221112")


def read_postcode(text: str, column: Column) -> Read:
    """A postcode in capitals; whether it exists is for the positions to say."""
    return one_line(text.upper()), ""


def read_area(text: str, column: Column) -> Read:
    """A council area's code in capitals, letters and digits only."""
    code = text.upper()
    if not re.fullmatch("[A-Z0-9]{1,20}", code):
        raise Unreadable(f"{shown(text)!r} is not an area code", "write letters and digits, for example E07000123")
    return code, ""


def read_year_month(text: str, column: Column) -> Read:
    """A month of a year, as 2027-03; a whole date loses its day."""
    found = re.fullmatch(r"([12][0-9]{3})-(0[1-9]|1[0-2])(-(?:0[1-9]|[12][0-9]|3[01]))?", text)
    if found:
        return f"{found[1]}-{found[2]}", f"{shown(text)!r} was read as {found[1]}-{found[2]}" if found[3] else ""
    british = re.fullmatch(r"(?:[0-9]{1,2}[/.])?([0-9]{1,2})[/.]([12][0-9]{3})", text)
    if british and 1 <= int(british[1]) <= 12:
        raise Unreadable(f"{shown(text)!r} is not a month of a year", f"write {british[2]}-{int(british[1]):02}")
    raise Unreadable(f"{shown(text)!r} is not a month of a year", "write year and month, for example 2027-03")


def read_latitude(text: str, column: Column, comma_decimals: bool) -> Read:
    """Degrees north, within Great Britain and Northern Ireland."""
    return _degrees(text, column, comma_decimals, "lat", "lon")


def read_longitude(text: str, column: Column, comma_decimals: bool) -> Read:
    """Degrees east, within Great Britain and Northern Ireland; west is negative."""
    return _degrees(text, column, comma_decimals, "lon", "lat")


def _degrees(text: str, column: Column, comma_decimals: bool, own: str, other: str) -> Read:
    value, note = read_number(text, column, comma_decimals)
    least, most = BRITAIN[own]
    if least <= value <= most:
        return value, note
    problem = f"{shown(text)!r} is outside the United Kingdom ({own} {least} to {most})"
    if BRITAIN[other][0] <= value <= BRITAIN[other][1] and value:
        raise Unreadable(problem, "lat and lon seem to be swapped: exchange them")
    if own == "lon" and least <= -value <= most:
        raise Unreadable(problem, f"west is negative: write {-value}")
    if abs(value) > 1000:
        raise Unreadable(problem, "this looks like a grid reference: give degrees, or a postcode instead")
    example = "53.76" if own == "lat" else "-2.70"
    raise Unreadable(problem, f"give degrees, for example {example}, or a postcode instead")


READERS: dict[str, Callable[[str, Column], Read]] = {
    "id": read_id,
    "ids": read_ids,
    "label": read_label,
    "labels": read_labels,
    "text": read_text,
    "choice": read_choice,
    "flag": read_flag,
    "months": read_season,
    "month": read_one_month,
    "cpv": read_cpv,
    "postcode": read_postcode,
    "area": read_area,
    "year_month": read_year_month,
}

NUMERIC: dict[str, Callable[[str, Column, bool], Read]] = {
    "number": read_number,
    "latitude": read_latitude,
    "longitude": read_longitude,
}
