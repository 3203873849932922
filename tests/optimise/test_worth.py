"""What one more kilo is worth: duals against solving anew, on a case by hand and on random ones."""

import pytest
from golden_case import VILLAGE
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.optimise.standing import Standing
from foodlots.optimise.worth import HeldPlan
from foodlots.reading import read_case

WITHOUT_AIMS = ["aims.local_spend_gbp=0", "floors.local=0"]


def held(case, settings) -> HeldPlan:
    return HeldPlan(Standing(case, settings, make_plan(case, settings)))


def test_where_a_village_lot_is_short_a_kilo_more_saves_the_open_market_price():
    case, settings, _ = read_case(VILLAGE, WITHOUT_AIMS)
    plan = held(case, settings)
    short = {(line.product, line.month) for line in plan.standing.plan.shortfall}
    gifts = {(product, month): gbp for (_, product, month), gbp in plan.worth.gifts.items()}
    assert short & set(gifts)
    for product, month in short & set(gifts):
        assert gifts[product, month] == pytest.approx(float(case.products[product].benchmark_gbp_per_kg))


def test_a_kilo_more_of_a_winner_that_is_sold_out_saves_benchmark_less_price():
    case, settings, _ = read_case(VILLAGE, WITHOUT_AIMS)
    plan = held(case, settings)
    prices = {
        (offer.producer, offer.product, month): (offer.price_gbp_per_kg, offer.kg_per_month)
        for offer in case.offers
        for month in offer.months
    }
    sold = {(line.producer, line.product, line.month): line.kg for line in plan.standing.plan.supply}
    some = [own for own, kg in sold.items() if kg == prices[own][1]]
    for own in some:
        saved = case.products[own[1]].benchmark_gbp_per_kg - prices[own][0]
        assert plan.worth.own[own] == pytest.approx(float(saved), abs=1e-6)


def check_duals(case, settings, most: int):
    """A dual is a saving that the first kilo brings, or more than it where the limit bends within that kilo."""
    plan = held(case, settings)
    gifts, own = sorted(plan.worth.gifts), sorted(plan.worth.own)
    agree = total = 0
    for keys, worth, solving in (
        (gifts, plan.worth.gifts, plan.gift_by_solving),
        (own, plan.worth.own, plan.own_by_solving),
    ):
        for key in keys[:: max(1, len(keys) // most)][:most]:
            solved = solving(key)
            assert solved <= worth[key] + 1e-5, key
            agree += abs(solved - worth[key]) < 1e-5
            total += 1
    return agree, total


def random_duals(seeds, most):
    agree = total = 0
    for seed in seeds:
        sample = draw_sample(seed)
        try:
            plan = make_plan(sample.case, sample.settings)
        except NoPlan:
            continue
        if plan.awards:
            found = check_duals(sample.case, sample.settings, most)
            agree, total = agree + found[0], total + found[1]
    assert total > len(seeds)
    assert agree >= 0.95 * total, f"{agree} of {total} duals agree with solving anew"


def test_duals_agree_with_finite_differences_on_random_cases():
    random_duals(range(200, 215), 6)


@pytest.mark.long
def test_duals_agree_with_finite_differences_on_many_cases():
    random_duals(range(1000, 1200), 12)
