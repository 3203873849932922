"""A round visits every stop once, is never longer than going to the nearest, and is the shortest for a few stops."""

import time
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodlots import rounds
from foodlots.rounds import PROVEN_STOPS, round_km, shortest_round


def _ids(stops):
    return [f"s{i:03d}" for i in range(stops)]


def _asker(ids, km):
    row = {stop: i for i, stop in enumerate(ids)}
    return lambda here, there: km[row[here], row[there]]


def _by_nearest(ids, km):
    """Nearest neighbour on paper: from the lowest id on to the nearest stop left, ties to the lowest id."""
    ask, order = _asker(ids, km), [min(ids)]
    while left := sorted(set(ids) - set(order)):
        order.append(min(left, key=lambda stop: (ask(order[-1], stop), stop)))
    return order


def _driven(order, ask):
    return sum(ask(here, there) for here, there in pairwise([*order, order[0]])) if len(order) > 1 else 0


def _town(seed, stops, one_way=0.0):
    random = np.random.default_rng(seed)
    spots = random.uniform(0, 60, (stops, 2))
    km = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1)) * (1 + one_way * random.random((stops, stops)))
    np.fill_diagonal(km, 0)
    return km


@st.composite
def tables(draw, most=14):
    stops = draw(st.integers(1, most))
    whole = draw(st.booleans())
    number = st.integers(0, 9).map(float) if whole else st.floats(0, 100, allow_subnormal=False)
    km = np.array(draw(st.lists(number, min_size=stops**2, max_size=stops**2))).reshape(stops, stops)
    if draw(st.booleans()):
        km = (km + km.T) / 2
    np.fill_diagonal(km, 0)
    return km


@given(tables())
@settings(max_examples=150, deadline=None)
def test_round_is_a_permutation_never_longer_than_nearest_neighbour(km):
    ids = _ids(len(km))
    order, ask = shortest_round(ids, km), _asker(ids, km)
    assert sorted(order) == ids
    assert order[0] == ids[0]
    assert round_km(order, ask) <= round_km(_by_nearest(ids, km), ask)


@given(tables(most=7))
@settings(max_examples=100, deadline=None)
def test_up_to_seven_stops_the_round_is_the_shortest_there_is(km):
    ids = _ids(len(km))
    ask = _asker(ids, km)
    best = min(_driven((ids[0], *rest), ask) for rest in permutations(ids[1:]))
    assert _driven(shortest_round(ids, km), ask) == pytest.approx(best, abs=1e-8)


@given(tables(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_listing_the_stops_in_another_order_changes_nothing(km, random):
    ids = _ids(len(km))
    shuffled = random.sample(range(len(km)), len(km))
    again = shortest_round([ids[i] for i in shuffled], km[np.ix_(shuffled, shuffled)])
    assert again == shortest_round(ids, km)


def test_a_square_on_paper():
    """Four stops at the corners of a square of 3 km: 12 km round, driven the way that comes first by id."""
    corners = np.array([[0, 0], [3, 3], [3, 0], [0, 3]])
    km = np.hypot(*(corners[:, None] - corners[None]).transpose(2, 0, 1))
    order = shortest_round(["a", "b", "c", "d"], km)
    assert order == ("a", "c", "b", "d")
    assert round_km(order, _asker("abcd", km)) == 12


def test_one_way_streets_are_driven_the_right_way_round():
    """A ring road of one direction: 1 km forwards, 9 km back; the round is 12 km, not 108."""
    stops = 12
    km = np.full((stops, stops), 50.0)
    for stop in range(stops):
        km[stop, (stop + 1) % stops] = 1.0
        km[(stop + 1) % stops, stop] = 9.0
    ids = _ids(stops)
    order = shortest_round(ids, km)
    assert list(order) == ids
    assert round_km(order, _asker(ids, km)) == stops


def test_no_stop_one_stop_two_stops():
    assert shortest_round([], np.zeros((0, 0))) == ()
    assert shortest_round(["a"], np.zeros((1, 1))) == ("a",)
    assert round_km(("a",), lambda here, there: 1 / 0) == 0
    both = np.array([[0.0, 4.0], [3.0, 0.0]])
    assert shortest_round(["b", "a"], both) == ("a", "b")
    assert round_km(("a", "b"), lambda here, there: {"a": 3.0, "b": 4.0}[here]) == 7


def test_a_stop_listed_twice_is_loud():
    with pytest.raises(ValueError, match="listed twice"):
        shortest_round(["a", "a"], np.zeros((2, 2)))


@pytest.mark.parametrize("one_way", [0.0, 0.3])
@pytest.mark.parametrize("stops", [PROVEN_STOPS + 1, 40, 70, 150])
def test_many_stops_save_a_good_part_of_the_nearest_neighbour_round(stops, one_way):
    ids, saved = _ids(stops), []
    for seed in range(5):
        km = _town(seed, stops, one_way)
        order, ask = shortest_round(ids, km), _asker(ids, km)
        assert sorted(order) == ids
        assert order == shortest_round(ids, km.copy())
        saved.append(round_km(order, ask) / round_km(_by_nearest(ids, km), ask))
    assert max(saved) <= 1
    assert np.mean(saved) < (0.97 if stops < 40 else 0.88)


def test_many_stops_at_one_spot_end_quickly():
    km = np.zeros((60, 60))
    assert sorted(shortest_round(_ids(60), km)) == _ids(60)


@pytest.mark.parametrize(("stops", "seconds"), [(70, 0.05), (600, 1.5)])
def test_rounds_are_found_in_time(stops, seconds):
    km, taken = _town(1, stops), []
    for _ in range(3):
        start = time.perf_counter()
        shortest_round(_ids(stops), km)
        taken.append(time.perf_counter() - start)
    assert min(taken) < 4 * seconds


def test_a_round_is_worked_out_once_for_the_same_km_and_anew_for_others(monkeypatch):
    asked, find = [], rounds._shortest_found
    monkeypatch.setattr(rounds, "_kept", {})
    monkeypatch.setattr(rounds, "MOST_KEPT", 2)
    monkeypatch.setattr(rounds, "_shortest_found", lambda km: asked.append(len(km)) or find(km))
    km = _town(1, 12)
    first = shortest_round(_ids(12), km)
    assert shortest_round(_ids(12), km.copy()) == first
    assert shortest_round([f"k{i:03d}" for i in range(12)], km) == tuple(stop.replace("s", "k") for stop in first)
    assert asked == [12]
    longer = km.copy()
    longer[0, 1] += 1e-9
    shortest_round(_ids(12), longer)
    shortest_round(_ids(13), _town(2, 13))
    assert asked == [12, 12, 13]
    assert len(rounds._kept) == 2
    shortest_round(_ids(12), km)
    assert asked == [12, 12, 13, 12], "the oldest was let go"
