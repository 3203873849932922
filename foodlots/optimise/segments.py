"""Cutting a row of pieces into stretches whose worth lies between two bounds."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate


def cut_in_segments(
    pieces: Sequence, values: Sequence[float], least: float, most: float, slack: float = 0.0
) -> list[frozenset] | None:
    """Stretches of neighbouring pieces, each worth between `least` and `most`, that hold every piece once.

    As many stretches as can be; None when there is no such cut.

    >>> cut_in_segments("abcd", [2, 2, 3, 1], 4, 5)
    [frozenset({'a', 'b'}), frozenset({'c', 'd'})]
    """
    upto = [0.0, *accumulate(values)]
    parts: list[int | None] = [0] + [None] * len(pieces)
    before = [0] * len(upto)
    for end in range(1, len(upto)):
        first = bisect_left(upto, upto[end] - most - slack, 0, end)
        last = bisect_right(upto, upto[end] - least + slack, 0, end)
        starts = [start for start in range(first, last) if parts[start] is not None]
        if starts:
            before[end] = max(starts, key=lambda start: (parts[start], start))
            parts[end] = parts[before[end]] + 1
    if parts[-1] is None:
        return None
    cuts, end = [], len(pieces)
    while end:
        cuts.append(frozenset(pieces[before[end] : end]))
        end = before[end]
    return [cut for cut in reversed(cuts) if cut]
