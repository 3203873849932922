"""To begin with an earlier plan: the same plan again at once, the best awards of its lots under new rules."""

from dataclasses import replace

import numpy as np
import pytest
from golden_case import VILLAGE
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.optimise import finding, whole_search
from foodlots.optimise.last_plan import begin_like, same_lots
from foodlots.optimise.nested import draws_no_other_lots
from foodlots.optimise.program import Program
from foodlots.optimise.search import build, make_plan
from foodlots.reading import read_case

TIE = 0.02  # £; the plan is drawn up in whole pence


def village(*overrides):
    return read_case(VILLAGE, overrides)[:2]


@pytest.mark.parametrize("seed", range(25))
def test_a_plan_of_the_same_case_is_taken_up_as_it_is(seed):
    sample = draw_sample(seed)
    try:
        plan = make_plan(sample.case, sample.settings)
    except NoPlan:
        return
    model = build(sample.case, sample.settings)
    begun = begin_like(model, Program.of(model.problem), plan)
    lots = same_lots(model, plan)
    assert set(lots) == {lot.id for lot in plan.lots}
    assert begun.cost <= float(plan.summary.objective_gbp) + TIE + 1e-6 * model.ground.value_gbp
    assert {lot for lot, draw in enumerate(model.draw) if begun.values[draw.index] > 0.5} == set(lots.values())
    won = {
        (bid.lot, bid.channel.bidder) for i, bid in enumerate(model.bids) if begun.values[model.award[i].index] > 0.5
    }
    assert won <= {(lots[award.lot], award.bidder) for award in plan.awards}


def test_awards_no_longer_allowed_are_made_anew():
    plan = make_plan(*village())
    winners = {award.bidder for award in plan.awards}
    case, settings = village("awards.max_lots_per_supplier=1", "awards.max_price_over_benchmark=0.0")
    case = replace(case, offers=tuple(offer for offer in case.offers if offer.producer != min(winners)))
    model = build(case, settings)
    program = Program.of(model.problem)
    begun = begin_like(model, program, plan)
    assert begun.cost == pytest.approx(program.costs(begun.values), abs=0.01)
    assert {model.ground.case.producers[b].id for b in model.win if begun.values[model.win[b].index] > 0.5} != winners


def test_lots_that_can_be_drawn_no_more_are_no_beginning():
    plan = make_plan(*village())
    case, settings = village("lots.value_gbp=[1, 5000]", "lots.areas=2")
    model = build(case, settings)
    assert begin_like(model, Program.of(model.problem), plan) is None
    assert make_plan(case, settings, last=plan).summary == replace(
        make_plan(case, settings).summary, seconds=pytest.approx(0, abs=60)
    )


def test_the_search_ends_where_it_would_end_without():
    for overrides in ([], ["costs.per_km=0.9"], ["floors.local=0.5"], ["awards.max_lots_per_supplier=1"]):
        case, settings = village(*overrides)
        plan = make_plan(*village())
        afresh, again = make_plan(case, settings), make_plan(case, settings, last=plan)
        assert again.summary.objective_gbp == afresh.summary.objective_gbp
        assert again.summary.status == "optimal"


def test_a_large_case_begins_with_it_too(monkeypatch):
    case, settings = village()
    plan = make_plan(case, settings)
    monkeypatch.setattr(finding, "LARGE", 0)
    monkeypatch.setattr(finding.Improver, "_work", lambda improver, number: None)
    begun = []
    real = whole_search.solve

    def solve(problem, effort, watch, start, *more):
        begun.append(start)
        return real(problem, effort, watch, start, *more)

    monkeypatch.setattr(whole_search, "solve", solve)
    assert make_plan(case, settings, last=plan).summary.objective_gbp == plan.summary.objective_gbp
    assert isinstance(begun[0], np.ndarray)


def test_a_plan_known_to_be_the_best_is_taken_without_a_search(monkeypatch):
    """A tighter rule that the plan keeps to anyway: no plan under it can cost less than is proven of the looser one."""
    plan = make_plan(*village())
    case, tighter = village("awards.max_km=60")
    bound = float(plan.summary.bound_gbp)
    with monkeypatch.context() as patch:
        patch.setattr(finding, "relax", None)
        taken = make_plan(case, tighter, last=plan, least_gbp=bound)
        with pytest.raises(TypeError):
            make_plan(case, tighter, last=plan, least_gbp=bound - 1)
    assert taken.summary == replace(make_plan(case, tighter).summary, seconds=taken.summary.seconds)
    assert (taken.summary.status, taken.lots, taken.awards) == ("optimal", plan.lots, plan.awards)


def test_other_bounds_of_value_may_mean_other_lots_to_choose_from():
    case, loose = village("lots.value_gbp=[100, 12000]")
    _, tight = village("lots.value_gbp=[3600, 12000]")
    _, finer = village("lots.value_gbp=[100, 2000]")  # one product of one area is worth more: smaller areas
    assert draws_no_other_lots(case, tight, loose)
    assert not draws_no_other_lots(case, loose, tight)
    assert not draws_no_other_lots(case, finer, loose)
    assert draws_no_other_lots(case, loose, village("lots.value_gbp=[100, 12000]", "awards.max_km=20")[1])
