"""The model: decisions that could be something, rows named and counted, the village's paper as one of its solutions."""

import gc
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pulp
import pytest
from golden_case import VILLAGE, golden_model, village_with_everything

from foodlots.case import Depot, Place
from foodlots.errors import NoPlan
from foodlots.optimise.goals import GOALS, collection_cost, merged, objective
from foodlots.optimise.model import AT_MOST, Amount, Model, Row, Sale, compose, decide, together
from foodlots.optimise.search import build, make_plan
from foodlots.reading import read_case

D = Decimal
PAPER = {("potatoes", "apples"): "croft", ("milk",): "mead"}


def village(*overrides) -> Model:
    case, settings, _ = read_case(VILLAGE, overrides)
    return build(case, settings)


@pytest.fixture(scope="module")
def everything():
    return golden_model()


def put_paper(model: Model) -> None:
    """The village's answer on paper, put into the model's decisions."""
    for column in model.problem.variables():
        column.varValue = 0.0
    won = {}
    for lot, candidate in enumerate(model.candidates):
        winner = PAPER.get(candidate.products) or PAPER.get(candidate.products[::-1])
        if winner:
            model.draw[lot].varValue = model.win[winner].varValue = 1.0
            won[winner] = next(i for i, bid in enumerate(model.bids) if (bid.lot, bid.channel.bidder) == (lot, winner))
            model.award[won[winner]].varValue = 1.0
    for sale, supply in model.supply.items():
        bid = model.bids[won[sale.channel.bidder]]
        products = model.candidates[bid.lot].products
        if sale.product in products:
            kilos = bid.sellable[products.index(sale.product)]
            supply.varValue = float(sum(kilos[month - 1] for month in sale.spell))


def value(amount: Amount) -> float:
    return amount.constant + sum(by * column.varValue for column, by in amount.terms)


def test_the_paper_is_a_solution_and_costs_what_it_says():
    model = village()
    put_paper(model)
    assert [row.name for row in model.problem.constraints() if not row.valid(1e-9)] == []
    assert value(objective(model)) == pytest.approx(9095.41)
    assert pulp.value(model.problem.objective) == pytest.approx(9095.41)


def test_each_goal_reports_its_own_unit():
    model = village()
    put_paper(model)
    assert {goal.__name__: round(value(goal(model)), 6) for goal in GOALS} == {
        "food_cost": 7007.80, "collection_cost": 0, "delivery_cost": 1560, "handling_cost": 0, "distribution_cost": 0,
        "depot_cost": 0, "open_market_cost": 256, "lots_cost": 300, "suppliers_cost": 400, "delivery_km": 2184,
        "carbon": 15405, "local_spend": 8567.80, "small_spend": 8567.80, "organic_spend": 0, "imbalance": 0,
    }  # fmt: skip


@pytest.mark.parametrize(("aims", "more"), [
    (["aims.km_gbp=0.5"], 1092), (["aims.kgco2e_gbp=0.1"], 1540.5), (["aims.local_spend_gbp=0"], 428.39),
    (["aims.local_spend_gbp=0.15"], -856.78)])  # fmt: skip
def test_each_aim_is_weighed_in_pounds(aims, more):
    model = village(*aims)
    put_paper(model)
    assert value(objective(model)) == pytest.approx(9095.41 + more)


def test_an_overdrawn_farm_breaks_a_row():
    model = village()
    put_paper(model)
    sale = next(sale for sale in model.supply if sale.product == "milk" and sale.spell == (11,))
    model.supply[sale].varValue += 1
    broken = {row.name.split("(")[0] for row in model.problem.constraints() if not row.valid(1e-9)}
    assert broken == {"sell_no_more_than_won"}


def test_names_of_decisions_and_rows_are_never_used_twice(everything):
    columns = [column.name for column in everything.problem.variables()]
    rows = [row.name for row in everything.problem.constraints()]
    assert [name for name, often in Counter(columns + rows).items() if often > 1] == []
    assert len(columns) == len(everything.draw) + len(everything.award) + len(everything.win) + len(
        everything.supply
    ) + len(everything.open_depot) + len(everything.serve) + len(everything.extremes)


def test_ids_that_look_like_ways_and_shares_do_not_mix_up_decisions():
    case, settings = village_with_everything()
    twin = replace(case.producers["croft"], id="croft_via_barn", owner_group="twin", member_of=())
    part = replace(case.producers["croft"], id="croft_1of2", owner_group="twin", member_of=())
    producers = dict(sorted({**case.producers, twin.id: twin, part.id: part}.items()))
    offers = [replace(o, producer=key) for key in (twin.id, part.id) for o in case.offers if o.producer == "croft"]
    offers = tuple(sorted([*case.offers, *offers], key=lambda o: (o.producer, o.product, o.months)))
    shared = replace(settings, awards=replace(settings.awards, max_winners_per_lot=2))
    model = build(replace(case, producers=producers, offers=offers), shared)
    columns = Counter(column.name for column in model.problem.variables())
    assert [name for name, often in columns.items() if often > 1] == []


