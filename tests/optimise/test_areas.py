"""Small areas: every site in one, about equal in meals, compact, the same whatever the order of sites."""

import numpy as np
import pytest

from foodlots.optimise.areas import MOST_AREAS, merge, number_of_areas, plane, small_areas, spread


def county(sites: int, seed: int = 3):
    """Positions (km) and meals of as many sites."""
    dice = np.random.default_rng(seed)
    return dice.uniform(0, 40, (sites, 2)), dice.uniform(50, 800, sites)


@pytest.mark.parametrize(
    ("sites", "wanted", "number"),
    [(1, None, 1), (12, None, 1), (13, None, 2), (24, None, 2), (25, None, 3), (181, None, MOST_AREAS),
     (9000, None, MOST_AREAS), (67, 6, 6), (5, 9, 5), (9000, 40, 40), (3, 1, 1)],
)  # fmt: skip
def test_how_many_small_areas(sites, wanted, number):
    assert number_of_areas(sites, wanted) == number


@pytest.mark.parametrize(("sites", "number"), [(1, 1), (2, 2), (7, 3), (67, 6), (67, 16), (67, 67), (300, 25)])
def test_every_site_is_in_one_small_area(sites, number):
    areas = small_areas(*county(sites), number)
    assert len(areas) == number
    assert sorted(site for area in areas for site in area) == list(range(sites))


@pytest.mark.parametrize("number", [2, 5, 8, 16])
def test_small_areas_have_about_equal_meals(number):
    points, meals = county(400)
    sums = np.array([meals[area].sum() for area in small_areas(points, meals, number)])
    assert sums.max() / sums.min() < 1.25


def test_two_towns_far_apart_are_two_areas():
    dice = np.random.default_rng(0)
    points = np.vstack([dice.normal(0, 1, (10, 2)), dice.normal(50, 1, (10, 2))])
    assert small_areas(points, np.ones(20), 2) == [list(range(10)), list(range(10, 20))]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_sites_changes_nothing(seed):
    points, meals = county(90)
    order = np.random.default_rng(seed).permutation(90)
    areas = small_areas(points, meals, 8)
    again = small_areas(points[order], meals[order], 8)
    assert [sorted(int(order[site]) for site in area) for area in again] == areas


@pytest.mark.parametrize("meals", [np.zeros(9), np.r_[np.zeros(8), 500.0], np.ones(9)])
def test_sites_without_meals_or_at_one_place_are_shared_out_too(meals):
    areas = small_areas(np.zeros((9, 2)), meals, 4)
    assert sorted(len(area) for area in areas)[0] >= 1
    assert sorted(site for area in areas for site in area) == list(range(9))


def test_small_areas_stand_from_south_west_on():
    points = np.array([[30.0, 30.0], [0.0, 0.0], [30.0, 0.0], [0.0, 30.0]])
    assert [area[0] for area in small_areas(points, np.ones(4), 4)] == [1, 2, 3, 0]


def test_mergers_make_a_tree_up_to_the_whole():
    points, meals = county(90)
    leaves = small_areas(points, meals, 8)
    nodes = merge(points, meals, leaves)
    assert nodes[:8] == [frozenset([leaf]) for leaf in range(8)]
    assert len(nodes) == len(set(nodes)) == 15
    assert nodes[-1] == frozenset(range(8))
    assert all(one <= other or other <= one or not one & other for one in nodes for other in nodes)


def test_the_most_compact_pair_is_merged_first():
    points = np.array([[0.0, 0.0], [1.0, 0.0], [20.0, 0.0], [50.0, 0.0]])
    nodes = merge(points, np.ones(4), [[0], [1], [2], [3]])
    assert nodes[4:] == [frozenset({0, 1}), frozenset({0, 1, 2}), frozenset(range(4))]


def test_a_single_area_is_its_own_tree():
    assert merge(np.zeros((2, 2)), np.ones(2), [[0, 1]]) == [frozenset([0])]


def test_spread_is_weighted_and_counted_from_the_centre():
    points = np.array([[0.0, 0.0], [3.0, 4.0]])
    assert spread(points, np.array([1.0, 1.0])) == pytest.approx(12.5)
    assert spread(points, np.array([100.0, 0.0])) == pytest.approx(0, abs=1e-6)


def test_the_plane_is_in_km():
    east, north = np.ptp(plane(np.array([53.7, 53.8]), np.array([-2.7, -2.6])), axis=0)
    assert north == pytest.approx(11.1195, abs=1e-3)
    assert east == pytest.approx(11.1195 * np.cos(np.radians(53.75)), abs=1e-3)
