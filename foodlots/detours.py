"""Takes the detours out of a closed round: turns stretches about (2-opt) and moves short stretches (Or-opt).

Positions count along the tour; stop n stands at position n again. Every way of counting a change adds the km in the
direction driven, so one-way differences are right.
"""

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


def _pairs(tour: np.ndarray, near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The positions of every stop and of each of its nearest stops."""
    place = np.empty(len(tour), dtype=int)
    place[tour] = np.arange(len(tour))
    here = np.repeat(np.arange(len(tour)), near.shape[1])
    return here, place[near[tour]].ravel()


def _turn_stretches(tour: np.ndarray, km: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Drive a stretch backwards where that is shorter: positions first + 1 to last are reversed."""
    here, there = _pairs(tour, near)
    ends = np.concatenate([np.stack([here, there]), np.stack([here, there]) - 1], axis=1)
    first, last = ends.min(axis=0), ends.max(axis=0)
    first, last = first[first >= 0], last[first >= 0]
    after = tour[(last + 1) % len(tour)]
    ahead, back = _run(tour, km)
    gain = (
        km[tour[first], tour[first + 1]]
        + km[tour[last], after]
        - km[tour[first], tour[last]]
        - km[tour[first + 1], after]
        + (ahead[last] - ahead[first + 1])
        - (back[last] - back[first + 1])
    )
    result = tour.copy()
    for move in _apart(gain, first, last + 1):
        result[first[move] + 1 : last[move] + 1] = tour[first[move] + 1 : last[move] + 1][::-1]
    return result


def _move_stretches(tour: np.ndarray, km: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Call at up to three stops elsewhere in the round, in the same or the opposite order, where that is shorter."""
    kinds = [(length, turned) for length in range(1, LONGEST_MOVED + 1) for turned in (False, True)]
    moves = [_moves(tour, km, near, length, turned) for length, turned in kinds]
    gain, start, end, after, turn = (np.concatenate(column) for column in zip(*moves, strict=True))
    low, high = np.minimum(start - 1, after), np.maximum(end, after) + 1
    result = tour.copy()
    for move in _apart(gain, low, high):
        i, e, j = start[move], end[move], after[move]
        stretch = tour[i : e + 1][:: -1 if turn[move] else 1]
        parts = (tour[e + 1 : j + 1], stretch) if j > e else (stretch, tour[j + 1 : i])
        result[low[move] + 1 : high[move]] = np.concatenate(parts)
    return result


def _moves(tour: np.ndarray, km: np.ndarray, near: np.ndarray, length: int, turned: bool) -> tuple[np.ndarray, ...]:
    """The km gained by moving positions start to end behind position after: gain, start, end, after, turned."""
    here, there = _pairs(tour, near)
    shift = length - 1
    start = np.concatenate([here, here - shift])
    after = np.concatenate([there - 1, there] if turned else [there, there - 1])
    end = start + shift
    fits = (start >= 1) & (end < len(tour)) & (after >= 0) & ((after < start - 1) | (after > end))
    start, end, after = start[fits], end[fits], after[fits]
    stop = np.append(tour, tour[0])
    first, last = (stop[end], stop[start]) if turned else (stop[start], stop[end])
    ahead, back = _run(tour, km)
    gain = (
        km[stop[start - 1], stop[start]]
        + km[stop[end], stop[end + 1]]
        + km[stop[after], stop[after + 1]]
        - km[stop[start - 1], stop[end + 1]]
        - km[stop[after], first]
        - km[last, stop[after + 1]]
    )
    if turned:
        gain += (ahead[end] - ahead[start]) - (back[end] - back[start])
    return gain, start, end, after, np.full(len(gain), turned)


def _run(tour: np.ndarray, km: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The km from position 0 to each position, and those of the same stretch driven backwards."""
    ahead = np.append(0.0, np.cumsum(km[tour[:-1], tour[1:]]))
    back = np.append(0.0, np.cumsum(km[tour[1:], tour[:-1]]))
    return ahead, back


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
