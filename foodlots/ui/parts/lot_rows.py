"""The rows of the table of lots: names, not ids, and amounts that sort."""

from foodlots.calendar import say_months
from foodlots.maps.facts import brought, categories_of, several, sites_of, winners
from foodlots.ui.parts.words import capital
from foodlots.ui.work import Result

FORMATS = {"Value": "pounds", "Filled": "percent", "Kitchens": "count", "Able bidders": "count"}


def lot_rows(found: Result) -> list[dict[str, object]]:
    """One row for each lot, in the plan's order."""
    case, plan, first = found.case, found.plan, found.settings.case.first_month
    sites = sites_of(plan)
    return [
        {
            "Lot": lot.id,
            "What it is": lot.name,
            "Value": lot.value_gbp,
            "Winner": capital(winners(case, lot)),
            "Filled": lot.fill,
            "Able bidders": lot.able_bidders,
            "Kitchens": len(sites[lot.id]),
            "Category": capital(several(categories_of(case, lot))),
            "Products": several([case.products[product].name for product in lot.products]),
            "Months": say_months(lot.months, first),
            "Brought": capital(brought(case, [award for award in plan.awards if award.lot == lot.id])),
        }
        for lot in plan.lots
    ]
