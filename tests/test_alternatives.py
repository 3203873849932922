"""Alternatives: the village's costs of other winners are on its paper (data/village/README.md, section 5)."""

import json
from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.cli import FAULTS, main
from foodlots.cli.alternatives import share_in
from foodlots.errors import DataError
from foodlots.insight.alternatives import FIRM, FREE, THREAD, Bounds, alternatives, jobs_for, others_work, without_work
from foodlots.optimise import make_plan
from foodlots.optimise.awarding import Awarding
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

D = Decimal


@pytest.fixture(scope="module")
def village():
    case, settings, _ = read_case(VILLAGE)
    return case, settings, make_plan(case, settings)


@pytest.fixture(scope="module")
def without(village):
    return {key: without_work(village, given) for key, given in jobs_for(village[2], Bounds()).items()}


def found(village, without, within: str, thread: str = "0.001", others: int = 1):
    bounds = Bounds(D(within), D(thread), others)
    return alternatives(village[2], without, others_work(village, bounds), bounds)


def test_what_a_plan_without_each_award_costs_more(village, without):
    """Fruit and vegetables to Mead: 10,000.01; milk to the open market: 9,677.75; the plan: 9,095.41."""
    extras = {award.bidder: award.extra_gbp for award in found(village, without, "0.01").awards}
    assert extras == pytest.approx({"mead": 582.34, "croft": 904.60}, abs=0.02)
    assert all(answer.bound_gbp == pytest.approx(answer.best_gbp, abs=1.1) for answer in without.values())


@pytest.mark.parametrize(("within", "mead", "croft"), [
    ("0.06", FIRM, FIRM), ("0.065", FREE, FIRM), ("0.099", FREE, FIRM), ("0.1", FREE, FREE),
])  # fmt: skip
def test_an_award_never_changes_up_to_what_it_costs_to_change_it(village, without, within, mead, croft):
    """582.34 is 6.4% of the plan's cost, 904.60 is 9.95%."""
    standings = {award.bidder: award.standing for award in found(village, without, within).awards}
    assert standings == {"mead": mead, "croft": croft}


def test_an_award_hangs_by_a_thread_up_to_the_share_that_is_said(village, without):
    for thread, standing in (("0.064", FREE), ("0.0641", THREAD)):
        assert found(village, without, "0.2", thread).awards[0].standing == standing


@pytest.mark.parametrize(("within", "changed", "extra"), [
    ("0.07", 4680 / 10920, 582.34), ("0.1", 6240 / 10920, 904.60),
])  # fmt: skip
def test_the_plan_that_differs_most(village, without, within, changed, extra):
    """Within 7% only the milk can go, to the open market; within 10% the larger lot, to Mead, but not both."""
    (other,) = found(village, without, within).others
    assert (other.changed, other.extra_gbp) == (pytest.approx(changed), pytest.approx(extra, abs=0.02))
    assert other.spend_gbp > float(village[2].summary.spend_gbp)


def test_where_nothing_can_change_no_other_plan_is_told(village, without):
    assert found(village, without, "0.01", others=3).others == ()


def test_other_plans_differ_from_each_other(village, without):
    others = found(village, without, "0.25", others=3).others
    assert len({other.changes for other in others}) == len(others) >= 2


def test_the_plan_itself_costs_what_it_says(village):
    awarding = Awarding(*village)
    assert awarding.program.costs(awarding.planned) == pytest.approx(float(village[2].summary.objective_gbp), abs=0.01)


def test_a_share_is_read_as_it_is_said():
    assert share_in("1%", "within") == share_in("0.01", "within") == D("0.01")
    for wrong in ("1 percent", "-1%", "200%"):
        with pytest.raises(DataError, match="is no share; give a share such as 1%"):
            share_in(wrong, "within")


def test_the_command(village, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("FOODLOTS_CACHE", str(tmp_path / "kept"))
    folder = write_plan(make_plan(*village[:2]), tmp_path / "plan")
    with pytest.raises(SystemExit) as end:
        main(["alternatives", str(VILLAGE), str(folder), "--within", "7%", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert not end.value.code
    assert [award["standing"] for award in answer["awards"]] == [FREE, FIRM]
    with pytest.raises(SystemExit) as end:
        main(["alternatives", str(VILLAGE), str(folder), "--within", "lots"])
    assert end.value.code == FAULTS
