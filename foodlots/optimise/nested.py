"""Whether one set of lots to choose from lies within another: then what no plan of the larger betters, none does."""

from collections.abc import Iterator

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.settings import Settings

Shape = frozenset[tuple[tuple[str, ...], str, tuple[int, ...]]]  # (sites of a small area, product, months) of each cell


def draws_no_other_lots(case: Case, tight: Settings, loose: Settings) -> bool:
    """Whether every lot that could be drawn under the tight settings could be drawn under the loose ones too."""
    if tight.lots.value_gbp == loose.lots.value_gbp:
        return True
    try:
        return set(_shapes(lay_ground(case, tight))) <= set(_shapes(lay_ground(case, loose)))
    except NoPlan:
        return False


def _shapes(ground: Ground) -> Iterator[Shape]:
    months = ground.settings.lots.seasons
    for candidate in draw_candidates(ground):
        yield frozenset(
            (tuple(sorted(ground.leaves[cell.leaf])), cell.product, tuple(months[cell.season]))
            for cell in candidate.cells
        )
