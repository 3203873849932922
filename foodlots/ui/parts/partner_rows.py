"""The rows of a consortium: who is in it, what each brings, what each gets, and who else there is."""

from foodlots.calendar import NAMES, contract_year
from foodlots.insight.certificates import said
from foodlots.insight.consortium import Consortium
from foodlots.insight.fits import Inquiry
from foodlots.maps.facts import several

FORMATS = {"Worth": "pounds", "Share by value": "pounds", "Share by Shapley": "pounds", "Would add": "pounds",
           "Fills": "percent", "Money left": "pounds", "Cost to the buyer": "pounds"}  # fmt: skip


def part_rows(inquiry: Inquiry, found: Consortium) -> list[dict[str, object]]:
    """A row for each partner."""
    return [
        {
            "Partner": inquiry.case.producers[part.partner].name,
            "Part": "leads" if part.partner == found.lead else "brings its goods to the lead",
            "Holds": several(map(said, part.holds)) if part.holds else "",
            "Worth": part.worth_gbp,
            "Share by value": part.value_gbp,
            "Share by Shapley": part.shapley_gbp,
        }
        for part in found.parts
    ]  # fmt: skip


def kilo_rows(inquiry: Inquiry, found: Consortium) -> list[dict[str, object]]:
    """Who brings what in which month, kg: a row for each partner and product."""
    order = contract_year(inquiry.settings.case.first_month)
    return [
        {"Partner": inquiry.case.producers[part.partner].name, "Product": inquiry.case.products[product].name,
         **{NAMES[month - 1][:3]: part.kilos.get((product, month), 0.0) for month in order}}
        for part in found.parts for product in sorted({product for product, _ in part.kilos})
    ]  # fmt: skip


def reserve_rows(inquiry: Inquiry, found: Consortium) -> list[dict[str, object]]:
    """Who could join as well."""
    names = inquiry.case.producers
    return [
        {"In reserve": names[each.producer].name, "Would add": each.adds_gbp,
         "Could stand in for": several(names[gone].name for gone in each.stands_in_for) if each.stands_in_for else ""}
        for each in found.reserves
    ]  # fmt: skip


def set_rows(inquiry: Inquiry, sets: tuple[Consortium, ...]) -> list[dict[str, object]]:
    """The best set and its alternatives, a row each."""
    names = inquiry.case.producers
    return [
        {"Partners": several(names[each].name for each in found.partners), "Lead": names[found.lead].name,
         "Fills": found.fill, "Money left": found.money_gbp,
         **({} if found.cost_gbp is None else {"Cost to the buyer": found.cost_gbp})}
        for found in sets
    ]  # fmt: skip
