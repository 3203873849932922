"""The rows of a fit list: which lots fit a producer, how far they could be filled, what stands in the way."""

from collections.abc import Iterable

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.insight.fit import Fit, Market, said
from foodlots.maps.facts import kind_of, several
from foodlots.ui.parts.words import capital

FORMATS = {"Could fill": "percent", "Value": "pounds", "Farthest, km": "count", "Value of a drop": "pounds"}


def fit_rows(market: Market, fits: Iterable[Fit]) -> list[dict[str, object]]:
    """One row a lot, what fits first."""
    lots = {lot.id: lot for lot in market.plan.lots}
    return [
        {
            "Lot": fit.lot,
            "What it is": lots[fit.lot].name,
            "Fits": "yes" if fit.fits else "no",
            "Could fill": fit.fill,
            "What stands in the way": several(fit.obstacles) if fit.obstacles else "",
            "Value": lots[fit.lot].value_gbp,
            "Farthest, km": fit.km,
            "Value of a drop": fit.drop_gbp,
            "Would bring it": f"to {market.case.depots[fit.depot].name}" if fit.depot else "to each kitchen",
        }
        for fit in fits
    ]


def month_shares(market: Market, fit: Fit) -> list[tuple[str, float]]:
    """(month, share of the lot's value that could be filled) in the order of the contract year."""
    order = contract_year(market.settings.case.first_month)
    return [(NAMES[month - 1][:3], fit.months[month]) for month in order if month in fit.months]


def profile(market: Market, producer: str) -> str:
    """A producer in a line: kind, reach, what it grows and for whom; no price."""
    found = market.case.producers[producer]
    grows = {}
    for product, month in sorted(market.grown.get(producer, {})):
        grows.setdefault(product, []).append(month)
    first = market.settings.case.first_month
    crops = [f"{market.case.products[product].name} ({say_months(months, first)})" for product, months in grows.items()]
    parts = [
        kind_of(found),
        f"delivers up to {found.reach_km:,.0f} km",
        *([f"holds {several(map(said, sorted(found.accreditations)))}"] if found.accreditations else []),
        *([f"sells through {several(market.case.producers[each].name for each in found.member_of)}"]
          if found.member_of else []),
        f"offers {several(crops)}" if crops else "offers nothing within the price ceiling",
    ]  # fmt: skip
    return capital(" · ".join(parts))


def part_in_plan(market: Market, producer: str) -> str:
    """What a producer does in the plan as it stands, in a line."""
    wins = [lot.id for lot in market.plan.lots if producer in lot.winner.split(";")]
    grown = [line for line in market.plan.supply if line.producer == producer]
    through = sorted({market.case.producers[line.bidder].name for line in grown if line.bidder != producer})
    parts = [
        f"wins {several(wins)}" if wins else "wins no lot",
        f"supplies {sum(line.kg for line in grown):,.0f} kg a year" if grown else "supplies nothing",
        *([f"sells through {several(through)}"] if through else []),
    ]
    return f"In this plan it {', '.join(parts)}."
