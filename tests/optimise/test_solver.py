"""HiGHS through PuLP says what is true: status, bound and gap, at a time limit, when stopped, without an answer."""

import random
from time import monotonic

import highspy
import numpy as np
import pulp
import pytest

from foodlots.errors import NoPlan
from foodlots.optimise import solver
from foodlots.optimise.solver import Effort, Handover, Infeasible, solve

GOODS = 12


def knapsack(whole: bool = True, room: float = 26.0) -> pulp.LpProblem:
    """The most value that fits, as a cost: every item weighs a little less than twice its value."""
    kind = pulp.LpInteger if whole else pulp.LpContinuous
    problem = pulp.LpProblem("knapsack", pulp.LpMinimize)
    items = [problem.add_variable(f"take{i:02d}", 0, 1, kind) for i in range(GOODS)]
    problem.setObjective(pulp.LpAffineExpression([(item, -(i + 1.0)) for i, item in enumerate(items)], 100.0))
    problem += pulp.LpConstraint(
        pulp.LpAffineExpression([(item, 2.0 * i + 1.5) for i, item in enumerate(items)]),
        pulp.LpConstraintLE,
        "room",
        room,
    )
    return problem


def hard(seed: int = 1, groups: int = 30, ways: int = 40) -> pulp.LpProblem:
    """A set-partitioning puzzle with capacities that takes HiGHS minutes; to take nothing is a plan."""
    dice = random.Random(seed)
    problem = pulp.LpProblem("hard", pulp.LpMinimize)
    cost, rows, load = [], [], [[] for _ in range(ways)]
    for group in range(groups):
        skip = problem.add_variable(f"skip{group:03d}", 0, 1, pulp.LpInteger)
        cost.append((skip, 100.0))
        rows.append([(skip, 1.0)])
        for way in range(ways):
            take = problem.add_variable(f"take{group:03d}_{way:03d}", 0, 1, pulp.LpInteger)
            cost.append((take, dice.uniform(10, 60)))
            rows[-1].append((take, 1.0))
            load[way].append((take, dice.uniform(5, 25)))
    opened = [problem.add_variable(f"open{way:03d}", 0, 1, pulp.LpInteger) for way in range(ways)]
    cost += [(way, dice.uniform(60, 120)) for way in opened]
    problem.setObjective(pulp.LpAffineExpression(cost))
    for number, row in enumerate(rows):
        problem += pulp.LpConstraint(pulp.LpAffineExpression(row), pulp.LpConstraintEQ, f"each{number:03d}", 1.0)
    for number, row in enumerate(load):
        terms = pulp.LpAffineExpression([*row, (opened[number], -33.0)])
        problem += pulp.LpConstraint(terms, pulp.LpConstraintLE, f"room{number:03d}", 0.0)
    return problem


def best_by_hand(room: float = 26.0) -> float:
    """Every way to fill the room, tried."""
    ways = (bits for bits in range(1 << GOODS))
    fits = [[i for i in range(GOODS) if bits >> i & 1] for bits in ways]
    return min(100.0 - sum(i + 1 for i in chosen) for chosen in fits if sum(2 * i + 1.5 for i in chosen) <= room)


def test_an_optimum_is_proven_and_right():
    answer = solve(problem := knapsack(), Effort(30))
    assert answer.proven
    assert answer.status == "Optimal"
    assert answer.objective == pytest.approx(best_by_hand())
    assert answer.bound == pytest.approx(answer.objective)
    assert pulp.value(problem.objective) == pytest.approx(answer.objective)


def test_the_bound_of_a_linear_program_is_its_optimum():
    answer = solve(knapsack(whole=False), Effort(30))
    assert (answer.proven, answer.nodes) == (True, 0)
    assert answer.bound == answer.objective < best_by_hand()


def test_a_gap_allowed_is_told():
    answer = solve(hard(groups=12, ways=12), Effort(60, gap_gbp=200.0))
    assert answer.proven
    assert 0 <= answer.objective - answer.bound <= 200


def test_a_time_limit_is_never_called_optimal():
    """PuLP says Optimal here: faults.md a.2."""
    began = monotonic()
    answer = solve(problem := hard(), Effort(2.0))
    assert monotonic() - began < 20
    assert answer.status == "Time limit reached"
    assert not answer.proven
    assert answer.bound < answer.objective - 1
    assert pulp.value(problem.objective) == pytest.approx(answer.objective)
    assert all(row.valid(1e-6) for row in problem.constraints())


def test_no_answer_in_time_is_no_plan():
    problem = hard()
    with pytest.raises(NoPlan, match="allow more time") as trouble:
        solve(problem, Effort(1e-6))
    assert not isinstance(trouble.value, Infeasible)


@pytest.mark.parametrize("whole", [True, False])
def test_rows_that_contradict_each_other_are_said_to(whole):
    problem = knapsack(whole)
    problem += pulp.LpConstraint(
        pulp.LpAffineExpression([(column, 1.0) for column in problem.variables()]), pulp.LpConstraintGE, "all", 12.0
    )
    with pytest.raises(Infeasible):
        solve(problem, Effort(30))


