"""The rows of the demand tables and of the chart above them."""

from foodlots.calendar import NAMES, contract_year
from foodlots.insight.asked import Asked
from foodlots.palette import category_inks
from foodlots.ui.parts.words import capital
from foodlots.ui.work import Work

GBP, KG = "£ at open-market prices", "kg"
FORMATS = {
    "kg a year": "count",
    "£ a year": "pounds",
    "Share of £": "percent",
    "£/kg": "pence",
    "Meals a week": "count",
}


def month_rows(now: Work, asked: Asked, unit: str) -> list[tuple[str, str, float]]:
    """(month, category, amount) in the order of the contract year."""
    amounts = asked.by_category_and_month(now.case)
    return [
        (NAMES[month - 1][:3], capital(category), amounts[category, month][unit == GBP])
        for month in contract_year(now.settings.case.first_month)
        for category in sorted({category for category, _ in amounts})
    ]


def colours(now: Work) -> dict[str, str]:
    """Category -> its colour, the same as on the map."""
    inks = category_inks({product.category for product in now.case.products.values()})
    return {capital(category): ink.colour for category, ink in inks.items()}


def category_rows(now: Work, asked: Asked) -> list[dict[str, object]]:
    """One row a category."""
    return [
        {"Category": capital(category), "kg a year": kg, "£ a year": gbp, "Share of £": _share(gbp, asked)}
        for category, (kg, gbp) in asked.by_category(now.case).items()
    ]


def product_rows(now: Work, asked: Asked) -> list[dict[str, object]]:
    """One row a product."""
    return [
        {
            "Product": now.case.products[product].name,
            "Category": capital(now.case.products[product].category),
            "kg a year": kg,
            "£/kg": now.case.products[product].benchmark_gbp_per_kg,
            "£ a year": gbp,
            "Share of £": _share(gbp, asked),
        }
        for product, (kg, gbp) in asked.by_product().items()
    ]


def month_table(now: Work, asked: Asked) -> list[dict[str, object]]:
    """One row a month, a column for each category, £."""
    amounts = asked.by_category_and_month(now.case)
    categories = sorted({category for category, _ in amounts})
    return [
        {
            "Month": NAMES[month - 1],
            **{capital(category): amounts[category, month][1] for category in categories},
            "All": sum(amounts[category, month][1] for category in categories),
        }
        for month in contract_year(now.settings.case.first_month)
    ]


def site_rows(now: Work, asked: Asked) -> list[dict[str, object]]:
    """One row a kitchen, the one that asks for most first."""
    return [
        {
            "Kitchen": now.case.sites[site].name,
            "Buyer": now.case.buyers[now.case.sites[site].buyer].name,
            "Meals a week": now.case.sites[site].meals_per_week,
            "£ a year": gbp,
            "Share of £": _share(gbp, asked),
        }
        for site, gbp in sorted(asked.sites.items(), key=lambda item: (-item[1], item[0]))
    ]


def _share(gbp: float, asked: Asked) -> float:
    return gbp / asked.total_gbp if asked.total_gbp else 0.0
