"""The search for the best plan of the whole problem, HiGHS helped to good plans by smaller ones cut from it.

A problem of ordinary size gets one good plan to begin with, and is then HiGHS's alone: the same input gives the same
plan. For a large one plans are improved beside HiGHS, and each better one is told to it.
"""

from dataclasses import replace

from foodlots.errors import NoPlan
from foodlots.optimise.first_plan import first_plan
from foodlots.optimise.hard_limit import plan_that_meets
from foodlots.optimise.improving import Improver
from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, cheaper
from foodlots.optimise.solver import Answer, Effort, Infeasible, Progress, Watcher, solve

GOOD = 0.02  # of the relaxed cost: a plan so near it needs none of HiGHS's ideas for better ones
OUT_OF_TIME = "Time limit reached"  # HiGHS's words


def search_alone(
    model: Model, program: Program, relaxed: Found | None, effort: Effort, watch: Watcher, begin: Found | None
) -> Answer:
    """HiGHS from a first plan, or from the one to begin with where that is good; raises as `solve` does."""
    if not is_good(begin, relaxed):
        begin = cheaper(begin, first_plan(model, program, relaxed)) or plan_that_meets(model, program, relaxed)
    effort = replace(effort, own_ideas=not is_good(begin, relaxed))
    return solve(model.problem, effort, watch, begin and begin.values, program=program)


def search_beside(model: Model, program: Program, improver: Improver, effort: Effort, watch: Watcher) -> Answer:
    """HiGHS on one core beside an improver of plans; raises as `solve` does, but where the improver has a plan."""

    def look(progress: Progress) -> bool:
        costs = [cost for cost in (progress.best, improver.best and improver.best.cost) if cost is not None]
        return watch(replace(progress, best=min(costs, default=None)))

    alone, begin = replace(effort, threads=1, own_ideas=False, restarts=True), improver.best
    improver.begin()
    try:
        answer = solve(model.problem, alone, look, begin and begin.values, improver.better_than, program)
    except Infeasible:
        raise
    except NoPlan:
        if improver.best is None:
            raise
        answer = Answer(OUT_OF_TIME, False, float("inf"), float("-inf"), effort.seconds, 0)
    best = improver.best
    if best is None or best.cost >= answer.objective:
        return answer
    return taken(model, replace(answer, objective=best.cost), best)


def is_good(plan: Found | None, relaxed: Found | None) -> bool:
    """Whether a plan is so near the relaxed one that HiGHS need not look for better ones of its own."""
    return plan is not None and relaxed is not None and plan.cost - relaxed.cost <= GOOD * abs(relaxed.cost)


def taken(model: Model, answer: Answer, found: Found) -> Answer:
    """The answer, with these values put in the variables."""
    for column in model.problem.variables():
        column.varValue = float(found.values[column.index])
    return answer
