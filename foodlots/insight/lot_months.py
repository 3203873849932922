"""A lot month by month: what is asked, what its winners bring and what stays on the open market."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from foodlots.calendar import contract_year
from foodlots.case import Case
from foodlots.plan import Lot, Plan


@dataclass(frozen=True)
class LotMonth:
    """One month of a lot: value at open-market prices, £, of what is filled and of what is short."""

    month: int
    filled_gbp: Decimal
    short_gbp: Decimal


def lot_months(case: Case, plan: Plan, lot: Lot, first_month: int) -> list[LotMonth]:
    """Each month of the lot in the order of the contract year."""
    filled: dict[int, Decimal] = defaultdict(Decimal)
    short: dict[int, Decimal] = defaultdict(Decimal)
    for line in plan.supply:
        if line.lot == lot.id:
            filled[line.month] += line.kg * case.products[line.product].benchmark_gbp_per_kg
    for gap in plan.shortfall:
        if gap.lot == lot.id:
            short[gap.month] += gap.gbp
    return [LotMonth(month, filled[month], short[month]) for month in contract_year(first_month) if month in lot.months]


@dataclass(frozen=True)
class LotProduct:
    """One product of a lot over its year: kilos asked, kilos filled, and the open-market value of both."""

    product: str
    asked_kg: Decimal
    filled_kg: Decimal
    asked_gbp: Decimal
    growers: tuple[str, ...]

    @property
    def fill(self) -> float:
        """Share of the kilos that is filled."""
        return float(self.filled_kg / self.asked_kg) if self.asked_kg else 0.0


def lot_products(case: Case, plan: Plan, lot: Lot) -> list[LotProduct]:
    """Each product of the lot, dearest first."""
    filled: dict[str, Decimal] = defaultdict(Decimal)
    short: dict[str, Decimal] = defaultdict(Decimal)
    growers: dict[str, set[str]] = defaultdict(set)
    for line in plan.supply:
        if line.lot == lot.id:
            filled[line.product] += line.kg
            growers[line.product].add(line.producer)
    for gap in plan.shortfall:
        if gap.lot == lot.id:
            short[gap.product] += gap.kg
    found = [
        LotProduct(
            product, filled[product] + short[product], filled[product],
            (filled[product] + short[product]) * case.products[product].benchmark_gbp_per_kg,
            tuple(sorted(growers[product])),
        )
        for product in lot.products
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.asked_gbp, each.product))
