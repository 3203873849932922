"""Fit lists: the village worked out on paper, the order of reasons, and what a producer may not learn."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from asked_again import inquiries

from foodlots.errors import DataError, NoPlan
from foodlots.insight.changes import PRICE, Change, changed, hair_less
from foodlots.insight.fit_words import change_record, fit_record
from foodlots.insight.fits import Inquiry, fits, fits_undrawn
from foodlots.insight.same_case import the_lot
from foodlots.insight.winning import Contest, cut_to_beat_market, ways_to_win
from foodlots.optimise import make_plan
from foodlots.reading import read_case

VILLAGE = Path(__file__).resolve().parents[2] / "data" / "village"
D = Decimal


@pytest.fixture(scope="module")
def village():
    """The village, its settings and its plan: croft has fruit and vegetables (L02), mead has milk (L01)."""
    case, settings, _ = read_case(VILLAGE)
    return case, settings, make_plan(case, settings)


def of(found, lot):
    return next(fit for fit in found if fit.lot == lot)


def test_money_left_on_paper(village):
    """Milk: 4,680 kg at £1, 39 weeks × 2 visits × (2 × 5 km + 8 km) × 50p and 156 drops at £2; mead asks 66p a kg.

    Alone it saves 4,680 − 95% of (3,088.80 + 1,014) − 200.
    """
    milk = of(fits(Inquiry(*village), "mead"), "L01")
    assert milk.wins
    assert milk.first is None
    assert milk.money.kg == pytest.approx(4680)
    assert milk.money.delivery_gbp == pytest.approx(1014)
    assert milk.money.left_gbp == pytest.approx(4680 - 1014)
    assert milk.money.asks_gbp == pytest.approx(0.66 * 4680)
    assert milk.drop_gbp == pytest.approx(30)
    assert milk.market_gbp == pytest.approx(4680 - 0.95 * (3088.80 + 1014) - 200)


def test_beaten_by_how_much_on_paper(village):
    """Croft: 95% of (1,950 + 1,969 + 546) + 256 of apples from the open market + 200 to take it on = 4,697.75.

    Mead, taken on already for milk: 95% of (2,106 + 507) and all apples, 3,120, from the open market = 5,602.35.
    """
    found = of(fits(Inquiry(*village, "buyer"), "mead"), "L02")
    assert found.able
    assert found.first.name == "beaten"
    assert found.first.by == pytest.approx(904.60, abs=0.01)


def test_the_cut_that_wins_on_paper(village):
    """904.60 ÷ (95% of 3,900 kg of potatoes) = 24.415p: a cut of 24.42p wins, 24.41p does not."""
    inquiry = Inquiry(*village, "buyer")
    contest = Contest(inquiry, "mead", "L02")
    ways = ways_to_win(contest, of(fits(inquiry, "mead"), "L02"))
    (cut,) = next(way for way in ways if way[0].kind == PRICE)
    assert cut.amount == D("0.2442")
    assert contest.wins((cut,))
    assert not contest.wins((hair_less(cut),))


def test_too_dear_by_how_much(village):
    """Potatoes at 85p against a ceiling of 80p are 5p too dear; a cut of 5p is within it, 4.99p is not."""
    case, settings, plan = village
    awards = replace(settings.awards, max_price_over_benchmark=D(0), min_fill=D("0.4"))
    dear = changed(case, "mead", [Change(PRICE, D("-0.31"), products=("potatoes",))])
    found = of(fits(Inquiry(dear, replace(settings, awards=awards), plan), "mead"), "L02")
    assert not found.able
    assert found.first.name == "too_dear"
    assert found.first.by == pytest.approx(0.05)
    assert (Change(PRICE, D("0.0500"), products=("potatoes",)),) in found.takes


@pytest.mark.parametrize(("change", "reason"), [
    ({"reach_km": D(4)}, "out_of_reach"),
    ({"accreditations": frozenset()}, "not_accredited"),
    ({"min_drop_gbp": D(31)}, "drop_too_small"),
    ({"max_contract_gbp": D(4000)}, "contract_too_large"),
])  # fmt: skip
def test_the_first_reason_that_binds_is_told(village, change, reason):
    case, settings, plan = village
    milk = replace(case.products["milk"], accreditations=frozenset(["salsa"]))
    mead = replace(case.producers["mead"], accreditations=frozenset(["salsa"]))
    case = replace(case, products={**case.products, "milk": milk})
    case = replace(case, producers={**case.producers, "mead": replace(mead, **change)})
    found = of(fits(Inquiry(case, settings, plan), "mead"), "L01")
    assert not found.able
    assert found.first.name == reason
    assert len(found.takes) == 1


def test_too_small_names_its_worst_month(village):
    """In October, 4.4 of 39 weeks of 4,680 kg are asked: 504 kg in all; 100 kg a month cannot be half of it."""
    case, settings, plan = village
    offers = tuple(replace(o, kg_per_month=D(100)) if o.product == "milk" else o for o in case.offers)
    awards = replace(settings.awards, min_fill=D("0.5"))
    found = of(fits(Inquiry(replace(case, offers=offers), replace(settings, awards=awards), plan), "mead"), "L01")
    assert found.first.name == "too_small"
    assert found.first.months == (11,)
    assert found.first.have == pytest.approx(100)
    assert found.first.need == pytest.approx(4680 * 4.4 / 39)
    (change,) = found.takes[0]
    assert float(change.kg) == pytest.approx(4680 / 2 - 100 * 11, abs=0.002)


def test_a_lot_not_drawn_is_told_when_it_fits(village):
    names = [fit.name for fit in fits_undrawn(Inquiry(*village), "croft")]
    assert names[0] == "Potatoes, all The village, whole year"


def test_what_is_not_there_is_named(village):
    inquiry = Inquiry(*village)
    with pytest.raises(DataError, match="'crofd' is not there; did you mean 'croft'"):
        fits(inquiry, "crofd")
    with pytest.raises(DataError, match="'L09' is not there"):
        the_lot(inquiry.plan, "L09")
    case, settings, plan = village
    with pytest.raises(DataError, match="other tables"):
        Inquiry(replace(case, sha256="other"), settings, plan)


def told(inquiry: Inquiry, bidder: str) -> str:
    """Everything a producer is told, as it would be printed."""
    found = fits(inquiry, bidder)
    cuts = [cut_to_beat_market(Contest(inquiry, bidder, fit.lot)) for fit in found if fit.able and not fit.wins]
    records = [fit_record(fit, 9) for fit in (*found, *fits_undrawn(inquiry, bidder))]
    return json.dumps([records, [cut and change_record(cut) for cut in cuts]])


def with_other_prices(case, bidder, factor):
    offers = tuple(
        o if o.producer == bidder else replace(o, price_gbp_per_kg=o.price_gbp_per_kg * factor) for o in case.offers
    )
    return replace(case, offers=offers)


def stays_the_same(seeds, factor) -> int:
    """How many producers are told the same, byte for byte, at the same awards and other prices of everybody else."""
    told_of = 0
    for _, inquiry in inquiries(seeds):
        for bidder in inquiry.case.producers:
            other = Inquiry(with_other_prices(inquiry.case, bidder, factor), inquiry.settings, inquiry.plan)
            assert told(inquiry, bidder) == told(other, bidder)
            told_of += 1
    return told_of


def stays_the_same_when_planned_anew(seeds) -> int:
    """The same with whole new plans made at the other prices, where these award every lot as before."""
    told_of = 0
    for _, inquiry in inquiries(seeds):
        for bidder in inquiry.case.producers:
            case = with_other_prices(inquiry.case, bidder, D("1.004"))
            try:
                plan = make_plan(case, inquiry.settings)
            except NoPlan:
                continue
            if awards(plan) == awards(inquiry.plan):
                assert told(inquiry, bidder) == told(Inquiry(case, inquiry.settings, plan), bidder)
                told_of += 1
    return told_of


def awards(plan):
    return [(each.id, each.name, each.winner) for each in plan.lots]


def test_nothing_told_to_a_producer_depends_on_others_prices():
    assert stays_the_same(range(6), D(3)) >= 8
    assert stays_the_same_when_planned_anew(range(25, 28)) >= 3


@pytest.mark.long
@pytest.mark.parametrize("factor", [D("0.01"), D("1.07"), D(3)])
def test_nothing_told_depends_on_others_prices_in_many_cases(factor):
    assert stays_the_same(range(60), factor) > 100


@pytest.mark.long
def test_nothing_told_depends_on_others_prices_in_many_plans():
    assert stays_the_same_when_planned_anew(range(60, 100)) > 50
