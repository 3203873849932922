"""Random cases changed in ways whose effect on the cost is known: not at all, never dearer, never cheaper, so much.

Each is a function from a case to the same case changed, or to None where its preconditions, in code, do not hold.
`NOTHING_CHANGES`, `NEVER_DEARER` and `NEVER_CHEAPER` are the list of contents.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from decimal import Decimal
from functools import cache

from random_cases import Dice, Sample, by_id, draw_sample

from foodlots.case import MONTHS, Case, Depot, Offer, Place
from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.plan import Plan
from foodlots.settings import Settings

D = Decimal
Problem = tuple[Case, Settings]
Change = Callable[[Sample, Dice], Problem | None]


@cache
def plan_of(seed: int) -> Plan | None:
    """The plan of a random case, None when there is none."""
    sample = draw_sample(seed)
    return solved(sample.case, sample.settings)


def solved(case: Case, settings: Settings) -> Plan | None:
    try:
        return make_plan(case, settings)
    except NoPlan:
        return None


def each(table: dict, **change: Callable) -> dict:
    """A table with some fields of every entry changed."""
    return {key: replace(x, **{name: to(getattr(x, name)) for name, to in change.items()}) for key, x in table.items()}


def set_to(settings: Settings, section: str, **values) -> Settings:
    """The settings with some values of a section changed."""
    return replace(settings, **{section: replace(getattr(settings, section), **values)})


def without_floors(settings: Settings) -> bool:
    """No floor, and no £ kept local worth more than itself: only then is paying more never of use."""
    floors = settings.floors
    return not (floors.local or floors.small or floors.organic_or_higher) and settings.aims.local_spend_gbp <= 1


def times(number: object) -> Callable:
    """Multiplying by a number; what is not set stays so."""
    return lambda value: None if value is None else value * number


def with_other_ids(sample: Sample, dice: Dice) -> Problem | None:
    """Other ids, in another order. Lots are cut in the order of products where bounds of value ask for further cuts."""
    if sample.settings.lots.value_gbp != (None, None):
        return None
    case = sample.case
    tables = (case.buyers, case.sites, case.products, case.producers, case.depots, case.lots)
    names = {
        key: f"n{number}{99 - place}" for number, table in enumerate(tables) for place, key in enumerate(sorted(table))
    }
    return renamed(case, sample.settings, names)


def renamed(case: Case, settings: Settings, names: dict[str, str]) -> Problem:
    """The case with these ids in place of its own."""

    def new(key: str) -> str:
        return names.get(key, key)

    def table(entries: dict, **more: Callable) -> dict:
        return by_id(replace(x, id=new(x.id)) for x in each(entries, **more).values())

    def keys(amounts: dict) -> dict:
        return dict(sorted((tuple(new(k) if isinstance(k, str) else k for k in at), v) for at, v in amounts.items()))

    offers = [replace(offer, producer=new(offer.producer), product=new(offer.product)) for offer in case.offers]
    lots = {new(lot): tuple((new(s), new(k), t) for s, k, t in cells) for lot, cells in case.lots.items()}
    areas = {new(buyer): codes for buyer, codes in settings.case.local_areas.items()}
    return Case(
        buyers=table(case.buyers), sites=table(case.sites, buyer=new), products=table(case.products),
        producers=table(case.producers, owner_group=new, member_of=lambda clubs: tuple(sorted(map(new, clubs)))),
        offers=tuple(sorted(offers, key=lambda o: (o.producer, o.product, o.months))), budgets=keys(case.budgets),
        demand=keys(case.demand), depots=table(case.depots), distances=keys(case.distances),
        lots=dict(sorted(lots.items())), held=keys(case.held),
    ), set_to(settings, "case", local_areas=areas)  # fmt: skip


def with_hostile_names(sample: Sample, dice: Dice) -> Problem:
    """Names that try to be something else."""
    name = dice.pick("=1+1", "<script>alert(1)</script>", "{{ lot }}", "O'Brien; DROP", "ŵŷ 🐄", "a" * 200)
    tables = ("buyers", "sites", "products", "producers", "depots")
    case = replace(sample.case, **{table: each(getattr(sample.case, table), name=lambda _: name) for table in tables})
    return case, sample.settings


def with_an_idle_producer(sample: Sample, dice: Dice) -> Problem:
    """A producer that has nothing to sell."""
    like = dice.pick(*sample.case.producers.values())
    idle = replace(like, id="p0", owner_group="p0", place=dice.place(), kind="farm", member_of=())
    offers = [Offer("p0", product, MONTHS, D(0), D("0.01")) for product in dice.some(sample.case.products, 0.5)]
    return with_producer(sample.case, idle, offers), sample.settings


def with_producer(case: Case, producer, offers: Iterable[Offer]) -> Case:
    together = sorted((*case.offers, *offers), key=lambda o: (o.producer, o.product, o.months))
    return replace(case, producers=by_id([*case.producers.values(), producer]), offers=tuple(together))


def with_a_site_that_asks_for_nothing(sample: Sample, dice: Dice) -> Problem | None:
    """A kitchen without meals, and without demand; with one small area, so that areas stay as they are."""
    if sample.settings.lots.areas != 1 or sample.case.lots:
        return None
    like = dice.pick(*sample.case.sites.values())
    place = Place(like.place.lat + 0.02, like.place.lon + 0.02)
    idle = replace(like, id="s0", meals_per_week=D(0), place=place)
    return replace(sample.case, sites=by_id([*sample.case.sites.values(), idle])), sample.settings


def with_a_product_nobody_asks_for(sample: Sample, dice: Dice) -> Problem:
    """A product of which nothing is bought, although producers have it."""
    like = dice.pick(*sample.case.products.values())
    idle = replace(like, id="k9", budget_share=D(0), drops_per_week=D(5), accreditations=frozenset(["none_has_it"]))
    offers = [Offer(producer, "k9", MONTHS, D(100), D("0.01")) for producer in sample.case.producers]
    case = replace(sample.case, products=by_id([*sample.case.products.values(), idle]))
    return replace(
        case, offers=tuple(sorted((*case.offers, *offers), key=lambda o: (o.producer, o.product)))
    ), sample.settings


def with_a_buyer_without_sites(sample: Sample, dice: Dice) -> Problem:
    """A buyer that buys nothing."""
    idle = replace(dice.pick(*sample.case.buyers.values()), id="b0")
    return replace(sample.case, buyers=by_id([*sample.case.buyers.values(), idle])), sample.settings


def with_a_depot_nobody_reaches(sample: Sample, dice: Dice) -> Problem:
    """A depot farther away than any bidder drives."""
    far = Depot("d9", "Far", Place(57.0, -4.0), D(0), D(0))
    return replace(sample.case, depots=by_id([*sample.case.depots.values(), far])), sample.settings


def with_months_moved(sample: Sample, dice: Dice) -> Problem | None:
    """Everything one month later. Only terms can move: the days of the months of the other kitchens cannot."""
    if not all(site.term_time for site in sample.case.sites.values()):
        return None
    later = {month: month % 12 + 1 for month in MONTHS}

    def moved(months: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(later[month] for month in months))

    case, weeks = sample.case, sample.settings.case.term_weeks
    case = replace(
        case, offers=tuple(replace(offer, months=moved(offer.months)) for offer in case.offers),
        demand={(site, product, later[month]): kg for (site, product, month), kg in case.demand.items()},
        lots={lot: tuple((s, k, moved(months)) for s, k, months in cells) for lot, cells in case.lots.items()},
    )  # fmt: skip
    settings = set_to(sample.settings, "case", term_weeks=(weeks[-1], *weeks[:-1]))
    return case, set_to(settings, "lots", seasons=tuple(map(moved, settings.lots.seasons)))


def with_seasons_in_another_order(sample: Sample, dice: Dice) -> Problem | None:
    """The later season told first."""
    seasons = sample.settings.lots.seasons
    if len(seasons) == 1 or sample.settings.lots.value_gbp != (None, None):
        return None
    return sample.case, set_to(sample.settings, "lots", seasons=seasons[::-1])


def with_roads_twice_as_long(sample: Sample, dice: Dice) -> Problem:
    """All roads and reaches twice as long, each km at half the price."""
    twice, half = times(2), times(D("0.5"))
    case, s = sample.case, sample.settings
    settings = set_to(s, "case", local_km=twice(s.case.local_km))
    settings = set_to(settings, "awards", max_km=twice(s.awards.max_km))
    settings = set_to(settings, "aims", km_gbp=half(s.aims.km_gbp))
    settings = set_to(
        settings, "costs", road_factor=twice(s.costs.road_factor), per_km=half(s.costs.per_km),
        collect_gbp_per_kg_km=half(s.costs.collect_gbp_per_kg_km), kgco2e_per_km=half(s.costs.kgco2e_per_km),
    )  # fmt: skip
    distances = {pair: 2 * km for pair, km in case.distances.items()}
    return replace(case, distances=distances, producers=each(case.producers, reach_km=twice)), settings


def with_meals_twice_as_many(sample: Sample, dice: Dice) -> Problem | None:
    """All kitchens twice as large, the budgets as before."""
    return (
        (replace(sample.case, sites=each(sample.case.sites, meals_per_week=times(2))), sample.settings)
        if sample.case.budgets
        else None
    )


def with_offers_cut_in_two(sample: Sample, dice: Dice) -> Problem:
    """Each offer as two, for some of its months and for the others."""
    parts = [(offer, part) for offer in sample.case.offers for part in (offer.months[::2], offer.months[1::2]) if part]
    offers = [replace(offer, months=part) for offer, part in parts]
    return replace(
        sample.case, offers=tuple(sorted(offers, key=lambda o: (o.producer, o.product, o.months)))
    ), sample.settings


def with_its_lots_drawn_by_hand(sample: Sample, dice: Dice) -> Problem | None:
    """The lots of its best plan drawn by hand."""
    plan = plan_of(sample.seed)
    if sample.case.lots or plan is None:
        return None
    return replace(sample.case, lots=lots_of(plan)), sample.settings


def lots_of(plan: Plan) -> dict[str, tuple]:
    """The lots of a plan as the table of lots drawn by hand holds them."""
    return {lot.id: tuple((c.site, c.product, c.months) for c in plan.cells if c.lot == lot.id) for lot in plan.lots}


def with_its_winners_held(sample: Sample, dice: Dice) -> Problem | None:
    """The lots of its best plan drawn by hand, and their winners held."""
    plan = plan_of(sample.seed)
    if sample.case.lots or plan is None or not plan.awards:
        return None
    held = {(award.lot, award.bidder): "award" for award in plan.awards}
    return replace(sample.case, lots=lots_of(plan), held=held), sample.settings


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
    """A winner of lots drawn by hand ruled out."""
    plan = plan_of(sample.seed)
    if not sample.case.lots or plan is None or not plan.awards:
        return None
    award = dice.pick(*plan.awards)
    held = {**sample.case.held, (award.lot, award.bidder): "never"}
    return replace(sample.case, held=dict(sorted(held.items()))), sample.settings


def with_money_worth_a_tenth(sample: Sample, dice: Dice) -> Problem:
    """Every £ ten times as many."""
    ten, case, s = times(10), sample.case, sample.settings
    case = replace(
        case, products=each(case.products, benchmark_gbp_per_kg=ten),
        budgets={at: ten(gbp) for at, gbp in case.budgets.items()},
        offers=tuple(replace(offer, price_gbp_per_kg=ten(offer.price_gbp_per_kg)) for offer in case.offers),
        producers=each(case.producers, min_drop_gbp=ten, max_contract_gbp=ten, setup_gbp=ten),
        depots=each(case.depots, handling_gbp_per_kg=ten, fixed_gbp=ten),
    )  # fmt: skip
    costs = ("per_km", "per_drop", "per_lot", "per_supplier", "collect_gbp_per_kg_km")
    s = set_to(s, "costs", **{name: ten(getattr(s.costs, name)) for name in costs})
    s = set_to(s, "aims", km_gbp=ten(s.aims.km_gbp), kgco2e_gbp=ten(s.aims.kgco2e_gbp))
    return case, set_to(s, "lots", value_gbp=tuple(map(ten, s.lots.value_gbp)))


def with_no_cost_but_food(sample: Sample, dice: Dice) -> Problem:
    """Nothing is paid but what grows with the kilos."""
    none = times(0)
    case = replace(
        sample.case, depots=each(sample.case.depots, fixed_gbp=none),
        producers=each(sample.case.producers, setup_gbp=none, min_drop_gbp=none),
    )  # fmt: skip
    settings = set_to(
        sample.settings, "costs", **dict.fromkeys(("per_km", "per_drop", "per_lot", "per_supplier"), D(0))
    )
    return case, set_to(set_to(settings, "costs", kgco2e_per_km=D(0)), "aims", km_gbp=D(0))


def with_all_kilos_doubled(problem: Problem) -> Problem:
    """Twice the demand, twice the harvest, and bounds of £ to match."""
    two, (case, settings) = times(2), problem
    case = replace(
        case, budgets={at: two(gbp) for at, gbp in case.budgets.items()},
        demand={at: two(kg) for at, kg in case.demand.items()},
        offers=tuple(replace(offer, kg_per_month=two(offer.kg_per_month)) for offer in case.offers),
        producers=each(case.producers, max_contract_gbp=two),
    )  # fmt: skip
    return case, set_to(settings, "lots", value_gbp=tuple(map(two, settings.lots.value_gbp)))


def with_a_constant_on_every_price(sample: Sample, dice: Dice) -> Problem | None:
    """Ten pence more for every kilo, whoever sells it; only where no limit and no aim goes by value."""
    s = sample.settings
    limits = (s.awards.min_fill, s.awards.max_price_over_benchmark, s.awards.max_share_per_owner, s.aims.balance_gbp)
    producers = sample.case.producers.values()
    if any(limits) or s.awards.max_price_over_benchmark is not None or not without_floors(s) or s.aims.local_spend_gbp:
        return None
    if s.lots.value_gbp != (None, None) or any(p.min_drop_gbp or p.max_contract_gbp is not None for p in producers):
        return None
    if not sample.case.demand:
        return None
    offers = tuple(replace(o, price_gbp_per_kg=o.price_gbp_per_kg + D("0.1")) for o in sample.case.offers)
    products = each(sample.case.products, benchmark_gbp_per_kg=lambda price: price + D("0.1"))
    return replace(sample.case, offers=offers, products=products), s


def with_a_copy_far_away(sample: Sample, dice: Dice) -> Problem | None:
    """The same county twice, too far apart to trade; only where no limit holds for all lots together."""
    case, s = sample.case, sample.settings
    together = (s.lots.number != (None, None), s.awards.max_share_per_owner is not None, s.awards.min_winners)
    if any(together) or s.aims.balance_gbp or not without_floors(s) or (len(case.buyers) > 1 and s.case.pool_buyers):
        return None
    tables = (case.buyers, case.sites, case.producers, case.depots, case.lots)
    names = {key: f"{key}_far" for table in tables for key in table} | {
        p.owner_group: f"{p.owner_group}_far" for p in case.producers.values()
    }
    far, far_settings = renamed(case, s, names)

    def away(place: Place) -> Place:
        return Place(place.lat, place.lon + 5)

    far = replace(far, **{name: each(getattr(far, name), place=away) for name in ("sites", "producers", "depots")})
    both = {
        field.name: dict(sorted((getattr(case, field.name) | getattr(far, field.name)).items()))
        for field in fields(Case)
        if isinstance(getattr(far, field.name), dict)
    }
    offers = tuple(sorted((*case.offers, *far.offers), key=lambda o: (o.producer, o.product, o.months)))
    settings = set_to(s, "case", pool_buyers=False, local_areas={**s.case.local_areas, **far_settings.case.local_areas})
    return replace(case, **both, offers=offers), set_to(settings, "lots", areas=2 * s.lots.areas)


NOTHING_CHANGES = (
    with_other_ids,
    with_hostile_names,
    with_an_idle_producer,
    with_a_site_that_asks_for_nothing,
    with_a_product_nobody_asks_for,
    with_a_buyer_without_sites,
    with_a_depot_nobody_reaches,
    with_months_moved,
    with_seasons_in_another_order,
    with_roads_twice_as_long,
    with_meals_twice_as_many,
    with_offers_cut_in_two,
    with_its_lots_drawn_by_hand,
    with_its_winners_held,
)

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
