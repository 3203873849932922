"""From the solver's numbers to whole grams: caps and floors hold to the gram, dust is swept up."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from golden_case import VILLAGE, village_with_everything
from random_cases import write_case

from foodlots.audit import audit_plan
from foodlots.optimise import make_plan, search
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.draw_up import what_lots_ask
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.settle import hold, pence, portion_out, settle
from foodlots.optimise.solver import Effort
from foodlots.optimise.stock import take_stock
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

D = Decimal
RUN = {"overrides": [], "files": {}, "time": "2026-11-22T00:00:00+00:00"}


def village(*overrides, offers=None, **changes):
    case, settings, _ = read_case(VILLAGE, overrides)
    return replace(case, offers=offers(case.offers) if offers else case.offers, **changes), settings


def settled(case, settings):
    """The decisions of a plan in whole grams, the model they came from and what its lots ask."""
    model = search.build(case, settings)
    search._search(model, settings, None, 0.0, search.NO_HINT)
    drawn = [lot for lot, draw in enumerate(model.draw) if draw.varValue > 0.5]
    asked = what_lots_ask(model, drawn)
    return settle(model, hold(model), asked.grams, Effort(60)), model, asked


def only(product, kg, price="0.10"):
    """Offers with one product's changed to so many kg a month."""
    return lambda offers: tuple(
        replace(o, kg_per_month=D(kg), price_gbp_per_kg=D(price)) if o.product == product else o for o in offers
    )


def sold(plan, product, month):
    return sum(line.kg for line in plan.supply if (line.product, line.month) == (product, month))


def short(plan, product, month):
    return sum(line.kg for line in plan.shortfall if (line.product, line.month) == (product, month))


@pytest.mark.parametrize(
    ("kg", "supplied", "missing"),
    [
        ("528", "528.000", 0),
        ("528.001", "528.000", 0),
        ("527.999", "527.999", "0.001"),
        ("527.99", "527.990", "0.010"),
        ("300.0009", "300.000", "228.000"),
    ],
)
def test_november_is_filled_to_the_gram(kg, supplied, missing):
    """528 kg of milk are asked in November; a gram less on offer is a gram short, and parts of a gram are nothing."""
    plan = make_plan(*village(offers=only("milk", kg)))
    assert (sold(plan, "milk", 11), short(plan, "milk", 11)) == (D(supplied), D(missing))


@pytest.mark.parametrize("seed", range(6))
def test_no_farm_sells_more_than_it_has_and_no_winner_more_than_it_won(seed):
    """The village with everything, its offers a little different each time."""
    case, settings = village_with_everything()
    offers = tuple(
        replace(o, kg_per_month=o.kg_per_month * (7 + (seed * 5 + i * 3) % 11) / 13) for i, o in enumerate(case.offers)
    )
    result, _, asked = settled(replace(case, offers=offers), settings)
    has, won, filled, taken = defaultdict(int), defaultdict(int), defaultdict(int), defaultdict(int)
    for offer in offers:
        for month in offer.months:
            has[offer.producer, offer.product, month] += int(offer.kg_per_month * 1000)
    for (lot, channel, product, month), grams in result.portions.items():
        assert grams <= asked.grams[lot, product, month]
        won[channel, product, month] += grams
    for (channel, producer, product, month), grams in result.sold.items():
        assert isinstance(grams, int)
        assert grams > 0
        taken[producer, product, month] += grams
        filled[channel, product, month] += grams
    assert [key for key in taken if taken[key] > has[key]] == []
    assert [key for key in filled if filled[key] > won[key]] == []


def test_what_is_decided_is_whole():
    result, model, _ = settled(*village())
    assert [model.candidates[lot].products for lot in result.drawn] == [("apples", "potatoes"), ("milk",)]
    assert sorted((bid.channel.bidder, bid.lot in result.drawn) for bid in result.won) == [
        ("croft", True),
        ("mead", True),
    ]
    assert result.served == ()
    assert all(column.lowBound == column.upBound for column in (*model.draw, *model.award))


def test_nothing_but_real_shortage_is_left():
    """Asked for in thirds of grams by month; all that is on offer is sold, and no dust is left over."""
    case, settings = village(
        budgets={("parish", "fruit and vegetables"): D("6241.37"), ("parish", "dairy"): D("4683.91")}
    )
    plan = make_plan(case, settings)
    assert {(line.product, line.month) for line in plan.shortfall} == {("apples", 7)}


def test_grams_rounded_up_in_each_lot_are_no_shortage():
    """100.0006 and 80.0006 kg are asked as 100,001 and 80,001 g; the farm is reckoned to sell 180,001.2 g of them."""
    case, settings = village("costs.per_lot=0", "costs.per_drop=0", "costs.per_km=0", "costs.per_supplier=0")
    demand = {("north", "potatoes", 3): D("100.0006"), ("south", "potatoes", 3): D("80.0006")}
    lots = {site: ((site, "potatoes", (3,)),) for site in case.sites}
    plan = make_plan(replace(case, budgets={}, demand=demand, lots=lots), settings)
    assert plan.shortfall == ()
    assert sold(plan, "potatoes", 3) == D("180.002")


