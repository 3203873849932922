"""The random cases: between them they meet everything a case and its settings can say, and they read back from disk."""

from collections import Counter
from collections.abc import Callable

import pytest
from random_cases import Sample, draw_sample, write_case

from foodlots.reading import read_case

SEEDS = range(300)
LEAST = 6  # cases of the short campaign that every element must be in

Element = Callable[[Sample], bool]


def several(table: str) -> Element:
    return lambda sample: len(getattr(sample.case, table)) > 1


def some(table: str, true: Callable[[object], object]) -> Element:
    return lambda sample: any(true(entry) for entry in getattr(sample.case, table).values())


def chosen(section: str, field: str, true: Callable[[object], object] = bool) -> Element:
    return lambda sample: true(getattr(getattr(sample.settings, section), field))


def given(value: object) -> bool:
    return value is not None


def members_out_of_reach(sample: Sample) -> bool:
    km = sample.case.distances
    pairs = [(p, club) for p in sample.case.producers.values() for club in p.member_of]
    return any(km.get((p.id, club), 0) > p.reach_km for p, club in pairs)


def roads_that_differ_by_way(sample: Sample) -> bool:
    km = sample.case.distances
    return any(km[b, a] != one for (a, b), one in km.items())


def seasonal_offers(sample: Sample) -> bool:
    return any(len(offer.months) < 12 for offer in sample.case.offers)


def two_prices_a_year(sample: Sample) -> bool:
    return max(Counter((offer.producer, offer.product) for offer in sample.case.offers).values(), default=0) > 1


def owners_of_several(sample: Sample) -> bool:
    return len({p.owner_group for p in sample.case.producers.values()}) < len(sample.case.producers)


def sites_nobody_cooks_in(sample: Sample) -> bool:
    return any(not site.meals_per_week for site in sample.case.sites.values())


def kitchens_that_ask_for_nothing(sample: Sample) -> bool:
    return bool(sample.case.demand) and {site for site, _, _ in sample.case.demand} < set(sample.case.sites)


def buyers_apart(sample: Sample) -> bool:
    return several("buyers")(sample) and not sample.settings.case.pool_buyers


def cooperatives_and_depots(sample: Sample) -> bool:
    return bool(sample.case.depots) and any(p.member_of for p in sample.case.producers.values())


def by_hand_through_depots(sample: Sample) -> bool:
    return len(sample.case.lots) > 1 and bool(sample.case.depots)