@pytest.mark.parametrize(("room", "possible"), [(-0.1, False), (0.0, True)])
def test_both_sides_of_what_is_possible(room, possible):
    if possible:
        assert solve(knapsack(room=room), Effort(30)).objective == 100
    else:
        with pytest.raises(Infeasible):
            solve(knapsack(room=room), Effort(30))


def test_stopping_keeps_the_best_so_far():
    seen = []

    def watch(progress):
        seen.append(progress)
        return progress.best is not None

    answer = solve(problem := hard(), Effort(60), watch)
    assert answer.status == "Interrupted by user"
    assert not answer.proven
    assert answer.seconds < 40
    assert pulp.value(problem.objective) == pytest.approx(answer.objective)
    assert answer.objective == pytest.approx(min(p.best for p in seen if p.best is not None), rel=0.2)


def test_progress_only_ever_gets_better():
    seen = []
    solve(hard(), Effort(3.0), lambda progress: bool(seen.append(progress)))
    best = [p.best for p in seen if p.best is not None]
    bound = [p.bound for p in seen if p.bound is not None]
    assert best == sorted(best, reverse=True)
    assert bound == sorted(bound)
    assert [p.seconds for p in seen] == sorted(p.seconds for p in seen)
    assert len(best) > 1


def first_found(start=None):
    return solve(hard(), Effort(60), watch=lambda progress: progress.best is not None, start=start)


def found_thrice():
    """The third plan that HiGHS comes to, and all its values."""
    seen = set()

    def watch(progress):
        seen.add(progress.best)
        return len(seen - {None}) > 2

    good = solve(problem := hard(), Effort(300), watch)
    return good, np.array([column.varValue for column in problem.variables()])


def test_a_start_is_where_the_search_begins():
    good, start = found_thrice()
    assert first_found().objective > good.objective + 1e-6
    assert first_found(start).objective <= good.objective + 1e-6


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_start_that_is_poor_or_does_not_fit_changes_nothing_in_the_end(value):
    assert solve(knapsack(), Effort(30), start=np.full(GOODS, value)).objective == best_by_hand()


def test_better_plans_told_on_the_way_are_taken_up():
    good, values = found_thrice()
    seen = []

    def watch(progress):
        seen.append(progress.best)
        return progress.best is not None and progress.best <= good.objective + 1e-6

    told = solve(hard(), Effort(60, own_ideas=False), watch, advice=lambda best: values)
    assert told.objective <= good.objective + 1e-6


@pytest.mark.parametrize("option", [{"mip_rel_gpa": 0.1}, {"random_seed": "abc"}, {"time_limit": "soon"}])
def test_an_option_that_highs_does_not_know_is_refused(option):
    with pytest.raises(ValueError, match=next(iter(option))):
        knapsack().solve(Handover(msg=False, **option))


def test_a_version_with_wrong_optima_is_refused(monkeypatch):
    monkeypatch.setattr(solver, "WRONG_VERSIONS", (highspy.Highs().version(),))
    with pytest.raises(RuntimeError, match="wrong optima"):
        solve(knapsack(), Effort(30))


def test_the_version_in_use_is_not_one_of_the_wrong_ones():
    assert highspy.Highs().version() not in solver.WRONG_VERSIONS
    assert "1.14.0" in solver.WRONG_VERSIONS


def test_any_number_of_threads_one_after_another():
    assert [solve(knapsack(), Effort(30, threads=threads)).objective for threads in (1, 2, 1, 0, 2)] == [
        best_by_hand()
    ] * 5


def test_the_same_problem_has_the_same_answer_every_time():
    def chosen():
        solve(problem := hard(groups=10, ways=8), Effort(60, threads=1))
        return [column.varValue for column in problem.variables()]

    assert chosen() == chosen()


def test_the_whole_model_is_handed_over_as_it_is():
    """Equal, at most, at least, a bound missing, a constant: each counts."""
    problem = pulp.LpProblem("all", pulp.LpMinimize)
    x, y, z = (
        problem.add_variable(name, low, high) for name, low, high in (("x", None, 4), ("y", -3, None), ("z", 0, 9))
    )
    problem.setObjective(pulp.LpAffineExpression([(x, -2.0), (y, 1.0), (z, -1.0)], 7.0))
    for name, terms, sense, limit in (
        ("eq", [(x, 1.0), (z, 1.0)], pulp.LpConstraintEQ, 6.0),
        ("le", [(x, 1.0), (y, 1.0)], pulp.LpConstraintLE, 2.0),
        ("ge", [(y, 2.0), (z, 1.0)], pulp.LpConstraintGE, -3.0),
    ):
        problem += pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, name, limit)
    answer = solve(problem, Effort(10))
    assert answer.objective == pytest.approx(-2 * 4 - 2.5 - 2 + 7)
    assert (x.varValue, y.varValue, z.varValue) == pytest.approx((4, -2.5, 2))
