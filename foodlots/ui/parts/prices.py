"""What a setting costs, as far as saved plans show it: plans of the same tables that differ in it alone."""

from collections.abc import Iterable

from foodlots.compare import cost_to_buyer, only_difference
from foodlots.settings import plainly
from foodlots.ui.desks import Made
from foodlots.ui.parts.words import md, pounds
from foodlots.ui.work import Result


def prices_of_settings(found: Result, saved: Iterable[Made]) -> dict[str, str]:
    """Setting -> what it costs as it is, against the value it had in another saved plan; in words."""
    settings = plainly(found.settings)
    prices: dict[str, str] = {}
    for other in saved:
        label = only_difference(settings, other.settings) if other.inputs == found.case.sha256 else None
        if label and label not in prices:
            section, key = label.split(".", 1)
            prices[label] = _words(found, other, other.settings[section][key])
    return prices


def _words(found: Result, other: Made, value: object) -> str:
    cost = sum(float(other.headline[name]) for name in ("spend_gbp", "lots_gbp", "suppliers_gbp"))
    more = float(cost_to_buyer(found.plan.summary)) - cost
    against = f"against {_said(value)}"
    if abs(more) < 1:
        return f"Costs nothing {against}."
    return f"{'Costs' if more > 0 else 'Saves'} {pounds(abs(more))} a year {against}."


def _said(value: object) -> str:
    if value is None:
        return "no limit"
    if isinstance(value, list):
        return md(" to ".join("no limit" if each is None else str(each) for each in value))
    return md(value)
