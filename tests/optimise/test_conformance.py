"""What every solver behind PuLP must do alike: the same problems, the same answers, from HiGHS and from CBC.

HiGHS is asked through our own adapter, CBC through PuLP's command line. Random problems tell on either of the two.
"""

import random
from collections.abc import Callable

import pulp
import pytest

from foodlots.errors import NoPlan
from foodlots.optimise.solver import Effort, Infeasible, solve

Bounds = tuple[float | None, float | None, bool]  # least, most, whether in whole numbers


def by_highs(problem: pulp.LpProblem) -> float:
    """The least cost, as our adapter says it."""
    answer = solve(problem, Effort(20.0, threads=1))
    assert answer.proven
    assert answer.objective == pytest.approx(value_of(problem), abs=1e-6)
    return answer.objective


def by_cbc(problem: pulp.LpProblem) -> float:
    """The least cost, as CBC says it; whether it is one is read from CBC's own words."""
    if "PULP_CBC_CMD" not in pulp.listSolvers(onlyAvailable=True):
        pytest.skip("PuLP has no CBC for this machine")
    problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=20, threads=1, gapRel=0.0))
    if problem.sol_status in (pulp.LpSolutionInfeasible, pulp.LpSolutionUnbounded):
        raise Infeasible("CBC finds none")
    if problem.sol_status != pulp.LpSolutionOptimal:
        raise NoPlan("CBC found none")
    return value_of(problem)


def value_of(problem: pulp.LpProblem) -> float:
    """What the values left in the variables cost."""
    cost = problem.objective
    return cost.constant + sum(weight * (column.varValue or 0.0) for column, weight in cost.items())


ADAPTERS = (by_highs, by_cbc)


class Puzzle:
    """A small problem to write down quickly: columns by name, rows as terms between two bounds."""

    def __init__(
        self, cost: dict[str, float], constant: float = 0.0, **columns: tuple[float | None, float | None, bool]
    ):
        self.problem = pulp.LpProblem("puzzle", pulp.LpMinimize)
        self.columns = {
            name: self.problem.add_variable(name, low, high, pulp.LpInteger if whole else pulp.LpContinuous)
            for name, (low, high, whole) in columns.items()
        }
        self.problem.setObjective(pulp.LpAffineExpression(self._terms(cost), constant))

    def _terms(self, terms: dict[str, float]) -> list:
        return [(self.columns[name], weight) for name, weight in terms.items()]

    def row(self, sense: int, bound: float, **terms: float) -> "Puzzle":
        """Add a row: -1 at most, 0 exactly, 1 at least."""
        name = f"row{len(self.problem.constraints()):03d}"
        self.problem += pulp.LpConstraint(pulp.LpAffineExpression(self._terms(terms)), sense, name, bound)
        return self


def costs_less_than_nothing() -> Puzzle:
    return Puzzle({"x": -3.0}, 1.0, x=(0, 4, False))


def has_only_a_constant() -> Puzzle:
    return Puzzle({"x": 0.0}, 7.5, x=(0, 1, True)).row(1, 0, x=1.0)


def goes_below_zero() -> Puzzle:
    return Puzzle({"x": 1.0}, x=(-5.5, None, False)).row(1, -4.25, x=1.0)


def rounds_up_whole_numbers() -> Puzzle:
    return Puzzle({"x": 1.0}, x=(0, None, True)).row(1, 2.1, x=1.0)


def keeps_an_equation() -> Puzzle:
    return Puzzle({"x": 2.0, "y": 3.0}, x=(0, 6, False), y=(0, None, False)).row(0, 10, x=1.0, y=1.0)


def is_fixed_by_its_bounds() -> Puzzle:
    return Puzzle({"x": 2.0, "y": 1.0}, x=(3, 3, True), y=(0, 9, False)).row(1, 5, x=1.0, y=1.0)


def opens_before_it_sells() -> Puzzle:
    puzzle = Puzzle({"open": 10.0, "sell": -1.0}, open=(0, 1, True), sell=(0, 50, False))
    return puzzle.row(-1, 0, sell=1.0, open=-12.0)


