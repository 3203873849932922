"""Names a buyer would use for areas, bundles and lots: "Roots, Preston north, whole year"."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile
from math import atan2, degrees

import numpy as np

from foodlots.calendar import say_months
from foodlots.case import Product
from foodlots.optimise.areas import plane
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground

COMPASS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")
RINGS = {2: ("inner ", "outer "), 3: ("inner ", "middle ", "outer ")}
CENTRAL = 0.3  # of the typical distance from the middle; a small area nearer than this is the centre
FOOD = "15000000"  # CPV: food, beverages, tobacco and related products
NAMES_IN_FULL = 3  # names told one by one; more are counted


class Names:
    """Names of areas, bundles and lots on one ground."""

    def __init__(self, ground: Ground):
        self.ground = ground
        self._of_leaf = [name for pool in range(len(ground.pools)) for name in self._small_areas(pool)]

    def lot(self, candidate: Candidate) -> str:
        """Products, area, months."""
        months = say_months(candidate.months, self.ground.settings.case.first_month)
        return f"{self.bundle(candidate.products)}, {self.area(candidate)}, {months}"

    def bundle(self, products: Iterable[str]) -> str:
        """The bundle by its category, family or families where it is the whole of them, else by its products."""
        chosen = [self.ground.case.products[product] for product in sorted(products)]
        everything = [self.ground.case.products[product] for product in self.ground.products]
        if len(chosen) == len(everything) > 1:
            return "All food"
        for mark in (lambda p: p.category, lambda p: (p.category, p.family)):
            groups = {mark(product) for product in chosen}
            if len(groups) == 1 and len(chosen) == sum(mark(product) in groups for product in everything) > 1:
                name = _last(groups.pop())
                if len(chosen) == sum(name in (product.category, product.family) for product in everything):
                    return _capital(name)
        families = {(product.category, product.family) for product in chosen}
        names = sorted({product.family for product in chosen})
        whole = len(chosen) == sum(product.family in names for product in everything)
        if whole and len(chosen) > len(families) == len(names) == 2:
            return _capital(" with ".join(names))
        return _capital(_list([product.name for product in chosen]))

    def area(self, candidate: Candidate) -> str:
        """Where the lot is: the place and the parts of it."""
        place = self._place(candidate.pool)
        if set(candidate.sites) != {site for leaf in candidate.leaves for site in self.ground.leaves[leaf]}:
            names = [self.ground.case.sites[site].name for site in candidate.sites]
            return _list(names) if len(names) < NAMES_IN_FULL else f"{len(names)} sites in {place}"
        return self.of_leaves(candidate.leaves)

    def of_leaves(self, leaves: Iterable[int]) -> str:
        """The name of small areas taken together."""
        leaves = sorted(leaves)
        pool = self.ground.pool_of[leaves[0]]
        everywhere = [leaf for leaf, at in enumerate(self.ground.pool_of) if at == pool]
        place = self._place(pool)
        rest = [self._of_leaf[leaf] for leaf in everywhere if leaf not in leaves]
        if not rest:
            return f"all {place}"
        if len(rest) < len(leaves) and len(rest) < NAMES_IN_FULL:
            return f"{place} but {_list(rest)}"
        return f"{place} {_list([self._of_leaf[leaf] for leaf in leaves], most=4)}"

    def _place(self, pool: int) -> str:
        """The case's name; with a buyer's name where buyers do not pool."""
        buyers = self.ground.pools[pool]
        alone = len(self.ground.pools) > 1
        return self.ground.case.buyers[buyers[0]].name if alone else self.ground.settings.case.name

    def _small_areas(self, pool: int) -> list[str]:
        """The name of each small area of a pool by the compass: centre, north, outer south-west."""
        leaves = [self.ground.leaves[leaf] for leaf, at in enumerate(self.ground.pool_of) if at == pool]
        places = [[self.ground.case.sites[site].place for site in leaf] for leaf in leaves]
        lat, lon = (np.array([np.mean([getattr(p, axis) for p in at]) for at in places]) for axis in ("lat", "lon"))
        points = plane(lat, lon)
        away = points - np.average(points, axis=0)
        far = np.hypot(*away.T)
        middle = {int(far.argmin())} if far.min() <= CENTRAL * np.median(far) or len(leaves) == 1 else set()
        directions = defaultdict(list)
        for leaf in sorted(range(len(leaves)), key=lambda leaf: (round(float(far[leaf]), 6), leaf)):
            directions["centre" if leaf in middle else _direction(away[leaf])].append(leaf)
        names = {leaf: name for said, members in directions.items() for leaf, name in _apart(said, members)}
        return [names[leaf] for leaf in range(len(leaves))]


def _last(group: str | tuple[str, str]) -> str:
    return group if isinstance(group, str) else group[1]


def _direction(away: np.ndarray) -> str:
    return COMPASS[round(degrees(atan2(away[1], away[0])) / 45) % 8]


def _apart(said: str, leaves: list[int]) -> list[tuple[int, str]]:
    """The same direction several times, told apart by distance from the middle."""
    if len(leaves) == 1:
        return [(leaves[0], said)]
    rings = RINGS.get(len(leaves)) or tuple("" for _ in leaves)
    numbers = [""] * len(leaves) if len(leaves) in RINGS else [f" {number}" for number in range(1, len(leaves) + 1)]
    return [(leaf, f"{ring}{said}{number}") for leaf, ring, number in zip(leaves, rings, numbers, strict=True)]


def _list(names: list[str], most: int = NAMES_IN_FULL) -> str:
    """ "a", "a and b", "a, b and c", "a, b and 3 more"."""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def common_cpv(products: Iterable[str], case_products: Mapping[str, Product]) -> str:
    """The narrowest CPV code that holds all the products: the digits they share, filled with noughts; "" for none."""
    codes = sorted({case_products[product].cpv for product in products} - {""})
    shared = "".join(takewhile(bool, map(_same, zip(*codes, strict=False))))
    return (shared.ljust(8, "0") if len(shared) >= 2 else FOOD) if codes else ""


def _same(digits: tuple[str, ...]) -> str:
    """The digit that all share, or nothing."""
    return digits[0] if len(set(digits)) == 1 else ""
