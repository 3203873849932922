"""Changes of a random case that leave more to choose from, and so are never dearer, or less, and are never cheaper.

Each is a function from a case to the same case changed, or to None where its preconditions, in code, do not hold.
"""

from collections.abc import Callable
from dataclasses import replace

from changed_cases import (
    Change,
    D,
    Problem,
    each,
    plan_of,
    set_to,
    times,
    with_producer,
    without_floors,
)
from random_cases import Dice, Sample, by_id

from foodlots.case import MONTHS, Case, Depot, Offer
from foodlots.errors import NoPlan
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.settings import Settings


def with_more_capacity(sample: Sample, dice: Dice) -> Problem:
    """Some offers half as large again."""
    offers = (replace(o, kg_per_month=o.kg_per_month * D("1.5")) if dice.chance(0.6) else o for o in sample.case.offers)
    return replace(sample.case, offers=tuple(offers)), sample.settings


def with_another_producer(sample: Sample, dice: Dice) -> Problem:
    """A newcomer with an offer of its own."""
    like = dice.pick(*sample.case.producers.values())
    new = replace(like, id="p0", owner_group="p0", place=dice.place(), kind="farm", member_of=(), reach_km=D(60))
    key = dice.pick(*sample.case.products)
    price = round(sample.case.products[key].benchmark_gbp_per_kg * D("0.5"), 2)
    return with_producer(sample.case, new, [Offer("p0", key, MONTHS, D(500), price)]), sample.settings


def with_another_depot(sample: Sample, dice: Dice) -> Problem:
    """One more depot to choose."""
    new = Depot("d0", "New", dice.place(), D("0.01"), D(0))
    return replace(sample.case, depots=by_id([*sample.case.depots.values(), new])), sample.settings


def with_a_larger_reach(sample: Sample, dice: Dice) -> Problem:
    """Every producer drives farther."""
    return replace(sample.case, producers=each(sample.case.producers, reach_km=times(2))), sample.settings


def with_no_conditions_of_producers(sample: Sample, dice: Dice) -> Problem:
    """No least drop and no largest contract."""
    free = each(sample.case.producers, min_drop_gbp=lambda _: D(0), max_contract_gbp=lambda _: None)
    return replace(sample.case, producers=free), sample.settings


def with_no_accreditations_asked(sample: Sample, dice: Dice) -> Problem | None:
    """Products that anyone may sell."""
    if not any(product.accreditations for product in sample.case.products.values()):
        return None
    free = each(sample.case.products, accreditations=lambda _: frozenset())
    return replace(sample.case, products=free), sample.settings


def with_cheaper_depots(sample: Sample, dice: Dice) -> Problem | None:
    """Depots for nothing."""
    if not sample.case.depots:
        return None
    free = each(sample.case.depots, handling_gbp_per_kg=times(0), fixed_gbp=times(0))
    return replace(sample.case, depots=free), sample.settings


def with_owners_told_apart(sample: Sample, dice: Dice) -> Problem | None:
    """Every producer its own owner."""
    case = sample.case
    if len({producer.owner_group for producer in case.producers.values()}) == len(case.producers):
        return None
    return replace(
        case, producers={key: replace(p, owner_group=key) for key, p in case.producers.items()}
    ), sample.settings


def with_lots_that_may_be_shared_finer(sample: Sample, dice: Dice) -> Problem | None:
    """Twice as many winners to a lot: the old shares may still be won."""
    winners = sample.settings.awards.max_winners_per_lot
    return (sample.case, set_to(sample.settings, "awards", max_winners_per_lot=2 * winners)) if winners < 3 else None


def with_wider_bounds_of_value(sample: Sample, dice: Dice) -> Problem | None:
    """No bounds of lot value, where these left no lot to be cut otherwise that could now not be drawn."""
    wider = set_to(sample.settings, "lots", value_gbp=(None, None))
    if (
        wider == sample.settings
        or sample.case.lots
        or not drawn(sample.case, sample.settings) <= drawn(sample.case, wider)
    ):
        return None
    return sample.case, wider


def drawn(case: Case, settings: Settings) -> set[frozenset]:
    """The lots that may be drawn; none where the bounds allow none."""
    try:
        return {candidate.cells for candidate in draw_candidates(lay_ground(case, settings))}
    except NoPlan:
        return set()


