"""Numbers, dates and names in published tables: read strictly, never guessed; what is withheld is not zero."""

import re
from datetime import date

from foodlots.values.texts import CONTROL, INVISIBLE, one_line, tidy

WITHHELD = {"", "*", "-", "..", ".", ":", "x", "z", "c", "u", "na", "n/a", "ne", "np", "supp", "lowcov", "low",
            "not applicable", "not available", "not known", "null", "none", "nan", "new"}  # fmt: skip
NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.ASCII)
BRITISH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
LIVE = re.compile(r"^[\s'\"]*[=+\-@＝＋－＠]+\s*")


class Odd(ValueError):
    """A cell that is not what its column holds."""


def number(text: str, least: float = 0.0, most: float = 1e9) -> float | None:
    """The number a cell holds, None when it is withheld; raises Odd when it is anything else or out of bounds."""
    plain = text.strip().removeprefix("£").strip()
    if plain.lower() in WITHHELD:
        return None
    if not NUMBER.fullmatch(plain):
        raise Odd(f"{text!r} is not a number")
    value = float(plain.replace(",", ""))
    if not least <= value <= most:
        raise Odd(f"{text!r} is not between {least:,.0f} and {most:,.0f}")
    return value


def whole(text: str, most: int) -> int | None:
    """The count a cell holds, None when it is withheld; raises Odd for part of one."""
    value = number(text, 0, most)
    if value is not None and value != int(value):
        raise Odd(f"{text!r} is not a whole number")
    return None if value is None else int(value)


def day(text: str) -> date:
    """The day a cell holds, written as 2024-03-08, 08/03/2024 (day first) or 8 March 2024; raises Odd."""
    text = text.strip()
    try:
        if found := ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := BRITISH.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := WORDS.fullmatch(text)) and found[2][:3].lower() in MONTHS:
            return date(int(found[3]), MONTHS[found[2][:3].lower()], int(found[1]))
    except ValueError:
        pass
    raise Odd(f"{text!r} is not a date")


def name(text: str) -> str:
    """A name on one line, without invisible marks and without what a spreadsheet would take for a formula."""
    plain = one_line(CONTROL.sub(" ", INVISIBLE.sub("", tidy(text)[0])))
    return LIVE.sub("", plain)[:200].strip()


def written(value: float, places: int = 2) -> str:
    """A number as it stands in a table: no needless zeros."""
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
