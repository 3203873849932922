"""The rows of the comparison: figures side by side, lots gained and lost, winners that come and go."""

from collections.abc import Sequence

from foodlots.compare import FIGURES, LotChange, lots_gained_and_lost, sites_served_anew, winners_beside
from foodlots.insight.whereabouts import Spot
from foodlots.maps.facts import winners
from foodlots.ui.parts.against import WORDS, difference, said
from foodlots.ui.parts.words import capital, more_or_less
from foodlots.ui.work import Result

FORMATS = {"Value before": "pounds", "Value after": "pounds", "Before": "pounds", "After": "pounds"}


def figure_rows(plans: Sequence[tuple[str, Result]]) -> list[dict[str, object]]:
    """One row a figure; a column for each plan, and how it differs from the first."""
    first = plans[0][1]
    rows = []
    for figure in FIGURES:
        row: dict[str, object] = {"Figure": figure.title}
        for place, (name, found) in enumerate(plans):
            change = difference(figure, first, found) if place else None
            row[name] = said(figure, found) + (f"  ({change})" if change else "")
        rows.append(row)
    return rows


def changes(before: Result, after: Result) -> list[LotChange]:
    """What became of each lot of both plans."""
    return lots_gained_and_lost(before.plan, after.plan)


def lot_rows(before: Result, after: Result) -> list[dict[str, object]]:
    """One row a lot of either plan, what changed first."""
    return [
        {
            "Lot": (change.after or change.before).name,
            "What became of it": capital(WORDS[change.what]),
            "Winner before": capital(winners(before.case, change.before)) if change.before else "",
            "Winner after": capital(winners(after.case, change.after)) if change.after else "",
            "Value before": change.before.value_gbp if change.before else None,
            "Value after": change.after.value_gbp if change.after else None,
        }
        for change in changes(before, after)
    ]


def winner_rows(before: Result, after: Result) -> list[dict[str, object]]:
    """One row a winner of either plan, the largest change first."""
    known = {**before.case.producers, **after.case.producers}
    return [
        {"Winner": known[bidder].name, "Before": old, "After": new, "Change": more_or_less(new - old)}
        for bidder, old, new in winners_beside(before.plan, after.plan)
    ]


def changed_kitchens(before: Result, after: Result) -> list[tuple[Spot, float]]:
    """Each kitchen with the share of its food whose winner is another."""
    changed = sites_served_anew(after.case, before.plan, after.plan)
    return [(Spot("Kitchen", site.name, site.place), changed[site.id]) for site in after.case.sites.values()]


def kitchen_rows(changed: Sequence[tuple[Spot, float]]) -> list[dict[str, object]]:
    """One row a kitchen that somebody else would serve, most changed first."""
    rows = [{"Kitchen": spot.name, "Served by others": share} for spot, share in changed if share]
    return sorted(rows, key=lambda row: (-row["Served by others"], row["Kitchen"]))
