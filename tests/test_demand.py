"""From £ to kilos: every kilo as the tables say, and their value the budget to the last digit."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from golden_case import VILLAGE
from random_cases import draw_sample
from small_case import files

from foodlots.case import MONTHS, Buyer
from foodlots.demand import NOTHING, add, work_out_demand
from foodlots.reading import read_case

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@pytest.fixture(scope="module")
def town():
    case, settings, _ = read_case(files())
    return work_out_demand(case, settings), case, settings


def kilos_on_paper(case, settings, site, product, month):
    """The formula of tables.md for one site, one product and one month."""
    term = sum(map(Fraction, settings.case.term_weeks))
    meals = {key: Fraction(s.meals_per_week) * (term if s.term_time else 52) for key, s in case.sites.items()}
    here, thing = case.sites[site], case.products[product]
    budget = Fraction(case.budgets.get((here.buyer, thing.category), 0))
    everyone = sum(meals[key] for key, other in case.sites.items() if other.buyer == here.buyer)
    share = Fraction(settings.case.term_weeks[month - 1]) / term if here.term_time else Fraction(DAYS[month - 1], 365)
    return budget * Fraction(thing.budget_share) * meals[site] / everyone * share / Fraction(thing.benchmark_gbp_per_kg)


def test_every_kilo_is_the_formulas(town):
    demand, case, settings = town
    for product in case.products:
        for site in case.sites:
            on_paper = tuple(kilos_on_paper(case, settings, site, product, month) for month in MONTHS)
            assert demand.kg([site], product) == on_paper


def test_the_value_of_all_demand_is_the_budget(town):
    demand, case, _ = town
    assert demand.value_gbp == sum(map(Fraction, case.budgets.values())) == 90000
    assert demand.value_of(case.sites, "milk") == 20000


def test_the_value_of_some_months(town):
    demand, _, _ = town
    assert demand.value_of(["mill"], "milk", (1,)) == demand.kg(["mill"], "milk")[0]
    parts = [demand.value_of(["mill", "ward"], "leek", (month,)) for month in MONTHS]
    assert sum(parts) == demand.value_of(["mill", "ward"], "leek")


def test_the_village_asks_what_its_paper_says():
    case, settings, _ = read_case(VILLAGE)
    demand = work_out_demand(case, settings)
    assert demand.meals == {"north": 300 * 39, "south": 200 * 39}
    november = {product: demand.kg(case.sites, product)[10] for product in case.products}
    assert november == {"apples": 220, "milk": 528, "potatoes": 440}
    assert demand.kg(["north"], "potatoes")[10] == 264


@pytest.mark.parametrize("seed", range(12))
def test_kilos_of_sites_together_are_their_kilos_added_up(seed):
    sample = draw_sample(seed)
    demand = work_out_demand(sample.case, sample.settings)
    for product in sample.case.products:
        assert demand.kg(sample.case.sites, product) == add(demand.kg([site], product) for site in sample.case.sites)


def test_twice_the_budget_is_twice_the_kilos(town):
    demand, case, settings = town
    doubled = replace(case, budgets={key: 2 * gbp for key, gbp in case.budgets.items()})
    twice = work_out_demand(doubled, settings).kg(case.sites, "carrot")
    assert twice == tuple(2 * kg for kg in demand.kg(case.sites, "carrot"))


def test_kilos_given_are_taken_as_they_are(town):
    _, case, settings = town
    given = {("mill", "milk", 3): Decimal("12.345"), ("ward", "milk", 3): Decimal(1), ("mill", "leek", 9): Decimal(2)}
    demand = work_out_demand(replace(case, budgets={}, demand=given), settings)
    assert demand.kg(["mill", "ward"], "milk")[2] == Fraction("13.345")
    assert demand.kg(["park"], "milk") == NOTHING
    assert demand.kg([], "milk") == NOTHING
    assert demand.products() == ("leek", "milk")
    assert demand.value_gbp == Fraction("13.345") + 2 * Fraction("1.60")


def test_a_product_without_a_budget_is_not_asked_for(town):
    demand, case, settings = town
    assert demand.products() == ("carrot", "leek", "milk")
    fewer = replace(case, budgets={("town", "dairy"): Decimal(20000)})
    assert work_out_demand(fewer, settings).products() == ("milk",)


def test_a_buyer_without_kitchens_asks_for_nothing():
    """A budget of nought for a buyer whose kitchens are not listed yet: read with a note, and planned."""
    tables = files()
    tables["buyers.csv"] += b"zed,Zed Council,council,\n"
    tables["budgets.csv"] += b"zed,dairy,0\n"
    case, settings, _ = read_case(tables)
    assert case.buyers["zed"] == Buyer("zed", "Zed Council", "council", "")
    assert work_out_demand(case, settings).value_gbp == 90000