@pytest.mark.parametrize("fill", ["0.958974", "0.9589743589743589"])
def test_a_least_fill_that_can_just_be_met_is_met_to_the_gram(fill):
    """Croft can fill 5,984 ÷ 6,240 of potatoes and apples."""
    plan = make_plan(*village(f"awards.min_fill={fill}"))
    lot = next(lot for lot in plan.lots if lot.winner == "croft")
    filled = sum(
        line.kg * village()[0].products[line.product].benchmark_gbp_per_kg for line in plan.supply if line.lot == lot.id
    )
    assert filled >= D(fill) * lot.value_gbp


def test_a_least_fill_just_beyond_is_not_promised():
    plan = make_plan(*village("awards.min_fill=0.95898"))
    assert "apples;potatoes" not in {";".join(lot.products) for lot in plan.lots if lot.winner == "croft"}


@pytest.mark.parametrize(("parts", "budget"), [(3, "4680"), (3, "4681"), (3, "4683.37"), (2, "4681.01")])
def test_a_winner_of_a_share_can_fill_it_whole(tmp_path, parts, budget):
    """A third of so many grams is no whole number of grams: filling all that can be is filling all."""
    case, settings = village(
        f"awards.max_winners_per_lot={parts}", "awards.min_fill=1", "costs.per_supplier=0", "costs.per_km=0.1"
    )
    case = replace(case, budgets={**case.budgets, ("parish", "dairy"): D(budget)})
    rows = [(site, product, tuple(range(1, 13))) for site in case.sites for product in case.products]
    lots = {"milk": tuple(r for r in rows if r[1] == "milk"), "rest": tuple(r for r in rows if r[1] != "milk")}
    milk = next(o for o in case.offers if o.product == "milk")
    thirds = tuple(
        replace(milk, kg_per_month=milk.kg_per_month / parts, price_gbp_per_kg=D("0.01"), producer=p)
        for p in ("croft", "mead")
    )
    others = tuple(o for o in case.offers if o.product != "milk")
    offers = tuple(sorted((*others, *thirds), key=lambda o: (o.producer, o.product)))
    folder = write_case(replace(case, lots=lots, offers=offers, provenance=()), settings, tmp_path / "case")
    plan = make_plan(*read_case(folder)[:2], run=RUN)
    milk_awards = [award for award in plan.awards if award.lot == "milk"]
    assert {award.bidder for award in milk_awards} == {"croft", "mead"}
    assert audit_plan(folder, write_plan(plan, tmp_path / "plan")).breaches == ()


@pytest.mark.parametrize("floor", ["0.5", "0.9", "0.97", "0.97098776"])
def test_a_floor_on_spend_holds_to_the_penny(floor):
    """The best plan keeps 97.098777% of its spend local; what is asked is kept to the penny of the plan as written."""
    summary = make_plan(*village(f"floors.local={floor}")).summary
    assert summary.local_spend_gbp >= D(floor) * summary.spend_gbp


@pytest.mark.parametrize("floor", ["0.45", "0.5", "0.55", "0.6"])
def test_a_floor_that_binds_holds_to_the_penny(floor):
    """Organic potatoes are dearer than the open market's, so no more of them are bought than the floor asks for."""
    case, settings = village(f"floors.organic_or_higher={floor}", offers=only("potatoes", "450", "0.85"))
    producers = {**case.producers, "mead": replace(case.producers["mead"], organic=True)}
    plan = make_plan(
        replace(case, producers=producers), replace(settings, aims=replace(settings.aims, local_spend_gbp=D(0)))
    )
    paid = sum(line.gbp for line in plan.supply if line.producer == "mead")
    paid += sum(award.delivery_gbp for award in plan.awards if award.bidder == "mead")
    assert 0 <= paid - D(floor) * plan.summary.spend_gbp < 1


@pytest.mark.parametrize(("shares", "grams", "parts"), [
    ((Fraction(1),), 7, [7]),
    ((Fraction(1, 2), Fraction(1, 2)), 7, [4, 3]),
    ((Fraction(2, 3),), 10, [7]),
    ((Fraction(1, 3),) * 3, 10, [4, 3, 3]),
])  # fmt: skip
def test_shares_never_add_up_to_more_than_the_lot(shares, grams, parts):
    case, settings = village()
    ground = lay_ground(case, settings)
    bid = BidBook(ground, take_stock(ground), draw_candidates(ground)).bids[0]
    won = [
        replace(bid, share=share, channel=replace(bid.channel, bidder=f"b{index}"))
        for index, share in enumerate(shares)
    ]
    assert list(portion_out(tuple(won), {(bid.lot, "milk", 3): grams}).values()) == parts


@pytest.mark.parametrize(
    ("gbp", "penny"), [("1.005", "1.00"), ("1.015", "1.02"), ("2.675", "2.68"), ("0.0049", "0.00"), ("-0.005", "0.00")]
)
def test_halves_go_to_the_even_penny(gbp, penny):
    assert pence(Fraction(gbp)) == D(penny)
