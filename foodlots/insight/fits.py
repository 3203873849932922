"""Which lots fit a producer or a cooperative: able or not, the binding reason, its coverage and the money left.

Two views. A producer's holds nothing that depends on another's price: only awards can change it. The buyer's says by
how many £ a bidder was beaten, every other award of the plan held.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property, partial

from foodlots.case import Case
from foodlots.delivery import Rounds
from foodlots.insight.awarded import beaten_by, beaten_unseen, capped, kilos_taken
from foodlots.insight.money_left import MoneyLeft, money_left
from foodlots.insight.reasons import REASONS, Reason, reasons_against
from foodlots.insight.same_case import need_same_case, the_producer
from foodlots.insight.standing import BUYER, PRODUCER, Asker, Standing
from foodlots.insight.takes import Changes, takes
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.optimise.held import held_lots, hold_lots, lot_id, undrawn
from foodlots.optimise.naming import Names
from foodlots.optimise.one_award import HeldPlan
from foodlots.plan import Lot, Plan
from foodlots.settings import Settings

ORDER = (*(reason.__name__ for reason in REASONS), "capped", "beaten")  # in which reasons are told
MOST_UNDRAWN = 8  # lots that were not drawn, told to one producer
HELD = "The lots are held as drawn and every other award as the plan has it; only this lot and the kilos are open."


@dataclass(frozen=True)
class LotFit:
    """How one lot fits one bidder. lot: "" when it was not drawn · depot: "" when delivered to each kitchen ·
    reasons: in order, empty when nothing stands in the way · months: share of each month it could fill, by value ·
    fill: the same of the year · takes: ways to become able · market_gbp: £ a year by which awarding it the lot is
    cheaper (dearer: below 0) for the buyer than the open market; None where it cannot be told.
    """

    lot: str
    name: str
    value_gbp: float
    asked_months: tuple[int, ...]
    able: bool
    wins: bool
    depot: str
    km: float
    reasons: tuple[Reason, ...]
    fill: float
    months: Mapping[int, float]
    drop_gbp: float
    money: MoneyLeft
    takes: tuple[Changes, ...] = ()
    market_gbp: float | None = None

    @property
    def first(self) -> Reason | None:
        """The binding reason, None when nothing stands in the way."""
        return self.reasons[0] if self.reasons else None


@dataclass(frozen=True, eq=False)
class Inquiry:
    """A case and a plan of it, ready to be asked which lots fit whom, in one view."""

    case: Case
    settings: Settings
    plan: Plan
    view: str = PRODUCER

    def __post_init__(self):
        need_same_case(self.case, self.plan)

    @cached_property
    def bare(self) -> Ground:
        """The ground before any lot was drawn."""
        return lay_ground(self.case, self.settings)

    @cached_property
    def ground(self) -> Ground:
        """The ground with the plan's lots on it."""
        return replace(self.bare, case=hold_lots(self.case, self.plan))

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds through lots, each found once."""
        return Rounds(self.bare.roads, self.plan.rounds)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The plan's lots as the model sees them, by id."""
        return held_lots(self.ground)

    @cached_property
    def undrawn(self) -> tuple[Candidate, ...]:
        """The lots that were not drawn, as the model sees them."""
        return undrawn(self.bare, self.plan)

    @cached_property
    def winners(self) -> Mapping[str, tuple[str, ...]]:
        """Lot -> who won it."""
        return {lot.id: tuple(lot.winner.split(";")) for lot in self.plan.lots}

    @cached_property
    def held(self) -> HeldPlan:
        """The plan with every award held."""
        return HeldPlan.on(self.ground, self.candidates, self.plan.awards, self.rounds)

    @cached_property
    def kept_gbp(self) -> float:
        """What the plan costs as it stands, worth of the aims included, £."""
        return self.held.cost_as_it_stands()

    def asker(self, bidder: str) -> Asker:
        """The bidder, to be asked about the plan's lots."""
        return Asker.of(self.ground, bidder, self.candidates, self.rounds, self.view)


def fits(inquiry: Inquiry, bidder: str, only: str = "") -> list[LotFit]:
    """Every lot of the plan, or one, as it fits a bidder, by id. Raises DataError for a bidder that is not there."""
    asker = inquiry.asker(the_producer(inquiry.case, bidder).id)
    own = cache(partial(alone, asker, inquiry.plan))
    return [_with_award(inquiry, asker, own, *drawn) for drawn in _drawn(inquiry, asker, only)]


def fits_before_award(inquiry: Inquiry, bidder: str) -> list[LotFit]:
    """The same of every lot as it would be put out: nothing is said of who wins."""
    asker = inquiry.asker(the_producer(inquiry.case, bidder).id)
    return [fit for _, fit, _ in _drawn(inquiry, asker)]


