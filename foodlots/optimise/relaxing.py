"""The relaxed problem of a county: its parts first, each in a fraction of the time, and the whole begun from there."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import highspy
import numpy as np

from foodlots.optimise.first_plan import RELAXED_SECONDS
from foodlots.optimise.model import Model
from foodlots.optimise.parts import Part, Parts, cut_in_parts
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, never, prepared
from foodlots.optimise.solver import STATUS, Effort

BASIC, LOWER = highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kLower


@dataclass(frozen=True, eq=False)
class Rough:
    """What the relaxed parts tell of the whole: about what it looks like relaxed, and where to begin relaxing it.

    found: the parts' values, of what ties them the highest. Its cost is no bound · bound: what no plan of the whole
    costs less than, as the parts add up, £.
    """

    found: Found
    bound: float
    basis: highspy.HighsBasis


def relax_parts(model: Model, program: Program, threads: int = 0, stopped: Callable[[], bool] = never) -> Rough | None:
    """Every part relaxed alone, as if what ties them cost each its share; None where one has no plan, or there is one.

    threads: cores to use, 0 for all.
    """
    parts = cut_in_parts(model, program, np.zeros(len(program.least)))
    if len(parts.parts) == 1:
        return None
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        relaxed = list(pool.map(lambda part: _relaxed(part, stopped), parts.parts))
    if None in relaxed:
        return None
    answers = [highs.getSolution() for highs in relaxed]
    values = np.maximum.reduce([np.array(answer.col_value) for answer in answers])
    duals = [np.where(part.columns, answer.col_dual, np.inf) for part, answer in zip(parts.parts, answers, strict=True)]
    bases = [highs.getBasis() for highs in relaxed]
    rough = Found(program.costs(values), values, np.minimum.reduce(duals))
    bound = parts.constant + sum(highs.getInfo().objective_function_value for highs in relaxed)
    return Rough(rough, bound, _joined(program, parts, bases))


def _relaxed(part: Part, stopped: Callable[[], bool]) -> highspy.Highs | None:
    """The part solved with no column whole; None where it has no plan."""
    highs = prepared(part.program.relaxed(), Effort(RELAXED_SECONDS), RELAXED_SECONDS)
    if not stopped():
        highs.run()
    return highs if highs.getModelStatus() == STATUS.kOptimal else None


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
