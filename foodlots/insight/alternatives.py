"""Other plans nearly as good: which awards could be made otherwise at little cost, and which never would be."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.optimise.awarding import Awarded, Awarding, Other, Without
from foodlots.plan import Plan
from foodlots.runner import Runner, Tell, nobody
from foodlots.settings import Settings

FIRM, FREE, THREAD = "never changes", "can change", "hangs by a thread"


@dataclass(frozen=True)
class Bounds:
    """within: how much dearer another plan may be · thread: at how much an award hangs by a thread; shares of cost.

    seconds: the longest search for each answer.
    """

    within: Decimal = Decimal("0.01")
    thread: Decimal = Decimal("0.001")
    others: int = 2
    seconds: float = 20.0


@dataclass(frozen=True)
class AwardStanding:
    """One award: what the cheapest plan without it costs more, £; None where no plan is possible without it.

    Below nothing where a cheaper plan was found on the way. at_least_gbp: what it costs more as far as it is proven.
    """

    lot: str
    name: str
    bidder: str
    value_gbp: Decimal
    extra_gbp: float | None
    at_least_gbp: float | None
    standing: str


@dataclass(frozen=True)
class Change:
    """A lot that another plan awards otherwise; bidders by id, nobody for the open market."""

    lot: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Alternative:
    """Another plan of the same lots. extra_gbp: what it costs more, aims counted · spend_gbp, local_gbp: a year.

    changed: share of the value awarded that goes to others · farthest: whether it is proven that no plan within
    the limit differs more.
    """

    extra_gbp: float
    spend_gbp: float
    local_gbp: float
    changed: float
    farthest: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Alternatives:
    """Every award with how firmly it stands, the least firm first, and other plans within the limit."""

    bounds: Bounds
    awards: tuple[AwardStanding, ...]
    others: tuple[Alternative, ...]


Common = tuple[Case, Settings, Plan]
_built: list[tuple[Common, Awarding]] = []  # the problem last laid out, so that many questions share it


def awarding_of(common: Common) -> Awarding:
    """The problem of a plan, laid out once for all questions about it."""
    if not _built or _built[0][0] is not common:
        _built[:] = [(common, Awarding(*common))]
    return _built[0][1]


def without_work(common: Common, given: tuple[str, str, float], tell: Tell = nobody) -> Without:
    """The cheapest plan without one award (lot, bidder, seconds): work that can be done anywhere."""
    return awarding_of(common).without(*given)


def jobs_for(plan: Plan, bounds: Bounds) -> dict[str, tuple[str, str, float]]:
    """Each award of a plan as a job for `without_work`."""
    return {f"{award.lot}/{award.bidder}": (award.lot, award.bidder, bounds.seconds) for award in plan.awards}


def others_work(common: Common, bounds: Bounds, tell: Tell = nobody) -> tuple[Alternative, ...]:
    """The plan that differs most, then the one that differs most from both, and so on; none twice: work as above."""
    _, _, plan = common
    cost = float(plan.summary.objective_gbp)
    known: list[Awarded] = [frozenset((award.lot, award.bidder) for award in plan.awards)]
    found = []
    while len(found) < bounds.others and not tell(None, None):
        other = awarding_of(common).farthest(known, cost * (1 + float(bounds.within)), bounds.seconds)
        if other.awards in known:
            break
        known.append(other.awards)
        found.append(_alternative(plan, other, cost))
    return tuple(found)


def look_for(common: Common, bounds: Bounds, runner: Runner) -> Alternatives:
    """How firmly each award stands, and the plans that differ most. After a stop, what was found until then."""
    plan = common[2]
    found = runner.run(without_work, common, jobs_for(plan, bounds))
    without = {key: answer for key, answer in found.items() if isinstance(answer, Without)}
    others = runner.run(others_work, common, {"plans that differ most": bounds})
    return alternatives(plan, without, tuple(*others.values()), bounds)


def alternatives(
    plan: Plan, without: Mapping[str, Without], others: tuple[Alternative, ...], bounds: Bounds
) -> Alternatives:
    """The answer, of what `without_work` and `others_work` found."""
    cost = float(plan.summary.objective_gbp)
    found = [_standing(plan, key, answer, cost, bounds) for key, answer in without.items()]
    awards = sorted(found, key=lambda each: (each.extra_gbp is None, each.extra_gbp or 0.0, each.lot, each.bidder))
    return Alternatives(bounds, tuple(awards), others)


def _standing(plan: Plan, key: str, answer: Without, cost: float, bounds: Bounds) -> AwardStanding:
    award = next(award for award in plan.awards if f"{award.lot}/{award.bidder}" == key)
    name = next(lot.name for lot in plan.lots if lot.id == award.lot)
    if answer.best_gbp is None:
        return AwardStanding(award.lot, name, award.bidder, award.value_gbp, None, None, FIRM)
    extra, least = answer.best_gbp - cost, max(0.0, answer.bound_gbp - cost)
    loose = THREAD if extra <= cost * float(bounds.thread) else FREE
    standing = FIRM if least > cost * float(bounds.within) else loose
    return AwardStanding(award.lot, name, award.bidder, award.value_gbp, extra, least, standing)


def _alternative(plan: Plan, other: Other, cost: float) -> Alternative:
    value = sum(float(award.value_gbp) for award in plan.awards)
    before, after = _winners((award.lot, award.bidder) for award in plan.awards), _winners(other.awards)
    changes = tuple(
        Change(lot.id, before.get(lot.id, ()), after.get(lot.id, ()))
        for lot in plan.lots
        if before.get(lot.id) != after.get(lot.id)
    )
    changed = 1 - other.kept_gbp / value if value else 0.0
    return Alternative(
        max(0.0, other.counted_gbp - cost), other.spend_gbp, other.local_gbp, max(0.0, changed), other.farthest, changes
    )


def _winners(awards) -> dict[str, tuple[str, ...]]:
    """Lot -> its winners."""
    found: dict[str, tuple[str, ...]] = {}
    for lot, bidder in sorted(awards):
        found[lot] = (*found.get(lot, ()), bidder)
    return found
