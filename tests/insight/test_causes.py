"""Every gram short has one cause: each cause made by hand, both sides of its edge; sums to the gram on random cases."""

from collections import Counter
from decimal import Decimal

import pytest
from one_kitchen import Place, farm, kitchen_case, offer, planned, product
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.insight.causes import Causes
from foodlots.insight.entrants import Entrants
from foodlots.insight.lifts import (
    ACCREDITATION,
    CAPACITY,
    CAUSES,
    DISTANCE,
    NOBODY,
    POLICY,
    PRICE,
    SEASON,
    SMALL_DROP,
    UNUSED,
    as_it_is,
)
from foodlots.optimise import make_plan
from foodlots.optimise.standing import Standing

D = Decimal


def why(case, settings, plan) -> dict[tuple[str, int, str, bool], Decimal]:
    """(product, month, cause, alone) -> kilos."""
    kilos: Counter = Counter()
    for gap in Causes(Standing(case, settings, plan)).gaps:
        kilos[gap.product, gap.month, gap.cause, gap.alone] += gap.kg
    return dict(kilos)


def test_what_nobody_grows_is_put_down_to_nobody():
    case = kitchen_case([farm("hill")], [offer("hill", 1000)], [product(), product("kale")])
    assert why(*planned(case)) == {("kale", 3, NOBODY, True): 1000, ("kale", 4, NOBODY, True): 1000}


def test_a_winner_that_has_no_more_is_short_of_capacity():
    case = kitchen_case([farm("hill")], [offer("hill", "999.999")])
    assert why(*planned(case)) == {("leek", month, CAPACITY, True): D("0.001") for month in (3, 4)}
    assert not why(*planned(kitchen_case([farm("hill")], [offer("hill", 1000)])))


def test_out_of_season_counts_what_the_best_month_would_bring_and_the_rest_is_capacity():
    case = kitchen_case([farm("hill")], [offer("hill", 600, months=(3,))])
    assert why(*planned(case)) == {
        ("leek", 3, CAPACITY, True): 400,
        ("leek", 4, SEASON, True): 600,
        ("leek", 4, CAPACITY, False): 400,
    }


@pytest.mark.parametrize(("reach", "short"), [("1.5", True), ("1.6", False)])
def test_a_farm_a_hair_beyond_its_reach_is_too_far(reach, short):
    """0.01 degrees of latitude are 1.112 km, 1.557 km by road."""
    case = kitchen_case([farm("hill", reach_km=D(reach))], [offer("hill", 1000)])
    expected = {("leek", month, DISTANCE, True): 1000 for month in (3, 4)}
    assert why(*planned(case)) == (expected if short else {})


def test_the_buyers_own_ceiling_of_distance_is_too_far_as_well():
    case = kitchen_case([farm("hill", place=Place(54.2, -2.7), reach_km=D(90))], [offer("hill", 1000)])
    assert why(*planned(case, "awards.max_km=60")) == {("leek", month, DISTANCE, True): 1000 for month in (3, 4)}
    assert not why(*planned(case, "awards.max_km=63"))


def test_a_certificate_not_held():
    leek = product(needs=("salsa",))
    case = kitchen_case([farm("hill")], [offer("hill", 1000)], [leek])
    assert why(*planned(case)) == {("leek", month, ACCREDITATION, True): 1000 for month in (3, 4)}
    assert not why(*planned(kitchen_case([farm("hill", accreditations=frozenset(["salsa"]))],
                                         [offer("hill", 1000)], [leek])))  # fmt: skip


def test_a_drop_below_what_the_farm_asks():
    """A penny less than a drop is worth is enough, a penny more is too much."""
    plan = planned(kitchen_case([farm("hill")], [offer("hill", 1000)]))[2]
    worth = plan.lots[0].value_gbp / plan.awards[0].drops
    too_much = kitchen_case([farm("hill", min_drop_gbp=worth + D("0.01"))], [offer("hill", 1000)])
    assert why(*planned(too_much)) == {("leek", month, SMALL_DROP, True): 1000 for month in (3, 4)}
    enough = kitchen_case([farm("hill", min_drop_gbp=worth - D("0.01"))], [offer("hill", 1000)])
    assert not why(*planned(enough))


def test_dearer_than_the_open_market_or_the_ceiling_is_too_dear():
    dear = kitchen_case([farm("hill")], [offer("hill", 1000, "2.01")])
    assert why(*planned(dear)) == {("leek", month, PRICE, True): 1000 for month in (3, 4)}
    ceiling = kitchen_case([farm("hill")], [offer("hill", 1000, "1.95")])
    assert not why(*planned(ceiling, "awards.max_price_over_benchmark=0"))


