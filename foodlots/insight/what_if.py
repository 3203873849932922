"""What if more meals were eaten, or a dish changed: the same case with other uptake and other shares of the menu."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from foodlots.case import Case

PLACES = Decimal("0.0001")  # of a share of a budget
MEALS = Decimal("0.01")


def with_uptake(case: Case, factor: Decimal) -> Case:
    """The case with so many times the meals, each as well filled as before: kilos and budgets rise alike."""
    sites = {
        key: replace(site, meals_per_week=_rounded(site.meals_per_week * factor, MEALS))
        for key, site in case.sites.items()
    }
    budgets = {key: _rounded(gbp * factor, MEALS) for key, gbp in case.budgets.items()}
    demand = {key: kg * factor for key, kg in case.demand.items()}
    return replace(case, sites=_frozen(sites), budgets=_frozen(budgets), demand=_frozen(demand))


def with_share(case: Case, product: str, share: Decimal) -> Case:
    """The case with one product's share of its category's budget changed; the others of it keep their proportions.

    Only where budgets are given: kilos given as such have no shares.
    """
    changed = shares_with(case, product, share)
    products = {
        key: replace(each, budget_share=changed.get(key, each.budget_share)) for key, each in case.products.items()
    }
    return replace(case, products=_frozen(products))


def shares_with(case: Case, product: str, share: Decimal) -> dict[str, Decimal]:
    """Product -> its share of the budget, for all products of the category; they add up to 1 exactly."""
    category = case.products[product].category
    others = {
        key: each.budget_share for key, each in case.products.items() if each.category == category and key != product
    }
    rest, left = sum(others.values(), Decimal(0)), Decimal(1) - share
    if not rest:
        return {product: Decimal(1)}
    shares = {key: _rounded(old * left / rest, PLACES) for key, old in others.items()}
    largest = max(shares, key=lambda key: (shares[key], key))
    shares[largest] += left - sum(shares.values(), Decimal(0))
    return {product: share, **shares}


def _rounded(amount: Decimal, places: Decimal) -> Decimal:
    return amount.quantize(places, rounding=ROUND_HALF_EVEN)


def _frozen(table: Mapping) -> Mapping:
    return MappingProxyType(dict(table))
