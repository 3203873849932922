"""Every award that could be made: each sieve on both sides of its limit, what it removed counted, who is able."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from golden_case import VILLAGE

from foodlots.case import Depot, Place
from foodlots.delivery import Visits
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.stock import take_stock
from foodlots.reading import read_case

D = Decimal


def book_of(*overrides, producers=None, products=None, **changes) -> BidBook:
    """All bids of the village, with columns of its producers or products changed."""
    case, settings, _ = read_case(VILLAGE, overrides)
    people = {key: replace(each, **(producers or {}).get(key, {})) for key, each in case.producers.items()}
    goods = {key: replace(each, **(products or {}).get(key, {})) for key, each in case.products.items()}
    ground = lay_ground(replace(case, producers=people, products=goods, **changes), settings)
    return BidBook(ground, take_stock(ground), draw_candidates(ground))


def on(book: BidBook, *products, depot=""):
    """The bids on the lot of these products, by bidder and share."""
    lot = next(i for i, c in enumerate(book.candidates) if c.products == tuple(sorted(products)))
    return {(bid.channel.bidder, bid.share): bid for bid in book.bids if bid.lot == lot and bid.channel.depot == depot}


def bidders(book: BidBook, *products):
    return sorted({bidder for bidder, _ in on(book, *products)})


def able(book: BidBook, *products):
    lot = next(i for i, c in enumerate(book.candidates) if c.products == tuple(sorted(products)))
    return sorted(book.able[lot])


def test_the_village_has_the_bids_of_its_paper():
    book = book_of()
    assert {products: bidders(book, *products.split("+")) for products in
            ("potatoes", "apples", "milk", "apples+potatoes", "apples+milk+potatoes")} == {
        "potatoes": ["croft", "mead"], "apples": ["croft"], "milk": ["mead"],
        "apples+potatoes": ["croft", "mead"], "apples+milk+potatoes": ["croft", "mead"],
    }  # fmt: skip
    assert book.removed["in_season"] == 2


def test_delivery_is_that_of_the_paper():
    book = book_of()
    croft, mead = on(book, "potatoes")["croft", 1], on(book, "milk")["mead", 1]
    assert (croft.visits, croft.km, croft.delivery_gbp) == (Visits(39, 78), 780, 546)
    assert (mead.visits, mead.km, mead.delivery_gbp) == (Visits(78, 156), 1404, 1014)
    assert (croft.value_gbp, mead.value_gbp) == pytest.approx((3120, 4680))


@pytest.mark.parametrize(
    ("reach", "ceiling", "reaches"),
    [("10", None, True), ("9.99", None, False), ("90", "10", True), ("90", "9.99", False), ("9.99", "90", False)],
)
def test_every_site_must_be_in_reach_and_within_the_ceiling(reach, ceiling, reaches):
    """Mead is 10 km from North and 5 from South."""
    book = book_of(*([f"awards.max_km={ceiling}"] if ceiling else []), producers={"mead": {"reach_km": D(reach)}})
    assert ("mead" in bidders(book, "milk")) is reaches
    assert (book.removed["reach_every_site"] > 0) is not reaches


@pytest.mark.parametrize(("held", "fits"), [
    ({"dairy", "salsa"}, True), ({"dairy", "salsa", "other"}, True), ({"dairy"}, False), (set(), False)])  # fmt: skip
def test_every_accreditation_of_any_product_is_needed(held, fits):
    book = book_of(
        products={"milk": {"accreditations": frozenset({"dairy"})}, "apples": {"accreditations": frozenset({"salsa"})}},
        producers={"mead": {"accreditations": frozenset(held)}},
    )
    assert ("mead" in bidders(book, "apples", "milk", "potatoes")) is fits
    assert ("mead" in bidders(book, "milk")) is ("dairy" in held)
    assert "mead" in bidders(book, "potatoes")
    assert book.removed["hold_accreditations"] > 0


@pytest.mark.parametrize(("most", "fits"), [("4680", True), ("4679.99", False), (None, True)])
def test_a_contract_may_be_as_large_as_the_limit(most, fits):
    book = book_of(producers={"mead": {"max_contract_gbp": most and D(most)}})
    assert ("mead" in bidders(book, "milk")) is fits
    assert "mead" in bidders(book, "potatoes")


@pytest.mark.parametrize(("least", "fits"), [("30", True), ("30.01", False)])
def test_a_drop_may_be_worth_as_little_as_the_limit(least, fits):
    """Milk is £4,680 in 156 drops: £30 each."""
    book = book_of(producers={"mead": {"min_drop_gbp": D(least)}})
    assert ("mead" in bidders(book, "milk")) is fits
    assert (book.removed["worthwhile_drop"] > 0) is not fits


@pytest.mark.parametrize(("months", "fits"), [((8,), False), ((7, 8), True)])
def test_something_must_be_on_offer_in_a_month_that_asks(months, fits):
    """In August nobody cooks."""
    case, _, _ = read_case(VILLAGE)
    offers = tuple(replace(o, months=months) if o.product == "milk" else o for o in case.offers)
    assert ("mead" in bidders(book_of(offers=offers), "milk")) is fits


@pytest.mark.parametrize(("kg", "is_able"), [("264", True), ("263.99", False)])
def test_able_is_who_could_fill_the_least_alone(kg, is_able):
    """November asks 528 kg of milk; a farm that has half of each month's is able at a least fill of a half."""
    case, _, _ = read_case(VILLAGE)
    asked = {1: 480, 2: 384, 3: 504, 4: 264, 5: 432, 6: 504, 7: 384, 9: 504, 10: 432, 11: 528, 12: 264}
    milk = next(o for o in case.offers if o.product == "milk")
    offers = [o for o in case.offers if o.product != "milk"]
    offers += [replace(milk, months=(m,), kg_per_month=D(a) / 2 if m != 11 else D(kg)) for m, a in asked.items()]
    book = book_of("awards.min_fill=0.5", offers=tuple(offers))
    assert able(book, "milk") == (["mead"] if is_able else [])
    assert bidders(book, "milk") == ["mead"]


