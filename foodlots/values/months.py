"""Months as people write them: `Jun-Oct`, `6-10`, `1-3;11-12`, `Nov-Feb`, `all`."""

import re

from foodlots.calendar import NAMES
from foodlots.case import MONTHS
from foodlots.values.texts import Unreadable, did_you_mean, shown

WORDS = {name.lower(): number for number, name in enumerate(NAMES, 1)}
SHORT = {name[:3]: number for name, number in WORDS.items()} | {"sept": 9}
WHOLE_YEAR = {"all", "all year", "whole year", "year round", "all year round"}
MEND = "write months as Jun-Oct, 6-10, 1-3;11-12 or all"


def read_month(text: str) -> int:
    """The month 1-12 that a number or an English name means; raises Unreadable."""
    word = text.strip().rstrip(".").lower()
    if re.fullmatch("[0-9]{1,2}", word):
        if int(word) in MONTHS:
            return int(word)
        raise Unreadable(f"there is no month {shown(text)!r}", "write a month from 1 to 12")
    month = WORDS.get(word) or SHORT.get(word)
    if month is None:
        raise Unreadable(f"{shown(text)!r} is not a month", did_you_mean(word, WORDS, "write a month from 1 to 12"))
    return month


def read_months(text: str) -> tuple[int, ...]:
    """The months a season covers, in order, each once; a season may wrap the new year. Raises Unreadable."""
    if " ".join(text.lower().split()) in WHOLE_YEAR:
        return MONTHS
    months: set[int] = set()
    for part in re.split("[;,]", text):
        for month in _run(part, text):
            if month in months:
                raise Unreadable(f"{shown(text)!r} names month {month} twice", "name each month once")
            months.add(month)
    return tuple(sorted(months))


def _run(part: str, text: str) -> list[int]:
    ends = [end.strip() for end in re.split(r"\s*(?:[-–—−]|\bto\b)\s*", part.strip(), flags=re.I)]
    if len(ends) > 2 or not all(ends):
        raise Unreadable(f"{shown(text)!r} is not a list of months", MEND)
    try:
        first, last = read_month(ends[0]), read_month(ends[-1])
    except Unreadable as trouble:
        mend = trouble.mend if "did you mean" in trouble.mend else MEND
        raise Unreadable(trouble.problem, mend) from None
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
