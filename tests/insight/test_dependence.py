"""Who depends on whom, on the valley worked out on paper (sample_plan.py), and who would step in."""

import pytest
from one_kitchen import farm, kitchen_case, offer, planned, product
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.insight.dependence import Dependence, hhi
from foodlots.insight.dependence_words import about_concentration, about_stop
from foodlots.insight.step_in import SteppingIn
from foodlots.optimise.standing import Standing

HILL = ("producer", "hill")


@pytest.fixture(scope="module")
def valley():
    return Dependence(sample_case(), sample_settings(), sample_plan())


def test_losses_are_the_kilos_that_come_by_the_one_who_stops(valley):
    plan = sample_plan()
    lost = {stop.node: stop for stop in valley.stops}[HILL]
    potatoes = next(loss for loss in lost.losses if loss.product == "potato")
    by_hill = sum(
        line.kg for line in plan.supply if "hill" in (line.producer, line.bidder) and line.product == "potato"
    )
    assert potatoes.kg == pytest.approx(float(by_hill))
    assert potatoes.gbp == pytest.approx(float(by_hill) * 0.60)


def test_shares_of_a_kitchen_are_of_all_it_asks_for(valley):
    for parts in valley.shares.values():
        growers = {path[0] for path, _, _ in valley.ways}
        assert sum(share for node, share in parts.items() if node in growers) >= 0
        assert all(0 < share <= 1.5 for share in parts.values())
        assert list(parts.values()) == sorted(parts.values(), reverse=True)


def test_the_index_of_concentration():
    assert hhi({"a": 1}) == 10_000
    assert hhi({"a": 1, "b": 1, "c": 1, "d": 1}) == 2500
    assert hhi({}) == 0


def test_concentration_counts_owners_once(valley):
    for each in valley.concentration:
        assert 0 < each.winners_hhi <= 10_000
        assert about_concentration(each) in {"not concentrated", "concentrated", "highly concentrated"}
        assert each.growers >= 1


@pytest.fixture(scope="module")
def one_winner():
    """Hill wins all leeks at £1; Dale could bring 600 kg a month at £1.50; the open market asks £2."""
    case = kitchen_case([farm("hill"), farm("dale")], [offer("hill", 1000), offer("dale", 600, "1.5")])
    return planned(case)


def test_what_the_next_best_costs_more_is_worked_out_by_hand(one_winner):
    """2,000 kg at £1 become 1,200 kg at £1.50 and 800 kg at £2: £1,400 more; the open market alone £2,000 more."""
    stepping = SteppingIn(Standing(*one_winner))
    (found,) = stepping.for_(HILL)
    assert (found.next_best, found.able) == ("dale", 1)
    assert found.more_gbp == pytest.approx(1400, abs=0.01)
    assert found.market_gbp == pytest.approx(2000, abs=0.01)


def test_where_nobody_else_can_the_open_market_is_the_next_best():
    leek = product(needs=("salsa",))
    sure = farm("hill", accreditations=frozenset(["salsa"]))
    case = kitchen_case([sure, farm("dale")], [offer("hill", 1000), offer("dale", 1000, "1.5")], [leek])
    (found,) = SteppingIn(Standing(*planned(case))).for_(HILL)
    assert (found.next_best, found.able) == ("", 0)
    assert found.more_gbp == found.market_gbp == pytest.approx(2000, abs=0.01)


def test_what_happens_is_said_in_a_sentence(one_winner):
    answer = Dependence(*one_winner)
    assert about_stop(answer.case, answer.stops[0]) == "If Hill stops, 1 school loses 100% of its leek."
    assert [name for _, name, _ in answer.critical] == ["Hill"]
