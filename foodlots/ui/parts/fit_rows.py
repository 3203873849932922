"""The rows of a fit list: which lots fit a producer, how far they could be filled, what stands in the way."""

from collections.abc import Iterable, Sequence

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.insight.certificates import said
from foodlots.insight.fit_words import say_changes, say_takes
from foodlots.insight.fits import Inquiry, LotFit
from foodlots.insight.takes import Changes
from foodlots.maps.facts import kind_of, several
from foodlots.ui.parts.words import capital, percent

FORMATS = {
    "Could fill": "percent", "Value": "pounds", "Money left": "pounds", "Left a kg": "pence",
    "Value of a drop": "pounds", "Farthest, km": "count",
}  # fmt: skip


def fit_rows(inquiry: Inquiry, fits: Iterable[LotFit]) -> list[dict[str, object]]:
    """One row a lot: what the binding reason is, and what would change it."""
    return [
        {
            "Lot": fit.lot,
            "What it is": fit.name,
            "Fits": standing(fit),
            "Could fill": fit.fill,
            "Money left": fit.money.left_gbp,
            "Left a kg": fit.money.left_gbp_per_kg,
            "What stands in the way": capital(fit.first.says) if fit.first else "",
            "What it would take to fit": takes_words(inquiry, fit),
            **_bringing(inquiry, fit),
        }
        for fit in fits
    ]


def takes_words(inquiry: Inquiry, fit: LotFit) -> str:
    """The smallest change of each kind that makes the lot fit, "" where none does or none is needed."""
    return capital(say_takes(inquiry.case, fit, inquiry.settings.case.first_month))


def undrawn_rows(inquiry: Inquiry, fits: Iterable[LotFit]) -> list[dict[str, object]]:
    """One row for each lot that was not drawn and would fit."""
    return [
        {
            "What it is": fit.name,
            "Could fill": fit.fill,
            "Money left": fit.money.left_gbp,
            "Left a kg": fit.money.left_gbp_per_kg,
            **_bringing(inquiry, fit),
        }
        for fit in fits
    ]


def _bringing(inquiry: Inquiry, fit: LotFit) -> dict[str, object]:
    return {
        "Value": fit.value_gbp,
        "Value of a drop": fit.drop_gbp,
        "Farthest, km": fit.km,
        "Would bring it": f"to {inquiry.case.depots[fit.depot].name}" if fit.depot else "to each kitchen",
    }


def standing(fit: LotFit) -> str:
    """How a lot stands with a bidder, in a word."""
    return "won" if fit.wins else "yes" if fit.able else "no"


def in_order(fits: Iterable[LotFit]) -> list[LotFit]:
    """What is won first, then what fits, then by how much of it could be filled."""
    return sorted(fits, key=lambda fit: (not fit.wins, not fit.able, -fit.fill, fit.lot))


def offered(fits: Iterable[LotFit]) -> list[LotFit]:
    """Those of which it could fill anything: what the picture shows."""
    return [fit for fit in fits if fit.fill > 0]


def month_names(inquiry: Inquiry) -> list[str]:
    """The months of the contract year as the picture names them."""
    return [NAMES[month - 1][:3] for month in contract_year(inquiry.settings.case.first_month)]


def heat_rows(inquiry: Inquiry, fits: Iterable[LotFit]) -> list[tuple[str, str, float, str]]:
    """(lot, month, share, standing) of every month in which a lot asks for anything."""
    order = contract_year(inquiry.settings.case.first_month)
    return [
        (label(fit), NAMES[month - 1][:3], fit.months[month], standing(fit))
        for fit in fits for month in order if month in fit.months
    ]  # fmt: skip


def label(fit: LotFit) -> str:
    """A lot as the picture names it."""
    return f"{fit.lot} {fit.name.split(',')[0]}"


def heat_words(fits: Sequence[LotFit]) -> str:
    """The picture in words."""
    said_of = [f"{fit.lot} {percent(fit.fill)} of the year, fits: {standing(fit)}" for fit in fits]
    return "How much of each lot it could fill, month by month. " + "; ".join(said_of) + "."


def month_rows(inquiry: Inquiry, fits: Iterable[LotFit]) -> list[dict[str, object]]:
    """The picture as a table: a row a lot, a column a month."""
    order = contract_year(inquiry.settings.case.first_month)
    return [
        {"Lot": fit.lot, "Fits": standing(fit), **{NAMES[m - 1][:3]: fit.months.get(m) for m in order}} for fit in fits
    ]  # fmt: skip


def month_shares(inquiry: Inquiry, fit: LotFit) -> list[tuple[str, float]]:
    """(month, share of the lot's value that could be filled) in the order of the contract year."""
    order = contract_year(inquiry.settings.case.first_month)
    return [(NAMES[month - 1][:3], fit.months[month]) for month in order if month in fit.months]


def money_rows(fit: LotFit) -> list[dict[str, object]]:
    """What is left of the lot's money, step by step."""
    money = fit.money
    rows = [
        ("Its kilos at open-market prices", money.worth_gbp),
        ("less delivery", -money.delivery_gbp),
        ("less collection from members", -money.collection_gbp),
        ("left for the food at the gate", money.left_gbp),
        *([("what it asks at its gate", money.asks_gbp)] if money.asks_gbp is not None else []),
    ]
    return [{" ": name, "£ a year": gbp} for name, gbp in rows]


def say_ways(inquiry: Inquiry, ways: Iterable[Changes]) -> list[str]:
    """Ways to win, each in a sentence's part."""
    first = inquiry.settings.case.first_month
    return [capital(say_changes(inquiry.case, way, first)) for way in ways]


def profile(inquiry: Inquiry, producer: str) -> str:
    """A producer in a line: kind, reach, what it grows and for whom; no price."""
    found, first = inquiry.case.producers[producer], inquiry.settings.case.first_month
    grows: dict[str, set[int]] = {}
    for offer in inquiry.case.offers:
        if offer.producer == producer:
            grows.setdefault(offer.product, set()).update(offer.months)
    crops = [f"{inquiry.case.products[product].name} ({say_months(sorted(m), first)})" for product, m in grows.items()]
    parts = [
        kind_of(found),
        f"delivers up to {found.reach_km:,.0f} km",
        *([f"holds {several(map(said, sorted(found.accreditations)))}"] if found.accreditations else []),
        *([f"sells through {several(inquiry.case.producers[each].name for each in found.member_of)}"]
          if found.member_of else []),
        f"offers {several(crops)}" if crops else "offers nothing of its own",
    ]  # fmt: skip
    return capital(" · ".join(parts))


def part_in_plan(inquiry: Inquiry, producer: str) -> str:
    """What a producer does in the plan as it stands, in a line."""
    wins = [lot.name for lot in inquiry.plan.lots if producer in inquiry.winners[lot.id]]
    grown = [line for line in inquiry.plan.supply if line.producer == producer]
    through = sorted({inquiry.case.producers[line.bidder].name for line in grown if line.bidder != producer})
    parts = [
        f"wins {'; '.join(wins)}" if wins else "wins no lot",
        f"supplies {sum(line.kg for line in grown):,.0f} kg a year" if grown else "supplies nothing",
        *([f"sells through {several(through)}"] if through else []),
    ]
    return f"In this plan it {', '.join(parts)}."
