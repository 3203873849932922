"""The bound in exact fractions: as good as the relaxed optimum, true for any prices, and never above a plan."""

import random
from fractions import Fraction

import numpy as np
import pytest
from golden_case import golden_model
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.optimise.certified import certified_bound
from foodlots.optimise.program import Program
from foodlots.optimise.search import build, make_plan
from foodlots.optimise.small_problems import best_of
from foodlots.optimise.solver import Effort, solve

SHARE = Fraction(1, 10**9)  # of the relaxed cost, by which HiGHS's prices may miss it


@pytest.fixture(scope="module")
def program():
    return Program.of(golden_model().problem)


def program_of(**changes) -> Program:
    """Least 3 x + 2 y with x + y >= 4, x - y <= 1, 0 <= x <= 5, 0 <= y <= 3: x = 1, y = 3 costs 9."""
    parts = {
        "constant": 0.0, "cost": np.array([3.0, 2.0]), "lower": np.zeros(2), "upper": np.array([5.0, 3.0]),
        "whole": np.array([False, False]), "least": np.array([4.0, -np.inf]), "most": np.array([np.inf, 1.0]),
        "starts": np.array([0, 2, 4]), "index": np.array([0, 1, 0, 1]), "value": np.array([1.0, 1.0, 1.0, -1.0]),
    }  # fmt: skip
    return Program(**(parts | changes))


def test_a_bound_worked_out_on_paper():
    """At 3 for the first row: 12 + 0 x - 1 y, and y is 3 at the most: 9. At 2: 8 + 1 x + 0 y: 8."""
    assert certified_bound(program_of(), [3.0, 0.0]) == 9
    assert certified_bound(program_of(), [2.0, 0.0]) == 8
    assert certified_bound(program_of(constant=0.5), [0.0, 0.0]) == Fraction(1, 2)


def test_a_price_on_a_side_without_a_limit_counts_for_nothing():
    assert certified_bound(program_of(), [-3.0, 7.0]) == certified_bound(program_of(), [0.0, 0.0]) == 0
    assert certified_bound(program_of(), [float("nan"), float("inf")]) == 0


def test_a_column_without_end_makes_no_bound():
    endless = program_of(upper=np.array([5.0, np.inf]))
    assert certified_bound(endless, [3.0, 0.0]) is None
    assert certified_bound(endless, [2.0, 0.0]) == 8


def test_it_is_the_relaxed_optimum_and_no_plan_costs_less(program):
    relaxed = best_of(program.relaxed(), Effort(60))
    bound = certified_bound(program, relaxed.prices)
    assert abs(bound - Fraction(relaxed.cost)) <= SHARE * Fraction(relaxed.cost)
    model = golden_model()
    assert bound <= Fraction(solve(model.problem, Effort(60)).objective)


def test_any_prices_make_a_bound_that_holds(program):
    """Prices by chance prove little, but never more than what the best plan costs."""
    best, dice = Fraction(solve(golden_model().problem, Effort(60)).objective), random.Random(3)
    prices = best_of(program.relaxed(), Effort(60)).prices
    for _ in range(40):
        shaken = [price * dice.choice([1, 1, 0.9, 1.1, -1]) + dice.choice([0, 0, 0, 1.0]) for price in prices]
        assert certified_bound(program, shaken) <= best


def wrongly_certified(seeds: range) -> list[str]:
    """Cases whose certified bound lies above their plan, or far below what HiGHS says of the relaxed problem."""
    wrong = []
    for seed in seeds:
        sample = draw_sample(seed)
        try:
            program = Program.of(build(sample.case, sample.settings).problem)
            plan = make_plan(sample.case, sample.settings)
        except NoPlan:
            continue
        said, relaxed = plan.run.get("certified_bound_gbp"), best_of(program.relaxed(), Effort(60))
        exact = certified_bound(program, relaxed.prices)
        near = abs(exact - Fraction(relaxed.cost)) <= SHARE * max(1, abs(Fraction(relaxed.cost)))
        if not near or said is None or not Fraction(said) <= exact or exact > Fraction(relaxed.cost) + SHARE * 10**6:
            wrong.append(f"seed {seed}: {said}, {float(exact)}, relaxed {relaxed.cost}")
        if Fraction(said or 0) > Fraction(plan.summary.bound_gbp) + Fraction(1, 100):
            wrong.append(f"seed {seed}: certified {said} above the bound {plan.summary.bound_gbp}")
    return wrong


def test_random_cases_are_certified():
    assert wrongly_certified(range(40)) == []


@pytest.mark.long
def test_a_thousand_random_cases_are_certified():
    assert wrongly_certified(range(40, 1_040)) == []
