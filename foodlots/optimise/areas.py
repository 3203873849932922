"""Small areas: compact sets of sites with about equal demand, and the larger areas they merge into.

Sites are halved again and again across the direction that leaves both halves most compact, by weight of
meals; the small areas then merge, most compact pair first, until one area holds all of a pool.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, pi, radians

import numpy as np

KM_PER_DEGREE = 111.195  # km in a degree of a meridian on a sphere of radius 6,371.0 km
DIRECTIONS = 24  # cuts tried each time, 7.5 degrees apart
SITES_A_SMALL_AREA = 12  # sites in a small area unless the settings say how many areas; our trials on two counties
MOST_AREAS = 16  # small areas at the most unless the settings ask for more


@dataclass(frozen=True)
class Area:
    """A compact set of small areas (`leaves`) and the sites in them, sorted by id."""

    leaves: frozenset[int]
    sites: tuple[str, ...]


def number_of_areas(sites: int, wanted: int | None) -> int:
    """How many small areas to start from: as the settings say, else one for every twelve sites, at most sixteen."""
    return max(1, min(sites, wanted or min(MOST_AREAS, ceil(sites / SITES_A_SMALL_AREA))))


def plane(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Positions on a flat map, km east and north: (n, 2). Good to a few metres within a county."""
    middle = radians(float(np.mean(lat)))
    return np.column_stack([lon * KM_PER_DEGREE * cos(middle), lat * KM_PER_DEGREE])


def small_areas(points: np.ndarray, weights: np.ndarray, number: int) -> list[list[int]]:
    """Indices of the sites of each small area, south-west first. `points` (n, 2) km, `weights` (n,) meals."""
    pieces = _halve(points, weights, list(range(len(points))), number)
    return sorted(map(sorted, pieces), key=lambda piece: points[piece].mean(axis=0).round(6).tolist()[::-1])


def _halve(points: np.ndarray, weights: np.ndarray, piece: list[int], number: int) -> list[list[int]]:
    if number <= 1 or len(piece) <= 1:
        return [piece]
    fewer = number // 2
    near, far = min(
        (_cut(points, weights, piece, pi * turn / DIRECTIONS, fewer, number) for turn in range(DIRECTIONS)),
        key=lambda halves: round(sum(spread(points[half], weights[half]) for half in halves), 9),
    )
    return _halve(points, weights, near, fewer) + _halve(points, weights, far, number - fewer)


def _cut(
    points: np.ndarray, weights: np.ndarray, piece: list[int], angle: float, fewer: int, number: int
) -> tuple[list[int], list[int]]:
    """The piece in two, by a straight line square to `angle`, with `fewer` parts of its weight on one side."""
    across = points[piece] @ np.array([np.cos(angle), np.sin(angle)])
    order = [piece[i] for i in np.lexsort((piece, across.round(9)))]
    reached = np.cumsum(weights[order])
    wanted = reached[-1] * fewer / number
    at = int(np.abs(reached - wanted).argmin()) + 1
    at = min(max(at, fewer), len(piece) - (number - fewer))
    return order[:at], order[at:]


def spread(points: np.ndarray, weights: np.ndarray) -> float:
    """How far from compact: weighted squared distance from the centre, km²."""
    weights = weights + 1e-9  # a site without meals still has a place
    centre = np.average(points, axis=0, weights=weights)
    return float((weights * ((points - centre) ** 2).sum(axis=1)).sum())


def merge(points: np.ndarray, weights: np.ndarray, leaves: Sequence[Sequence[int]]) -> list[frozenset[int]]:
    """The areas of the tree as sets of small areas: the small ones, then every merger, most compact pair first."""
    nodes = [frozenset([leaf]) for leaf in range(len(leaves))]
    alive = list(nodes)
    while len(alive) > 1:
        pairs = [(a, b) for i, a in enumerate(alive) for b in alive[i + 1 :]]
        one, other = min(pairs, key=lambda pair: _merged_spread(points, weights, leaves, *pair))
        alive = [area for area in alive if area not in (one, other)] + [one | other]
        nodes.append(one | other)
    return nodes


def _merged_spread(points, weights, leaves, one: frozenset[int], other: frozenset[int]) -> tuple[float, list[int]]:
    both = sorted(one | other)
    sites = [site for leaf in both for site in leaves[leaf]]
    return round(spread(points[sites], weights[sites]), 6), both
