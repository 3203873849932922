"""What the kitchens ask for: kilos and open-market value by product, month and kitchen."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from foodlots.case import MONTHS, Case
from foodlots.demand import Demand, work_out_demand
from foodlots.settings import Settings


@dataclass(frozen=True)
class Asked:
    """A year of demand. kg: (product, month) -> kilos · gbp: the same at open-market prices · sites: site -> £ ·
    meals: meals a year.
    """

    kg: Mapping[tuple[str, int], float]
    gbp: Mapping[tuple[str, int], float]
    sites: Mapping[str, float]
    meals: float

    @property
    def total_gbp(self) -> float:
        """Open-market value of everything asked for, £ a year."""
        return sum(self.gbp.values())

    @property
    def total_kg(self) -> float:
        """Kilos of everything asked for in a year."""
        return sum(self.kg.values())

    @property
    def pence_per_meal(self) -> float:
        """Open-market value of the food of one meal, pence."""
        return 100 * self.total_gbp / self.meals if self.meals else 0.0

    def by_category(self, case: Case) -> dict[str, tuple[float, float]]:
        """Category -> kilos and £ a year, dearest first."""
        return _summed(self, lambda product, month: case.products[product].category)

    def by_product(self) -> dict[str, tuple[float, float]]:
        """Product -> kilos and £ a year, dearest first."""
        return _summed(self, lambda product, month: product)

    def by_category_and_month(self, case: Case) -> dict[tuple[str, int], tuple[float, float]]:
        """(Category, month) -> kilos and £."""
        return _summed(self, lambda product, month: (case.products[product].category, month))


def _summed(asked: Asked, group) -> dict:
    kg, gbp = defaultdict(float), defaultdict(float)
    for (product, month), kilos in asked.kg.items():
        kg[group(product, month)] += kilos
        gbp[group(product, month)] += asked.gbp[product, month]
    return {key: (kg[key], gbp[key]) for key in sorted(kg, key=lambda key: (-gbp[key], key))}


def what_is_asked(case: Case, settings: Settings) -> Asked:
    """Everything the kitchens of a case need in a year."""
    demand = work_out_demand(case, settings)
    prices = {product: float(case.products[product].benchmark_gbp_per_kg) for product in demand.products()}
    kg = {
        (product, month): float(kilos)
        for product in prices
        for month, kilos in zip(MONTHS, demand.kg(case.sites, product), strict=True)
    }
    gbp = {(product, month): kilos * prices[product] for (product, month), kilos in kg.items()}
    return Asked(kg, gbp, _by_site(demand, prices), float(sum(demand.meals.values())))


def _by_site(demand: Demand, prices: Mapping[str, float]) -> dict[str, float]:
    """Site -> open-market value of what it asks for, £ a year."""
    of_meal: dict[str, float] = defaultdict(float)
    for (buyer, product), kg in demand.per_meal.items():
        of_meal[buyer] += float(kg) * prices.get(product, 0.0)
    given: dict[str, float] = defaultdict(float)
    for (site, product), year in demand.given.items():
        given[site] += float(sum(year)) * prices.get(product, 0.0)
    return {
        site.id: given[site.id] if demand.given else float(demand.meals[site.id]) * of_meal[site.buyer]
        for site in demand.case.sites.values()
    }
