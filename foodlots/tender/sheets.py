"""A lot as a bidder needs to know it: what, where, how much in which month, how it is brought, what is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from foodlots.calendar import NAMES, say_months
from foodlots.case import Product, Site
from foodlots.delivery import Timetable, Visits
from foodlots.insight.certificates import said
from foodlots.plan import Lot
from foodlots.sharing import round_together
from foodlots.tender.brief import Tender


@dataclass(frozen=True)
class LotSheet:
    """One lot of a tender; nothing in it depends on any producer but the way it is brought."""

    tender: Tender
    lot: Lot

    @property
    def title(self) -> str:
        """The lot's number and name."""
        return f"{self.lot.id}: {self.lot.name}"

    @property
    def buyers(self) -> str:
        """The buyers' names."""
        return ", ".join(self.tender.case.buyers[buyer].name for buyer in self.lot.buyers)

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """Its products, the most kilos' worth first."""
        found = [self.tender.case.products[product] for product in self.lot.products]
        worth = {p.id: sum(self.kilos[p.id].values()) * p.benchmark_gbp_per_kg for p in found}
        return tuple(sorted(found, key=lambda product: (-worth[product.id], product.id)))

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Its kitchens, by name."""
        found = [self.tender.case.sites[site] for site in self.tender.sites[self.lot.id]]
        return tuple(sorted(found, key=lambda site: (site.name, site.id)))

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months it covers, from the start of the contract year."""
        return tuple(month for month in self.tender.months if month in self.lot.months)

    @property
    def months_in_words(self) -> str:
        """The months as a buyer says them."""
        return say_months(self.lot.months, self.tender.settings.case.first_month)

    @cached_property
    def kilos(self) -> Mapping[str, Mapping[int, Decimal]]:
        """Product -> month -> kilos asked, exactly as in the plan."""
        return {
            product: {month: self.tender.kg(self.lot, product, month) for month in self.months}
            for product in self.lot.products
        }

    def whole_kilos(self, product: str) -> tuple[list[int], int]:
        """Kilos by month in whole numbers, and the year's: the parts add up to it as printed."""
        exact = [Fraction(self.kilos[product][month]) for month in self.months]
        year = round(sum(exact))
        return round_together(exact, year), year

    @property
    def depot(self) -> str:
        """The depot it is brought to; "" when it goes to each kitchen."""
        return self.tender.depots.get(self.lot.id, "")

    @cached_property
    def visits(self) -> Visits:
        """Visits and drops a year, by the timetable of the plan."""
        timetable = Timetable(self.tender.case, self.tender.settings)
        often = timetable.most_frequent(self.lot.products)
        places = self.tender.sites[self.lot.id]
        way = timetable.to_depot if self.depot else timetable.delivered
        return way(places, often, self.lot.months)

    @property
    def brought(self) -> str:
        """How it is to be brought, in a sentence."""
        visits, drops = float(self.visits.visits), float(self.visits.drops)
        if self.depot:
            return f"In bulk to {self.tender.case.depots[self.depot].name}, about {visits:,.0f} times a year."
        return (
            f"To each kitchen: about {visits:,.0f} rounds and {drops:,.0f} drops a year; a round "
            "through all kitchens is "
            f"about {self.lot.round_km:,.0f} km by road."
        )

    def often(self, product: Product) -> str:
        """How often a product comes to a kitchen, in words."""
        times = product.drops_per_week
        return "once a week" if times == 1 else f"{times.normalize():f} times a week"

    @property
    def asked_of_bidders(self) -> tuple[str, ...]:
        """Certificates, each with "or equivalent"."""
        needed = sorted({each for product in self.products for each in product.accreditations})
        return tuple(f"{said(certificate)} or equivalent" for certificate in needed)


def lot_sheets(tender: Tender) -> Iterator[LotSheet]:
    """A sheet for each lot of the plan, in its order."""
    for lot in tender.plan.lots:
        yield LotSheet(tender, lot)


def short_month(month: int) -> str:
    """The first three letters of a month."""
    return NAMES[month - 1][:3]


def money(amount: Decimal) -> str:
    """Pounds and pence with separators, as the plan has them."""
    return f"£{amount:,.2f}"
