"""Cutting a row of pieces: a cut is found when and only when there is one, with as many stretches as can be."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodlots.optimise.segments import cut_in_segments

INF = float("inf")


def every_cut(values):
    """All ways to cut the row, as lists of stretches of indices."""
    for number in range(len(values)):
        for cuts in combinations(range(1, len(values)), number):
            ends = [0, *cuts, len(values)]
            yield [range(a, b) for a, b in pairwise(ends)]


def most_stretches(values, least, most):
    fits = [len(cut) for cut in every_cut(values) if all(least <= sum(values[i] for i in part) <= most for part in cut)]
    return max(fits, default=None)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 14), st.integers(0, 14))
def test_a_cut_is_found_when_there_is_one(values, least, more):
    found = cut_in_segments(range(len(values)), values, least, least + more)
    best = most_stretches(values, least, least + more)
    assert (found and len(found)) == best
    if found:
        assert [piece for part in found for piece in sorted(part)] == list(range(len(values)))
        assert all(least <= sum(values[i] for i in part) <= least + more for part in found)


@pytest.mark.parametrize(
    ("values", "least", "most", "slack", "stretches"),
    [
        ([2, 2, 3, 1], 4, 5, 0, 2),
        ([2, 2], 4, 4, 0, 1),
        ([2, 2], 4.001, 9, 0, None),
        ([2, 2], 4.001, 9, 0.005, 1),
        ([2, 2], 0, 3.999, 0, 2),
        ([4], 0, 3.999, 0, None),
        ([4], 0, 3.999, 0.005, 1),
        ([1, 1, 1], 0, INF, 0, 3),
        ([1, 1, 1], 2, INF, 0, 1),
        ([1, 5, 1], 2, 5, 0, None),
    ],
)
def test_both_sides_of_each_bound(values, least, most, slack, stretches):
    found = cut_in_segments(range(len(values)), values, least, most, slack)
    assert (found and len(found)) == stretches
