"""Every kilo of shortfall has one reason, the first that holds."""

from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from random_cases import draw_sample
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.case import Offer
from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.plan import Shortfall
from foodlots.reading import read_case
from foodlots.shortage import NO_BIDDER, NO_MORE, NOBODY, NOT_AWARDED, SEASON, TOO_DEAR, Short, why_short

D = Decimal
WINTER = (11, 12, 1, 2)


def reasons(*lines, offers=(), ceiling=None, **lot):
    """(product, reason, months, kg) of shortfall in L5, the lot changed as told."""
    case, settings, plan = sample_case(), sample_settings(), sample_plan()
    lots = tuple(replace(each, **lot) if each.id == "L5" else each for each in plan.lots)
    shortfall = tuple(Shortfall("L5", product, month, D(kg), D(kg)) for product, month, kg in lines)
    awards = replace(settings.awards, max_price_over_benchmark=ceiling)
    told = why_short(
        replace(case, offers=offers), replace(settings, awards=awards), replace(plan, lots=lots, shortfall=shortfall)
    )
    return [(short.product, short.why, short.months, short.kg) for short in told]


def offer(price="0.50", months=WINTER):
    return Offer("hill", "potato", months, D(100), D(price))


@pytest.mark.parametrize(
    ("offers", "ceiling", "lot", "why"),
    [
        ((), None, {}, NOBODY),
        ((offer(months=(6, 7)),), None, {}, SEASON),
        ((offer(price="0.67"),), D("0.1"), {}, TOO_DEAR),
        ((offer(price="0.66"),), D("0.1"), {}, NO_MORE),
        ((offer(price="0.67"),), None, {}, NO_MORE),
        ((offer(price="9", months=WINTER), offer(months=(6,))), D("0.1"), {}, TOO_DEAR),
        ((offer(),), None, {"winner": "", "able_bidders": 0}, NO_BIDDER),
        ((offer(),), None, {"winner": "", "able_bidders": 2}, NOT_AWARDED),
        ((offer(),), None, {"winner": "hill"}, NO_MORE),
        ((offer(months=(6, 7)),), None, {"winner": "", "able_bidders": 0}, SEASON),
    ],
)
def test_the_first_reason_that_holds(offers, ceiling, lot, why):
    assert reasons(("potato", 12, 3), offers=offers, ceiling=ceiling, **lot) == [("potato", why, (12,), 3)]


def test_months_of_one_reason_are_told_together_dearest_first():
    lines = (("potato", 12, 3), ("potato", 11, 4), ("leek", 1, 9), ("potato", 1, 2))
    assert reasons(*lines, offers=(offer(months=(11, 12)),)) == [
        ("leek", NOBODY, (1,), 9),
        ("potato", NO_MORE, (11, 12), 7),
        ("potato", SEASON, (1,), 2),
    ]


def test_the_village_lacks_julys_apples():
    case, settings, _ = read_case(VILLAGE)
    shorts = why_short(case, settings, make_plan(case, settings))
    assert shorts == (Short("apples", SEASON, (7,), D("160.000"), D("256.00")),)


@pytest.mark.parametrize("seed", [1, 5, 7, 10, 15, 18, 24, 25])
def test_no_kilo_is_lost_and_none_told_twice(seed):
    sample = draw_sample(seed)
    try:
        plan = make_plan(sample.case, sample.settings)
    except NoPlan:
        pytest.skip("the limits of this case allow no plan")
    shorts = why_short(sample.case, sample.settings, plan)
    assert sum(short.kg for short in shorts) == sum(line.kg for line in plan.shortfall)
    assert sum(short.gbp for short in shorts) == plan.summary.open_market_gbp
    assert len({(short.product, short.why) for short in shorts}) == len(shorts)
