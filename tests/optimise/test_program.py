"""A problem as arrays says what PuLP says of it, and a smaller problem cut from it says the same of what it keeps."""

import numpy as np
import pulp
import pytest
from golden_case import golden_model

from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import best_in, best_of
from foodlots.optimise.solver import Effort, solve

EFFORT = Effort(60)


@pytest.fixture(scope="module")
def model():
    return golden_model()


@pytest.fixture(scope="module")
def program(model):
    return Program.of(model.problem)


@pytest.fixture(scope="module")
def best(model, program):
    """The best values of all columns."""
    solve(model.problem, EFFORT)
    return np.array([column.varValue for column in model.problem.variables()])


def left_sides(program: Program, values: np.ndarray) -> np.ndarray:
    rows = np.repeat(np.arange(len(program.least)), np.diff(program.starts))
    return np.bincount(rows, program.value * values[program.index], minlength=len(program.least))


def keeps(program: Program, values: np.ndarray, spare: float = 1e-5) -> bool:
    """Whether values keep every row and every bound."""
    left = left_sides(program, values)
    inside = (program.least - spare <= left) & (left <= program.most + spare)
    within = (program.lower - spare <= values) & (values <= program.upper + spare)
    return bool(inside.all() and within.all())


def test_the_arrays_say_what_the_rows_say(model, program, best):
    assert program.costs(best) == pytest.approx(pulp.value(model.problem.objective))
    for row, left in zip(model.problem.constraints(), left_sides(program, best), strict=True):
        assert left == pytest.approx(sum(factor * column.varValue for column, factor in row.items()))
    assert keeps(program, best)
    assert not keeps(program, best * 0.0)


def test_all_of_a_problem_is_the_problem(model, program, best):
    assert best_of(program, EFFORT).cost == pytest.approx(program.costs(best), abs=0.01)


def test_no_plan_costs_less_than_the_relaxed_one(program, best):
    relaxed = best_of(program.relaxed(), EFFORT)
    assert relaxed.cost < program.costs(best)
    assert relaxed.reduced is not None


@pytest.mark.parametrize("seed", range(6))
def test_a_part_of_the_best_plan_cannot_be_made_better(program, best, seed):
    """And the rest keeps its values, whatever the part was before."""
    free = np.random.default_rng(seed).random(len(best)) < 0.5
    found = best_in(program, free, best, EFFORT)
    assert found.cost == pytest.approx(program.costs(best), abs=0.01)
    assert np.array_equal(found.values[~free], best[~free])
    assert keeps(program, found.values)


def test_a_part_that_cannot_keep_its_rows_has_no_plan(program, best):
    """All draws but one held at nothing: then no cell of the others lies in a lot."""
    one = np.zeros(len(best), dtype=bool)
    one[program.index[program.starts[0] : program.starts[1]][:1]] = True
    nothing = np.zeros(len(best))
    assert not keeps(program, nothing)
    assert best_in(program, one, nothing, EFFORT) is None


def test_rows_of_none_but_held_columns_are_minded(program, best):
    none = np.zeros(len(best), dtype=bool)
    assert program.settles(none, best)
    assert best_in(program, none, best, EFFORT).cost == pytest.approx(program.costs(best))
    assert not program.settles(none, best * 0.0)
    assert best_in(program, none, best * 0.0, EFFORT) is None


def test_rows_within_hold_no_stranger(program):
    whole = program.whole
    inside = program.rows_within(whole)
    for row in range(len(program.least)):
        columns = program.index[program.starts[row] : program.starts[row + 1]]
        assert inside[row] == (len(columns) > 0 and whole[columns].all())


def test_other_aims_leave_the_rows_alone(program):
    aim = program.aiming_at(np.ones(len(program.cost)))
    assert aim.costs(np.ones(len(program.cost))) == len(program.cost)
    assert aim.least is program.least
