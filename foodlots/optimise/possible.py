"""Whether any plan meets the rules, and how near plans come to the limit that is hardest to meet."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.hard_limit import LIMITS, aimed_at, limits_on
from foodlots.optimise.model import Model
from foodlots.optimise.program import SPARE, Program
from foodlots.optimise.search import build
from foodlots.optimise.small_problems import never
from foodlots.optimise.solver import Effort, Infeasible, Progress, solve
from foodlots.settings import Settings

Stopped = Callable[[], bool]
BY_SETTING = {limit.setting: limit for limit in LIMITS}


@dataclass(frozen=True)
class Reach:
    """How near plans come. possible: whether one meets all rules, None where the time was too short to tell ·
    reached: the limit's value that the nearest plan found would meet, in the setting's unit; None without a plan."""

    possible: bool | None
    reached: Decimal | None = None


def is_possible(case: Case, settings: Settings, stopped: Stopped = never) -> bool | None:
    """Whether some plan meets all rules of these settings; None where their time of effort was too short to tell."""
    return how_near(case, settings, "", stopped).possible


def how_near(case: Case, settings: Settings, setting: str = "", stopped: Stopped = never, go_on: bool = False) -> Reach:
    """How near plans that meet all other rules come to the limit of this setting, "" for the first there is.

    go_on: look for the nearest of all within the time of effort, not only until it is known whether there is a plan.
    """
    try:
        model = build(case, settings)
    except NoPlan:
        return Reach(False)
    program, target = Program.of(model.problem), float("inf")
    limit = BY_SETTING.get(setting) or next(iter(limits_on(model)), None)
    if limit:
        program, target = aimed_at(program, model, limit)
    relaxed = relax(program, stopped)
    if relaxed is not None and relaxed.cost > target + SPARE and not go_on:
        return Reach(False)
    begin = first_plan(model, program, relaxed, stopped)
    if begin is None or begin.cost > target + SPARE:
        possible, values = _searched(model, program, target, begin and begin.values, stopped, go_on)
    else:
        possible, values = True, begin.values
    return Reach(possible, None if values is None or limit is None else Decimal(limit.reached(model, values)))


def _searched(model: Model, program: Program, target: float, start, stopped: Stopped, go_on: bool):
    """Whether HiGHS finds a plan at least so near, and the values of the nearest, None where there are none."""
    bound = [float("-inf")]

    def enough(progress: Progress) -> bool:
        bound[0] = max(bound[0], -np.inf if progress.bound is None else progress.bound)
        there = progress.best is not None and progress.best <= target + SPARE
        return there or (bound[0] > target + SPARE and not go_on) or stopped()

    effort = model.settings.effort
    given = Effort(float(effort.seconds), threads=effort.threads, seed=effort.seed)
    try:
        answer = solve(model.problem, given, enough, start, program=program)
    except Infeasible:
        return False, None
    except NoPlan:
        return (False if bound[0] > target + SPARE else None), None
    values = np.array([column.varValue for column in model.problem.variables()])
    if answer.objective <= target + SPARE:
        return True, values
    return (False if max(bound[0], answer.bound) > target + SPARE else None), values
