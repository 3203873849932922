"""Small problems cut from a large one, solved by HiGHS directly on arrays."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import highspy
import numpy as np

from foodlots.optimise.program import Program
from foodlots.optimise.solver import CALLBACKS, STATUS, Effort, begin_with, free_threads, options

ONE_THREAD = 1  # small problems are solved beside a large one
ASK_SECONDS = 0.1
OPTION = {"gapRel": "mip_rel_gap", "gapAbs": "mip_abs_gap"}  # PuLP's names for HiGHS's options


def never() -> bool:
    """Go on to the end."""
    return False


@dataclass(frozen=True, eq=False)
class Found:
    """The best values found for all columns of the large problem, and their cost, £.

    reduced, prices: what a unit more of each column would cost at least, and of each row's limit, £; only of a problem
    without whole columns, and prices only of one in which no column is held.
    """

    cost: float
    values: np.ndarray
    reduced: np.ndarray | None = None
    prices: np.ndarray | None = None


def cheaper(one: Found | None, other: Found | None) -> Found | None:
    """The one that costs less, or the only one there is."""
    return min((found for found in (one, other) if found is not None), key=lambda found: found.cost, default=None)


def best_of(
    program: Program,
    effort: Effort,
    stopped: Callable[[], bool] = never,
    start: np.ndarray | None = None,
    basis: highspy.HighsBasis | None = None,
) -> Found | None:
    """The best values of a whole problem within the effort; None when there are none in that time."""
    everything = np.ones(len(program.cost), dtype=bool)
    return best_in(program, everything, program.lower, effort, stopped, start, basis)


def best_in(
    program: Program,
    columns: np.ndarray,
    values: np.ndarray,
    effort: Effort,
    stopped: Callable[[], bool] = never,
    start: np.ndarray | None = None,
    basis: highspy.HighsBasis | None = None,
) -> Found | None:
    """The best plan in these columns, all others held at their values; None when none is found in time.

    start: values of a plan to begin with · basis: of a linear problem, where to begin.
    Of a problem without whole columns only the proven best is told: it is a bound too.
    """
    if not program.settles(columns, values):
        return None
    if not columns.any():
        return Found(program.costs(values), values, np.zeros(len(values)))
    part = program.cut(columns, values)
    highs = prepared(part, effort, effort.seconds)
    if start is not None:
        begin_with(highs, part, start[columns])
    if basis is not None:
        highs.setBasis(basis)
    _end_when(highs, stopped)
    highs.run()
    if not _answered(highs, part):
        return None
    result = np.array(values, dtype=float)
    result[columns] = highs.getSolution().col_value
    result[columns & program.whole] = np.round(result[columns & program.whole])
    prices = _prices(highs, program) if columns.all() else None
    return Found(highs.getInfo().objective_function_value, result, _reduced(highs, columns), prices)


def prepared(program: Program, effort: Effort, seconds: float) -> highspy.Highs:
    """HiGHS on one core, with the problem in hand, to end within so many seconds."""
    free_threads(ONE_THREAD)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", max(seconds, 0.1))
    for name, value in options(effort).items():
        highs.setOptionValue(OPTION.get(name, name), value)
    highs.setOptionValue("threads", ONE_THREAD)
    program.hand_over(highs)
    return highs


def _answered(highs: highspy.Highs, part: Program) -> bool:
    feasible = highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return feasible and (part.whole.any() or highs.getModelStatus() == STATUS.kOptimal)


def _reduced(highs: highspy.Highs, columns: np.ndarray) -> np.ndarray | None:
    """The reduced costs of a linear problem, 0 for what was held."""
    if not highs.getSolution().dual_valid:
        return None
    reduced = np.zeros(len(columns))
    reduced[columns] = highs.getSolution().col_dual
    return reduced


def _prices(highs: highspy.Highs, program: Program) -> np.ndarray | None:
    """The prices of a linear problem's rows, 0 for one that holds no column and was left out."""
    if not highs.getSolution().dual_valid:
        return None
    prices = np.zeros(len(program.least))
    prices[np.diff(program.starts) > 0] = highs.getSolution().row_dual
    return prices


def _end_when(highs: highspy.Highs, stopped: Callable[[], bool]) -> None:
    """Have HiGHS ask, at most ten times a second, whether it is still wanted."""
    last = [monotonic(), False]

    def ask(kind, message, data_out, data_in, data):
        if (now := monotonic()) - last[0] > ASK_SECONDS:
            last[:] = now, stopped()
        data_in.user_interrupt = last[1]

    highs.setCallback(ask, None)
    for kind in (CALLBACKS.kCallbackMipInterrupt, CALLBACKS.kCallbackSimplexInterrupt):
        highs.startCallback(kind)
