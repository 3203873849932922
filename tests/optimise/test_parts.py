"""Parts never cost more than the whole, whatever the prices; searched side by side they make its best plan."""

from dataclasses import replace

import numpy as np
import pulp
import pytest
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.optimise import finding
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.finding import find_best
from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.goals import objective
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.in_parts import SideBySide
from foodlots.optimise.model import compose, decide
from foodlots.optimise.parts import cut_in_parts
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.relaxing import relax_parts
from foodlots.optimise.rules import RULES
from foodlots.optimise.small_problems import best_in, best_of
from foodlots.optimise.solver import Effort, Infeasible
from foodlots.optimise.stock import take_stock

EFFORT = Effort(30, 1e-3, threads=2)
TO_THE_PENNY = 0.01


def _in_several_parts(seed: int):
    """A random case in which no lot joins products, its problem, that relaxed and its best plan; None without one."""
    sample = draw_sample(seed)
    ground = lay_ground(sample.case, sample.settings)
    try:
        candidates = tuple(each for each in draw_candidates(ground) if len(each.products) == 1)
    except NoPlan:  # its lots fit no limits
        return None
    if len({each.products for each in candidates}) == 1 or not _cover(ground, candidates):
        return None
    book = BidBook(ground, take_stock(ground), candidates)
    model = decide(book)
    compose(model, (*RULES, *POLICIES))
    aim = objective(model)
    model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
    program = Program.of(model.problem)
    best = best_of(program, EFFORT)
    return best and (model, program, relax(program), best)


def _cover(ground, candidates) -> bool:
    return not ground.case.lots and {cell for each in candidates for cell in each.cells} >= set(ground.cells)


PROBLEMS = [(seed, found) for seed in range(200) if (found := _in_several_parts(seed))]


@pytest.fixture(params=[found for _, found in PROBLEMS], ids=[str(seed) for seed, _ in PROBLEMS])
def several(request):
    return request.param


def test_many_random_cases_come_in_parts():
    assert len(PROBLEMS) >= 30


def test_every_column_is_of_one_part_or_ties_them(several):
    model, program, relaxed, _ = several
    parts = cut_in_parts(model, program, relaxed.prices)
    owned = sum(part.own.astype(int) for part in parts.parts)
    assert (owned + parts.ties == 1).all()
    assert all((part.own <= part.columns).all() for part in parts.parts)
    paid = sum(part.program.cost for part in parts.parts)
    free = np.diff(program.starts) > 0
    kept = [program.rows_within(part.columns) for part in parts.parts]
    if np.logical_or.reduce(kept)[free].all():
        assert paid == pytest.approx(program.cost)
        assert parts.constant == program.constant


def test_at_the_relaxed_prices_the_parts_cost_what_the_whole_does_relaxed(several):
    model, program, relaxed, _ = several
    parts = cut_in_parts(model, program, relaxed.prices)
    costs = [best_of(part.program.relaxed(), EFFORT).cost for part in parts.parts]
    assert parts.constant + sum(costs) == pytest.approx(relaxed.cost, abs=TO_THE_PENNY)


def test_relaxed_from_its_parts_the_whole_is_the_same(several):
    model, program, relaxed, _ = several
    rough = relax_parts(model, program)
    again = relax(program, basis=rough.basis)
    assert again.cost == pytest.approx(relaxed.cost, abs=TO_THE_PENNY)
    assert len(again.prices) == len(program.least)


def test_the_parts_relaxed_alone_are_good_enough_to_begin_with():
    """A first plan after them is a plan of the whole, and mostly there is one."""
    made = 0
    for _, (model, program, _, best) in PROBLEMS:
        rough = relax_parts(model, program)
        assert rough.bound <= best.cost + TO_THE_PENNY
        plan = first_plan(model, program, rough.found)
        made += plan is not None
        assert plan is None or (program.kept(plan.values).all() and plan.cost >= best.cost - TO_THE_PENNY)
    assert made > 0.7 * len(PROBLEMS)


