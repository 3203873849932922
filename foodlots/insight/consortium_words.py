"""A consortium in words and as plain values."""

from collections import defaultdict
from collections.abc import Iterator

from foodlots.calendar import NAMES, contract_year
from foodlots.case import Case
from foodlots.insight.certificates import said
from foodlots.insight.consortium import Consortium, Gathered, Part
from foodlots.insight.reasons import listed

UNSEEN = "No price was looked at: of the smallest sets the one comes first that leaves the most money after delivery."
SEEN = "Of the smallest sets the one comes first that costs the buyer the least, at what everybody asks."
SHARED = (
    "Shared by value: in proportion to what each supplies at open-market prices. Shapley: each partner's average gain "
    "over every order of joining, worked out exactly; a group without a lead in reach or the accreditations earns "
    "nothing."
)


def headline(case: Case, found: Consortium) -> str:
    """Who, who leads, how it is brought and how far it fills the lot."""
    names = [case.producers[partner].name for partner in found.partners]
    how = f"by way of {case.depots[found.depot].name}" if found.depot else "to each kitchen"
    lead = case.producers[found.lead].name
    alone = f"{names[0]} alone" if len(names) == 1 else f"{listed(names, 9)}, led by {lead}"
    cost = "" if found.cost_gbp is None else f", £{found.cost_gbp:,.0f} a year to the buyer with what stays open"
    return f"{alone}, brought {how}: fills {found.fill:.1%}{cost}."


def consortium_lines(case: Case, gathered: Gathered, first_month: int) -> Iterator[str]:
    """The answer: the best set in full, then its alternatives."""
    lot = gathered.lot
    yield f"{lot.id} {lot.name}, worth £{lot.value_gbp:,.0f} a year; together at least {gathered.fill:.0%} of it."
    if not gathered.sets:
        yield "Nobody is able, not even everybody together."
        return
    best, *others = gathered.sets
    yield headline(case, best)
    yield (
        f"Its kilos are worth £{best.worth_gbp:,.0f}; less delivery £{best.delivery_gbp:,.0f} and collection "
        f"£{best.collection_gbp:,.0f} they leave £{best.money_gbp:,.0f}."
    )
    for part in best.parts:
        yield from _part_lines(case, part, first_month)
    for reserve in best.reserves:
        stands = [case.producers[each].name for each in reserve.stands_in_for]
        instead = f", could stand in for {listed(stands)}" if stands else ""
        yield f"In reserve: {case.producers[reserve.producer].name} would add £{reserve.adds_gbp:,.0f}{instead}."
    yield from (f"Or: {headline(case, other)}" for other in others)


def _part_lines(case: Case, part: Part, first_month: int) -> Iterator[str]:
    shapley = "" if part.shapley_gbp is None else f"; by Shapley £{part.shapley_gbp:,.0f}"
    holds = f", holds {listed(map(said, part.holds))}" if part.holds else ""
    yield f"  {case.producers[part.partner].name}{holds}: share by value £{part.value_gbp:,.0f}{shapley}."
    by_product: dict[str, dict[int, float]] = defaultdict(dict)
    for (product, month), kg in part.kilos.items():
        by_product[product][month] = kg
    for product, months in sorted(by_product.items()):
        kilos = ", ".join(f"{NAMES[m - 1][:3]} {months[m]:,.0f}" for m in contract_year(first_month) if m in months)
        yield f"    {case.products[product].name}, kg: {kilos}"


def consortium_record(gathered: Gathered, view: str) -> dict:
    """The answer as plain values."""
    return {"lot": gathered.lot.id, "for": view, "fill": gathered.fill,
            "sets": [_record(found) for found in gathered.sets], "shared": SHARED}  # fmt: skip


def _record(found: Consortium) -> dict:
    money = {name: round(getattr(found, name), 2)
             for name in ("worth_gbp", "delivery_gbp", "collection_gbp", "money_gbp")}  # fmt: skip
    return {
        "partners": list(found.partners), "lead": found.lead, "depot": found.depot, "fill": round(found.fill, 6),
        **money, **({} if found.cost_gbp is None else {"cost_gbp": round(found.cost_gbp, 2)}),
        "parts": [_part_record(part) for part in found.parts],
        "reserves": [{"producer": each.producer, "adds_gbp": round(each.adds_gbp, 2),
                      "stands_in_for": list(each.stands_in_for)} for each in found.reserves],
    }  # fmt: skip


def _part_record(part: Part) -> dict:
    return {
        "partner": part.partner, "worth_gbp": round(part.worth_gbp, 2), "holds": list(part.holds),
        "share_by_value_gbp": round(part.value_gbp, 2),
        "share_by_shapley_gbp": None if part.shapley_gbp is None else round(part.shapley_gbp, 2),
        "kilos": [{"product": product, "month": month, "kg": kg} for (product, month), kg in part.kilos.items()],
    }  # fmt: skip
