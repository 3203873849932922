"""The rows of the tables and pictures of what could go wrong with a plan."""

from collections.abc import Iterable

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.insight.alternatives import Alternative, Alternatives
from foodlots.insight.stress import Failure, Part, Stress
from foodlots.insight.undercut import Threshold
from foodlots.ui.parts.words import capital, more_or_less
from foodlots.ui.work import Result

PARTS = {"kg a year": "count", "£ at open-market prices": "pounds"}
FAILURES = {"kg unmet": "count", "Of all kilos": "percent", "Costs more": "pounds", "Kitchens": "count"}
RESERVES = {"Brings of it": "percent", "Saves against the open market": "pounds"}
PRICES = {"Value": "pounds", "Winner saves": "pounds", "Lost below": "percent1", "With your aims": "percent1",
          "Weight that holds": "percent"}  # fmt: skip
AWARDS = {"Value": "pounds"}
SHOWN = 12  # bars of a picture


def month_rows(found: Result, answer: Stress) -> list[dict[str, object]]:
    """What a mean year lacks, month by month."""
    parts = {part.what: part for part in answer.harvests.by_month}
    return [
        _part(NAMES[month - 1], "Month", parts[month])
        for month in contract_year(found.settings.case.first_month)
    ]  # fmt: skip


def product_rows(found: Result, answer: Stress) -> list[dict[str, object]]:
    """What a mean year lacks of each product."""
    return [_part(found.case.products[part.what].name, "Product", part) for part in answer.harvests.by_product]


def site_rows(found: Result, answer: Stress) -> list[dict[str, object]]:
    """What a mean year lacks at each kitchen."""
    return [_part(found.case.sites[part.what].name, "Kitchen", part) for part in answer.harvests.by_site]


def _part(name: str, heading: str, part: Part) -> dict[str, object]:
    return {heading: name, "kg a year": part.kg, "£ at open-market prices": part.gbp}


def out(found: Result, failure: Failure) -> str:
    """The name of who is out."""
    places = found.case.depots if failure.kind == "depot" else found.case.producers
    return places[failure.who].name


def failure_bars(found: Result, answer: Stress) -> list[tuple[str, float, float]]:
    """(name, extra £, share of kilos lost) for the picture."""
    return [(out(found, failure), failure.gbp, failure.share) for failure in answer.failures[:SHOWN]]


def failure_rows(found: Result, answer: Stress) -> list[dict[str, object]]:
    """One row for whoever is out in turn."""
    return [
        {
            "Out": out(found, failure),
            "As": capital(failure.kind),
            "kg unmet": failure.kg,
            "Of all kilos": failure.share,
            "Costs more": failure.gbp,
            "Lots": ", ".join(failure.lots),
            "Kitchens": len(failure.kitchens),
            "Months": capital(say_months(failure.months, found.settings.case.first_month)) if failure.months else "",
        }
        for failure in answer.failures
    ]


def reserve_rows(found: Result, answer: Stress) -> list[dict[str, object]]:
    """Who could step in, lot by lot."""
    rows = [
        {
            "Lot": reserve.lot,
            "If out": out(found, failure),
            "Could step in": found.case.producers[reserve.bidder].name,
            "Brings of it": reserve.share,
            "Saves against the open market": reserve.saves_gbp,
        }
        for failure in answer.failures
        for reserve in failure.reserves
    ]
    return sorted(rows, key=lambda row: row["Lot"])


def threshold_points(answer: Iterable[Threshold]) -> list[tuple[str, float, bool]]:
    """(lot, price below which it is lost, whether the rival would take it) for the picture."""
    return [(lot.name, lot.lost_below, lot.lost) for lot in answer]


def threshold_rows(found: Result, answer: Iterable[Threshold]) -> list[dict[str, object]]:
    """One row for each awarded lot."""
    return [
        {
            "Name": lot.name,
            "Lost below": lot.lost_below,
            "Weight that holds": lot.holds_from_weight,
            "Standing": "Small, not safe" if lot.small_but_not_safe else "Not safe" if lot.lost else "Safe",
            "Value": lot.value_gbp,
            "Winner": names(found, lot.winner.split(";")),
            "Winner saves": lot.saves_gbp,
            "With your aims": lot.lost_below_with_aims,
            "Lot": lot.lot,
        }
        for lot in answer
    ]


def award_rows(found: Result, answer: Alternatives) -> list[dict[str, object]]:
    """How firmly each award stands."""
    return [
        {
            "Name": award.name,
            "Winner": found.case.producers[award.bidder].name,
            "Standing": capital(award.standing),
            "Without it": "no plan" if award.extra_gbp is None else f"{more_or_less(award.extra_gbp)} a year",
            "Value": award.value_gbp,
            "Lot": award.lot,
        }
        for award in answer.awards
    ]


def change_rows(found: Result, other: Alternative) -> list[dict[str, object]]:
    """The lots that another plan awards otherwise."""
    lots = {lot.id: lot.name for lot in found.plan.lots}
    return [
        {
            "Lot": change.lot,
            "Name": lots[change.lot],
            "Now": names(found, change.before),
            "Instead": names(found, change.after),
        }
        for change in other.changes
    ]


def names(found: Result, bidders: Iterable[str]) -> str:
    """Bidders by name; nobody is the open market."""
    return " and ".join(found.case.producers[bidder].name for bidder in bidders) or "Open market"
