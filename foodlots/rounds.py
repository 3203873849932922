"""The order in which a van calls at the stops of a round, and the km it drives."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from itertools import permutations
from threading import Lock

import numpy as np

from foodlots.detours import without_detours

PROVEN_STOPS = 8
STARTS = 40
STARTS_IMPROVED = 5
TIE_KM = 1e-9
MOST_KEPT = 4_000  # tours; the oldest goes first
_kept: dict[bytes, np.ndarray] = {}  # digest of all km -> tour
_keeping = Lock()


def shortest_round(ids: Sequence[str], km: np.ndarray) -> tuple[str, ...]:
    """A short closed round through all stops, told from the lowest id on.

    It is never longer than going each time to the nearest stop left (from the lowest id; ties: the lowest id) and
    then back, and is the shortest there is for up to 8 stops. The order of `ids` does not matter.
    km[i, j]: road km from ids[i] to ids[j]; the way back may differ.
    """
    if len(set(ids)) != len(ids):
        raise ValueError(f"a stop is listed twice in one round: {sorted(ids)}")
    by_id = sorted(range(len(ids)), key=lambda i: ids[i])
    km = np.asarray(km, dtype=float).reshape(len(ids), len(ids))[np.ix_(by_id, by_id)]
    tour = _shortest_of_all(km) if len(ids) <= PROVEN_STOPS else _kept_or_found(km)
    return tuple(ids[by_id[stop]] for stop in tour)


def _kept_or_found(km: np.ndarray) -> np.ndarray:
    """The tour of `_shortest_found`, which rests on these km alone: the next plan of a case asks for the same ones."""
    key = sha256(km.tobytes()).digest()
    if (tour := _kept.get(key)) is None:
        tour = _shortest_found(km)
        with _keeping:
            while len(_kept) >= MOST_KEPT:
                del _kept[next(iter(_kept))]
            _kept[key] = tour
    return tour


def round_km(order: Sequence[str], km: Callable[[str, str], float]) -> float:
    """The km driven from stop to stop in this order and back to the first; 0 for a single stop."""
    if len(order) < 2:
        return 0.0
    legs = [km(here, there) for here, there in zip(order, (*order[1:], order[0]), strict=True)]
    return float(_sums(np.array([legs]))[0])


def nearest_neighbour_tours(km: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """One tour (row) for each start: always on to the nearest stop left, the lowest number among equals."""
    rows = np.arange(len(starts))
    tours = np.empty((len(starts), len(km)), dtype=int)
    tours[:, 0] = starts
    left = np.zeros((len(starts), len(km)))
    left[rows, starts] = np.inf
    for step in range(1, len(km)):
        tours[:, step] = np.argmin(km[tours[:, step - 1]] + left, axis=1)
        left[rows, tours[:, step]] = np.inf
    return tours


def _shortest_of_all(km: np.ndarray) -> np.ndarray:
    """The shortest of all orders; among equals the one that comes first by id."""
    if len(km) < 3:
        return np.arange(len(km))
    return _first_of_shortest(_all_orders(len(km)), km)


@cache
def _all_orders(stops: int) -> np.ndarray:
    return np.array([(0, *rest) for rest in permutations(range(1, stops))])


def _shortest_found(km: np.ndarray) -> np.ndarray:
    """The best of several nearest-neighbour tours, each freed of its detours, told from stop 0 on."""
    starts = np.unique(np.linspace(0, len(km) - 1, STARTS).astype(int))
    tours = nearest_neighbour_tours(km, starts)
    shortest_first = np.argsort(_tour_sums(tours, km), kind="stable")
    improved = [without_detours(tours[row], km) for row in shortest_first[:STARTS_IMPROVED]]
    turned = [np.roll(tour, -int(np.argmin(tour))) for tour in (*improved, tours[0])]
    both_ways = [way for tour in turned for way in (tour, np.roll(tour[::-1], 1))]
    return _first_of_shortest(np.array(sorted(both_ways, key=tuple)), km)


def _first_of_shortest(tours: np.ndarray, km: np.ndarray) -> np.ndarray:
    """The first of the tours that are the shortest but for rounding, and no longer than nearest neighbour."""
    sums = _tour_sums(tours, km)
    plain = _tour_sums(nearest_neighbour_tours(km, np.array([0])), km)[0]
    return tours[np.argmax(sums <= min(sums.min() + TIE_KM, max(plain, sums.min())))]


def _tour_sums(tours: np.ndarray, km: np.ndarray) -> np.ndarray:
    return _sums(km[tours, np.roll(tours, -1, axis=1)])


def _sums(legs: np.ndarray) -> np.ndarray:
    """The sum of each row, added leg by leg in the order driven, so that one round is one number everywhere."""
    return np.cumsum(legs, axis=1)[:, -1]
