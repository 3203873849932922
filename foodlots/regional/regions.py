"""Regions: buyers near each other who are planned together. No lot crosses a region's edge, since no pool is cut."""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil

import numpy as np

from foodlots.case import Case
from foodlots.demand import Demand, work_out_demand
from foodlots.errors import DataError, Fault
from foodlots.optimise.areas import plane, small_areas
from foodlots.settings import Settings


@dataclass(frozen=True)
class Region:
    """The buyers of whole pools, and their kitchens that ask for anything; both by id."""

    buyers: tuple[str, ...]
    sites: tuple[str, ...]


def cut_in_regions(case: Case, settings: Settings, kitchens: int) -> tuple[Region, ...]:
    """Pools of buyers near each other, about so many kitchens together, south-west first.

    Raises DataError where a setting holds for the whole plan and cannot be kept region by region.
    """
    _refuse_what_holds_for_the_whole(settings)
    demand = work_out_demand(case, settings)
    asking = _asking(demand)
    pools: dict[tuple[str, ...], list[str]] = {}
    everybody = tuple(sorted({case.sites[site].buyer for site in asking}))
    for site in asking:
        pool = everybody if settings.case.pool_buyers else (case.sites[site].buyer,)
        pools.setdefault(pool, []).append(site)
    names = sorted(pools)
    points = np.array([_middle(case, pools[pool]) for pool in names]).reshape(-1, 2)
    weights = np.array([float(len(pools[pool])) for pool in names])
    number = min(len(names), max(1, ceil(len(asking) / kitchens)))
    groups = small_areas(plane(points[:, 0], points[:, 1]), weights, number) if names else []
    return tuple(
        Region(
            tuple(sorted(buyer for member in group for buyer in names[member])),
            tuple(sorted(site for member in group for site in pools[names[member]])),
        )
        for group in groups
    )


def _asking(demand: Demand) -> list[str]:
    """Kitchens of buyers who ask for something, by id."""
    sites, products = defaultdict(list), demand.products()
    for site in sorted(demand.case.sites.values(), key=lambda site: site.id):
        if demand.asks(site.id):
            sites[site.buyer].append(site.id)
    asked = [here for here in sites.values() if any(any(demand.kg(here, product)) for product in products)]
    return sorted(site for here in asked for site in here)


def _middle(case: Case, sites: list[str]) -> tuple[float, float]:
    places = [case.sites[site].place for site in sites]
    return float(np.mean([place.lat for place in places])), float(np.mean([place.lon for place in places]))


def _refuse_what_holds_for_the_whole(settings: Settings) -> None:
    whole = {
        "lots.number": settings.lots.number != (None, None),
        "awards.max_lots_per_supplier": settings.awards.max_lots_per_supplier is not None,
        "awards.min_winners": bool(settings.awards.min_winners),
        "aims.balance_gbp": bool(settings.aims.balance_gbp),
        "limits": any(vars(settings.limits).values()),
        "order.aims": bool(settings.order.aims),
    }
    mend = "take it out of the settings, or plan the case whole"
    problem = "holds for the whole plan and cannot be kept region by region"
    faults = [Fault("settings", 0, key, "", f"{key} {problem}", mend) for key, given in whole.items() if given]
    if faults:
        raise DataError(faults)
