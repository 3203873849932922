"""Term and season: how a site's year of meals falls into months, and how months are said and written."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from foodlots.case import MONTHS, Site

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days in each month of a common year
WEEKS_A_YEAR = Fraction(52)  # weeks of meals in a year-round kitchen: tables.md, "What the tables mean"
NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weeks_a_year(site: Site, term_weeks: tuple[Decimal, ...]) -> Fraction:
    """Weeks in which the site cooks: the term's weeks, or 52."""
    return sum(map(Fraction, term_weeks), Fraction()) if site.term_time else WEEKS_A_YEAR


def month_shares(term_time: bool, term_weeks: tuple[Decimal, ...]) -> tuple[Fraction, ...]:
    """Share of a year's meals that falls in each month, January first; they add up to 1."""
    weights = [Fraction(w) for w in term_weeks] if term_time else [Fraction(d) for d in DAYS]
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def contract_year(first_month: int) -> tuple[int, ...]:
    """The twelve months in the order the contract meets them."""
    return tuple((first_month - 1 + step) % 12 + 1 for step in range(12))


def runs(months: Iterable[int], first_month: int = 1) -> list[tuple[int, int]]:
    """Unbroken runs of months, from first to last, in contract order; a run may wrap the new year.

    >>> runs([11, 12, 1, 2, 5], first_month=9)
    [(11, 2), (5, 5)]
    """
    wanted = set(months)
    if wanted == set(MONTHS):
        return [(first_month, (first_month - 2) % 12 + 1)]
    before = {month: (month - 2) % 12 + 1 for month in MONTHS}
    starts = [month for month in contract_year(first_month) if month in wanted and before[month] not in wanted]
    return [(start, _last_of_run(start, wanted)) for start in starts]


def _last_of_run(start: int, wanted: set[int]) -> int:
    month = start
    while month % 12 + 1 in wanted:
        month = month % 12 + 1
    return month


def say_months(months: Iterable[int], first_month: int = 1) -> str:
    """The months as a buyer says them: "whole year", "September to March", "May, July to August"."""
    months = tuple(months)
    if len(set(months)) == 12:
        return "whole year"
    return ", ".join(
        NAMES[first - 1] if first == last else f"{NAMES[first - 1]} to {NAMES[last - 1]}"
        for first, last in runs(months, first_month)
    )


def say_month_of_year(month: str) -> str:
    """A month of a year as it is said: "March 2027"; "not given" for none.

    >>> say_month_of_year("2027-03")
    'March 2027'
    """
    return f"{NAMES[int(month[5:]) - 1]} {month[:4]}" if month else "not given"


def write_months(months: Iterable[int]) -> str:
    """The months as the tables write them: `all`, `6-10`, `1-3;11-12`."""
    wanted = sorted(set(months))
    if wanted == list(MONTHS):
        return "all"
    parts, start = [], None
    for month in wanted:
        start = month if start is None else start
        if month + 1 not in wanted:
            parts.append(str(month) if start == month else f"{start}-{month}")
            start = None
    return ";".join(parts)
