"""HiGHS through PuLP: one hand-over, an optional start, live progress, and HiGHS's own status, bound and gap.

PuLP says "Optimal" when time ran out (faults.md a.2), so nothing here reads PuLP's status.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from threading import local
from time import monotonic

import highspy
import numpy as np
import pulp

from foodlots.errors import NoPlan
from foodlots.optimise.program import Program

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
    """What HiGHS itself says. `proven`: no better solution exists, within the gap asked for. Costs in £.

    `certified`: a bound worked out in exact fractions besides, for which HiGHS need not be believed; None without one.
    """

    status: str
    proven: bool
    objective: float
    bound: float
    seconds: float
    nodes: int
    certified: Fraction | None = None


@dataclass(frozen=True)
class Effort:
    """Limits of one solve: seconds, absolute gap in £ at which it may end, threads (0: all), seed.

    `own_ideas`: whether HiGHS looks for better plans by small problems of its own, or leaves that to whoever asks.
    `restarts`: whether it begins anew without what it has ruled out even where it has no ideas of its own: kept from
    that after a nearly best start, HiGHS 1.15 makes no cuts; after a poorer one it costs more than it brings.
    """

    seconds: float
    gap_gbp: float = 0.0
    threads: int = 0
    seed: int = 0
    own_ideas: bool = True
    restarts: bool = False


_last = local()  # how many threads HiGHS last used in this thread
Watcher = Callable[[Progress], bool]  # sees progress; True asks the search to stop
Adviser = Callable[[float | None], np.ndarray | None]  # the best cost so far -> values of a cheaper plan, if it has one
BESIDE_THE_BOUND = (  # what HiGHS does for better plans while its bound waits
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
)


class Infeasible(NoPlan):
    """The rows contradict each other; whoever asked knows what they mean to a buyer."""


class Handover(pulp.HiGHS):
    """pulp.HiGHS that passes the whole model in one call, and a start where there is one."""

    program: Program | None = None
    start: np.ndarray | None = None

    def createAndConfigureSolver(self, lp):
        super().createAndConfigureSolver(lp)
        for name, value in self.optionsDict.items():
            if lp.solverModel.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise ValueError(f"HiGHS does not know the option {name}={value!r}")

    def buildSolverModel(self, lp):
        self.program = self.program or Program.of(lp)
        self.program.hand_over(lp.solverModel)
        if self.start is not None:
            begin_with(lp.solverModel, self.program, self.start)


def begin_with(highs: highspy.Highs, program: Program, start: np.ndarray) -> None:
    """Tell HiGHS the whole columns of a plan to begin with; it works out the others."""
    whole = np.flatnonzero(program.whole).astype(np.int32)
    highs.setSolution(len(whole), whole, start[whole])


def solve(
    problem: pulp.LpProblem,
    effort: Effort,
    watch: Watcher | None = None,
    start: np.ndarray | None = None,
    advice: Adviser | None = None,
    program: Program | None = None,
) -> Answer:
    """The best values of the problem's variables within the effort, left in the variables themselves.

    It begins with `start` (values of all columns) and takes up better plans from `advice` as it goes.
    `program`: the problem's arrays where they are known already.

    Raises Infeasible when the rows contradict each other, NoPlan when the time was too short for any answer.
    """
    refuse_wrong_version()
    began = monotonic()
    free_threads(effort.threads)
    solver = Handover(msg=False, timeLimit=effort.seconds, **options(effort))
    solver.program, solver.start = program, start
    if watch:
        solver.callbackTuple = (reporter(watch, advice, began), None)
        solver.callbacksToActivate = [CALLBACKS.kCallbackMipInterrupt, CALLBACKS.kCallbackMipLogging]
        solver.callbacksToActivate += [CALLBACKS.kCallbackMipUserSolution] if advice else []
    problem.solve(solver)
    return _read(problem.solverModel, bool(solver.program.whole.any()), monotonic() - began)


def refuse_wrong_version() -> None:
    """Raise RuntimeError for a HiGHS that is known to be wrong."""
    if highspy.Highs().version() in WRONG_VERSIONS:
        raise RuntimeError(f"highspy {highspy.Highs().version()} is known to return wrong optima: install another")


def options(effort: Effort) -> dict:
    """What an effort means to HiGHS, time apart, by the names PuLP passes on."""
    alone = dict.fromkeys(BESIDE_THE_BOUND, False) | {"mip_allow_restart": effort.restarts}
    ideas = {} if effort.own_ideas else alone
    return {
        "gapRel": 0.0, "gapAbs": effort.gap_gbp, "threads": effort.threads, "random_seed": effort.seed,
        "mip_feasibility_tolerance": 1e-7, **ideas,
    }  # fmt: skip


@dataclass(frozen=True)
class Duals:
    """What one unit more of each limit would change the cost by, £: of a variable's bound, of a row's limit."""

    columns: np.ndarray
    rows: np.ndarray

    def of_bound(self, column: pulp.LpVariable) -> float:
        """£ for one unit more of the bound the variable stands at."""
        return float(self.columns[column.index])

    def of_limit(self, row: pulp.LpConstraint) -> float:
        """£ for one unit more of the row's limit."""
        return float(self.rows[row.index])


def duals(problem: pulp.LpProblem) -> Duals:
    """The duals of a linear program that was just solved; HiGHS gives none while columns have kinds, so they lose them.

    Raises NoPlan when HiGHS cannot say them.
    """
    highs = problem.solverModel
    program = highs.getLp()
    program.integrality_ = []
    highs.passModel(program)
    highs.run()
    solution = highs.getSolution()
    if not solution.dual_valid:
        raise NoPlan("the solver could not say what one more kilo is worth")
    return Duals(np.array(solution.col_dual), np.array(solution.row_dual))


def free_threads(threads: int) -> None:
    """Let go of this thread's workers when their number changes: HiGHS fails rather than do so itself."""
    if getattr(_last, "threads", threads) != threads:
        highspy.Highs.resetGlobalScheduler(True)
    _last.threads = threads


def reporter(watch: Watcher, advice: Adviser | None, began: float):
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
        if kind == CALLBACKS.kCallbackMipUserSolution:
            better = advice(_finite(data_out.mip_primal_bound))
            if better is not None:
                data_in.setSolution(better)

    return tell


def _finite(value: float) -> float | None:
    return value if abs(value) < highspy.kHighsInf else None


def _read(highs: highspy.Highs, whole: bool, seconds: float) -> Answer:
    """HiGHS's own words about the solve, with its bound: of a linear program, nothing whole, the optimum itself."""
    status, info = highs.getModelStatus(), highs.getInfo()
    said = highs.modelStatusToString(status)
    if status in (STATUS.kInfeasible, STATUS.kUnboundedOrInfeasible):
        raise Infeasible("the limits contradict each other")
    if info.primal_solution_status != 2 or status not in (STATUS.kOptimal, *STOPPED):
        raise NoPlan(f"no plan was found in {seconds:.0f} seconds ({said}); allow more time")
    bound = info.mip_dual_bound if whole else info.objective_function_value
    return Answer(
        said, status == STATUS.kOptimal, info.objective_function_value, min(bound, info.objective_function_value),
        seconds, int(info.mip_node_count) if whole else 0,
    )  # fmt: skip
