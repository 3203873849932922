"""From a budget to kilos, exactly: what each set of kitchens needs of each product in each month.

kg[site, product, month] = budget[buyer, category] × share[product] × meals[site] ÷ meals[buyer]
× month share ÷ benchmark (tables.md, "What the tables mean"), or the kg of the `demand` table as given.
All in `Fraction`: the benchmark value of all demand is the budget, to the last digit.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from foodlots.calendar import month_shares, weeks_a_year
from foodlots.case import MONTHS, Case, Site
from foodlots.settings import Settings

Year = tuple[Fraction, ...]  # kg in each month, January first
NOTHING: Year = (Fraction(),) * 12


@dataclass(frozen=True)
class Demand:
    """What the kitchens ask for. `meals` is each site's meals a year; `value_gbp` that of all demand."""

    case: Case
    meals: Mapping[str, Fraction]
    shares: Mapping[bool, Year]  # term-time? -> share of each month
    per_meal: Mapping[tuple[str, str], Fraction]  # (buyer, product) -> kg for each meal, when budgets are given
    given: Mapping[tuple[str, str], Year]  # (site, product) -> kg by month, when kg are given

    def kg(self, sites: Iterable[str], product: str) -> Year:
        """Kilos of the product that these sites need together, January first."""
        sites = tuple(sites)
        if self.given:
            return add(self.given.get((site, product), NOTHING) for site in sites)
        return add(self._from_budget(product, *part) for part in self._parts(sites))

    def _parts(self, sites: tuple[str, ...]) -> Iterable[tuple[str, bool, Fraction]]:
        """The sites' share of each buyer's meals, term-time and year-round kitchens apart."""
        if sites not in self._known_parts:
            meals: dict[tuple[str, bool], Fraction] = defaultdict(Fraction)
            for site in map(self.case.sites.__getitem__, sites):
                meals[site.buyer, site.term_time] += self.meals[site.id]
            self._known_parts[sites] = [(*key, part) for key, part in sorted(meals.items())]
        return self._known_parts[sites]

    @cached_property
    def _known_parts(self) -> dict[tuple[str, ...], list[tuple[str, bool, Fraction]]]:
        return {}

    def _from_budget(self, product: str, buyer: str, term_time: bool, meals: Fraction) -> Year:
        kg, (shares, month) = self.per_meal.get((buyer, product), Fraction()) * meals, self._unlike[term_time]
        in_months = [kg * share for share in shares]
        return tuple(in_months[at] for at in month)

    @cached_property
    def _unlike(self) -> dict[bool, tuple[list[Fraction], list[int]]]:
        """Term-time? -> the shares that a month may have, each once, and which of them each month has."""
        once = {term_time: list(dict.fromkeys(shares)) for term_time, shares in self.shares.items()}
        return {term: (unlike, list(map(unlike.index, self.shares[term]))) for term, unlike in once.items()}

    def asks(self, site: str) -> bool:
        """Whether the site asks for anything at all."""
        if self.given:
            return any(any(year) for (asking, _), year in self.given.items() if asking == site)
        return self.meals[site] > 0

    def products(self) -> tuple[str, ...]:
        """Products that anybody asks for, by id."""
        asked = {product for (_, product), kg in self.per_meal.items() if kg}
        asked |= {product for (_, product), year in self.given.items() if any(year)}
        return tuple(sorted(asked))

    @property
    def value_gbp(self) -> Fraction:
        """Benchmark value of all demand: the budgets, when budgets are given."""
        return sum((self.value_of(self.case.sites, product) for product in self.products()), Fraction())

    def value_of(self, sites: Iterable[str], product: str, months: Iterable[int] = MONTHS) -> Fraction:
        """Benchmark value, £, of the product at these sites in these months."""
        year = self.kg(sites, product)
        kilos = sum((year[month - 1] for month in months), Fraction())
        return kilos * Fraction(self.case.products[product].benchmark_gbp_per_kg)


def add(years: Iterable[Year]) -> Year:
    """The years together, month by month."""
    first, *others = tuple(years) or (NOTHING,)
    return tuple(map(sum, zip(first, *others, strict=True))) if others else first


def work_out_demand(case: Case, settings: Settings) -> Demand:
    """Everything the kitchens need in a year, from the budgets or from the kilos given."""
    meals = {site.id: meals_a_year(site, settings) for site in case.sites.values()}
    shares = {term_time: month_shares(term_time, settings.case.term_weeks) for term_time in (False, True)}
    return Demand(case, meals, shares, _kg_per_meal(case, meals), _kg_given(case))


def meals_a_year(site: Site, settings: Settings) -> Fraction:
    """Meals that a site serves in a year."""
    return Fraction(site.meals_per_week) * weeks_a_year(site, settings.case.term_weeks)


def _kg_per_meal(case: Case, meals: Mapping[str, Fraction]) -> dict[tuple[str, str], Fraction]:
    """(buyer, product) -> kg for each meal served, when budgets are given."""
    of_buyer: dict[str, Fraction] = defaultdict(Fraction)
    for site in case.sites.values():
        of_buyer[site.buyer] += meals[site.id]
    return {
        (buyer, product.id): Fraction(budget)
        * Fraction(product.budget_share)
        / Fraction(product.benchmark_gbp_per_kg)
        / of_buyer[buyer]
        for (buyer, category), budget in case.budgets.items()
        for product in case.products.values()
        if product.category == category and of_buyer[buyer]
    }


def _kg_given(case: Case) -> dict[tuple[str, str], Year]:
    years: dict[tuple[str, str], list[Fraction]] = defaultdict(lambda: list(NOTHING))
    for (site, product, month), kg in case.demand.items():
        years[site, product][month - 1] = Fraction(kg)
    return {key: tuple(year) for key, year in years.items()}
