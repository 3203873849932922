"""Rules that contradict each other: the set is irreducible, each mend is the mildest that helps, the cheapest first."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.buyer_rules import RULES, rules_on
from foodlots.case import MONTHS
from foodlots.cli import main
from foodlots.compare import cost_to_buyer
from foodlots.insight.conflict import BY_KEY, HELD, find_conflicts, given_with
from foodlots.optimise import make_plan
from foodlots.optimise.possible import is_possible
from foodlots.reading import read_case
from foodlots.runner import Runner


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOODLOTS_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def runner():
    with Runner(processes=1) as found:
        yield found


CASES = [
    (["floors.local=0.99"], {"floors.local"}),
    (["lots.number=[1,1]", "awards.min_winners=2"], {"lots.number.most", "awards.min_winners"}),
    (["awards.max_km=5", "floors.local=0.5", "awards.max_share_per_owner=1"], {"awards.max_km", "floors.local"}),
    (["lots.value_gbp=[12000,20000]"], {"lots.value_gbp.least"}),
    (["limits.cost_gbp=9300"], {"limits.cost_gbp"}),
]


@pytest.mark.parametrize(("overrides", "expected"), CASES)
def test_the_set_is_irreducible_and_each_mend_the_mildest(runner, overrides, expected):
    case, settings, _ = read_case(VILLAGE, overrides)
    (found,) = find_conflicts(case, settings, runner).found
    assert set(found.rules) == expected
    assert not is_possible(case, given_with(settings, found.rules)[0])
    for spared in found.rules:
        assert is_possible(case, given_with(settings, set(found.rules) - {spared})[0])
    assert {mend.rule for mend in found.mends} == expected
    assert [mend.counted_gbp for mend in found.mends] == sorted(mend.counted_gbp for mend in found.mends)
    for rule in found.rules:
        assert BY_KEY[rule].title.lower() in found.sentence


def test_the_cheaper_way_out_comes_first_with_its_plan_s_cost(runner):
    case, settings, _ = read_case(VILLAGE, ["lots.number=[1,1]", "awards.min_winners=2"])
    (found,) = find_conflicts(case, settings, runner).found
    assert [(m.title, m.before, m.after, m.cost_gbp) for m in found.mends] == [
        ("Most lots", "1", "2", Decimal("9523.80")), ("Fewest winners", "2", "1", Decimal("9678.80")),
    ]  # fmt: skip
    apart = make_plan(*read_case(VILLAGE, ["lots.number=[1,2]", "awards.min_winners=2"])[:2])
    assert cost_to_buyer(apart.summary) == found.mends[0].cost_gbp


def test_one_step_back_there_is_no_plan(runner):
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.99"])
    (found,) = find_conflicts(case, settings, runner).found
    assert found.mends[0].after == "97%"
    rule = BY_KEY["floors.local"]
    assert is_possible(case, rule.with_value(settings, Decimal("0.97")))
    assert not is_possible(case, rule.with_value(settings, Decimal("0.98")))


def test_awards_held_that_cannot_be_are_a_rule_too(runner):
    """Croft grows no milk, yet must win it."""
    case, settings, _ = read_case(VILLAGE)
    lots = {p: tuple((s, p, MONTHS) for s in case.sites) for p in case.products}
    case = replace(case, lots=lots, held={("milk", "croft"): "award"})
    (found,) = find_conflicts(case, settings, runner).found
    assert found.rules == (HELD,)
    assert found.mends[0].after == "let go"


def test_two_conflicts_are_told_one_after_the_other(runner):
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.99", "lots.number=[4,9]"])
    found = find_conflicts(case, settings, runner).found
    assert {each.rules for each in found} == {("floors.local",), ("lots.number.least",)}
    assert all(each.mends == () for each in found)


def test_every_rule_can_be_told_apart():
    assert len(BY_KEY) == len(RULES)
    _, settings, _ = read_case(VILLAGE, ["lots.number=[2,3]"])
    assert [rule.key for rule in rules_on(settings)] == ["lots.number.least", "lots.number.most"]


def test_the_command(capsys):
    with pytest.raises(SystemExit) as end:
        main(["conflict", str(VILLAGE)])
    assert not end.value.code
    assert "do not contradict" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["conflict", str(VILLAGE), "--set", "floors.local=0.99", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["found"][0]["mends"][0]["setting"] == "floors.local"