@pytest.mark.parametrize("luck", range(3))
def test_at_no_prices_do_the_best_parts_cost_more_than_the_best_plan(several, luck):
    """Prices drawn at random: a row that is an upper limit may be paid for only by a negative one."""
    model, program, relaxed, best = several
    dice = np.random.default_rng(luck)
    prices = relaxed.prices * dice.uniform(0, 3, len(relaxed.prices)) if luck else np.zeros(len(relaxed.prices))
    parts = cut_in_parts(model, program, prices)
    costs = [best_of(part.program, EFFORT).cost for part in parts.parts]
    assert parts.constant + sum(costs) <= best.cost + TO_THE_PENNY


def test_the_best_plan_of_the_whole_is_a_plan_of_every_part_and_costs_each_no_less_than_its_best(several):
    model, program, relaxed, best = several
    parts = cut_in_parts(model, program, relaxed.prices)
    bounds = np.array([best_of(part.program, EFFORT).cost for part in parts.parts])
    for part, bound in zip(parts.parts, bounds, strict=True):
        assert best_in(part.program, ~part.program.whole, part.found(best.values).values, EFFORT) is not None
        assert part.found(best.values).cost >= bound - TO_THE_PENNY


def test_side_by_side_they_come_to_a_plan_and_a_bound_that_hold_the_best_between_them(several):
    model, program, relaxed, best = several
    parts = cut_in_parts(model, program, relaxed.prices)
    standing = SideBySide(model, program, parts, relaxed).search(EFFORT, lambda progress: False)
    assert relaxed.cost - TO_THE_PENNY <= standing.bound <= best.cost + TO_THE_PENNY
    assert not standing.over
    if standing.best:
        assert standing.best.cost >= best.cost - TO_THE_PENNY
        assert program.costs(standing.best.values) == pytest.approx(standing.best.cost, abs=TO_THE_PENNY)
        assert program.settles(np.zeros(len(program.cost), dtype=bool), standing.best.values)


def test_the_search_can_be_stopped_and_keeps_its_plan(several):
    model, program, relaxed, best = several
    parts = cut_in_parts(model, program, relaxed.prices)
    standing = SideBySide(model, program, parts, relaxed, best).search(EFFORT, lambda progress: True)
    assert standing.best.cost <= best.cost + TO_THE_PENNY


def test_a_search_ends_with_the_best_plan_whether_its_parts_make_it_or_not(several):
    model, program, _, best = several
    answer = find_best(model, program, EFFORT, lambda progress: False)
    assert answer.proven
    assert answer.objective == pytest.approx(best.cost, abs=TO_THE_PENNY)
    values = np.array([column.varValue for column in model.problem.variables()])
    assert program.costs(values) == pytest.approx(best.cost, abs=TO_THE_PENNY)


def test_of_a_large_problem_a_first_plan_is_waited_for_when_time_is_up_before(monkeypatch):
    plans = [found for _, found in PROBLEMS if first_plan(*found[:3])][:20]
    monkeypatch.setattr(finding, "LARGE", 0)
    monkeypatch.setattr(finding, "search_beside", None)  # so long a search is not begun
    answers = [
        find_best(model, program, Effort(0.01, threads=1), lambda progress: False) for model, program, *_ in plans
    ]
    for answer, (*_, best) in zip(answers, plans, strict=True):
        assert float("-inf") < answer.bound <= best.cost + TO_THE_PENNY
        assert best.cost - TO_THE_PENNY <= answer.objective < float("inf")


def test_a_part_that_contradicts_itself_is_told(several):
    model, program, relaxed, _ = several
    parts = cut_in_parts(model, program, relaxed.prices)
    first = parts.parts[0]
    upper = np.where(first.own, 0.0, first.program.upper)
    broken = replace(first, program=replace(first.program, upper=upper))
    with pytest.raises(Infeasible):
        SideBySide(model, program, replace(parts, parts=(broken, *parts.parts[1:])), relaxed).search(
            EFFORT, lambda progress: False
        )
