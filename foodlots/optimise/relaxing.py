"""The relaxed problem, its parts first: each alone is solved in a fraction of the time, and the whole from there."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import highspy
import numpy as np

from foodlots.optimise.first_plan import RELAXED_SECONDS, relax
from foodlots.optimise.model import Model
from foodlots.optimise.parts import Part, Parts, cut_in_parts
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, never, prepared
from foodlots.optimise.solver import STATUS, Effort

BASIC, LOWER = highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kLower


def relax_in_parts(
    model: Model, program: Program, threads: int = 0, stopped: Callable[[], bool] = never
) -> Found | None:
    """The same as `relax` of the whole; threads: cores to use, 0 for all."""
    parts = cut_in_parts(model, program, np.zeros(len(program.least)))
    if len(parts.parts) == 1:
        return relax(program, stopped)
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        bases = list(pool.map(lambda part: _basis_of(part, stopped), parts.parts))
    return relax(program, stopped, None if None in bases else _joined(program, parts, bases))


def _basis_of(part: Part, stopped: Callable[[], bool]) -> highspy.HighsBasis | None:
    """Which columns and rows of a part are basic when it is relaxed alone; None where it has no plan."""
    highs = prepared(part.program.relaxed(), Effort(RELAXED_SECONDS), RELAXED_SECONDS)
    if not stopped():
        highs.run()
    return highs.getBasis() if highs.getModelStatus() == STATUS.kOptimal else None


def _joined(program: Program, parts: Parts, bases: list[highspy.HighsBasis]) -> highspy.HighsBasis:
    """The parts' bases as one: a column that ties them is basic where any part has it so, a row that none has is."""
    columns, rows = np.full(len(program.cost), LOWER), np.full(len(program.least), BASIC)
    for part, basis in zip(parts.parts, bases, strict=True):
        found, held = np.array(basis.col_status), program.rows_within(part.columns)
        columns = np.where(part.own | (part.columns & (columns != BASIC)), found, columns)
        rows[held] = basis.row_status
    joined = highspy.HighsBasis()
    joined.col_status, joined.row_status = columns.tolist(), rows[np.diff(program.starts) > 0].tolist()
    joined.valid = joined.alien = True  # alien: HiGHS makes it square
    return joined