def test_owners_are_counted_once_among_the_able():
    assert able(book_of(), "potatoes") == ["croft", "mead"]
    assert able(book_of(producers={"mead": {"owner_group": "croft"}}), "potatoes") == ["croft"]


@pytest.mark.parametrize(("fewest", "lots"), [(0, 5), (1, 5), (2, 3), (3, 0)])
def test_a_lot_with_too_few_able_bidders_is_never_awarded(fewest, lots):
    book = book_of(f"lots.min_able_bidders={fewest}")
    assert len({bid.lot for bid in book.bids}) == lots
    assert (book.removed["require_able_bidders"] > 0) is (fewest > 1)
    assert len(book.able) == 5


def test_a_lot_may_be_shared_in_equal_parts():
    book = book_of("awards.max_winners_per_lot=3")
    milk = on(book, "milk")
    assert sorted(share for _, share in milk) == [Fraction(1, 3), Fraction(2, 3), 1]
    part = milk["mead", Fraction(1, 3)]
    assert part.value_gbp == pytest.approx(1560)
    assert part.sellable.sum() == pytest.approx(4680 / 3)
    assert (part.visits, part.delivery_gbp) == (Visits(78, 156), 1014)


@pytest.mark.parametrize(
    ("least", "shares"), [("10", [Fraction(1, 3), Fraction(2, 3), 1]), ("10.01", [Fraction(2, 3), 1])]
)
def test_a_drops_worth_counts_the_share(least, shares):
    """A third of the milk is £10 a drop."""
    book = book_of("awards.max_winners_per_lot=3", producers={"mead": {"min_drop_gbp": D(least)}})
    assert sorted(share for _, share in on(book, "milk")) == shares


def test_a_depot_lets_in_who_reaches_it_and_not_the_schools():
    barn = Depot("barn", "The barn", Place(53.8640, -2.5700), D("0.06"), D(0))
    book = book_of(producers={"mead": {"reach_km": D(1)}}, depots={"barn": barn})
    assert bidders(book, "milk") == []
    bulk = on(book, "milk", depot="barn")["mead", 1]
    assert (bulk.visits, bulk.km, bulk.delivery_gbp) == (Visits(78, 78), 0, 0)
    assert bulk.key == "mead,via_barn"


def test_a_depot_is_driven_to_there_and_back_and_no_drop_is_paid():
    barn = Depot("barn", "The barn", Place(53.9160, -2.6000), D("0.06"), D(0))
    km = {("croft", "barn"): D(7), ("barn", "croft"): D(7)}
    case, _, _ = read_case(VILLAGE)
    book = book_of(depots={"barn": barn}, distances={**case.distances, **km})
    bulk = on(book, "potatoes", depot="barn")["croft", 1]
    assert (bulk.km, bulk.delivery_gbp) == (39 * 14, 39 * 14 * 0.5)


def test_a_bid_sells_what_it_has_and_no_more_than_is_asked():
    book = book_of()
    apples = on(book, "apples")["croft", 1].sellable[0]
    asked = next(c for c in book.candidates if c.products == ("apples",)).kg[0]
    assert apples[6] == 0 < asked[6]
    assert np.array_equal(np.delete(apples, 6), np.delete(asked, 6))


def test_a_cooperative_bids_with_what_its_members_grow():
    alone, joined = book_of(), book_of(producers={"croft": {"member_of": ("mead",)}})
    assert "mead" not in bidders(alone, "apples")
    assert bidders(joined, "apples") == ["croft", "mead"]
    assert on(joined, "apples")["mead", 1].sellable.sum() == on(alone, "apples")["croft", 1].sellable.sum()


def test_months_alike_are_one_spell():
    book = book_of()
    assert set(book.spells["milk"]) == {(1,), (2, 7), (3, 6, 9), (4, 12), (5, 10), (11,)}
    assert set(book.spells["apples"]) == {(1,), (2,), (3, 6, 9), (4, 12), (5, 10), (7,), (11,)}


def test_what_never_pays_is_counted_with_the_rest():
    book = book_of()
    before = len(book.bids)
    book.keep(book.bids[:3])
    assert (len(book.bids), book.removed["never_pays"]) == (3, before - 3)


@pytest.mark.parametrize(("least", "is_able"), [("0.3", True), ("0.4", False)])
def test_able_is_asked_of_the_whole_lot_even_where_it_may_be_shared(least, is_able):
    """Mead has 0.39 of the milk at the most: enough for a third of the lot, not for four tenths of it."""
    case, _, _ = read_case(VILLAGE)
    offers = tuple(replace(o, kg_per_month=D(160)) if o.product == "milk" else o for o in case.offers)
    book = book_of(f"awards.min_fill={least}", "awards.max_winners_per_lot=3", offers=offers)
    assert ("mead" in able(book, "milk")) is is_able
    assert ("mead", Fraction(1, 3)) in on(book, "milk")
