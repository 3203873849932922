"""The causes of a gap, and each lifted from the tables alone: `LIFTS` is the list of contents, in the order of blame.

Lifting a cause gives the case and settings as they would be if that one thing no longer stood in the way. Whatever is
asked of them afterwards is asked in the same way as of the case itself.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from types import MappingProxyType

from foodlots.case import MONTHS, Case, Offer
from foodlots.optimise.standing import Standing, kilos
from foodlots.settings import Settings

ANYWHERE_KM = Decimal(100_000)  # farther than any road between two places on earth
NOTHING = Decimal(0)


@dataclass(frozen=True)
class World:
    """A case and settings to ask of; `policies`: whether the buyer's limits on awards hold."""

    case: Case
    settings: Settings
    policies: bool = True


def lift_season(world: World, standing: Standing) -> World:
    """Whoever grows a product has it in every month, as much as in its best month."""
    best: dict[tuple[str, str], Offer] = {}
    months = defaultdict(set)
    for offer in world.case.offers:
        key = offer.producer, offer.product
        months[key] |= set(offer.months)
        if key not in best or offer.kg_per_month > best[key].kg_per_month:
            best[key] = offer
    more = [
        replace(offer, months=missing)
        for key, offer in best.items()
        if (missing := tuple(month for month in MONTHS if month not in months[key]))
    ]
    return replace(world, case=replace(world.case, offers=(*world.case.offers, *more)))


def lift_distance(world: World, standing: Standing) -> World:
    """Everybody goes as far as it takes; driving still costs what it costs."""
    awards = replace(world.settings.awards, max_km=None)
    case = _with_producers(world.case, reach_km=ANYWHERE_KM)
    return replace(world, case=case, settings=replace(world.settings, awards=awards))


def lift_accreditations(world: World, standing: Standing) -> World:
    """No product asks anything of its seller."""
    products = {key: replace(each, accreditations=frozenset()) for key, each in world.case.products.items()}
    return replace(world, case=replace(world.case, products=MappingProxyType(products)))


def lift_smallest_drop(world: World, standing: Standing) -> World:
    """Nobody asks for a least value of a drop."""
    return replace(world, case=_with_producers(world.case, min_drop_gbp=NOTHING))


def lift_price(world: World, standing: Standing) -> World:
    """Food, bringing it and taking on suppliers cost nothing, and there is no price ceiling."""
    case = _with_producers(world.case, setup_gbp=NOTHING)
    offers = tuple(replace(offer, price_gbp_per_kg=NOTHING) for offer in case.offers)
    depots = {key: replace(depot, handling_gbp_per_kg=NOTHING, fixed_gbp=NOTHING) for key, depot in case.depots.items()}
    settings = world.settings
    free = dict.fromkeys((field.name for field in fields(settings.costs)), NOTHING)
    costs = replace(settings.costs, **free | {"road_factor": settings.costs.road_factor})
    aims = replace(settings.aims, km_gbp=NOTHING, kgco2e_gbp=NOTHING, local_spend_gbp=NOTHING)
    awards = replace(settings.awards, max_price_over_benchmark=None)
    case = replace(case, offers=offers, depots=MappingProxyType(depots))
    return replace(world, case=case, settings=replace(settings, costs=costs, aims=aims, awards=awards))


def lift_capacity(world: World, standing: Standing) -> World:
    """Whoever offers a product in a month has as much more of it as all kitchens together ask for then."""
    asked: dict[tuple[str, int], int] = defaultdict(int)
    for lot in standing.asked.values():
        for key, grams in lot.items():
            asked[key] += grams
    more = {
        offer: kilos(max((asked.get((offer.product, month), 0) for month in offer.months), default=0))
        for offer in world.case.offers
    }
    offers = tuple(
        replace(offer, kg_per_month=offer.kg_per_month + more[offer]) if offer.kg_per_month else offer
        for offer in world.case.offers
    )
    return replace(world, case=replace(world.case, offers=offers))


def lift_policies(world: World, standing: Standing) -> World:
    """No limit on lots, shares, fill, winners of a lot or the size of a contract; no award ruled out."""
    settings = world.settings
    lots = replace(settings.lots, min_able_bidders=0)
    case = replace(_with_producers(world.case, max_contract_gbp=None), held=MappingProxyType({}))
    return World(case, replace(settings, lots=lots), policies=False)


def _with_producers(case: Case, **changed) -> Case:
    producers = {key: replace(each, **changed) for key, each in case.producers.items()}
    return replace(case, producers=MappingProxyType(producers))


Lift = Callable[[World, Standing], World]

NOBODY = "nobody grows it"
SEASON = "season"
DISTANCE = "too far"
ACCREDITATION = "not accredited"
SMALL_DROP = "too small a drop"
PRICE = "too dear"
CAPACITY = "capacity taken"
POLICY = "capped by policy"
UNUSED = "nothing: no cheaper than the open market, or the search ended first"

LIFTS: tuple[tuple[str, Lift], ...] = (
    (SEASON, lift_season),
    (DISTANCE, lift_distance),
    (ACCREDITATION, lift_accreditations),
    (SMALL_DROP, lift_smallest_drop),
    (PRICE, lift_price),
    (CAPACITY, lift_capacity),
    (POLICY, lift_policies),
)
CAUSES = (NOBODY, *(cause for cause, _ in LIFTS), UNUSED)


def as_it_is(standing: Standing) -> World:
    """The case and settings of the plan, nothing lifted."""
    return World(standing.case, standing.settings)


def lifted(standing: Standing, *causes: str) -> World:
    """The case and settings with these causes lifted and no other."""
    world = as_it_is(standing)
    for cause, lift in LIFTS:
        world = lift(world, standing) if cause in causes else world
    return world
