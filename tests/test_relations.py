"""What must hold between two cases whatever the optimum is: renaming changes nothing, more choice is never dearer.

Costs are compared by the bounds, which no rounding touches, and again, within rounding, by what is paid.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import pytest
from changed_cases import Change, Problem, plan_of, solved
from random_cases import Dice, Sample, draw_sample, write_case
from relations_of_choice import NEVER_CHEAPER, NEVER_DEARER, with_less_to_sell, with_more_capacity
from relations_of_sameness import (
    NOTHING_CHANGES,
    with_a_constant_on_every_price,
    with_a_copy_far_away,
    with_all_kilos_doubled,
    with_money_worth_a_tenth,
    with_no_cost_but_food,
    with_other_ids,
)
from tolerance import HALF_PENNY, TIE, rounding_gbp

from foodlots.demand import work_out_demand
from foodlots.optimise import goals
from foodlots.plan import Plan
from foodlots.reading import read_case

LOTS_COST, SUPPLIERS_COST = goals.lots_cost, goals.suppliers_cost
INSTANCES, INSTANCES_AT_LENGTH, MOST_SEEDS = 25, 500, 20_000


class Outcome(NamedTuple):
    """The bound and the cost of a plan, and £ by which rounding may move each; None when there is no plan."""

    bound: Fraction | None
    cost: Fraction | None
    tie: Fraction
    rounding: Fraction

    def moved(self, factor: Fraction = Fraction(1), more: Fraction = Fraction()) -> "Outcome":
        """The same outcome at another scale, or with a constant added."""
        if self.bound is None:
            return self
        return Outcome(self.bound * factor + more, self.cost * factor + more, self.tie * factor, self.rounding * factor)


def outcome(problem: Problem, plan: Plan | None) -> Outcome:
    """What a plan costs, and how exactly that is known."""
    case, settings = problem
    if plan is None:
        return Outcome(None, None, Fraction(), Fraction())
    tie = 2 * HALF_PENNY + TIE * work_out_demand(case, settings).value_gbp
    rounding = 2 * rounding_gbp(case, plan, Fraction(settings.aims.local_spend_gbp))
    return Outcome(Fraction(plan.summary.bound_gbp), Fraction(plan.summary.objective_gbp), tie, rounding)


def never_dearer(before: Outcome, after: Outcome) -> bool:
    """The change costs nothing, and a plan there was is not lost."""
    if before.bound is None or after.bound is None:
        return before.bound is None
    ties, rounding = before.tie + after.tie, before.rounding + after.rounding
    return after.bound <= before.bound + ties and after.cost <= before.cost + ties + rounding


def never_cheaper(before: Outcome, after: Outcome) -> bool:
    """The change saves nothing."""
    return never_dearer(after, before)


def equal(before: Outcome, after: Outcome) -> bool:
    """The change makes no difference."""
    return never_dearer(before, after) and never_dearer(after, before)


@cache
def instances(change: Change, wanted: int) -> tuple[tuple[Sample, Outcome, Problem, Outcome], ...]:
    """So many cases in which the change is allowed and somebody wins, with what the plans cost before and after."""
    found: list[tuple[Sample, Outcome, Problem, Outcome]] = []
    for seed in range(MOST_SEEDS):
        sample = draw_sample(seed)
        after = change(sample, Dice(seed))
        plan = plan_of(seed) if after else None
        if plan and plan.awards:
            before = outcome((sample.case, sample.settings), plan)
            found.append((sample, before, after, outcome(after, solved(*after))))
        if len(found) == wanted:
            return tuple(found)
    raise AssertionError(f"{change.__name__} was allowed in {len(found)} cases alone")


def broken(change: Change, holds: Callable[[Outcome, Outcome], bool], wanted: int) -> list[str]:
    """The cases in which a relation does not hold."""
    return [
        f"seed {sample.seed}: {told(before)} became {told(after)}"
        for sample, before, _, after in instances(change, wanted)
        if not holds(before, after)
    ]


def told(result: Outcome) -> str:
    return "no plan" if result.bound is None else f"£{float(result.cost)} (bound £{float(result.bound)})"


def named(change: Change) -> str:
    return change.__name__


@pytest.mark.parametrize("change", NOTHING_CHANGES, ids=named)
def test_it_makes_no_difference(change):
    assert broken(change, equal, INSTANCES) == []


@pytest.mark.parametrize("change", NEVER_DEARER, ids=named)
def test_more_choice_is_never_dearer(change):
    assert broken(change, never_dearer, INSTANCES) == []


@pytest.mark.parametrize("change", NEVER_CHEAPER, ids=named)
def test_less_choice_is_never_cheaper(change):
    assert broken(change, never_cheaper, INSTANCES) == []


def tenfold(before: Outcome, after: Outcome) -> bool:
    """Ten times the cost."""
    return equal(before.moved(Fraction(10)), after)


def twofold(before: Outcome, after: Outcome) -> bool:
    """Twice the cost."""
    return equal(before.moved(Fraction(2)), after)


@pytest.mark.parametrize(("change", "holds"), [(with_money_worth_a_tenth, tenfold), (with_a_copy_far_away, twofold)])
def test_cost_goes_with_the_scale(change, holds):
    assert broken(change, holds, INSTANCES) == []


def test_twice_the_kilos_cost_twice_as_much_where_only_kilos_cost():
    wrong = []
    for sample, _, plain, before in instances(with_no_cost_but_food, INSTANCES):
        after = with_all_kilos_doubled(plain)
        if not twofold(before, outcome(after, solved(*after))):
            wrong.append(sample.seed)
    assert wrong == []


def test_a_constant_on_every_price_adds_itself_for_every_kilo():
    wrong = []
    for sample, before, _, after in instances(with_a_constant_on_every_price, INSTANCES):
        kilos = sum(map(Fraction, sample.case.demand.values()))
        if not equal(before.moved(more=kilos / 10), after):
            wrong.append(sample.seed)
    assert wrong == []


def test_the_order_of_rows_and_columns_changes_nothing_in_the_plan(tmp_path):
    for seed in range(INSTANCES):
        sample = draw_sample(seed)
        plain = write_case(sample.case, sample.settings, tmp_path / f"{seed}_plain")
        mixed = write_case(sample.case, sample.settings, tmp_path / f"{seed}_mixed", random.Random(seed))
        plans = [solved(*read_case(folder)[:2]) for folder in (plain, mixed)]
        assert (seed, *map(without_seconds, plans)) == (seed, without_seconds(plans[0]), without_seconds(plans[0]))


def without_seconds(plan: Plan | None) -> Plan | None:
    return plan and replace(plan, summary=replace(plan.summary, seconds=0.0))


def test_every_relation_of_more_or_less_choice_makes_a_difference_somewhere():
    """A relation in which nothing ever changes would hold for any model."""
    still = [
        change.__name__
        for change in (*NEVER_DEARER, *NEVER_CHEAPER)
        if all(before.bound == after.bound for _, before, _, after in instances(change, INSTANCES))
    ]
    assert still == []


def charges_by_name(model):
    """A model that takes a pound more from bidders whose id begins with n."""
    right = SUPPLIERS_COST(model)
    return right._replace(terms=[*right.terms, *((win, 1.0) for bidder, win in model.win.items() if bidder[0] == "n")])


def gives_lots_away(model):
    """A model in which running lots costs nothing."""
    return LOTS_COST(model).times(0)


def charges_lots_twice(model):
    """A model in which running lots costs twice as much."""
    return LOTS_COST(model).times(2)


@pytest.mark.parametrize(
    ("goal", "wrong", "change", "holds"),
    [
        ("suppliers_cost", charges_by_name, with_other_ids, equal),
        ("lots_cost", gives_lots_away, with_less_to_sell, never_cheaper),
        ("lots_cost", charges_lots_twice, with_more_capacity, never_dearer),
        ("lots_cost", charges_lots_twice, with_money_worth_a_tenth, tenfold),
    ],
)
def test_a_model_that_changes_its_mind_is_caught(goal, wrong, change, holds, monkeypatch):
    """The plan before is the right model's, the one after that of a model tampered with."""
    for seed in range(INSTANCES):
        plan_of(seed)
    monkeypatch.setattr(goals, goal, wrong)
    after_the_change = instances.__wrapped__(change, 10)
    assert any(not holds(before, after) for _, before, _, after in after_the_change)


@pytest.mark.long
@pytest.mark.parametrize("change", NOTHING_CHANGES, ids=named)
def test_it_makes_no_difference_at_length(change):
    assert broken(change, equal, INSTANCES_AT_LENGTH) == []


@pytest.mark.long
@pytest.mark.parametrize("change", NEVER_DEARER, ids=named)
def test_more_choice_is_never_dearer_at_length(change):
    assert broken(change, never_dearer, INSTANCES_AT_LENGTH) == []


@pytest.mark.long
@pytest.mark.parametrize("change", NEVER_CHEAPER, ids=named)
def test_less_choice_is_never_cheaper_at_length(change):
    assert broken(change, never_cheaper, INSTANCES_AT_LENGTH) == []
