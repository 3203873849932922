"""A limit made the aim: its two sides on the village, and a plan that meets it where there is one."""

import pytest
from golden_case import VILLAGE

from foodlots.optimise.first_plan import relax
from foodlots.optimise.hard_limit import LIMITS, aimed_at, limits_on, plan_that_meets
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.search import build
from foodlots.reading import read_case
from foodlots.settings_table import SETTINGS


def problem(*overrides):
    model = build(*read_case(VILLAGE, overrides)[:2])
    return model, Program.of(model.problem)


def test_every_limit_is_a_setting_and_a_policy():
    assert {limit.setting for limit in LIMITS} <= {setting.label for setting in SETTINGS}
    assert {limit.policy for limit in LIMITS} <= {policy.__name__ for policy in POLICIES}


@pytest.mark.parametrize(("floor", "met"), [("0.97", True), ("0.98", False)])
def test_both_sides_of_a_floor(floor, met):
    """The village's growers can be paid 97% of spend, not 98%: July's apples are grown by nobody."""
    model, program = problem(f"floors.local={floor}")
    (limit,) = limits_on(model)
    aimed, target = aimed_at(program, model, limit)
    assert (relax(aimed).cost <= target) is met
    for relaxed in (None, relax(program)):
        _meets(model, program, relaxed, met, float(floor))


def _meets(model, program, relaxed, met, floor):
    (limit,), found = limits_on(model), plan_that_meets(model, program, relaxed)
    assert (found is not None) is met
    if found:
        assert limit.reached(model, found.values) >= floor - 1e-9
        assert program.settles(found.values * 0 > 0, found.values)


def test_a_limit_that_nothing_asks_for_has_no_plan_of_its_own():
    assert plan_that_meets(*problem(), None) is None
