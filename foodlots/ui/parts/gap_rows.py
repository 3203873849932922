"""The rows of the gap tables and of the heat map."""

from collections.abc import Mapping
from decimal import Decimal

from foodlots.calendar import NAMES, contract_year
from foodlots.ui.work import Result

Short = Mapping[tuple[str, int], tuple[Decimal, Decimal]]
FORMATS = {"£ short": "pounds"}


def month_names(found: Result) -> list[str]:
    """The months in the order of the contract year, three letters each."""
    return [NAMES[month - 1][:3] for month in contract_year(found.settings.case.first_month)]


def products_short(found: Result, short: Short) -> dict[str, str]:
    """Product -> its name, dearest gap first."""
    return {product: found.case.products[product].name for product in dict.fromkeys(product for product, _ in short)}


def heat_rows(found: Result, short: Short) -> list[tuple[str, str, float, float]]:
    """(product, month, £, kg) for the heat map."""
    return [
        (found.case.products[product].name, NAMES[month - 1][:3], float(gbp), float(kg))
        for (product, month), (kg, gbp) in short.items()
    ]


def month_table(found: Result, short: Short) -> list[dict[str, object]]:
    """The heat map as a table: one row a product, £ in each month."""
    order = contract_year(found.settings.case.first_month)
    return [
        {
            "Product": name,
            "£ a year": sum(short[product, month][1] for month in order),
            **{NAMES[month - 1]: short[product, month][1] for month in order},
        }
        for product, name in products_short(found, short).items()
    ]


def kitchen_rows(found: Result, short: Mapping[str, float]) -> list[dict[str, object]]:
    """One row a kitchen, the most £ short first."""
    return [
        {
            "Kitchen": found.case.sites[site].name,
            "£ short": gbp,
            "Buyer": found.case.buyers[found.case.sites[site].buyer].name,
        }
        for site, gbp in sorted(short.items(), key=lambda item: (-item[1], item[0]))
        if gbp
    ]
