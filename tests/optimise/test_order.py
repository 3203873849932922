"""Aims in order: the cost has a bound even where the solver had no time to tell one."""

from dataclasses import replace

import pytest
from golden_case import VILLAGE

from foodlots.optimise.order import in_order
from foodlots.optimise.search import build
from foodlots.optimise.solver import Effort, solve
from foodlots.reading import read_case


@pytest.mark.parametrize("told", [True, False])
def test_the_cost_has_a_bound_that_no_plan_is_below(told):
    case, settings, _ = read_case(VILLAGE, ["order.aims=lots"])
    model = build(case, settings)

    def one(name, start, to_come):
        answer = solve(model.problem, Effort(60), None, start)
        return answer if told else replace(answer, bound=float("-inf"))

    answer = in_order(model, one)
    assert float("-inf") < answer.bound <= answer.objective
    assert answer.objective - answer.bound < (0.01 if told else 100)
