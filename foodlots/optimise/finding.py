"""The best plan and its proof: HiGHS on the whole problem, helped to good plans by smaller problems cut from it.

A problem of ordinary size gets one good plan to begin with, and is then HiGHS's alone: the same input gives the
same plan. For a large one plans are improved beside HiGHS from the first second, and each better one is told to it.
"""

from dataclasses import replace
from time import monotonic

from foodlots.errors import NoPlan
from foodlots.optimise.certified import certified_bound
from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.improving import Improver
from foodlots.optimise.last_plan import begin_like
from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found
from foodlots.optimise.solver import Answer, Effort, Infeasible, Progress, Watcher, solve
from foodlots.plan import Plan

GOOD = 0.02  # of the relaxed cost
OPTIMAL = "Optimal"  # HiGHS's word, also for what another of its proofs shows to be the best
LARGE = 150_000  # entries in the rows; more take HiGHS minutes to a good plan of its own


def find_best(
    model: Model,
    program: Program,
    effort: Effort,
    watch: Watcher,
    last: Plan | None = None,
    least: float = float("-inf"),
) -> Answer:
    """The best values of the model's variables within the effort, left in them; begins with an earlier plan if given.

    least: what no plan costs less than, £, as proven elsewhere: a plan that costs no more is the best, and the search
    ends with it. Raises as `solve` does.
    """
    began = monotonic()
    begin = last and begin_like(model, program, last)
    if begin and begin.cost <= least + effort.gap_gbp:
        return _taken(model, Answer(OPTIMAL, True, begin.cost, min(least, begin.cost), 0.0, 0), begin)

    def look(progress: Progress) -> bool:
        reached = progress.best is not None and progress.best <= least + effort.gap_gbp
        return watch(progress) or reached

    answer = _search(model, program, effort, look, begin, began)
    if answer.objective <= least + effort.gap_gbp:
        answer = replace(answer, status=OPTIMAL, proven=True)
    return replace(answer, bound=min(max(answer.bound, least), answer.objective))


def _search(
    model: Model, program: Program, effort: Effort, watch: Watcher, begin: Found | None, began: float
) -> Answer:
    if len(program.index) > LARGE:
        return _side_by_side(model, program, effort, watch, begin)
    relaxed = relax(program)
    if not _good(begin, relaxed):
        begin = _cheaper(begin, first_plan(model, program, relaxed))
    left = replace(
        effort,
        seconds=max(1.0, effort.seconds - (monotonic() - began)),
        own_ideas=not _good(begin, relaxed),
    )
    answer = solve(model.problem, left, watch, begin and begin.values, program=program)
    return _with_bounds(answer, relaxed, program)


def _good(plan: Found | None, relaxed: Found | None) -> bool:
    """Whether a plan is so near the relaxed one that HiGHS need not look for better ones of its own."""
    return plan is not None and relaxed is not None and plan.cost - relaxed.cost <= GOOD * abs(relaxed.cost)


def _cheaper(one: Found | None, other: Found | None) -> Found | None:
    return min((found for found in (one, other) if found is not None), key=lambda found: found.cost, default=None)


def _side_by_side(model: Model, program: Program, effort: Effort, watch: Watcher, begin: Found | None) -> Answer:
    improver = Improver(model, program, begin)
    alone = replace(effort, threads=1, own_ideas=False)

    def look(progress: Progress) -> bool:
        return watch(_with_best(progress, improver.best))

    with improver:
        try:
            answer = solve(model.problem, alone, look, begin and begin.values, improver.better_than, program)
        except Infeasible:
            raise
        except NoPlan:
            if improver.best is None:
                raise
            answer = Answer("Time limit reached", False, float("inf"), float("-inf"), effort.seconds, 0)
    return _with_bounds(_better_of(model, answer, improver.best), improver.relaxed, program)


def _with_best(progress: Progress, found: Found | None) -> Progress:
    costs = [cost for cost in (progress.best, found and found.cost) if cost is not None]
    return replace(progress, best=min(costs, default=None))


def _with_bounds(answer: Answer, relaxed: Found | None, program: Program) -> Answer:
    """The answer with the relaxed problem's bound, where HiGHS ended before it had a better one, and a certificate."""
    if relaxed is None:
        return answer
    bound = max(answer.bound, min(relaxed.cost, answer.objective))
    certified = None if relaxed.prices is None else certified_bound(program, relaxed.prices)
    return replace(answer, bound=bound, certified=certified)


def _better_of(model: Model, answer: Answer, found: Found | None) -> Answer:
    """HiGHS's answer, or the improved plan where that is cheaper: then its values are put in the variables."""
    if found is None or found.cost >= answer.objective:
        return answer
    return _taken(model, replace(answer, objective=found.cost), found)


def _taken(model: Model, answer: Answer, found: Found) -> Answer:
    """The answer, with these values put in the variables."""
    for column in model.problem.variables():
        column.varValue = float(found.values[column.index])
    return answer
