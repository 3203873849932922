"""The price of each rule is the difference of two audited plans, on the village whose plans are on paper."""

import json
from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.buyer_rules import RULES, rules_on
from foodlots.cli import NO_PLAN, main
from foodlots.insight.price import LIFTED, TIGHTER, price_rules
from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.runner import Runner
from foodlots.settings_table import SETTINGS

ONE_LOT = ("lots.number=[1,1]", "floors.local=0.5", "awards.max_km=30")


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOODLOTS_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def prices():
    case, settings, _ = read_case(VILLAGE, ONE_LOT)
    with Runner(processes=2) as runner:
        return price_rules(case, settings, runner, 60)


def step(prices, rule, what):
    return next(each for each in prices.steps if (each.rule, each.what) == (rule, what))


def test_one_lot_costs_what_the_paper_says(prices):
    """All three products in one lot: 9,368.36; the best cut: 9,095.41."""
    lifted = step(prices, "lots.number.most", LIFTED)
    assert (lifted.before, lifted.after) == ("1", "none")
    assert lifted.counted_gbp == Decimal("9095.41") - Decimal("9368.36")
    assert lifted.cost_gbp == Decimal("9523.80") - Decimal("9678.80")  # spend, lots and farms: 155 less
    assert lifted.local_gbp == Decimal("8567.80") - Decimal("6208.80")
    assert lifted.lots_changed == 3  # one gone, two new
    assert lifted.proven
    assert lifted.least_gbp <= lifted.counted_gbp <= lifted.most_gbp
    floor = step(prices, "floors.local", TIGHTER)
    assert floor.least_gbp == 0 <= floor.most_gbp
    assert lifted.most_gbp - lifted.least_gbp < Decimal("0.05")


def test_a_rule_that_binds_nothing_costs_nothing(prices):
    for what in (LIFTED, TIGHTER):
        assert step(prices, "awards.max_km", what).counted_gbp == 0
        assert step(prices, "floors.local", what).counted_gbp == 0


def test_every_price_is_the_difference_of_two_plans_made_apart(prices):
    case, settings, _ = read_case(VILLAGE, ONE_LOT)
    apart = make_plan(case, settings).summary
    assert prices.plan.summary.objective_gbp == apart.objective_gbp
    for rule in rules_on(settings):
        other = make_plan(case, rule.with_value(settings, None)).summary
        found = step(prices, rule.key, LIFTED)
        assert found.counted_gbp == other.objective_gbp - apart.objective_gbp
        assert found.local_gbp == other.local_spend_gbp - apart.local_spend_gbp
        assert found.pence_a_meal == pytest.approx(other.pence_per_meal - apart.pence_per_meal, abs=1e-4)


def test_a_rule_that_cannot_be_tightened_says_so():
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.95"])
    with Runner(processes=2) as runner:
        found = price_rules(case, settings, runner, 60)
    assert "floors.local" in step(found, "floors.local", TIGHTER).refused
    assert step(found, "floors.local", LIFTED).refused == ""


def test_a_stop_tells_what_is_solved():
    case, settings, _ = read_case(VILLAGE, ONE_LOT)
    with Runner(lambda standing: standing.done >= 2, processes=1, keep=False) as runner:
        found = price_rules(case, settings, runner, 60)
    assert found.stopped
    assert len(found.steps) < len(rules_on(settings)) * 2


def test_rules_are_settings_and_move_the_right_way():
    _, settings, _ = read_case(VILLAGE, ["lots.value_gbp=[1000,8000]", "awards.max_km=30", "awards.min_fill=0.95"])
    known = {setting.label for setting in SETTINGS}
    assert all(rule.label in known for rule in RULES)
    moved = {rule.key: (rule.value(settings), rule.tighter(settings)) for rule in rules_on(settings)}
    assert moved == {
        "lots.value_gbp.least": (1000, 1250), "lots.value_gbp.most": (8000, 6400), "awards.max_km": (30, 20),
        "awards.min_fill": (Decimal("0.95"), None),
    }  # fmt: skip
    for rule in rules_on(settings):
        assert rule.value(rule.with_value(settings, None)) is None


def test_the_command(capsys):
    with pytest.raises(SystemExit) as end:
        main(["price", str(VILLAGE), "--set", "lots.number=[1,1]"])
    out, err = capsys.readouterr()
    assert not end.value.code, err
    assert "−£155" in out
    assert "−£273" in out
    with pytest.raises(SystemExit):
        main(["price", str(VILLAGE), "--set", "lots.number=[1,1]", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert [each["counted_gbp"] for each in told["steps"] if each["what"] == LIFTED] == ["0.00", "-272.95"]
    with pytest.raises(SystemExit) as end:
        main(["price", str(VILLAGE), "--set", "floors.local=0.99"])
    assert end.value.code == NO_PLAN
