"""Menus: the demand that a menu cycle and the meals make, and swaps within a family that would be grown near by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from foodlots.calendar import month_shares
from foodlots.case import MONTHS, Case
from foodlots.demand import meals_a_year
from foodlots.geo import Roads
from foodlots.insight.asked import Asked, what_is_asked
from foodlots.local import is_local
from foodlots.menu_reading import MenuLine
from foodlots.plan import Plan
from foodlots.plan_cells import write_number
from foodlots.settings import Settings
from foodlots.sharing import round_together

GRAMS = 1000  # grams in a kilo
WORTH_TELLING_KG = 1.0  # kg; a smaller swap changes nothing a kitchen would notice
Kilos = Mapping[tuple[str, int], float]  # (product, month) -> kg


def kg_per_meal(menu: Iterable[MenuLine]) -> dict[tuple[str, int], Fraction]:
    """(product, month) -> kilos in a mean meal of that month: each day of the cycle counts alike."""
    menu, kilos = tuple(menu), defaultdict(Fraction)
    for month in MONTHS:
        lines = [line for line in menu if month in line.months]
        days = len({(line.week, line.day) for line in lines})
        for line in lines:
            kilos[line.product, month] += Fraction(line.g_per_portion) * Fraction(line.uptake) / GRAMS / days
    return dict(sorted(kilos.items()))


def with_menu(case: Case, settings: Settings, menu: Iterable[MenuLine]) -> Case:
    """The case with the menu's kilos in place of its budgets or its own kilos, to the gram."""
    per_meal = kg_per_meal(menu)
    demand: dict[tuple[str, str, int], Decimal] = {}
    for site in case.sites.values():
        meals, shares = meals_a_year(site, settings), month_shares(site.term_time, settings.case.term_weeks)
        for product in sorted({product for product, _ in per_meal}):
            grams = [per_meal.get((product, month), Fraction()) * meals * shares[month - 1] * GRAMS for month in MONTHS]
            whole = round_together(grams, round(sum(grams)))
            kilos = zip(MONTHS, whole, strict=True)
            demand |= {(site.id, product, month): Decimal(each) / GRAMS for month, each in kilos if each}
    return replace(case, budgets=MappingProxyType({}), demand=MappingProxyType(dict(sorted(demand.items()))))


def demand_rows(case: Case) -> list[tuple[str, str, str, str]]:
    """The kilos of a case as rows of the demand table: site, product, month, kg."""
    return [(*at[:2], str(at[2]), write_number(kg, 3)) for at, kg in case.demand.items()]


@dataclass(frozen=True)
class MenuCost:
    """One category: what the menu asks for, kg and £ a year at open-market prices, and what the case asked before."""

    category: str
    kg: float
    gbp: float
    before_gbp: float


def menu_costs(case: Case, settings: Settings, menu: Iterable[MenuLine]) -> tuple[tuple[MenuCost, ...], Asked]:
    """Each category under the menu beside the case's own budget or kilos, and all that the menu asks for."""
    before = what_is_asked(case, settings).by_category(case)
    asked = what_is_asked(with_menu(case, settings, menu), settings)
    after = asked.by_category(case)
    costs = [
        MenuCost(name, *after.get(name, (0.0, 0.0)), before.get(name, (0.0, 0.0))[1]) for name in before.keys() | after
    ]
    return tuple(sorted(costs, key=lambda cost: (-cost.gbp, cost.category))), asked


@dataclass(frozen=True)
class Swap:
    """One product cooked in place of another of its family, kilo for kilo, where that can be had near by.

    kg: month -> kilos · local_gbp: paid to local producers at their gates · cost_gbp: that against buying the first
    product on the open market, £ a year, delivery left out; below nothing where it is cheaper.
    """

    family: str
    out: str
    into: str
    kg: Mapping[int, float]
    local_gbp: float
    cost_gbp: float
    pence_per_meal: float

    @property
    def total_kg(self) -> float:
        """Kilos swapped in a year."""
        return sum(self.kg.values())