def _drawn(inquiry: Inquiry, asker: Asker, only: str = "") -> Iterator[tuple[Lot, LotFit, int]]:
    """Each lot of the plan, or one, how it fits, and its place among the candidates."""
    lots = {lot.id: lot for lot in inquiry.plan.lots}
    for place, candidate in enumerate(inquiry.candidates):
        lot = lots[lot_id(candidate)]
        if only in ("", lot.id) and (fit := _fit(asker, place, lot.id, lot.name)) is not None:
            yield lot, fit, place


def fits_undrawn(inquiry: Inquiry, bidder: str, most: int = MOST_UNDRAWN) -> list[LotFit]:
    """Lots that were not drawn and would fit the bidder: those it could fill best first, then the larger."""
    the_producer(inquiry.case, bidder)
    candidates, names = inquiry.undrawn, Names(inquiry.bare)
    asker = Asker.of(inquiry.bare, bidder, candidates, inquiry.rounds, inquiry.view)
    able = [place for place in asker.filled if asker.is_able(place)]
    best = sorted(able, key=lambda place: (-round(asker.filled[place], 2), -candidates[place].value_gbp, place))
    return [_fit(asker, place, "", names.lot(candidates[place])) for place in best[:most]]


def _fit(asker: Asker, place: int, lot: str, name: str) -> LotFit | None:
    """How a lot fits, whoever else there is; None for a lot that is never delivered."""
    candidate = asker.candidates[place]
    ways = asker.ways(candidate)
    if not ways:
        return None
    at, reasons = _best_way(ways)
    able = asker.is_able(place)
    return LotFit(
        lot, name, candidate.value_gbp, tuple(sorted(at.by_month(candidate.kg))), able, False, at.depot,
        at.farthest_km, reasons, at.fill, at.by_month(at.usable), at.drop_gbp, money_left(at, _drops(at)),
        () if able else takes(asker, place),
    )  # fmt: skip


def _drops(at: Standing) -> float:
    return at.candidate.value_gbp / at.drop_gbp if at.drop_gbp else 0.0


def _best_way(ways: Iterable[Standing]) -> tuple[Standing, tuple[Reason, ...]]:
    """The way of bringing the lot in which the bidder gets farthest: no reason, or the latest first one."""
    judged = [(at, reasons_against(at)) for at in ways]
    return max(judged, key=lambda pair: (_how_far(pair[1]), -len(pair[1]), -_missing(pair[1]), -pair[0].delivery_gbp))


def _missing(reasons: tuple[Reason, ...]) -> float:
    """By how much the first reason binds, in its own unit."""
    return (reasons[0].by or 0.0) if reasons else 0.0


def _how_far(reasons: tuple[Reason, ...]) -> int:
    return ORDER.index(reasons[0].name) if reasons else len(ORDER)


def _with_award(
    inquiry: Inquiry, asker: Asker, own: Callable[[], HeldPlan], lot: Lot, fit: LotFit, place: int
) -> LotFit:
    """The fit with what became of the lot: won, capped or beaten."""
    bidder = asker.bidder
    if not fit.able:
        return fit
    fit = replace(fit, market_gbp=_against_market(asker, lot, own))
    if bidder in inquiry.winners[lot.id]:
        return replace(fit, wins=True)
    won = [at for at, each in enumerate(inquiry.candidates) if bidder in inquiry.winners[lot_id(each)]]
    limit = capped(inquiry.case, inquiry.settings, inquiry.plan, lot, bidder) or kilos_taken(asker, place, won)
    if limit is None and inquiry.view == BUYER:
        limit = beaten_by(inquiry.case, lot, lambda: _more(inquiry, lot.id, bidder))
    return replace(fit, reasons=(limit or beaten_unseen(inquiry.case, lot),))


def _more(inquiry: Inquiry, lot: str, bidder: str) -> float | None:
    """£ a year the plan would cost more if the bidder had the lot, every other award held."""
    cost = inquiry.held.cost_when(lot, bidder, True)
    return None if cost is None else cost - inquiry.kept_gbp


def _against_market(asker: Asker, lot: Lot, own: Callable[[], HeldPlan]) -> float | None:
    """£ a year by which it is cheaper than the open market, nobody else being there; None where members' prices count.

    Only its own prices and its own awards enter into it.
    """
    if len(asker.case.producers) > 1:
        return None
    with_it, without = (own().cost_when(lot.id, asker.bidder, wins) for wins in (True, False))
    return None if with_it is None or without is None else without - with_it


def alone(asker: Asker, plan: Plan) -> HeldPlan:
    """The plan with nobody in it but this bidder and what it won; limits that need others are off."""
    settings = asker.settings
    nothing = Decimal(0)
    floors = replace(settings.floors, local=nothing, small=nothing, organic_or_higher=nothing)
    awards = replace(settings.awards, min_winners=0, max_share_per_owner=None, max_lots_per_supplier=None)
    lots = replace(settings.lots, min_able_bidders=0)
    case = replace(asker.case, held={})
    ground = replace(asker.ground, case=case, settings=replace(settings, floors=floors, awards=awards, lots=lots))
    return HeldPlan.on(
        ground, asker.candidates, [award for award in plan.awards if award.bidder == asker.bidder], asker.rounds
    )
