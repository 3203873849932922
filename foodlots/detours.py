"""Takes the detours out of a closed round: turns stretches about (2-opt) and moves short stretches (Or-opt).

Positions count along the tour; stop n stands at position n again. Every way of counting a change adds the km in the
direction driven, so one-way differences are right.
"""

from dataclasses import dataclass

import numpy as np

NEIGHBOURS = 12
LONGEST_MOVED = 3
LEAST_GAIN_KM = 1e-7


def without_detours(tour: np.ndarray, km: np.ndarray) -> np.ndarray:
    """The tour after turning and moving stretches as long as that shortens it; never a longer one."""
    near = _nearest(km)
    quiet = 0
    while quiet < 2:
        tour = np.roll(tour, len(tour) // 2)
        turned = _turn_stretches(tour, km, near)
        moved = _move_stretches(turned, km, near)
        quiet = quiet + 1 if np.array_equal(moved, tour) else 0
        tour = moved
    return tour


def _nearest(km: np.ndarray) -> np.ndarray:
    """The nearest stops of each stop, counting the shorter of the two ways."""
    both = np.minimum(km, km.T) + np.diag(np.full(len(km), np.inf))
    return np.argsort(both, axis=1, kind="stable")[:, : min(NEIGHBOURS, len(km) - 1)]


@dataclass(frozen=True)
class _Tour:
    """A tour and what is read from it again and again.

    stop: the stops, the first one again at the end · leg: the km from each position to the next · here, there: the
    positions of every stop and of each of its nearest stops · ahead, back: the km from position 0 to each position, and
    of the same stretch driven backwards.
    """

    stop: np.ndarray
    leg: np.ndarray
    here: np.ndarray
    there: np.ndarray
    ahead: np.ndarray
    back: np.ndarray

    @classmethod
    def of(cls, tour: np.ndarray, km: np.ndarray, near: np.ndarray) -> "_Tour":
        place = np.empty(len(tour), dtype=int)
        place[tour] = np.arange(len(tour))
        here = np.repeat(np.arange(len(tour)), near.shape[1])
        stop = np.append(tour, tour[0])
        leg, turned = km[stop[:-1], stop[1:]], km[tour[1:], tour[:-1]]
        ahead, back = (np.append(0.0, np.cumsum(legs)) for legs in (leg[:-1], turned))
        return cls(stop, leg, here, place[near[tour]].ravel(), ahead, back)


def _turn_stretches(tour: np.ndarray, km: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Drive a stretch backwards where that is shorter: positions first + 1 to last are reversed."""
    seen = _Tour.of(tour, km, near)
    pairs = np.stack([seen.here, seen.there])
    ends = np.concatenate([pairs, pairs - 1], axis=1)
    first, last = ends.min(axis=0), ends.max(axis=0)
    first, last = first[first >= 0], last[first >= 0]
    after = seen.stop[last + 1]
    gain = (
        seen.leg[first]
        + seen.leg[last]
        - km[tour[first], tour[last]]
        - km[tour[first + 1], after]
        + (seen.ahead[last] - seen.ahead[first + 1])
        - (seen.back[last] - seen.back[first + 1])
    )
    result = tour.copy()
    for move in _apart(gain, first, last + 1):
        result[first[move] + 1 : last[move] + 1] = tour[first[move] + 1 : last[move] + 1][::-1]
    return result


def _move_stretches(tour: np.ndarray, km: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Call at up to three stops elsewhere in the round, in the same or the opposite order, where that is shorter."""
    gain, start, end, after, turned = _moves(_Tour.of(tour, km, near), km)
    low, high = np.minimum(start - 1, after), np.maximum(end, after) + 1
    result = tour.copy()
    for move in _apart(gain, low, high):
        i, e, j = start[move], end[move], after[move]
        stretch = tour[i : e + 1][:: -1 if turned[move] else 1]
        parts = (tour[e + 1 : j + 1], stretch) if j > e else (stretch, tour[j + 1 : i])
        result[low[move] + 1 : high[move]] = np.concatenate(parts)
    return result


def _moves(seen: _Tour, km: np.ndarray) -> tuple[np.ndarray, ...]:
    """The km gained by moving positions start to end behind position after: gain, start, end, after, turned.

    Every way at once, one a row: so many stops, in the same order or turned.
    """
    stop, more = seen.stop, np.arange(LONGEST_MOVED).repeat(2)[:, None]
    turned = np.arange(2 * LONGEST_MOVED)[:, None] % 2 == 1
    start = np.concatenate([seen.here - 0 * more, seen.here - more], axis=1)
    after = np.concatenate([seen.there - turned, seen.there - ~turned], axis=1)
    end = start + more
    fits = (start >= 1) & (end < len(stop) - 1) & (after >= 0) & ((after < start - 1) | (after > end))
    start, end, after, turned = start[fits], end[fits], after[fits], np.broadcast_to(turned, fits.shape)[fits]
    first, last = np.where(turned, (stop[end], stop[start]), (stop[start], stop[end]))
    gain = (
        seen.leg[start - 1]
        + seen.leg[end]
        + seen.leg[after]
        - km[stop[start - 1], stop[end + 1]]
        - km[stop[after], first]
        - km[last, stop[after + 1]]
    )
    backwards = (seen.ahead[end] - seen.ahead[start]) - (seen.back[end] - seen.back[start])
    return gain + np.where(turned, backwards, 0.0), start, end, after, turned


def _apart(gain: np.ndarray, low: np.ndarray, high: np.ndarray) -> list[int]:
    """The best changes that leave each other alone: no two share a leg between positions low and high."""
    busy = np.zeros(int(high.max(initial=0)) + 1, dtype=bool)
    chosen = []
    worthwhile = np.flatnonzero(gain > LEAST_GAIN_KM)
    for move in worthwhile[np.argsort(-gain[worthwhile], kind="stable")]:
        if not busy[low[move] : high[move]].any():
            busy[low[move] : high[move]] = True
            chosen.append(int(move))
    return chosen
