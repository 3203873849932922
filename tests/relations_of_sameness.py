"""Changes of a random case after which the cost is known: the same, or so many times as much.

Each is a function from a case to the same case changed, or to None where its preconditions, in code, do not hold.
"""

from collections.abc import Iterable
from dataclasses import fields, replace

from changed_cases import (
    D,
    Problem,
    each,
    plan_of,
    renamed,
    set_to,
    times,
    with_producer,
    without_floors,
)
from random_cases import Dice, Sample, by_id

from foodlots.case import MONTHS, Case, Depot, Offer, Place
from foodlots.optimise.ground import lay_ground
from foodlots.plan import Plan


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
    return in_the_same_areas(sample, replace(sample.case, lots=lots_of(plan)), plan)


def in_the_same_areas(sample: Sample, drawn: Case, plan: Plan) -> Problem | None:
    """The case with its lots drawn by hand; None where its depots would go their rounds through other small areas.

    Areas are made smaller where a lot of a whole one would be worth too much; lots drawn by hand need no such thing.
    """
    before, after = (lay_ground(case, sample.settings).leaves for case in (sample.case, drawn))
    return None if plan.distribution and before != after else (drawn, sample.settings)


def lots_of(plan: Plan) -> dict[str, tuple]:
    """The lots of a plan as the table of lots drawn by hand holds them."""
    return {lot.id: tuple((c.site, c.product, c.months) for c in plan.cells if c.lot == lot.id) for lot in plan.lots}


def with_its_winners_held(sample: Sample, dice: Dice) -> Problem | None:
    """The lots of its best plan drawn by hand, and their winners held."""
    plan = plan_of(sample.seed)
    if sample.case.lots or plan is None or not plan.awards:
        return None
    held = {(award.lot, award.bidder): "award" for award in plan.awards}
    return in_the_same_areas(sample, replace(sample.case, lots=lots_of(plan), held=held), plan)


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
    """The same county twice, too far apart to trade; only where no limit holds for all lots together.

    Not with depots, which have no reach: a bidder that reaches one of them may bid for lots anywhere.
    """
    case, s = sample.case, sample.settings
    together = (s.lots.number != (None, None), s.awards.max_share_per_owner is not None, s.awards.min_winners)
    if (
        any(together)
        or case.depots
        or s.aims.balance_gbp
        or not without_floors(s)
        or (len(case.buyers) > 1 and s.case.pool_buyers)
    ):
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
