"""A plan in a line: how many lots and, for those who may know it, what it costs."""

from foodlots.insight.discretion import WITHHELD, hides_prices
from foodlots.ui.parts.words import pounds, several
from foodlots.ui.visitor import sees_prices
from foodlots.ui.work import Result


def plan_words(found: Result) -> str:
    """Plan of 26 lots, £1,532,534 a year; without the cost where a supplier could tell another's price from it."""
    lots = several(found.plan.summary.lots, "lot")
    if sees_prices() or hides_prices(found.case, found.plan):
        return f"Plan of {lots}, {pounds(found.plan.summary.spend_gbp)} a year"
    return f"Plan of {lots}; {WITHHELD}"