def without(section: str, field: str, nothing: object) -> Change:
    """A limit or floor taken away, where there is one."""

    def lifted(sample: Sample, dice: Dice) -> Problem | None:
        settings = set_to(sample.settings, section, **{field: nothing})
        return (sample.case, settings) if settings != sample.settings else None

    lifted.__name__ = f"without_{field}"
    return lifted


def with_less_to_sell(sample: Sample, dice: Dice) -> Problem | None:
    """An offer withdrawn."""
    offers = list(sample.case.offers)
    if not offers:
        return None
    offers.remove(dice.pick(*offers))
    return replace(sample.case, offers=tuple(offers)), sample.settings


def with_a_higher_price(sample: Sample, dice: Dice) -> Problem | None:
    """Some gate prices a tenth up."""
    if not without_floors(sample.settings):
        return None
    offers = (
        replace(o, price_gbp_per_kg=o.price_gbp_per_kg * D("1.1")) if dice.chance(0.5) else o
        for o in sample.case.offers
    )
    return replace(sample.case, offers=tuple(offers)), sample.settings


def with_dearer(field: str) -> Change:
    """A cost that the settings give half as high again."""

    def dearer(sample: Sample, dice: Dice) -> Problem | None:
        raised = {field: getattr(sample.settings.costs, field) * D("1.5")}
        return (sample.case, set_to(sample.settings, "costs", **raised)) if without_floors(sample.settings) else None

    dearer.__name__ = f"with_dearer_{field}"
    return dearer


def with_a_tighter(section: str, field: str, value: object, tighter: Callable[[object, object], bool]) -> Change:
    """A limit set, or set tighter."""

    def tightened(sample: Sample, dice: Dice) -> Problem | None:
        now = getattr(getattr(sample.settings, section), field)
        if now is not None and not tighter(value, now):
            return None
        return sample.case, set_to(sample.settings, section, **{field: value})

    tightened.__name__ = f"with_a_tighter_{field}"
    return tightened


def with_the_dearer_winner_held(sample: Sample, dice: Dice) -> Problem | None:
    """A winner of lots drawn by hand ruled out, one that the buyer does not hold to its lot."""
    plan = plan_of(sample.seed)
    won = [] if plan is None else [a for a in plan.awards if (a.lot, a.bidder) not in sample.case.held]
    if not sample.case.lots or not won:
        return None
    award = dice.pick(*won)
    held = {**sample.case.held, (award.lot, award.bidder): "never"}
    return replace(sample.case, held=dict(sorted(held.items()))), sample.settings


NEVER_DEARER = (
    with_more_capacity,
    with_another_producer,
    with_another_depot,
    with_a_larger_reach,
    with_no_conditions_of_producers,
    with_no_accreditations_asked,
    with_cheaper_depots,
    with_owners_told_apart,
    with_lots_that_may_be_shared_finer,
    with_wider_bounds_of_value,
    without("lots", "number", (None, None)),
    without("lots", "min_able_bidders", 0),
    without("awards", "max_lots_per_supplier", None),
    without("awards", "max_share_per_owner", None),
    without("awards", "min_winners", 0),
    without("awards", "min_fill", D(0)),
    without("awards", "max_km", None),
    without("awards", "max_price_over_benchmark", None),
    without("floors", "local", D(0)),
    without("floors", "small", D(0)),
    without("floors", "organic_or_higher", D(0)),
)

NEVER_CHEAPER = (
    with_less_to_sell,
    with_a_higher_price,
    with_dearer("per_km"),
    with_dearer("per_drop"),
    with_dearer("per_lot"),
    with_dearer("per_supplier"),
    with_a_tighter("floors", "local", D("0.3"), lambda value, now: value > now),
    with_a_tighter("awards", "min_fill", D("0.9"), lambda value, now: value > now),
    with_a_tighter("awards", "max_km", D(12), lambda value, now: value < now),
    with_a_tighter("awards", "max_share_per_owner", D("0.5"), lambda value, now: value < now),
    with_a_tighter("awards", "max_lots_per_supplier", 1, lambda value, now: value < now),
    with_a_tighter("awards", "max_price_over_benchmark", D(0), lambda value, now: value < now),
    with_a_tighter("awards", "min_winners", 2, lambda value, now: value > now),
    with_a_tighter("lots", "min_able_bidders", 2, lambda value, now: value > now),
    with_the_dearer_winner_held,
)
