"""One kitchen that asks for 1,000 kg of leeks at £2 in March and in April, and farms to stand in its way."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from golden_case import VILLAGE

from foodlots.case import Buyer, Case, Offer, Place, Producer, Product, Site
from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.settings import Settings

D = Decimal
KITCHEN = Place(53.80, -2.70)
NO_COSTS = ("costs.per_km=0", "costs.per_drop=0", "costs.per_lot=0", "costs.per_supplier=0", "aims.local_spend_gbp=0",
            "lots.value_gbp=[1, 100000]", "lots.areas=1", "awards.max_km=200", "awards.min_fill=0")  # fmt: skip


def by_id(*rows) -> MappingProxyType:
    return MappingProxyType({row.id: row for row in sorted(rows, key=lambda row: row.id)})


def product(key="leek", benchmark="2", needs=()) -> Product:
    return Product(
        key, key.capitalize(), "greens", "vegetables", "", D(benchmark), D(1), D("0.5"), D(1), frozenset(needs)
    )


def farm(key, **changed) -> Producer:
    plain = Producer(
        key, key.capitalize(), "farm", key, (), Place(53.81, -2.70), D(50), D(0), None, "", None, frozenset(),
        small=True, social_enterprise=False, organic=False, local=None,
    )  # fmt: skip
    return replace(plain, **changed)


def offer(producer, kg, price="1", months=(3, 4), product="leek") -> Offer:
    return Offer(producer, product, months, D(kg), D(price))


def kitchen_case(producers, offers, products=None, **changed) -> Case:
    products = products or [product()]
    site = Site("mill", "town", "Mill School", "school", KITCHEN, D(400), True, D(3), "")
    demand = {("mill", each.id, month): D(1000) for each in products for month in (3, 4)}
    plain = Case(
        by_id(Buyer("town", "Town", "council", "")), by_id(site), by_id(*products), by_id(*producers), tuple(offers),
        demand=MappingProxyType(demand),
    )  # fmt: skip
    return replace(plain, **changed)


def settings_with(*overrides: str) -> Settings:
    return read_case(VILLAGE, (*NO_COSTS, *overrides))[1]


def planned(case: Case, *overrides: str):
    """Case, settings and the best plan."""
    settings = settings_with(*overrides)
    return case, settings, make_plan(case, settings)
