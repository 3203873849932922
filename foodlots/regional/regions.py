"""Regions: buyers near each other who are planned together. No lot crosses a region's edge, since no pool is cut."""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil

import numpy as np

from foodlots.case import Case
from foodlots.demand import Demand, work_out_demand
from foodlots.errors import DataError, Fault
from foodlots.geo import Roads
from foodlots.optimise.areas import plane, small_areas
from foodlots.optimise.stock import SLACK_KM
from foodlots.settings import Settings


@dataclass(frozen=True)
class Region:
    """The buyers of whole pools, their kitchens that ask for anything, and who could sell there; all by id."""

    buyers: tuple[str, ...]
    sites: tuple[str, ...]
    producers: tuple[str, ...]


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
        _region(case, settings, [buyer for member in group for buyer in names[member]],
                [site for member in group for site in pools[names[member]]])
        for group in groups
    )  # fmt: skip


def _region(case: Case, settings: Settings, buyers: list[str], sites: list[str]) -> Region:
    return Region(tuple(sorted(buyers)), tuple(sorted(sites)), tuple(sorted(_in_reach(case, settings, sorted(sites)))))


def _in_reach(case: Case, settings: Settings, sites: list[str]) -> set[str]:
    """Producers that reach one of the kitchens or any depot, and the growers they sell for."""
    keys = list(case.producers)
    if not keys:
        return set()
    places = {key: producer.place for key, producer in case.producers.items()}
    places |= {key: case.sites[key].place for key in sites} | {key: d.place for key, d in case.depots.items()}
    roads = Roads(places, settings.costs.road_factor, case.distances)
    nearest = roads.matrix([*sites, *case.depots], keys).min(axis=0)
    most = float("inf") if settings.awards.max_km is None else float(settings.awards.max_km)
    reach = np.array([min(float(case.producers[key].reach_km), most) for key in keys])
    sellers = {key for key, near in zip(keys, nearest <= reach + SLACK_KM, strict=True) if near}
    return sellers | {key for key in keys if sellers & set(case.producers[key].member_of)}


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
