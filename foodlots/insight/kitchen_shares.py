"""Whose food it is: how a lot's kilos of a product in a month fall on its kitchens, by what each asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from foodlots.case import Case
from foodlots.demand import work_out_demand
from foodlots.plan import Plan
from foodlots.settings import Settings

Place = tuple[str, str, int]  # lot, product, month


def kitchen_shares(case: Case, settings: Settings, plan: Plan) -> Mapping[Place, Mapping[str, float]]:
    """(lot, product, month) -> site -> its share of what the lot asks for there; the shares add up to 1."""
    demand = work_out_demand(case, settings)
    years: dict[tuple[str, str], tuple[float, ...]] = {}
    asked: dict[Place, dict[str, float]] = defaultdict(dict)
    for cell in plan.cells:
        at = cell.site, cell.product
        if at not in years:
            years[at] = tuple(map(float, demand.kg([cell.site], cell.product)))
        for month in cell.months:
            asked[cell.lot, cell.product, month][cell.site] = years[at][month - 1]
    return {place: _as_shares(kg) for place, kg in asked.items()}


def _as_shares(kg: Mapping[str, float]) -> dict[str, float]:
    total = sum(kg.values())
    return {site: each / total for site, each in kg.items()} if total else {site: 1 / len(kg) for site in kg}


def fall_on_kitchens(
    amounts: Iterable[tuple[Place, float]], shares: Mapping[Place, Mapping[str, float]]
) -> dict[str, float]:
    """Site -> its part of these amounts, the largest first."""
    parts: dict[str, float] = defaultdict(float)
    for place, amount in amounts:
        for site, share in shares[place].items():
            parts[site] += amount * share
    return dict(sorted(parts.items(), key=lambda item: (-item[1], item[0])))
