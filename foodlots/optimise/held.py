"""A plan's lots held as they are drawn: the ground they lie on, and who could bid for each of them."""

from dataclasses import replace
from types import MappingProxyType

from foodlots.case import Case
from foodlots.delivery import Rounds
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import Candidate, draw_candidates
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.optimise.stock import take_stock
from foodlots.plan import Plan
from foodlots.settings import Settings


def hold_lots(case: Case, plan: Plan) -> Case:
    """The case with the plan's lots in the place of lots drawn by hand."""
    cells: dict[str, list[tuple[str, str, tuple[int, ...]]]] = {lot.id: [] for lot in plan.lots}
    for cell in plan.cells:
        cells[cell.lot].append((cell.site, cell.product, cell.months))
    return replace(case, lots=MappingProxyType({lot: tuple(cells[lot]) for lot in sorted(cells)}))


def lay_held_ground(case: Case, settings: Settings, plan: Plan) -> Ground:
    """The small areas the plan was drawn on, with its lots held."""
    return replace(lay_ground(case, settings), case=hold_lots(case, plan))


def held_lots(ground: Ground) -> tuple[Candidate, ...]:
    """The held lots that ask for anything, in order of id; each is its own only cell."""
    return draw_candidates(ground)


def lot_id(candidate: Candidate) -> str:
    """The id of a held lot."""
    return next(iter(candidate.cells))


def all_bids(ground: Ground, lots: tuple[Candidate, ...], rounds: Rounds | None = None) -> BidBook:
    """Every bid that could be made for the held lots, whether it pays or not; `rounds` found before are kept."""
    return BidBook(ground, take_stock(ground), lots, rounds)