def has_a_row_that_says_nothing() -> Puzzle:
    return Puzzle({"x": 1.0}, x=(1, 2, False)).row(-1, 100, x=1.0)


KNOWN: tuple[tuple[Callable[[], Puzzle], float], ...] = (
    (costs_less_than_nothing, -11.0),
    (has_only_a_constant, 7.5),
    (goes_below_zero, -4.25),
    (rounds_up_whole_numbers, 3.0),
    (keeps_an_equation, 24.0),
    (is_fixed_by_its_bounds, 8.0),
    (opens_before_it_sells, -2.0),
    (has_a_row_that_says_nothing, 1.0),
)


@pytest.mark.parametrize("adapter", ADAPTERS)
@pytest.mark.parametrize(("puzzle", "least"), KNOWN, ids=[puzzle.__name__ for puzzle, _ in KNOWN])
def test_an_answer_worked_out_by_hand(adapter, puzzle, least):
    assert adapter(puzzle().problem) == pytest.approx(least, abs=1e-6)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_rows_that_contradict_each_other_are_no_plan(adapter):
    puzzle = Puzzle({"x": 1.0}, x=(0, 10, True)).row(1, 4, x=1.0).row(-1, 3, x=1.0)
    with pytest.raises(Infeasible):
        adapter(puzzle.problem)


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_a_cost_without_a_floor_is_no_plan(adapter):
    with pytest.raises(NoPlan):
        adapter(Puzzle({"x": -1.0}, x=(0, None, False)).row(1, 0, x=1.0).problem)


def random_problem(dice: random.Random) -> pulp.LpProblem:
    """Lots to draw and supply to share out, in small: binaries, whole crates and kilos, all rows a plan has."""
    ways, goods = dice.randint(2, 5), dice.randint(1, 3)
    columns = {f"draw{w}": (0, 1, True) for w in range(ways)}
    columns |= {f"kilos{w}_{g}": (0, dice.choice([4.0, 9.5, 20.0]), False) for w in range(ways) for g in range(goods)}
    columns |= {f"crates{w}": (0, dice.randint(1, 6), True) for w in range(ways)}
    columns |= {f"short{g}": (0, None, False) for g in range(goods)}
    cost = {name: round(dice.uniform(1, 20), 2) for name in columns}
    cost |= {f"short{g}": 25.0 for g in range(goods)}
    puzzle = Puzzle(cost, dice.choice([0.0, -40.0]), **columns)
    for g in range(goods):
        puzzle.row(1, dice.randint(3, 25), **{f"kilos{w}_{g}": 1.0 for w in range(ways)}, **{f"short{g}": 1.0})
    for w in range(ways):
        supply = {f"kilos{w}_{g}": 1.0 for g in range(goods)}
        puzzle.row(-1, 0, **supply, **{f"crates{w}": -dice.choice([2.5, 5.0])})
        puzzle.row(-1, 0, **{f"crates{w}": 1.0, f"draw{w}": -6.0})
    puzzle.row(-1, dice.randint(1, ways), **{f"draw{w}": 1.0 for w in range(ways)})
    if dice.random() < 0.3:
        puzzle.row(0, dice.randint(1, ways), **{f"draw{w}": 1.0 for w in range(ways)})
    return puzzle.problem


def agree(seed: int) -> bool:
    """Whether both solvers give one random problem the same least cost, or both none."""
    found = []
    for adapter in ADAPTERS:
        try:
            found.append(adapter(random_problem(random.Random(seed))))
        except Infeasible:
            found.append(None)
    return found[0] == found[1] or abs(found[0] - found[1]) < 1e-5


def test_highs_and_cbc_agree():
    assert [seed for seed in range(25) if not agree(seed)] == []


@pytest.mark.long
def test_highs_and_cbc_agree_on_a_thousand():
    assert [seed for seed in range(25, 1025) if not agree(seed)] == []


def test_a_difference_between_two_solvers_would_be_seen(monkeypatch):
    monkeypatch.setitem(globals(), "ADAPTERS", (by_highs, lambda problem: by_highs(problem) + 0.01))
    assert not all(agree(seed) for seed in range(5))