def test_nothing_is_decided_that_could_only_be_nothing(everything):
    assert all(supply.upBound > 0 for supply in everything.supply.values())
    assert {bid.channel.bidder for bid in everything.bids} == set(everything.win)
    sold = {(sale.channel, sale.product) for sale in everything.supply}
    for bid in everything.bids:
        products = everything.candidates[bid.lot].products
        assert any((bid.channel, product) in sold for product in products)


def test_collection_is_paid_for_what_a_member_sells_through_its_cooperative(everything):
    """Croft belongs to Together: £0.0015 for each kg and km of road between them."""
    rates = {column.name: rate for column, rate in collection_cost(everything).terms}
    sold = {supply.name: sale for sale, supply in everything.supply.items() if sale.producer != sale.channel.bidder}
    km = everything.ground.roads.km("croft", "together")
    assert sold
    assert {name: pytest.approx(0.0015 * km) for name in sold} == rates


def test_a_member_sells_its_kilos_once_whoever_it_sells_through(everything):
    through = {sale.channel.bidder for sale in everything.supply if sale.producer == "croft"}
    assert through == {"croft", "together"}
    rows = [row for row in everything.problem.constraints() if row.name.startswith("sell_no_more_than_grown(croft,")]
    sold = {supply for sale, supply in everything.supply.items() if sale.producer == "croft"}
    assert sold == {column for row in rows for column in row}


def test_balance_alone_asks_for_extremes():
    assert village().extremes == {}
    assert set(village("aims.balance_gbp=0.1").extremes) == {"largest", "smallest"}


@pytest.mark.parametrize(("weight", "lots"), [("0", 2), ("0.5", 1)])
def test_a_weight_on_balance_evens_out_the_lots(weight, lots):
    """Two lots differ by £1,560; one lot costs £272.95 more."""
    case, settings, _ = read_case(VILLAGE, [f"aims.balance_gbp={weight}"])
    summary = make_plan(case, settings).summary
    assert summary.lots == lots
    assert summary.imbalance_gbp == (1560 if lots == 2 else 0)


def test_a_sale_may_be_all_that_the_producer_has_in_those_months():
    model = village()
    most = {sale[1:]: supply.upBound for sale, supply in model.supply.items() if sale.channel.bidder == "mead"}
    assert most["mead", "milk", (3, 6, 9)] == 1800
    assert most["mead", "milk", (11,)] == 600


def test_a_function_that_is_off_is_counted_as_no_rows():
    case, settings, _ = read_case(VILLAGE)
    model = decide(build(case, settings).book)

    def never(model):
        yield from ()

    def twice(model):
        for number in (1, 2):
            yield (number, "x"), Row([(model.draw[0], 1.0)], AT_MOST, float(number))

    compose(model, (never, twice))
    assert dict(model.rows) == {"never": 0, "twice": 2}
    assert [row.name for row in model.problem.constraints()] == ["twice(1,x)", "twice(2,x)"]


def test_amounts():
    problem = pulp.LpProblem("p")
    x, y = problem.add_variable("x"), problem.add_variable("y")
    amount = together([Amount([(x, 2.0)], 1.0), Amount([(y, 1.0), (x, -0.5)], 4.0)])
    assert merged(amount.times(2)) == Amount([(x, 3.0), (y, 2.0)], 10.0)


def test_lots_drawn_by_hand_may_go_through_a_depot():
    lots = {
        name: tuple((site, product, tuple(range(1, 13))) for site in ("north", "south") for product in products)
        for name, products in (("milk", ("milk",)), ("rest", ("apples", "potatoes")))
    }
    case, settings, _ = read_case(VILLAGE)
    barn = Depot("barn", "The barn", Place(53.87, -2.58), D("0.01"), D(0))
    plan = make_plan(replace(case, lots=lots, depots={"barn": barn}), settings)
    assert [lot.id for lot in plan.lots] == ["milk", "rest"]
    assert plan.summary.objective_gbp <= D("9095.41")


@pytest.mark.parametrize(
    ("held", "winner"),
    [
        ({}, "croft"),
        ({("potatoes", "mead"): "award"}, "mead"),
        ({("potatoes", "croft"): "never"}, "mead"),
        ({("potatoes", "croft"): "never", ("potatoes", "mead"): "never"}, ""),
    ],
)
def test_what_the_buyer_settled_beforehand_is_kept(held, winner):
    case, settings, _ = read_case(VILLAGE)
    lots = {p: tuple((s, p, tuple(range(1, 13))) for s in case.sites) for p in case.products}
    plan = make_plan(replace(case, lots=lots, held=held), settings)
    assert next(lot.winner for lot in plan.lots if lot.id == "potatoes") == winner


def test_every_sale_is_of_a_grower_through_its_bidder(everything):
    for sale in everything.supply:
        assert isinstance(sale, Sale)
        assert sale.producer in everything.stock.sells_for[sale.channel.bidder]


def test_the_collector_works_again_after_building_and_after_a_refusal():
    assert gc.isenabled()
    village()
    assert gc.isenabled()
    with pytest.raises(NoPlan):
        village("lots.value_gbp=[900000, 1000000]")
    assert gc.isenabled()
