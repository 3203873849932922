"""What the kitchens ask for, from budgets or from kilos given: exact fractions, gathered by lot and never by site.

kg[site, product, month] =
    budget[buyer, category] x budget share x meals[site] / meals[buyer] x month share / benchmark.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import cached_property

from foodlots.audit.case import Case, Site
from foodlots.audit.exact import YEAR
from foodlots.audit.settings import Settings

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEKS_A_YEAR = 52
DAYS_A_YEAR = 365
EXACTLY = Context(prec=200, traps=[Inexact])

Kilos = dict[tuple[str, int], Fraction]
Piece = tuple[str, str, tuple[int, ...]]


@dataclass(frozen=True)
class Asked:
    """The demand of a case."""

    case: Case
    settings: Settings

    @cached_property
    def shares(self) -> dict[bool, dict[int, Fraction]]:
        """Month shares of a site's year: True for term-time sites, False for sites open all year."""
        weeks = [Fraction(week) for week in self.settings.case.term_weeks]
        term = {month: weeks[month - 1] / sum(weeks) for month in YEAR}
        whole = {month: Fraction(DAYS[month - 1], DAYS_A_YEAR) for month in YEAR}
        return {True: term, False: whole}

    @cached_property
    def weeks(self) -> dict[bool, Fraction]:
        """Weeks a year of a term-time site and of one open all year."""
        return {True: sum(map(Fraction, self.settings.case.term_weeks)), False: Fraction(WEEKS_A_YEAR)}

    def open_weeks(self, term_time: bool, months: Iterable[int]) -> Fraction:
        """Weeks a site is open in these months: weeks a year x the months' shares."""
        shares = self.shares[term_time]
        return self.weeks[term_time] * sum((shares[month] for month in months), Fraction())

    def meals(self, site: Site) -> Fraction:
        """Meals a year of a site."""
        return Fraction(site.meals_per_week) * self.weeks[site.term_time]

    @cached_property
    def buyer_meals(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = defaultdict(Fraction)
        for site in self.case.sites.values():
            found[site.buyer] += self.meals(site)
        return found

    @cached_property
    def total_meals(self) -> Fraction:
        return sum(self.buyer_meals.values(), Fraction())

    @cached_property
    def _given(self) -> dict[tuple[str, str], dict[int, Decimal]]:
        found: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
        for (site, product, month), kg in self.case.demand.items():
            found[site, product][month] = kg
        return found

    @cached_property
    def _months_open(self) -> dict[bool, frozenset[int]]:
        return {term: frozenset(month for month in YEAR if shares[month]) for term, shares in self.shares.items()}

    def months_wanted(self, site: Site, product: str) -> frozenset[int]:
        """The months in which a site asks for a product."""
        if self.case.demand:
            return frozenset(month for month, kg in self._given.get((site.id, product), {}).items() if kg > 0)
        if not site.meals_per_week or not self._kg_a_meal[site.buyer, product]:
            return frozenset()
        return self._months_open[site.term_time]

    def kilos(self, pieces: Iterable[Piece]) -> Kilos:
        """Exact kg by product and month of (site, product, months) pieces; months without demand are left out."""
        found = self._kilos_given(pieces) if self.case.demand else self._kilos_bought(pieces)
        return {key: kg for key, kg in sorted(found.items()) if kg}

    def value(self, kilos: Kilos) -> Fraction:
        """Exact benchmark value of kilos, in pence."""
        return sum((kg * self.price[product] for (product, _), kg in kilos.items()), Fraction()) * 100

    @cached_property
    def price(self) -> dict[str, Fraction]:
        """Benchmark £/kg of each product."""
        return {product.id: Fraction(product.benchmark_gbp_per_kg) for product in self.case.products.values()}

    @cached_property
    def whole(self) -> Kilos:
        """Exact kg of all demand, by product and month."""
        return self.kilos((site, product, YEAR) for site in self.case.sites for product in self.case.products)

    @cached_property
    def busiest(self) -> Fraction:
        """The largest drops_per_week of all products with demand: how often a depot's rounds go out."""
        wanted = {product for product, _ in self.whole}
        return max((Fraction(self.case.products[product].drops_per_week) for product in wanted), default=Fraction())

    @cached_property
    def _kg_a_meal(self) -> Mapping[tuple[str, str], Fraction]:
        products = self.case.products.values()
        return {
            (buyer, product.id): self._one_meal(buyer, product) for buyer in self.case.buyers for product in products
        }

    def _one_meal(self, buyer: str, product) -> Fraction:
        budget = Fraction(self.case.budgets.get((buyer, product.category), 0))
        meals = self.buyer_meals.get(buyer, Fraction())
        if not budget or not meals:
            return Fraction()
        return budget * Fraction(product.budget_share) / meals / self.price[product.id]

    def _kilos_bought(self, pieces: Iterable[Piece]) -> Kilos:
        weekly: dict[tuple, Decimal] = defaultdict(Decimal)
        sites = self.case.sites
        for name, product, months in pieces:
            site = sites[name]
            group = (site.buyer, site.term_time, product, months)
            weekly[group] = EXACTLY.add(weekly[group], site.meals_per_week)
        found: Kilos = defaultdict(Fraction)
        for (buyer, term, product, months), meals in weekly.items():
            year = Fraction(meals) * self.weeks[term] * self._kg_a_meal[buyer, product]
            for month in months:
                found[product, month] += year * self.shares[term][month]
        return found

    def _kilos_given(self, pieces: Iterable[Piece]) -> Kilos:
        found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for site, product, months in pieces:
            given = self._given.get((site, product), {})
            for month in months:
                if month in given:
                    found[product, month] = EXACTLY.add(found[product, month], given[month])
        return {key: Fraction(kg) for key, kg in found.items()}
