"""A plan's lots held as they are drawn: the ground they lie on, and who could bid for each of them."""

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from foodlots.case import Case
from foodlots.delivery import Rounds
from foodlots.errors import DataError, Fault
from foodlots.optimise.bids import Bid, BidBook
from foodlots.optimise.candidates import Candidate, draw_candidates
from foodlots.optimise.ground import Cell, Ground, lay_ground
from foodlots.optimise.stock import take_stock
from foodlots.plan import Award, Plan
from foodlots.settings import Settings

SHARE = 1e-5  # shares are written with six decimals


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


def able_owners(case: Case, settings: Settings, plan: Plan) -> dict[str, int]:
    """How many independent owners could fill each lot of the plan alone."""
    ground = lay_held_ground(case, settings, plan)
    lots = held_lots(ground)
    able = all_bids(ground, lots).able
    return {lot_id(candidate): len(able[number]) for number, candidate in enumerate(lots)}


def undrawn(ground: Ground, plan: Plan) -> tuple[Candidate, ...]:
    """The lots that could have been drawn on the bare ground instead; none where lots are drawn by hand."""
    if ground.case.lots:
        return ()
    leaf_of = {site: leaf for leaf, sites in enumerate(ground.leaves) for site in sites}
    season_of = {month: season for season, months in enumerate(ground.settings.lots.seasons) for month in months}
    drawn: dict[str, set] = {}
    for cell in plan.cells:
        pieces = {Cell(leaf_of[cell.site], cell.product, season_of[month]) for month in cell.months}
        drawn.setdefault(cell.lot, set()).update(pieces)
    held = {frozenset(pieces) for pieces in drawn.values()}
    return tuple(candidate for candidate in draw_candidates(ground) if candidate.cells not in held)


def bid_of(book: BidBook, award: Award) -> Bid:
    """The bid for a held lot that became the award; DataError where the tables and settings allow no such bid."""
    for bid in book.bids:
        same = (lot_id(book.candidates[bid.lot]), bid.channel.bidder, bid.channel.depot)
        if same == (award.lot, award.bidder, award.depot) and abs(bid.share - Fraction(award.share)) < SHARE:
            return bid
    problem = f"{award.bidder} could not have won lot {award.lot} by the tables and settings of this case"
    raise DataError([Fault("plan", 0, "", award.lot, problem, "plan the case again")])
