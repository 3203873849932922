"""Lots that could be drawn: an area × a bundle of products × a season, within the buyer's bounds of value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from foodlots.case import MONTHS, Product
from foodlots.errors import NoPlan
from foodlots.optimise.areas import Area
from foodlots.optimise.ground import PENNY, Cell, Ground
from foodlots.optimise.segments import cut_in_segments

Bundle = tuple[str, ...]  # products, by id


@dataclass(frozen=True, eq=False)
class Candidate:
    """A lot that could be drawn. kg: (products, 12) kilos, zero outside its months."""

    pool: int
    sites: tuple[str, ...]
    leaves: frozenset[int]
    products: tuple[str, ...]
    months: tuple[int, ...]
    cells: frozenset
    kg: np.ndarray
    value_gbp: float


def draw_candidates(ground: Ground) -> tuple[Candidate, ...]:
    """Every lot the plan may choose from, in a fixed order; the hand-drawn ones alone when there are any.

    Raises NoPlan when no way of cutting keeps every lot within the bounds of value.
    """
    if ground.case.lots:
        by_hand = tuple(candidate for candidate in _drawn_by_hand(ground) if candidate.value_gbp > 0)
        _refuse_out_of_bounds(ground, by_hand)
        return by_hand
    drawn = {candidate.cells: candidate for candidate in _from_trees(ground) if _within(ground, candidate.value_gbp)}
    for candidate in _further_merges(ground, set(drawn)):
        drawn.setdefault(candidate.cells, candidate)
    return tuple(sorted(drawn.values(), key=_in_order))


def _in_order(candidate: Candidate) -> tuple:
    """Where a candidate stands: by pool, small areas, products and months, then by its very cells."""
    cells = sorted((cell.leaf, cell.product, cell.season) for cell in candidate.cells)
    return candidate.pool, sorted(candidate.leaves), candidate.products, candidate.months, cells


def bundles(ground: Ground) -> list[Bundle]:
    """Sensible bundles of products: each alone, each family, each category, all."""
    products = sorted(map(ground.case.products.__getitem__, ground.products), key=shelf)
    groups = [[[product] for product in products]]
    for depth in (2, 1, 0):
        groups.append([list(group) for _, group in groupby(products, key=lambda p, d=depth: shelf(p)[:d])])
    return sorted({tuple(sorted(product.id for product in group)) for level in groups for group in level})


def shelf(product: Product) -> tuple[str, str, str]:
    return product.category, product.family, product.id


def seasons(ground: Ground) -> list[frozenset[int]]:
    """Each season alone, and all of them together."""
    leaves = [frozenset([season]) for season in range(len(ground.settings.lots.seasons))]
    return list(dict.fromkeys([*leaves, frozenset().union(*leaves)]))


def _from_trees(ground: Ground) -> Iterator[Candidate]:
    for pool, areas in enumerate(ground.areas):
        for area in areas:
            for bundle in bundles(ground):
                for season in seasons(ground):
                    cells = _block(ground, area, bundle, season)
                    if cells:
                        yield make_candidate(ground, pool, cells)


def _block(ground: Ground, area: Area, bundle: Bundle, season: frozenset[int]) -> frozenset[Cell]:
    block = (Cell(leaf, product, s) for leaf in area.leaves for product in bundle for s in season)
    return frozenset(block) & ground.asked


def make_candidate(ground: Ground, pool: int, cells: frozenset[Cell]) -> Candidate:
    """The lot that covers exactly these cells."""
    leaves = frozenset(cell.leaf for cell in cells)
    products = tuple(sorted({cell.product for cell in cells}))
    chosen = ground.settings.lots.seasons
    months = frozenset(month for cell in cells for month in chosen[cell.season])
    kg = np.zeros((len(products), len(MONTHS)))
    for cell in sorted(cells, key=lambda c: (c.leaf, c.product, c.season)):
        at = [month - 1 for month in chosen[cell.season]]
        kg[products.index(cell.product), at] += ground.kg[cell.leaf, ground.row[cell.product], at]
    sites = tuple(sorted(site for leaf in leaves for site in ground.leaves[leaf]))
    return Candidate(pool, sites, leaves, products, tuple(sorted(months)), cells, kg, _value(ground, products, kg))


def _value(ground: Ground, products: tuple[str, ...], kg: np.ndarray) -> float:
    return float(ground.benchmark[[ground.row[product] for product in products]] @ kg.sum(axis=1))


def _within(ground: Ground, value: float) -> bool:
    least, most = _bounds(ground)
    return least - PENNY < value < most + PENNY


def _bounds(ground: Ground) -> tuple[float, float]:
    least, most = ground.settings.lots.value_gbp
    return float(least or 0), float("inf") if most is None else float(most)


def _further_merges(ground: Ground, drawn: set[frozenset[Cell]]) -> Iterator[Candidate]:
    """Lots beyond the trees where these leave a cell that no set of lots within the bounds can cover."""
    for pool, areas in enumerate(ground.areas):
        whole = _block(ground, areas[-1], ground.products, seasons(ground)[-1])
        if whole and not _can_cover(ground, areas, drawn):
            orders = (_by_product(ground, whole), _by_area(ground, whole))
            cuts = [cut for order in orders if (cut := cut_in_segments(*order, *_bounds(ground), PENNY))]
            if not cuts:
                raise NoPlan(_why_no_cut(ground, whole))
            for segment in dict.fromkeys(segment for cut in cuts for segment in cut):
                yield make_candidate(ground, pool, segment)


def _can_cover(ground: Ground, areas: tuple[Area, ...], drawn: set[frozenset[Cell]]) -> bool:
    """Whether lots of the trees can cover all the cells of a pool, each once, by cutting along the trees."""
    area_sets, bundle_sets, season_sets = (
        [area.leaves for area in areas], list(map(frozenset, bundles(ground))), seasons(ground),
    )  # fmt: skip
    known: dict[tuple, bool] = {}

    def can(area: frozenset, bundle: frozenset, season: frozenset) -> bool:
        key = (area, bundle, season)
        if key not in known:
            cells = _block(ground, Area(area, ()), tuple(bundle), season)
            known[key] = (
                not cells
                or cells in drawn
                or any(
                    len(parts) > 1 and all(can(*make(part)) for part in parts)
                    for parts, make in (
                        (_children(area, area_sets), lambda part: (part, bundle, season)),
                        (_children(bundle, bundle_sets), lambda part: (area, part, season)),
                        (_children(season, season_sets), lambda part: (area, bundle, part)),
                    )
                )
            )
        return known[key]

    return can(area_sets[-1], frozenset(ground.products), season_sets[-1])


def _children(node: frozenset, nodes: Iterable[frozenset]) -> list[frozenset]:
    """The largest sets of the tree inside the node."""
    inside = [other for other in nodes if other < node]
    return [one for one in inside if not any(one < other for other in inside)]


def _by_product(ground: Ground, cells: frozenset[Cell]) -> tuple[list[Cell], list[float]]:
    products = ground.case.products
    return _with_values(ground, sorted(cells, key=lambda c: (shelf(products[c.product]), c.leaf, c.season)))


def _by_area(ground: Ground, cells: frozenset[Cell]) -> tuple[list[Cell], list[float]]:
    products = ground.case.products
    return _with_values(ground, sorted(cells, key=lambda c: (c.leaf, shelf(products[c.product]), c.season)))


def _with_values(ground: Ground, cells: list[Cell]) -> tuple[list[Cell], list[float]]:
    return cells, [ground.value_of(cell) for cell in cells]


def _why_no_cut(ground: Ground, cells: frozenset[Cell]) -> str:
    least, most = _bounds(ground)
    total = sum(ground.value_of(cell) for cell in cells)
    if total < least - PENNY:
        return (
            f"all demand together is worth £{total:,.2f}, £{least - total:,.2f} less than the least a lot may be "
            f"worth, £{least:,.2f}; lower it"
        )
    largest = max(cells, key=lambda cell: (ground.value_of(cell), cell.product, -cell.leaf))
    worth = ground.value_of(largest)
    if worth > most + PENNY:
        name = ground.case.products[largest.product].name
        site = ground.case.sites[ground.leaves[largest.leaf][0]].name
        return (
            f"{name} at {site} alone is worth £{worth:,.2f} a year, £{worth - most:,.2f} more than the most a lot "
            f"may be worth, £{most:,.2f}; raise it or split the year into seasons"
        )
    return (
        f"no way was found to cut demand worth £{total:,.2f} into lots between £{least:,.2f} and £{most:,.2f}; "
        "widen the bounds of lot value"
    )


def _drawn_by_hand(ground: Ground) -> Iterator[Candidate]:
    """The lots of the `lots` table; each is its own cell, so that every one is drawn."""
    for lot, rows in ground.case.lots.items():
        sites = tuple(sorted({site for site, _, _ in rows}))
        products = tuple(sorted({product for _, product, _ in rows} & set(ground.products)))
        pools = {_pool_of(ground, site) for site in sites}
        if len(pools) > 1:
            raise NoPlan(f"lot {lot} holds sites of buyers who do not pool; split it or set case.pool_buyers to yes")
        kg = np.zeros((len(products), len(MONTHS)))
        for site, product, months in rows:
            if product in products:
                year = ground.demand.kg((site,), product)
                kg[products.index(product), [m - 1 for m in months]] += [float(year[m - 1]) for m in months]
        leaves = frozenset(leaf for leaf, members in enumerate(ground.leaves) if set(members) & set(sites))
        months = tuple(sorted({month for _, _, months in rows for month in months}))
        yield Candidate(
            pools.pop(), sites, leaves, products, months, frozenset([lot]), kg, _value(ground, products, kg)
        )


def _refuse_out_of_bounds(ground: Ground, by_hand: Iterable[Candidate]) -> None:
    least, most = _bounds(ground)
    wrong = [
        f"{', '.join(candidate.cells)} (£{candidate.value_gbp:,.2f})"
        for candidate in by_hand
        if not _within(ground, candidate.value_gbp)
    ]
    if wrong:
        raise NoPlan(
            f"lots drawn by hand are worth less than £{least:,.0f} or more than £{most:,.0f}: {'; '.join(wrong)}; "
            "redraw them or widen lots.value_gbp"
        )


def _pool_of(ground: Ground, site: str) -> int:
    buyer = ground.case.sites[site].buyer
    return next(index for index, buyers in enumerate(ground.pools) if buyer in buyers)