def swaps(case: Case, settings: Settings, plan: Plan | None = None) -> tuple[Swap, ...]:
    """Every swap within a family that raises local supply, the most £ kept local first; each is counted on its own.

    What is short is what the plan leaves to the open market, and what is spare what its producers have left; without
    a plan, all that is asked against all that local producers offer.
    """
    asked = what_is_asked(case, settings)
    offers = _local_offers(case, settings)
    short, spare = _under_plan(plan, offers) if plan else _without_plan(asked, offers)
    families: dict[str, list[str]] = defaultdict(list)
    for product in case.products.values():
        families[product.family].append(product.id)
    found = [
        swap
        for family, products in sorted(families.items())
        for out in products
        for into in products
        if out != into and (swap := _swap(case, asked, family, out, into, short, spare)).total_kg >= WORTH_TELLING_KG
    ]
    return tuple(sorted(found, key=lambda swap: (-swap.local_gbp, swap.out, swap.into)))


Spare = Mapping[tuple[str, int], list[tuple[float, float]]]  # (product, month) -> (gate price, kg), cheapest first


def _swap(case: Case, asked: Asked, family: str, out: str, into: str, short: Kilos, spare: Spare) -> Swap:
    kg, local = {}, 0.0
    for month in MONTHS:
        wanted = short.get((out, month), 0.0)
        for price, has in spare.get((into, month), ()):
            brought = min(wanted, has)
            wanted, local = wanted - brought, local + brought * price
            kg[month] = kg.get(month, 0.0) + brought
    kg = {month: each for month, each in kg.items() if each > 0}
    cost = local - sum(kg.values()) * float(case.products[out].benchmark_gbp_per_kg)
    return Swap(family, out, into, kg, local, cost, 100 * cost / asked.meals if asked.meals else 0.0)


def _local_offers(case: Case, settings: Settings) -> dict[tuple[str, str, int], tuple[float, float]]:
    """(producer, product, month) -> gate price and kilos of local producers, within the price ceiling."""
    roads, over = Roads.of(case, settings.costs.road_factor), settings.awards.max_price_over_benchmark
    buyers = tuple(sorted({site.buyer for site in case.sites.values()}))
    near = {who.id for who in case.producers.values() if is_local(who, buyers, case, settings, roads)}
    return {
        (offer.producer, offer.product, month): (float(offer.price_gbp_per_kg), float(offer.kg_per_month))
        for offer in case.offers
        if offer.producer in near
        and (over is None or offer.price_gbp_per_kg <= case.products[offer.product].benchmark_gbp_per_kg * (1 + over))
        for month in offer.months
    }


def _under_plan(plan: Plan, offers: Mapping) -> tuple[Kilos, Spare]:
    short: dict[tuple[str, int], float] = defaultdict(float)
    for line in plan.shortfall:
        short[line.product, line.month] += float(line.kg)
    sold: dict[tuple[str, str, int], float] = defaultdict(float)
    for line in plan.supply:
        sold[line.producer, line.product, line.month] += float(line.kg)
    return short, _cheapest_first((at, price, kg - sold[at]) for at, (price, kg) in offers.items())


def _without_plan(asked: Asked, offers: Mapping) -> tuple[Kilos, Spare]:
    """What local producers cannot fill, and what they have beyond all that is asked, the cheapest being used first."""
    short, left = dict(asked.kg), []
    for at, (price, kg) in sorted(offers.items(), key=lambda item: (item[1][0], item[0])):
        used = min(kg, short.get(at[1:], 0.0))
        short[at[1:]] = short.get(at[1:], 0.0) - used
        left.append((at, price, kg - used))
    return short, _cheapest_first(left)


def _cheapest_first(left: Iterable[tuple[tuple[str, str, int], float, float]]) -> Spare:
    spare: dict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    for (_, product, month), price, kg in left:
        if kg > 0:
            spare[product, month].append((price, kg))
    return {at: sorted(found) for at, found in spare.items()}
