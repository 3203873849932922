"""The ground lots are drawn on: pools of buyers, their small areas, and the demand of each.

A cell is the smallest piece of demand that is never cut: one product in one small area and one season.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from foodlots.case import MONTHS, Case
from foodlots.demand import Demand, work_out_demand
from foodlots.geo import Roads
from foodlots.local import locals_to
from foodlots.optimise.areas import Area, merge, number_of_areas, plane, small_areas
from foodlots.settings import Settings

Kitchens = dict[tuple[str, ...], list[str]]  # buyers of a pool -> their sites that ask for anything
PENNY = 0.005  # £; a value this near a bound is on it
GRAMS = 1000  # grams in a kilo


@dataclass(frozen=True)
class Cell:
    leaf: int
    product: str
    season: int


@dataclass(frozen=True)
class Ground:
    """Case and settings with what follows from them before any lot is drawn.

    pools: buyers who may share a lot · leaves: sites of each small area · pool_of: leaf -> pool ·
    areas: every area a lot may cover, by pool · kg: (leaves, products, 12) kilos.
    """

    case: Case
    settings: Settings
    demand: Demand
    roads: Roads
    pools: tuple[tuple[str, ...], ...]
    leaves: tuple[tuple[str, ...], ...]
    pool_of: tuple[int, ...]
    areas: tuple[tuple[Area, ...], ...]
    products: tuple[str, ...]
    kg: np.ndarray

    @cached_property
    def benchmark(self) -> np.ndarray:
        """Open-market price of each product, £/kg."""
        return np.array([float(self.case.products[product].benchmark_gbp_per_kg) for product in self.products])

    @cached_property
    def row(self) -> Mapping[str, int]:
        """Where each product stands in `products`."""
        return {product: index for index, product in enumerate(self.products)}

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that asks for anything, in order of small area, product and season."""
        seasons = self.settings.lots.seasons
        return tuple(
            Cell(leaf, product, season)
            for leaf in range(len(self.leaves))
            for k, product in enumerate(self.products)
            for season, months in enumerate(seasons)
            if self.kg[leaf, k, [month - 1 for month in months]].sum() > 0
        )

    @cached_property
    def asked(self) -> frozenset[Cell]:
        """The same cells as a set."""
        return frozenset(self.cells)

    @cached_property
    def local(self) -> Mapping[tuple[str, int], bool]:
        """Whether each producer is local to each pool."""
        producers = self.case.producers.values()
        return {
            (producer, pool): yes
            for pool, buyers in enumerate(self.pools)
            for producer, yes in locals_to(producers, buyers, self.case, self.settings, self.roads).items()
        }

    def value_of(self, cell: Cell) -> float:
        """Benchmark value of a cell, £."""
        at, row = [month - 1 for month in self.settings.lots.seasons[cell.season]], self.row[cell.product]
        return float(self.kg[cell.leaf, row, at].sum() * self.benchmark[row])

    @cached_property
    def value_gbp(self) -> float:
        """Benchmark value of all demand, £."""
        return float(self.demand.value_gbp)


def lay_ground(case: Case, settings: Settings) -> Ground:
    """Small areas and their demand, pool by pool; the same whatever the order of rows.

    There are as many areas as the settings say, and more where one product in one of them is worth more than a lot.
    """
    demand, roads = work_out_demand(case, settings), Roads.of(case, settings.costs.road_factor)
    kitchens = _kitchens(case, settings, demand)
    asked_for = settings.lots.areas
    wanted = [asked_for and _part(asked_for, sites, kitchens) for sites in kitchens.values()]
    while True:
        ground = _lay(case, settings, demand, roads, kitchens, wanted)
        large = _too_large(ground)
        finer = [_finer(ground, pool, large) for pool in range(len(ground.pools))]
        if case.lots or finer == [None] * len(finer):
            return ground
        wanted = [more or sum(at == pool for at in ground.pool_of) for pool, more in enumerate(finer)]


def _too_large(ground: Ground) -> frozenset[int]:
    """The small areas of several sites where one product is worth more than a lot may be."""
    most = ground.settings.lots.value_gbp[1]
    if most is None:
        return frozenset()
    large = (cell.leaf for cell in ground.cells if ground.value_of(cell) > float(most) + PENNY)
    return frozenset(leaf for leaf in large if len(ground.leaves[leaf]) > 1)


def _finer(ground: Ground, pool: int, large: frozenset[int]) -> int | None:
    """A larger number of areas for a pool where some of its small areas are too large."""
    leaves = [leaf for leaf, at in enumerate(ground.pool_of) if at == pool]
    if large.isdisjoint(leaves):
        return None
    return min(2 * len(leaves), sum(len(ground.leaves[leaf]) for leaf in leaves))


def _lay(case: Case, settings: Settings, demand: Demand, roads: Roads, kitchens: Kitchens, wanted: list) -> Ground:
    pools = tuple(kitchens)
    areas = _areas_of_pools(case, demand, kitchens, wanted)
    leaves = [area.sites for pool in areas for area in pool if len(area.leaves) == 1]
    pool_of = [index for index, pool in enumerate(areas) for area in pool if len(area.leaves) == 1]
    products = demand.products()
    kg = np.array([[[float(x) for x in demand.kg(leaf, product)] for product in products] for leaf in leaves])
    return Ground(
        case, settings, demand, roads, pools, tuple(leaves), tuple(pool_of), areas, products,
        kg.reshape(len(leaves), len(products), len(MONTHS)),
    )  # fmt: skip


def _kitchens(case: Case, settings: Settings, demand: Demand) -> Kitchens:
    """The sites that ask for anything, by pool: buyers whose sites may share a lot, all of them or each alone.

    A site that asks for nothing is driven to all the same where a lot drawn by hand names it.
    """
    named = {site for rows in case.lots.values() for site, _, _ in rows}
    sites = sorted(site for site in case.sites if demand.asks(site) or site in named)
    buyers = sorted({case.sites[site].buyer for site in sites})
    if settings.case.pool_buyers:
        return {tuple(buyers): sites}
    of_buyer: Kitchens = {(buyer,): [] for buyer in buyers}
    for site in sites:
        of_buyer[case.sites[site].buyer,].append(site)
    return of_buyer


def _part(areas: int, sites: list[str], kitchens: Kitchens) -> int:
    """A pool's part of the areas asked for, by its sites; at least one."""
    return max(1, round(areas * len(sites) / sum(map(len, kitchens.values()))))


def _areas_of_pools(case: Case, demand: Demand, kitchens: Kitchens, wanted: list) -> tuple[tuple[Area, ...], ...]:
    """The areas of each pool, their small areas numbered through."""
    first, result = 0, []
    for sites, number in zip(kitchens.values(), wanted, strict=True):
        areas = _areas(case, demand, sites, number_of_areas(len(sites), number), first)
        first += sum(len(area.leaves) == 1 for area in areas)
        result.append(areas)
    return tuple(result)


def _areas(case: Case, demand: Demand, sites: list[str], number: int, first: int) -> tuple[Area, ...]:
    places = [case.sites[site].place for site in sites]
    points = plane(np.array([place.lat for place in places]), np.array([place.lon for place in places]))
    weights = np.array([float(demand.meals[site]) for site in sites])
    leaves = small_areas(points, weights, number)
    return tuple(
        Area(
            frozenset(first + leaf for leaf in node),
            tuple(sorted(sites[i] for leaf in node for i in leaves[leaf])),
        )
        for node in merge(points, weights, leaves)
    )
