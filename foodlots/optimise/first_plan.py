"""A good first plan in seconds: the lots that the relaxed problem favours most, and the best awards of those."""

from collections.abc import Callable

import highspy
import numpy as np

from foodlots.optimise.model import Model
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, best_in, best_of, never
from foodlots.optimise.solver import Effort

RELAXED_SECONDS = 120.0  # s for the relaxed problem; a county takes ten
DRAWING_SECONDS = 10.0  # s to choose lots that hold every cell once; takes well under one
AWARDING_SECONDS = 8.0  # s for the awards of lots already chosen
HOPELESS = 1e-4  # of all demand: an award that makes the relaxed plan so much dearer is not tried
CLOSE_ENOUGH = 2e-3  # of all demand: awards of a first plan need not be better


def relax(
    program: Program, stopped: Callable[[], bool] = never, basis: highspy.HighsBasis | None = None
) -> Found | None:
    """The best plan if lots could be drawn and awarded in part: no plan costs less. None where none is found.

    basis: where to begin.
    """
    return best_of(program.relaxed(), Effort(RELAXED_SECONDS), stopped, basis=basis)


def first_plan(
    model: Model,
    program: Program,
    relaxed: Found | None,
    stopped: Callable[[], bool] = never,
    close_enough: float = CLOSE_ENOUGH,
    dear: float = HOPELESS,
) -> Found | None:
    """Lots favoured by the relaxed plan, awarded as well as can be; None when the limits allow no such plan.

    dear: awards that would make the relaxed plan so much dearer are not tried, as a share of all demand.
    """
    drawn = relaxed and favoured_lots(model, program, relaxed.values)
    if drawn is None:
        return None
    return awarded(model, program, drawn, ~program.whole | promising(model, relaxed, dear), stopped, close_enough)


def awarded(
    model: Model,
    program: Program,
    drawn: np.ndarray,
    tried: np.ndarray,
    stopped: Callable[[], bool] = never,
    close_enough: float = CLOSE_ENOUGH,
) -> Found | None:
    """The best awards of these lots (1 or 0 for each candidate), of the columns that are tried; None when none fit.

    close_enough: how much dearer they may be than the best, as a share of all demand.
    """
    free = tried.copy()
    free[[draw.index for draw in model.draw]] = False
    free[[award.index for award, bid in zip(model.award, model.bids, strict=True) if not drawn[bid.lot]]] = False
    values = np.zeros(len(program.cost))
    values[[draw.index for draw in model.draw]] = drawn
    gap = close_enough * model.ground.value_gbp
    return best_in(program, free, values, Effort(AWARDING_SECONDS, gap), stopped)


def promising(model: Model, relaxed: Found, dear: float = HOPELESS) -> np.ndarray:
    """The columns of which one more would not make the relaxed plan so much dearer, as a share of all demand."""
    return relaxed.reduced <= dear * model.ground.value_gbp


def favoured_lots(model: Model, program: Program, relaxed: np.ndarray) -> np.ndarray | None:
    """Which candidates to draw so that the cells of lots drawn in part in the relaxed plan are drawn as they are there.

    max sum(relaxed draw[l] × cells of l × draw[l]), under the rules that hold for draws alone; 1 or 0 for each
    candidate, None when those rules cannot be met.
    """
    draws = np.zeros(len(program.cost), dtype=bool)
    columns = [draw.index for draw in model.draw]
    draws[columns] = True
    cells = np.array([len(candidate.cells) for candidate in model.candidates], dtype=float)
    favour = np.zeros(len(program.cost))
    favour[columns] = -relaxed[columns] * cells
    choice = program.aiming_at(favour).cut(draws, favour * 0, program.rows_within(draws))
    found = best_of(choice, Effort(DRAWING_SECONDS))
    return None if found is None else found.values[np.argsort(np.argsort(columns))]