def test_driving_that_eats_the_saving_is_too_dear():
    """£2,000 saved on the food: taking the farm on may cost that and no more."""
    case = kitchen_case([farm("hill", setup_gbp=D(2001))], [offer("hill", 1000)])
    assert why(*planned(case)) == {("leek", month, PRICE, True): 1000 for month in (3, 4)}
    assert not why(*planned(kitchen_case([farm("hill", setup_gbp=D(1999))], [offer("hill", 1000)])))


def test_a_second_farm_that_one_winner_keeps_out_is_capped_by_policy():
    case = kitchen_case([farm("hill"), farm("dale")], [offer("hill", 600), offer("dale", 300)])
    assert why(*planned(case)) == {
        key: kg for month in (3, 4) for key, kg in {("leek", month, CAPACITY, True): D(400)}.items()
    }, "the winner with more comes first in the order"
    causes = Causes(Standing(*planned(case)))
    assert causes.levers == {"a lot has so many winners and no more": 600_000}
    assert causes.alone[POLICY] == 2 * 300_000
    assert causes.alone[CAPACITY] == 2 * 400_000


def test_a_least_fill_is_capped_by_policy_and_a_contract_too_large_as_well():
    case = kitchen_case([farm("hill")], [offer("hill", 400)])
    found = why(*planned(case, "awards.min_fill=0.5"))
    assert found == {key: kg for month in (3, 4) for key, kg in {("leek", month, CAPACITY, True): D(1000)}.items()}
    small = kitchen_case([farm("hill", max_contract_gbp=D(3999))], [offer("hill", 1000)])
    assert Causes(Standing(*planned(small))).levers == {
        "largest contract a bidder takes, or fewest able bidders": 2_000_000
    }
    assert why(*planned(small)) == {("leek", month, POLICY, True): 1000 for month in (3, 4)}


def test_two_things_in_the_way_are_put_down_to_the_one_that_falls_last():
    leek = product(needs=("salsa",))
    case = kitchen_case([farm("hill", reach_km=D(1))], [offer("hill", 1000)], [leek])
    assert why(*planned(case)) == {("leek", month, ACCREDITATION, False): 1000 for month in (3, 4)}


def random_plan(seed):
    sample = draw_sample(seed)
    try:
        return sample.case, sample.settings, make_plan(sample.case, sample.settings)
    except NoPlan:
        return None


def check_sums(case, settings, plan):
    causes = Causes(Standing(case, settings, plan))
    for line in plan.shortfall:
        found = causes.by_line[line.lot, line.product, line.month]
        assert sum(found.values()) == line.kg * 1000, "to the gram"
        assert min(found.values()) > 0
        rows = [gap for gap in causes.gaps if (gap.lot, gap.product, gap.month) == (line.lot, line.product, line.month)]
        assert sum(gap.kg for gap in rows) == line.kg
        assert sum(gap.gbp for gap in rows) == line.gbp, "to the penny"
        assert len({(gap.area, gap.cause, gap.alone) for gap in rows}) == len(rows), "no area and cause is told twice"
    for cause, grams in causes.alone.items():
        assert 0 <= grams <= sum(line.kg for line in plan.shortfall) * 1000, cause
    assert {gap.cause for gap in causes.gaps} <= set(CAUSES)
    if plan.summary.status == "optimal" and not any(vars(settings.floors).values()):
        coming = Entrants(causes.standing, as_it_is(causes.standing))
        saves = sum(each.saved_gbp - each.fixed_gbp for each in coming if each.pays and not each.against)
        assert saves < 1, "a proven plan leaves nothing unused that is cheaper than the open market"
    return Counter(gap.cause for gap in causes.gaps)


@pytest.mark.parametrize("seeds", [range(0, 12), range(12, 24)])
def test_causes_add_up_to_the_shortfall_to_the_gram(seeds):
    plans = [plan for seed in seeds if (plan := random_plan(seed))]
    assert len(plans) > len(seeds) / 2
    assert len(sum((check_sums(*plan) for plan in plans), Counter())) >= 3, "several causes were met"


@pytest.mark.long
def test_causes_add_up_on_many_cases():
    met = sum((check_sums(*plan) for seed in range(100, 500) if (plan := random_plan(seed))), Counter())
    assert set(met) >= set(CAUSES) - {UNUSED}
