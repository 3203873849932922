"""Words and figures as the screen shows them: data made literal, £ with thousands separators, whole months."""

import re
from collections.abc import Callable
from decimal import Decimal

Amount = Decimal | float | int

PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
JOINER = "\u2060"  # invisible and of no width: parts what a renderer would turn into a link, an icon or an arrow
SPARKS = re.compile(r"(:(?=[\w+\-/])|(?<=[<-])-|-(?=>)|<(?=-)|www(?=\.)|@)", re.IGNORECASE)
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def md(text: object) -> str:
    """The text as Markdown that shows it literally: no link, picture, formula, icon or colour is made of it."""
    plain = LINE_BREAKS.sub(" ", str(text)).strip()
    parted = SPARKS.sub(lambda found: found[1] + JOINER if found[1] != "-" else JOINER + found[1], plain)
    return PUNCTUATION.sub(r"\\\1", parted)


def pounds(amount: Amount) -> str:
    """Whole pounds with separators, a minus sign before the £."""
    return f"{'−' if round(amount) < 0 else ''}£{abs(round(amount)):,}"


def pounds_and_pence(amount: Amount) -> str:
    """Pounds and pence, for prices."""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


def with_sign(change: Amount, write: Callable[[Amount], str]) -> str:
    """A difference with its sign, a real minus: +£1,200 or −3.0 points; without one where it comes to nothing."""
    words = write(abs(change))
    return words if words == write(0) else f"{'+' if change > 0 else '−'}{words}"


def more_or_less(amount: Amount) -> str:
    """A difference in pounds: +£1,200 or −£300."""
    return with_sign(amount, pounds)


def points(share: Amount, places: int = 1) -> str:
    """A difference of two shares, which is no percentage of either."""
    return f"{share * 100:.{places}f} points"


def count(amount: Amount) -> str:
    """A whole number with separators."""
    return f"{round(amount):,}"


def percent(share: Amount, places: int = 0) -> str:
    """A share as a percentage."""
    return f"{share * 100:.{places}f}%"


def several(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 lot, 26 lots."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def tonnes(kg: Amount) -> str:
    """Kilos as tonnes once there are many."""
    if kg >= 100_000:
        return f"{kg / 1000:,.0f} t"
    return f"{kg / 1000:,.1f} t" if kg >= 10_000 else f"{kg:,.0f} kg"
