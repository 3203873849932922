"""HiGHS through PuLP: one hand-over, an optional start, live progress, and HiGHS's own status, bound and gap.

PuLP says "Optimal" when time ran out (faults.md a.2), so nothing here reads PuLP's status.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from threading import local
from time import monotonic

import highspy
import numpy as np
import pulp

from foodlots.errors import NoPlan

WRONG_VERSIONS = ("1.14.0",)  # returns wrong optima: faults.md bar 6
STATUS = highspy.HighsModelStatus
STOPPED = (STATUS.kInterrupt, STATUS.kTimeLimit, STATUS.kSolutionLimit, STATUS.kObjectiveTarget)
CALLBACKS = highspy.cb.HighsCallbackType


@dataclass(frozen=True)
class Progress:
    """How the search stands: seconds since it began, cost of the best plan (None before the first), proven bound."""

    seconds: float
    best: float | None
    bound: float | None


@dataclass(frozen=True)
class Answer:
    """What HiGHS itself says. `proven`: no better solution exists, within the gap asked for. Costs in £."""

    status: str
    proven: bool
    objective: float
    bound: float
    seconds: float
    nodes: int


@dataclass(frozen=True)
class Effort:
    """Limits of one solve: seconds, absolute gap in £ at which it may end, threads (0: all), seed."""

    seconds: float
    gap_gbp: float = 0.0
    threads: int = 0
    seed: int = 0


_last = local()  # how many threads HiGHS last used in this thread
Watcher = Callable[[Progress], bool]  # sees progress; True asks the search to stop


class Infeasible(NoPlan):
    """The rows contradict each other; whoever asked knows what they mean to a buyer."""


class Handover(pulp.HiGHS):
    """pulp.HiGHS that passes the whole model in one call, and a start where there is one."""

    start: Mapping[str, float] | None = None

    def createAndConfigureSolver(self, lp):
        super().createAndConfigureSolver(lp)
        for name, value in self.optionsDict.items():
            if lp.solverModel.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise ValueError(f"HiGHS does not know the option {name}={value!r}")

    def buildSolverModel(self, lp):
        columns, rows = lp.variables(), lp.constraints()
        for index, column in enumerate(columns):
            column.index = index
        for index, row in enumerate(rows):
            row.index = index
        starts = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        lp.solverModel.passModel(
            len(columns), len(rows), int(starts[-1]),
            int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMinimize), lp.objective.constant,
            np.array([lp.objective.get(column, 0.0) for column in columns], dtype=float),
            _bounds((column.lowBound for column in columns), -highspy.kHighsInf),
            _bounds((column.upBound for column in columns), highspy.kHighsInf),
            _bounds((row.getLb() for row in rows), -highspy.kHighsInf),
            _bounds((row.getUb() for row in rows), highspy.kHighsInf),
            starts,
            np.fromiter((column.index for row in rows for column in row), dtype=np.int32, count=starts[-1]),
            np.fromiter(chain.from_iterable(row.values() for row in rows), dtype=float, count=starts[-1]),
            np.array([int(self.mip and column.cat == pulp.LpInteger) for column in columns], dtype=np.int32),
        )  # fmt: skip
        self._hand_over_start(lp, columns)

    def _hand_over_start(self, lp, columns):
        start = self.start or {}
        known = [(column.index, start[column.name]) for column in columns if column.name in start]
        if known:
            indices, values = (np.array(part) for part in zip(*known, strict=True))
            lp.solverModel.setSolution(len(known), indices.astype(np.int32), values.astype(float))


def _bounds(bounds, missing: float) -> np.ndarray:
    return np.array([missing if bound is None else bound for bound in bounds], dtype=float)


def solve(
    problem: pulp.LpProblem,
    effort: Effort,
    watch: Watcher | None = None,
    start: Mapping[str, float] | None = None,
) -> Answer:
    """The best values of the problem's variables within the effort, left in the variables themselves.

    Raises Infeasible when the rows contradict each other, NoPlan when the time was too short for any answer.
    """
    if highspy.Highs().version() in WRONG_VERSIONS:
        raise RuntimeError(f"highspy {highspy.Highs().version()} is known to return wrong optima: install another")
    began = monotonic()
    _free_threads(effort.threads)
    solver = Handover(
        msg=False, gapRel=0.0, gapAbs=effort.gap_gbp, threads=effort.threads, timeLimit=effort.seconds,
        random_seed=effort.seed, mip_feasibility_tolerance=1e-7,
    )  # fmt: skip
    solver.start = start
    if watch:
        solver.callbackTuple = (_tell(watch, began), None)
        solver.callbacksToActivate = [CALLBACKS.kCallbackMipInterrupt, CALLBACKS.kCallbackMipLogging]
    problem.solve(solver)
    return _read(problem, monotonic() - began)


def _free_threads(threads: int) -> None:
    """Let go of this thread's workers when their number changes: HiGHS fails rather than do so itself."""
    if getattr(_last, "threads", threads) != threads:
        highspy.Highs.resetGlobalScheduler(True)
    _last.threads = threads


def _tell(watch: Watcher, began: float):
    """The callback through which HiGHS reports, at most ten times a second, and is asked to stop."""
    last = [0.0, False]

    def tell(kind, message, data_out, data_in, data):
        now = monotonic()
        if now - last[0] > 0.1 or kind == CALLBACKS.kCallbackMipLogging:
            last[0] = now
            best, bound = _finite(data_out.mip_primal_bound), _finite(data_out.mip_dual_bound)
            last[1] = last[1] or bool(watch(Progress(now - began, best, bound)))
        if kind == CALLBACKS.kCallbackMipInterrupt and last[1]:
            data_in.user_interrupt = True

    return tell


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None


def _read(problem: pulp.LpProblem, seconds: float) -> Answer:
    """HiGHS's own words about the solve, with its bound: of a linear program, the optimum itself."""
    highs = problem.solverModel
    status, info = highs.getModelStatus(), highs.getInfo()
    said = highs.modelStatusToString(status)
    if status in (STATUS.kInfeasible, STATUS.kUnboundedOrInfeasible):
        raise Infeasible("the limits contradict each other")
    if info.primal_solution_status != 2 or status not in (STATUS.kOptimal, *STOPPED):
        raise NoPlan(f"no plan was found in {seconds:.0f} seconds ({said}); allow more time")
    whole = any(column.cat == pulp.LpInteger for column in problem.variables())
    bound = info.mip_dual_bound if whole else info.objective_function_value
    return Answer(
        said, status == STATUS.kOptimal, info.objective_function_value, min(bound, info.objective_function_value),
        seconds, int(info.mip_node_count) if whole else 0,
    )  # fmt: skip
