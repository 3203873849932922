"""Weeks and days as caterers write them in a menu cycle: "Week 2", "Mon", "Mon–Fri", "1-3", "every day"."""

import re
from dataclasses import replace

from foodlots.files.raw import RawRow, RawTable

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SCHOOL_DAYS = DAYS[:5]
SHORTEST = {"monday": 1, "tuesday": 2, "wednesday": 1, "thursday": 2, "friday": 1,
            "saturday": 2, "sunday": 2}  # letters that tell it from every other day  # fmt: skip
NUMBERS = ("one", "two", "three", "four", "five", "six")
PARTS = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*")
RANGE = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b)\s*(.+)")
WEEK = re.compile(r"(?:weeks?|wks?|w)?\s*\.?\s*#?\s*([0-9]{1,2}|[a-z]+)")
MOST_WEEKS = 12  # in a cycle


def spread(raw: RawTable) -> RawTable:
    """One row for each week and day that a row names; what is not understood stays as it was typed."""
    if not {"week", "day"} <= set(raw.headings):
        return raw
    week, day = raw.headings.index("week"), raw.headings.index("day")
    return replace(raw, rows=tuple(one for row in raw.rows for one in _spread(row, week, day)))


def _spread(row: RawRow, week: int, day: int) -> list[RawRow]:
    weeks = weeks_in(row.cells[week]) or (row.cells[week],)
    days = days_in(row.cells[day]) or (row.cells[day],)
    cells = [list(row.cells) for _ in weeks for _ in days]
    for place, (one, other) in enumerate((one, other) for one in weeks for other in days):
        cells[place][week], cells[place][day] = one, other
    return [replace(row, cells=tuple(each)) for each in cells]


def days_in(text: str) -> tuple[str, ...]:
    """The days a cell names, in their order; none where a part of it is no day.

    >>> days_in("Mon"), days_in("Tues & Thurs"), days_in("Mon–Wed"), days_in("Fun")
    (('monday',), ('tuesday', 'thursday'), ('monday', 'tuesday', 'wednesday'), ())
    """
    plain = " ".join(text.lower().replace(".", " ").split())
    if plain in ("weekdays", "school days"):
        return SCHOOL_DAYS
    return _in_order(plain, DAYS, _day)


def weeks_in(text: str) -> tuple[str, ...]:
    """The weeks a cell names, as numbers; none where a part of it is no week.

    >>> weeks_in("Week 2"), weeks_in("Weeks 1-3"), weeks_in("one and three"), weeks_in("1.5")
    (('2',), ('1', '2', '3'), ('1', '3'), ())
    """
    return _in_order(" ".join(text.lower().split()), tuple(map(str, range(1, MOST_WEEKS + 1))), _week)


def _in_order(plain: str, known: tuple[str, ...], read) -> tuple[str, ...]:
    """Everything named by single words and by ranges, each once; none where one of them is not understood."""
    found: set[int] = set()
    for part in PARTS.split(plain):
        ends = RANGE.fullmatch(part)
        first, last = (read(ends[1]), read(ends[2])) if ends else (read(part), read(part))
        if first is None or last is None or first > last:
            return ()
        found |= set(range(first, last + 1))
    return tuple(known[place] for place in sorted(found))


def _day(word: str) -> int | None:
    """Monday is 0: a day, or the beginning of its name that no other day has."""
    word = word.strip()
    return next((place for place, day in enumerate(DAYS) if len(word) >= SHORTEST[day] and _begins(day, word)), None)


def _begins(day: str, word: str) -> bool:
    return day.startswith(word) or (day, word) == ("wednesday", "weds")


def _week(words: str) -> int | None:
    """Week 1 is 0."""
    found = WEEK.fullmatch(words.strip())
    if not found:
        return None
    number = found[1]
    if number in NUMBERS:
        return NUMBERS.index(number)
    return int(number) - 1 if number.isdigit() and 1 <= int(number) <= MOST_WEEKS else None
