"""Visits, drops and driving: the village's figures on paper, and both sides of each least and most."""

from decimal import Decimal
from fractions import Fraction

import pytest
from golden_case import VILLAGE
from small_case import files, with_cell

from foodlots.delivery import Rounds, Timetable, Visits, driving_km, exact
from foodlots.geo import Roads
from foodlots.reading import read_case

WINTER = (9, 10, 11, 12, 1, 2, 3)  # 4.2 + 3.6 + 4.4 + 2.2 + 4.0 + 3.2 + 4.2 = 25.8 weeks of term


def timetable(source=VILLAGE) -> Timetable:
    case, settings, _ = read_case(source)
    return Timetable(case, settings)


@pytest.mark.parametrize(("a_week", "visits", "drops"), [(1, 39, 78), (2, 78, 156), (5, 195, 390), (6, 195, 390)])
def test_a_site_is_visited_as_often_as_asked_and_no_more_than_it_accepts(a_week, visits, drops):
    assert timetable().delivered(["north", "south"], Decimal(a_week)) == Visits(visits, drops)


def test_a_lot_of_some_months_is_visited_in_their_weeks():
    assert timetable().delivered(["north"], Decimal(2), WINTER) == Visits(Fraction(2 * 258, 10), Fraction(2 * 258, 10))


def test_a_lot_of_august_alone_is_never_brought_to_a_school():
    assert timetable().delivered(["north"], Decimal(2), (8,)).drops == 0


def test_the_busiest_site_sets_the_visits_and_all_sites_the_drops():
    """Mill accepts 3 a week for 39 weeks, Park 5 for 39, Ward 5 for 52."""
    both = timetable(files()).delivered(["mill", "park", "ward"], Decimal(4))
    assert both == Visits(4 * 52, 3 * 39 + 4 * 39 + 4 * 52)


def test_a_site_may_accept_less_than_once_a_week():
    rare = timetable(with_cell("sites", 2, "deliveries_per_week", "0.5"))
    assert rare.delivered(["mill"], Decimal(1)) == Visits(Fraction(39, 2), Fraction(39, 2))


def test_a_depot_is_visited_as_often_as_the_lot_asks_whatever_the_kitchens_accept():
    assert timetable(files()).to_depot(["mill", "park"], Decimal(4), WINTER) == Visits(
        4 * Fraction(258, 10), 4 * Fraction(258, 10)
    )


def test_a_depot_is_visited_in_the_weeks_of_the_kitchen_that_cooks_longest():
    assert timetable(files()).to_depot(["mill", "ward"], Decimal(1), range(1, 13)).visits == 52


def test_a_lot_comes_as_often_as_its_most_frequent_product():
    village = timetable()
    assert village.most_frequent(["potatoes", "apples"]) == 1
    assert village.most_frequent(["potatoes", "milk"]) == 2


@pytest.mark.parametrize(("visits", "there", "km"), [(39, 6, 780), (78, 6, 1560), (39, 5, 702), (78, 5, 1404)])
def test_the_villages_driving(visits, there, km):
    assert driving_km(Fraction(visits), there, 8.0) == km


def test_km_are_exact_in_their_decimals():
    assert exact(3.7) == Fraction(37, 10)
    assert driving_km(Fraction(1, 3), 3.7, 0.1) == Fraction(1, 3) * (Fraction(74, 10) + Fraction(1, 10))


def test_a_round_calls_at_every_site_and_comes_back():
    case, settings, _ = read_case(files())
    roads = Roads.of(case, settings.costs.road_factor)
    rounds = Rounds(roads)
    there_and_back = rounds.through(("mill", "park", "ward"))
    legs = zip(there_and_back.sites, (*there_and_back.sites[1:], there_and_back.sites[0]), strict=True)
    assert sorted(there_and_back.sites) == ["mill", "park", "ward"]
    assert there_and_back.km == pytest.approx(sum(roads.km(*leg) for leg in legs))
    assert rounds.through(("mill",)).km == 0
    assert rounds.through(("mill", "park")).km == pytest.approx(2 * roads.km("mill", "park"))
