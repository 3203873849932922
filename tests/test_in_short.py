"""The answer before the picture: every figure in it is one of those below, and what is not proven says at least."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.insight.aims import AIMS
from foodlots.insight.baseline import PAID_LOCALLY, SPEND, Baseline, Figure
from foodlots.insight.curve import Curve
from foodlots.insight.front import Point
from foodlots.insight.in_short import (
    baseline_in_short,
    curve_in_short,
    prices_in_short,
    strategies_in_short,
    swaps_in_short,
)
from foodlots.insight.menus import Swap
from foodlots.insight.paid_today import Ending
from foodlots.insight.price import LIFTED, TIGHTER, Prices, Step
from foodlots.insight.strategies import Score, Strategies
from foodlots.reading import read_case


def step(title, what, counted, most, local=0, proven=True, refused=""):
    counted, most = Decimal(counted), Decimal(most)
    return Step(title.lower(), title, what, "25%", "none", counted, counted, most - 5, most, 0.1, Decimal(local), 2,
                proven, refused)  # fmt: skip


def in_short(*steps):
    return list(prices_in_short(Prices(None, steps, {}, False)))


def test_the_dearest_rule_comes_first_and_a_loose_price_is_told_as_at_least():
    told = in_short(
        step("Most lots", LIFTED, -300, -300, local=120),
        step("Largest share for one owner", LIFTED, -5000, -4100, local=-700, proven=False),
        step("Least fill", LIFTED, 0, 0),
        step("Least fill", TIGHTER, 0, 0),
        step("Most lots", TIGHTER, 90, 90),
    )
    assert told == [
        "Largest share for one owner (25%) is the rule that costs most: without it the plan is at least £4,100 a year "
        "better, counted with the aims, and £700 less is paid to local producers.",
        "The others that cost something: most lots (£300).",
        "Could be one step tighter at no cost: least fill (none for 25%).",
    ]


def test_rules_that_cost_nothing_are_said_to_only_where_that_is_proven():
    assert in_short(step("Least fill", LIFTED, 0, 0)) == [
        "No rule costs anything: without any one of them the best plan is the same to the pound."
    ]
    assert in_short(step("Least fill", LIFTED, 0, 0, proven=False)) == []
    assert in_short(step("Least fill", LIFTED, 0, 0, refused="no plan")) == []


def curve(name, *points):
    made = tuple(Point(Decimal(c), (Decimal(v),), (None,), Decimal(0), True, None, None) for c, v in points)
    return Curve((AIMS[name],), made, 0, False)


@pytest.mark.parametrize(("name", "points", "whole", "parts"), [
    ("local", [(1000, 500), (1010, 600), (1100, 700)], "£200 more costs £100 more a year: 50p for each £1",
     "cheapest from point 1 to 2, 10p for each £1, and dearest from 2 to 3, 90p for each £1"),
    ("lots", [(1000, 20), (1600, 18), (9600, 17)], "3 lots fewer costs £8,600 more a year: £2,867 for each lot",
     "cheapest from point 1 to 2, £300 for each lot, and dearest from 2 to 3, £8,000 for each lot"),
    ("km", [(1000, 900), (1003, 800), (1203, 700)], "200 km less costs £203 more a year: £1.02 for each km",
     "point 1 to 2, £0.03 for each km, and dearest from 2 to 3, £2.00 for each km"),
])  # fmt: skip
def test_a_curve_is_told_from_end_to_end_and_where_it_bends(name, points, whole, parts):
    told = list(curve_in_short(curve(name, *points)))
    assert whole in told[0]
    assert parts in told[1]
    assert list(curve_in_short(curve(name, *points[:1]))) == []


def test_the_price_of_a_step_is_not_told_where_much_is_open():
    loose = curve("local", (1000, 500), (1010, 600), (1100, 700), (1300, 800))
    last = replace(loose.points[-1], gap_gbp=Decimal(190))
    told = list(curve_in_short(replace(loose, points=(*loose.points[:-1], last))))
    assert "dearest from 2 to 3, 90p for each £1" in told[1]
    assert "not proven closely enough" in told[2]


def test_strategies_are_held_against_today():
    def score(name, title, cost, local):
        return Score(name, title, "", lots=12, contested=3, cost_gbp=Decimal(cost), local_gbp=Decimal(local))

    scores = (score("big", "Few big lots", 900, 10), score("joint", "Joint optimum", 700, 400))
    assert list(strategies_in_short(Strategies(scores, {}, False))) == [
        "Joint optimum costs least: £700 a year; £400 paid to local producers, 3 of 12 lots with 3 or more able "
        "bidders.",
        "Few big lots, as contracts are today: £200 a year more; £10 paid to local producers, 3 of 12 lots with 3 or "
        "more able bidders.",
    ]
    assert not list(strategies_in_short(Strategies(scores[:1], {}, False)))
    assert re.search("£700", next(strategies_in_short(Strategies(scores[::-1], {}, False))))


def account(spend, local, *endings):
    figures = Figure(SPEND, "pounds", *spend), Figure(PAID_LOCALLY, "pounds", *local)
    return Baseline((), endings, None, None, figures, ())


def test_today_is_told_with_the_plan_and_with_what_ends_first():
    march = Ending("2027-03", Decimal(380), Decimal(235), Decimal(380), 0.5)
    assert list(baseline_in_short(account((1600.0, 1450.0), (495.0, 890.0), march))) == [
        "Of £1,600 a year, £495 (31%) is paid to local suppliers today.",
        "Under the plan it is £890 (61%) of £1,450: £395 more a year.",
        "First to end, in March 2027, are contracts of £380 a year, £235 of it not local.",
    ]


def test_without_a_plan_or_an_end_only_today_is_told_and_less_is_called_less():
    unknown = Ending("", Decimal(380), Decimal(235), Decimal(380), 0.5)
    assert list(baseline_in_short(account((0.0, None), (0.0, None), unknown))) == [
        "Of £0 a year, £0 (0%) is paid to local suppliers today."
    ]
    assert list(baseline_in_short(account((1600.0, 1500.0), (495.0, 400.0))))[-1].endswith("£95 less a year.")


@pytest.mark.parametrize(("cost", "words"), [(30.4, "cost £30 more"), (-12.0, "save £12"), (0.2, "cost no more")])
def test_the_first_swap_is_told_with_what_it_costs(cost, words):
    case, *_ = read_case(VILLAGE)
    one, two, *_ = case.products
    swap = Swap("greens", one, two, {9: 10.0, 10: 5.0}, 120.0, cost, 0.1)
    assert list(swaps_in_short([swap], case, 9)) == [
        f"{case.products[two].name} in place of {case.products[one].name} in September to October would keep £120 a "
        f"year local and {words}."
    ]
    assert list(swaps_in_short([], case, 9)) == []
