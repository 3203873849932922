"""What nobody supplies under a plan: by product and month, by kitchen, and what a grower would have to bring."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import MONTHS, Case
from foodlots.demand import work_out_demand
from foodlots.optimise.stock import is_too_dear
from foodlots.plan import Plan
from foodlots.settings import Settings


def short_by_product_and_month(plan: Plan) -> dict[tuple[str, int], tuple[Decimal, Decimal]]:
    """(product, month) -> kilos and £ that stay on the open market, for every product that is short at all."""
    kg: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    gbp: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in plan.shortfall:
        kg[line.product, line.month] += line.kg
        gbp[line.product, line.month] += line.gbp
    products = sorted({product for product, _ in kg}, key=lambda product: (-_year(gbp, product), product))
    return {
        (product, month): (kg[product, month], gbp[product, month]) for product in products for month in MONTHS
    }  # fmt: skip


def _year(gbp: dict[tuple[str, int], Decimal], product: str) -> Decimal:
    return sum((gbp[product, month] for month in MONTHS if (product, month) in gbp), Decimal(0))


def short_by_kitchen(case: Case, settings: Settings, plan: Plan) -> dict[str, float]:
    """Site -> £ of its demand that stays on the open market; a lot's gap is shared among its sites by demand."""
    demand = work_out_demand(case, settings)
    sites: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for cell in plan.cells:
        for month in cell.months:
            sites[cell.lot, cell.product, month].append(cell.site)
    years: dict[tuple[str, str], tuple[float, ...]] = {}
    short: dict[str, float] = defaultdict(float)
    for line in plan.shortfall:
        asked = {}
        for site in sites[line.lot, line.product, line.month]:
            if (site, line.product) not in years:
                years[site, line.product] = tuple(map(float, demand.kg([site], line.product)))
            asked[site] = years[site, line.product][line.month - 1]
        total = sum(asked.values())
        for site, kg in asked.items():
            short[site] += float(line.gbp) * (kg / total if total else 1 / len(asked))
    return {site: short.get(site, 0.0) for site in case.sites}


@dataclass(frozen=True)
class Wanted:
    """One product that is short: what a grower could sell, and who offers it already.

    months: month -> kilos short · growers: how many offer it at a price the buyer may pay · unused: month -> kilos
    they have left: held back by reach, price, season of the lot or size, not by want of food.
    """

    product: str
    months: dict[int, Decimal]
    gbp: Decimal
    growers: int
    unused: dict[int, Decimal]


def wanted(case: Case, settings: Settings, plan: Plan, product: str) -> Wanted:
    """What is short of one product, and what its growers have left unsold in those months."""
    short = short_by_product_and_month(plan)
    months = {month: short.get((product, month), (Decimal(0), Decimal(0)))[0] for month in MONTHS}
    gbp = sum((short.get((product, month), (Decimal(0), Decimal(0)))[1] for month in MONTHS), Decimal(0))
    offered = {month: Decimal(0) for month in MONTHS}
    offers = [offer for offer in case.offers if offer.product == product and not is_too_dear(case, settings, offer)]
    for offer in offers:
        for month in offer.months:
            offered[month] += offer.kg_per_month
    for line in plan.supply:
        if line.product == product:
            offered[line.month] -= line.kg
    return Wanted(product, months, gbp, len({offer.producer for offer in offers}), offered)