ELEMENTS: dict[str, Element] = {
    "several buyers": several("buyers"),
    "buyers apart": buyers_apart,
    "several sites": several("sites"),
    "five sites": lambda sample: len(sample.case.sites) == 5,
    "kitchens all year": some("sites", lambda site: not site.term_time),
    "kitchens in term": some("sites", lambda site: site.term_time),
    "sites nobody cooks in": sites_nobody_cooks_in,
    "kitchens that ask for nothing": kitchens_that_ask_for_nothing,
    "one delivery a week": some("sites", lambda site: site.deliveries_per_week == 1),
    "three products": lambda sample: len(sample.case.products) == 3,
    "several categories": lambda sample: len({p.category for p in sample.case.products.values()}) > 1,
    "several families": lambda sample: len({p.family for p in sample.case.products.values()}) > 1,
    "frequent drops": some("products", lambda product: product.drops_per_week > 1),
    "seldom drops": some("products", lambda product: product.drops_per_week < 1),
    "accreditations": some("products", lambda product: product.accreditations),
    "products without a code": some("products", lambda product: not product.cpv),
    "budgets": lambda sample: bool(sample.case.budgets),
    "kilos given": lambda sample: bool(sample.case.demand),
    "five producers": lambda sample: len(sample.case.producers) == 5,
    "cooperatives": some("producers", lambda producer: producer.member_of),
    "cooperatives and depots": cooperatives_and_depots,
    "members out of reach": members_out_of_reach,
    "owners of several": owners_of_several,
    "least drop": some("producers", lambda producer: producer.min_drop_gbp),
    "largest contract": some("producers", lambda producer: producer.max_contract_gbp),
    "own setup": some("producers", lambda producer: given(producer.setup_gbp)),
    "local as told": some("producers", lambda producer: given(producer.local)),
    "not small": some("producers", lambda producer: not producer.small),
    "organic": some("producers", lambda producer: producer.organic),
    "seasonal offers": seasonal_offers,
    "two prices a year": two_prices_a_year,
    "nothing to sell": lambda sample: any(not offer.kg_per_month for offer in sample.case.offers),
    "depots": lambda sample: bool(sample.case.depots),
    "two depots": several("depots"),
    "depots with a fixed cost": some("depots", lambda depot: depot.fixed_gbp),
    "roads given": lambda sample: bool(sample.case.distances),
    "roads that differ by way": roads_that_differ_by_way,
    "lots drawn by hand": lambda sample: bool(sample.case.lots),
    "by hand through depots": by_hand_through_depots,
    "awards held": lambda sample: "award" in sample.case.held.values(),
    "awards ruled out": lambda sample: "never" in sample.case.held.values(),
    "local areas for all": chosen("case", "local_areas", lambda areas: "*" in areas),
    "local areas by buyer": chosen("case", "local_areas", lambda areas: areas and "*" not in areas),
    "months without term": chosen("case", "term_weeks", lambda weeks: not all(weeks)),
    "least lot value": chosen("lots", "value_gbp", lambda value: given(value[0])),
    "most lot value": chosen("lots", "value_gbp", lambda value: given(value[1])),
    "fewest lots": chosen("lots", "number", lambda number: given(number[0])),
    "most lots": chosen("lots", "number", lambda number: given(number[1])),
    "small areas": chosen("lots", "areas", lambda areas: areas > 1),
    "seasons": chosen("lots", "seasons", lambda seasons: len(seasons) > 1),
    "able bidders": chosen("lots", "min_able_bidders"),
    "lots for a supplier": chosen("awards", "max_lots_per_supplier"),
    "share for an owner": chosen("awards", "max_share_per_owner"),
    "fewest winners": chosen("awards", "min_winners"),
    "least fill": chosen("awards", "min_fill", lambda fill: 0 < fill < 1),
    "all to be filled": chosen("awards", "min_fill", lambda fill: fill == 1),
    "farthest": chosen("awards", "max_km"),
    "price ceiling": chosen("awards", "max_price_over_benchmark", given),
    "lots shared by two": chosen("awards", "max_winners_per_lot", lambda winners: winners == 2),
    "lots shared by three": chosen("awards", "max_winners_per_lot", lambda winners: winners == 3),
    "local floor": chosen("floors", "local"),
    "small floor": chosen("floors", "small"),
    "organic floor": chosen("floors", "organic_or_higher"),
    "km as an aim": chosen("aims", "km_gbp"),
    "carbon as an aim": chosen("aims", "kgco2e_gbp"),
    "local money as an aim": chosen("aims", "local_spend_gbp"),
    "local money worth more than it costs": chosen("aims", "local_spend_gbp", lambda worth: worth > 1),
    "balance as an aim": chosen("aims", "balance_gbp"),
}


def test_every_element_is_met():
    met = Counter(name for seed in SEEDS for name, true in ELEMENTS.items() if true(draw_sample(seed)))
    assert {name: met[name] for name in ELEMENTS if met[name] < LEAST} == {}


def test_a_seed_always_gives_the_same_case():
    assert [draw_sample(seed) for seed in range(20)] == [draw_sample(seed) for seed in range(20)]


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_a_case_reads_back_as_it_was_written(first, tmp_path):
    for seed in range(first, first + 20):
        sample = draw_sample(seed)
        case, settings, _ = read_case(write_case(sample.case, sample.settings, tmp_path / str(seed)))
        assert (seed, case.lots, case.held) == (seed, sample.case.lots, sample.case.held)
        assert (seed, {**vars(case), "sha256": ""}) == (seed, vars(sample.case))
        assert (seed, settings) == (seed, sample.settings)
