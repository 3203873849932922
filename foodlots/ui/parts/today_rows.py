"""The rows of the tables and of the picture of today's contracts."""

from collections.abc import Callable

from foodlots.calendar import say_month_of_year
from foodlots.insight.baseline import Baseline
from foodlots.insight.paid_today import RINGS, Paid, rings_by
from foodlots.ui.parts.tables import FORMATS as SAID
from foodlots.ui.parts.words import capital

MONEY = {capital(ring): "pounds" for ring in RINGS} | {"All": "pounds"}
ENDING = {"Ends, £ a year": "pounds", "Of it not local": "pounds", "Local share reachable": "percent"}
NOT_KNOWN = "not known"


def category_bars(answer: Baseline) -> list[tuple[str, dict[str, float]]]:
    """(category, ring -> £) for the picture, dearest first."""
    return [
        (capital(str(name)), {ring: float(gbp) for ring, gbp in rings.items()})
        for name, rings in rings_by(answer.paid, lambda line: line.category).items()
    ]


def ring_rows(answer: Baseline, heading: str, key: Callable[[Paid], str]) -> list[dict[str, object]]:
    """One row for whatever `key` tells apart, £ in each ring."""
    return [
        {heading: capital(str(name)), **{capital(ring): rings[ring] for ring in RINGS}, "All": sum(rings.values())}
        for name, rings in rings_by(answer.paid, key).items()
    ]


def supplier_rows(answer: Baseline) -> list[dict[str, object]]:
    """Each line of today's contracts."""
    return [
        {
            "Supplier": line.supplier,
            "Category": capital(line.category),
            "£ a year": line.gbp,
            "Where": capital(line.ring),
            "Road km": line.km,
            "Ends": say_month_of_year(line.contract_end),
        }
        for line in answer.paid
    ]


def ending_rows(answer: Baseline) -> list[dict[str, object]]:
    """When contracts end and what can be moved by then."""
    return [
        {
            "Last month": say_month_of_year(end.month),
            "Ends, £ a year": end.gbp,
            "Of it not local": end.not_local_gbp,
            "Local share reachable": end.reachable,
        }
        for end in answer.endings
    ]


def figure_rows(answer: Baseline, planned: bool) -> list[dict[str, str]]:
    """The account, today and under the plan; figures as text, for each has its own unit."""
    return [
        {
            "Figure": figure.title,
            "Today": _said(figure.today, figure.unit),
            **({"Under the plan": _said(figure.planned, figure.unit)} if planned else {}),
            "How it is known": figure.note,
        }
        for figure in answer.figures
    ]


def _said(value: float | None, unit: str) -> str:
    return NOT_KNOWN if value is None else SAID[unit](value)
