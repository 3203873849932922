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
from foodlots.insight.conflict import Conflicts, find_conflicts, given_with
from foodlots.insight.lacking import enough_kilos, what_is_lacking, with_more
from foodlots.insight.ways_out import BY_KEY, FINE, GROW, HELD
from foodlots.optimise import make_plan
from foodlots.optimise.possible import is_possible
from foodlots.reading import read_case
from foodlots.runner import Runner, nobody


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
    assert {mend.rule for mend in found.mends} - {GROW} == expected
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
    assert next(mend.after for mend in found.mends if mend.rule == "floors.local") == "97%"
    rule = BY_KEY["floors.local"]
    assert is_possible(case, rule.with_value(settings, Decimal("0.97")))
    assert not is_possible(case, rule.with_value(settings, Decimal("0.98")))


def test_a_floor_is_told_in_kilos_and_what_would_be_enough_is_enough(runner):
    """Apples of July, 160 kg, are grown by nobody; November asks for 440 kg of potatoes, Croft has 450."""
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.98"])
    (found,) = find_conflicts(case, settings, runner).found
    assert found.lacks[0].startswith("Apples, July: 160 kg asked for, 0 kg on offer from local growers")
    assert "of other months could be stored" in found.lacks[0]
    grown = next(mend for mend in found.mends if mend.rule == GROW)
    more = enough_kilos(case, (settings, "floors.local"), nobody)
    assert grown.after == "160 kg more: apples (July)"
    assert more == (("croft", "apples", 7, Decimal("160.000")),)
    assert not is_possible(case, settings)
    assert is_possible(with_more(case, more), settings)
    made = make_plan(with_more(case, more), settings).summary
    assert (cost_to_buyer(made), grown.proven) == (grown.cost_gbp, True)
    assert made.local_share >= 0.98


def test_what_is_lacking_is_asked_for_less_what_is_on_offer_in_reach():
    """Croft, who alone grows apples, is 6 km from the nearest school; November asks for 50 kg × 4.4 weeks."""
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.98", "awards.max_km=5.5"])
    apples = {lack.month: lack for lack in what_is_lacking(case, settings, "floors.local") if lack.product == "apples"}
    croft = sum(o.kg_per_month for o in case.offers if o.product == "apples" and 11 in o.months)
    assert (apples[11].asked_kg, apples[11].has_kg) == (pytest.approx(220), 0)
    assert apples[11].farther == (pytest.approx(6.0), float(croft))
    assert apples[7].farther is None


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


def test_what_is_not_decided_in_time_is_never_called_possible(runner, monkeypatch, capsys):
    """Time out of the solver is neither a plan nor a conflict; a rule of which it is not known stays in."""
    case, settings, _ = read_case(VILLAGE, ["lots.number=[1,1]", "awards.min_winners=2"])
    monkeypatch.setattr(runner, "run", lambda work, common, jobs: dict.fromkeys(jobs))
    assert find_conflicts(case, settings, runner) == Conflicts((), False, undecided=True)
    answers = iter([False, None, False, None, False, None])
    monkeypatch.setattr(runner, "run", lambda work, common, jobs: {name: next(answers, None) for name in jobs})
    (found,) = find_conflicts(case, settings, runner).found
    assert found.rules == ("lots.number.least", "awards.min_winners")
    assert "was not decided in time" in found.sentence
    monkeypatch.setattr("foodlots.cli.conflict.find_conflicts", lambda *given: Conflicts((), False, undecided=True))
    with pytest.raises(SystemExit):
        main(["conflict", str(VILLAGE)])
    assert "not decided in time; allow more --seconds" in capsys.readouterr().out


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
    assert [mend["setting"] for mend in told["found"][0]["mends"]] == ["table offers", "floors.local"]


@pytest.mark.parametrize("limit", ["limits.km=500", "limits.cost_gbp=9600", "limits.local_gbp=9000"])
def test_a_limit_on_an_amount_is_eased_to_what_the_nearest_plan_brings(runner, limit):
    """The nearest step the plan reaches is possible; one step nearer is not, and is said not to be."""
    others = {"limits.km=500": "awards.min_winners=1", "limits.cost_gbp=9600": "lots.number=[1,1]",
              "limits.local_gbp=9000": "limits.cost_gbp=9600"}  # fmt: skip
    case, settings, _ = read_case(VILLAGE, [limit, others[limit]])
    rule = BY_KEY[limit.partition("=")[0]]
    (found,) = find_conflicts(case, settings, runner).found
    mend = next(mend for mend in found.mends if mend.rule == rule.key)
    step = FINE[rule.kind] if rule.asks_for_more else -FINE[rule.kind]
    assert mend.sure
    assert is_possible(case, rule.with_value(settings, mend.value))
    assert mend.value + step == rule.value(settings) or not is_possible(
        case, rule.with_value(settings, mend.value + step)
    )
