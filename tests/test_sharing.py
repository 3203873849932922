"""Whole pence and grams shared out: the parts add up to the whole, each next to its exact share."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodlots.sharing import share_out

weights = st.lists(st.fractions(min_value=0, max_value=1000, max_denominator=97), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("weighed", "whole", "parts"),
    [
        ([1, 1, 1], 10, [4, 3, 3]),
        ([1, 1], 1, [1, 0]),
        ([0, 3, 0], 7, [0, 7, 0]),
        ([Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)], 3, [1, 1, 1]),
        ([5, 3], 8, [5, 3]),
        ([2, 2], 0, [0, 0]),
        ([0, 0], 9, [0, 0]),
        ([], 0, []),
    ],
)
def test_parts(weighed, whole, parts):
    assert share_out(weighed, whole) == parts


@given(weights, st.integers(0, 10**9))
def test_parts_add_up_and_are_next_to_their_exact_share(weighed, whole):
    parts, total = share_out(weighed, whole), sum(weighed)
    if not total:
        assert parts == [0] * len(weighed)
        return
    assert sum(parts) == whole
    assert all(abs(part - weight * whole / total) < 1 for part, weight in zip(parts, weighed, strict=True))


@given(weights, st.integers(0, 10**6))
def test_no_part_is_larger_than_what_it_weighs_when_the_whole_is_not(weighed, whole):
    """Filling lots to the same part never overfills one."""
    asked = [round(weight * 1000) for weight in weighed]
    filled = share_out(asked, min(whole, sum(asked)))
    assert all(part <= most for part, most in zip(filled, asked, strict=True))
