"""Leaving out what never pays costs nothing: the optimum is the same with and without it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from random_cases import draw_sample

from foodlots.errors import NoPlan
from foodlots.optimise import make_plan, search
from foodlots.optimise.paying import keep_what_can_pay
from foodlots.reading import read_case

D = Decimal
NEAR = D("0.05")  # £; plans nearer than a millionth of demand are as good as each other


def best(case, settings):
    try:
        return make_plan(case, settings).summary.objective_gbp
    except NoPlan:
        return None


def with_and_without(monkeypatch, case, settings):
    with monkeypatch.context() as patch:
        patch.setattr(search, "keep_what_can_pay", lambda book: book.bids)
        everything = best(case, settings)
    return best(case, settings), everything


@pytest.mark.parametrize("seed", range(0, 80, 2))
def test_the_optimum_is_the_same(monkeypatch, seed):
    sample = draw_sample(seed)
    kept, everything = with_and_without(monkeypatch, sample.case, sample.settings)
    assert (kept is None) == (everything is None)
    assert everything is None or abs(kept - everything) <= NEAR


@pytest.mark.parametrize("worth", ["0", "0.3", "1", "1.2", "3"])
@pytest.mark.parametrize("fill", ["0", "0.8"])
def test_the_optimum_is_the_same_whatever_local_spend_is_worth(monkeypatch, worth, fill):
    """Croft grows little and drives far: with £1 kept local worth more than £1 its driving alone pays."""
    overrides = [f"aims.local_spend_gbp={worth}", f"awards.min_fill={fill}", "costs.per_supplier=1200", "lots.areas=2"]
    case, settings, _ = read_case(VILLAGE, overrides)
    offers = tuple(replace(o, kg_per_month=D(40)) if o.producer == "croft" else o for o in case.offers)
    kept, everything = with_and_without(monkeypatch, replace(case, offers=offers), settings)
    assert abs(kept - everything) <= NEAR


def dropped(*overrides, offers=None):
    """What was left out of the village: (bids, bidders)."""
    case, settings, _ = read_case(VILLAGE, overrides)
    model = search.build(replace(case, offers=offers or case.offers), settings)
    return model.book.removed["never_pays"], sorted(set(model.book.bidders) - set(model.win))


def offers_at(price):
    case, _, _ = read_case(VILLAGE)
    return tuple(replace(o, price_gbp_per_kg=D(price)) if o.product == "milk" else o for o in case.offers)


def test_dear_offers_are_left_out():
    """Milk at £0.99 saves £46.80 of £1,014 of driving; Mead's potatoes alone save £1,014 less £507."""
    bids, bidders = dropped(offers=offers_at("0.99"))
    assert bids >= 1
    assert bidders == []


@pytest.mark.parametrize(("setup", "left_out"), [("1400", []), ("9000", ["croft", "mead"])])
def test_a_bidder_that_never_earns_its_setup_is_left_out(setup, left_out):
    assert dropped(f"costs.per_supplier={setup}")[1] == left_out


@pytest.mark.parametrize("must", ["floors.local=0.1", "floors.small=0.1", "awards.min_winners=1"])
def test_nothing_is_left_out_where_there_must_be_awards(must):
    assert dropped("costs.per_supplier=9000", must) == (0, [])


def test_a_bid_that_helps_to_fill_is_kept():
    case, settings, _ = read_case(VILLAGE, ["awards.min_fill=0.9"])
    book = search.build(replace(case, offers=offers_at("0.99")), settings).book
    milk = next(i for i, c in enumerate(book.candidates) if c.products == ("milk",))
    assert any(bid.lot == milk for bid in keep_what_can_pay(book))
