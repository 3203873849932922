"""The plan drawn up: every gram handed out once, every £ split once, shares of a lot, rounds and distributions."""

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from golden_case import VILLAGE, village_with_everything
from hypothesis import given
from hypothesis import strategies as st
from random_cases import write_case

from foodlots.audit import audit_plan
from foodlots.case import Depot, Place
from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.optimise import make_plan
from foodlots.optimise.draw_up import PART, hand_out, kilos, rounded
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

D = Decimal
RUN = {"overrides": [], "files": {}, "time": "2026-11-22T00:00:00+00:00"}


def the_village():
    return read_case(VILLAGE)[:2]


def the_village_in_two_halves():
    return read_case(VILLAGE, ["lots.areas=2", "lots.seasons=[[1,2,3,4,5,6],[7,8,9,10,11,12]]", "costs.per_lot=1"])[:2]


def shared_among_three():
    """Croft grows a good third of the milk, so two farms share it."""
    case, settings, _ = read_case(
        VILLAGE, ["awards.max_winners_per_lot=3", "costs.per_km=0.05", "costs.per_supplier=1"]
    )
    milk = next(offer for offer in case.offers if offer.product == "milk")
    cheap = replace(milk, producer="croft", kg_per_month=D(190), price_gbp_per_kg=D("0.40"))
    less = replace(milk, kg_per_month=D(370))
    return replace(case, offers=(*(less if o == milk else o for o in case.offers), cheap)), settings


def through_the_barn():
    """A barn beside both schools, and drops so dear that all goes through it."""
    case, settings, _ = read_case(VILLAGE, ["costs.per_drop=6", "costs.per_supplier=1"])
    barn = Depot("barn", "The barn", Place(53.90, -2.60), D("0.01"), D("20.05"))
    return replace(case, depots={"barn": barn}), settings


CASES = (the_village, the_village_in_two_halves, village_with_everything, shared_among_three, through_the_barn)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.__name__)
def made(request):
    case, settings = request.param()
    return case, settings, make_plan(case, settings, run=RUN)


def total(amounts):
    return sum(amounts, D(0))


def test_every_pound_of_spend_is_in_one_line(made):
    _, _, plan = made
    figures = plan.summary
    assert figures.food_gbp == total(line.gbp for line in plan.supply)
    assert figures.collection_gbp == total(line.collection_gbp for line in plan.supply)
    assert figures.delivery_gbp == total(award.delivery_gbp for award in plan.awards)
    assert figures.handling_gbp == total(award.handling_gbp for award in plan.awards)
    assert figures.distribution_gbp == total(line.gbp for line in plan.distribution)
    assert figures.open_market_gbp == total(line.gbp for line in plan.shortfall)
    assert figures.spend_gbp == total((
        figures.food_gbp, figures.collection_gbp, figures.delivery_gbp, figures.handling_gbp, figures.distribution_gbp,
        figures.depots_gbp, figures.open_market_gbp,
    ))  # fmt: skip


def test_the_lots_are_worth_the_budget_to_the_penny(made):
    case, settings, plan = made
    assert total(lot.value_gbp for lot in plan.lots) == plan.summary.budget_gbp
    assert plan.summary.budget_gbp == round(D(float(work_out_demand(case, settings).value_gbp)), 2)


def test_what_is_asked_is_supplied_or_short_to_the_gram(made):
    case, settings, plan = made
    demand, there = work_out_demand(case, settings), defaultdict(D)
    for line in (*plan.supply, *plan.shortfall):
        there[line.lot, line.product, line.month] += line.kg
    asked = defaultdict(Fraction)
    for cell in plan.cells:
        for month in cell.months:
            asked[cell.lot, cell.product, month] += demand.kg([cell.site], cell.product)[month - 1]
    assert dict(there) == {key: kilos(round(kg * 1000)) for key, kg in asked.items() if round(kg * 1000)}


def test_nothing_is_written_that_is_nothing(made):
    _, _, plan = made
    assert all(line.kg > 0 for line in (*plan.supply, *plan.shortfall))


def test_only_winners_supply_and_each_lot_names_its_own(made):
    _, _, plan = made
    won = defaultdict(list)
    for award in plan.awards:
        won[award.lot].append(award)
    for lot in plan.lots:
        assert lot.winner == ";".join(award.bidder for award in won[lot.id])
        assert sum(award.share for award in won[lot.id]) <= 1
        for award in won[lot.id]:
            assert award.value_gbp == pytest.approx(lot.value_gbp * award.share, abs=D("0.02"))
    assert {(line.lot, line.bidder) for line in plan.supply} <= {(a.lot, a.bidder) for a in plan.awards}


def test_fill_is_the_part_of_its_value_that_a_lots_winners_supply(made):
    case, _, plan = made
    supplied = defaultdict(D)
    for line in plan.supply:
        supplied[line.lot] += line.kg * case.products[line.product].benchmark_gbp_per_kg
    for lot in plan.lots:
        assert lot.fill == pytest.approx(supplied[lot.id] / lot.value_gbp, abs=D("0.000005"))


def test_rounds_call_at_every_site_of_every_lot_and_distribution(made):
    case, settings, plan = made
    roads = Roads.of(case, settings.costs.road_factor)
    stops = defaultdict(list)
    for stop in plan.rounds:
        stops[stop.round].append((stop.stop, stop.site))
    sites = defaultdict(set)
    for cell in plan.cells:
        sites[cell.lot].add(cell.site)
    km = {lot.id: lot.round_km for lot in plan.lots} | {line.id: line.round_km for line in plan.distribution}
    assert set(stops) == set(km)
    for key, found in stops.items():
        order = [site for _, site in sorted(found)]
        assert [number for number, _ in sorted(found)] == list(range(1, len(order) + 1))
        legs = zip(order, (*order[1:], order[0]), strict=True) if len(order) > 1 else ()
        assert float(km[key]) == pytest.approx(sum(roads.km(*leg) for leg in legs), abs=1e-6)
        assert sites.get(key, set(order)) == set(order)


def test_local_money_of_awards_is_all_of_it(made):
    _, _, plan = made
    if not any(line.collection_gbp for line in plan.supply):
        assert total(award.local_gbp for award in plan.awards) == plan.summary.local_spend_gbp


def test_the_audit_accepts_it(made, tmp_path):
    case, settings, _ = made
    folder = write_case(case, settings, tmp_path / "case")
    plan = make_plan(*read_case(folder)[:2], run=RUN)
    assert audit_plan(folder, write_plan(plan, tmp_path / "plan")).breaches == ()


def test_two_farms_share_the_milk():
    case, settings = shared_among_three()
    plan = make_plan(case, settings)
    shares = {award.bidder: award.share for award in plan.awards if plan.lots[0].id == award.lot}
    assert plan.lots[0].products == ("milk",)
    assert shares == {"croft": D("0.333333"), "mead": D("0.666667")}
    filled = Counter()
    for line in plan.supply:
        if line.product == "milk":
            filled[line.bidder, line.month] += line.kg
    assert filled["croft", 1] == D("160.000")
    assert filled["mead", 1] == D("320.000")


def test_supply_only_lots_are_served_by_one_round():
    plan = make_plan(*through_the_barn())
    assert {award.depot for award in plan.awards} == {"barn"}
    assert len(plan.distribution) == 1
    assert plan.distribution[0].visits == 78
    assert plan.distribution[0].drops == 156
    assert plan.summary.depots_gbp == D("20.05")
    assert all(award.visits == award.drops for award in plan.awards)


def test_pence_of_lot_values_go_to_the_largest_remainders():
    """£449.004 and £5,459.291 are £5,908.295, told as £5,908.30; the first has the larger part of a penny left over."""
    case, settings, _ = read_case(VILLAGE)
    products = {**case.products, "potatoes": replace(case.products["potatoes"], benchmark_gbp_per_kg=D(1))}
    demand = {("north", "potatoes", 3): D("449.004"), ("north", "milk", 3): D("5459.291")}
    lots = {p: tuple((s, p, tuple(range(1, 13))) for s in case.sites) for p in ("milk", "potatoes")}
    plan = make_plan(replace(case, budgets={}, demand=demand, products=products, lots=lots), settings)
    assert {lot.id: lot.value_gbp for lot in plan.lots} == {"milk": D("5459.29"), "potatoes": D("449.01")}


amounts = st.lists(st.integers(0, 50), min_size=1, max_size=6)


@given(amounts, amounts)
def test_every_gram_is_handed_out_once(wanted, grown):
    grown = [*grown, max(0, sum(wanted) - sum(grown))]
    wanted = [*wanted, sum(grown) - sum(wanted)]
    handed = list(hand_out(list(enumerate(wanted)), [(f"g{i}", grams) for i, grams in enumerate(grown)]))
    assert all(grams > 0 for _, _, grams in handed)
    to, by = Counter(), Counter()
    for lot, grower, grams in handed:
        to[lot] += grams
        by[grower] += grams
    assert [to[lot] for lot in range(len(wanted))] == wanted
    assert [by[f"g{i}"] for i in range(len(grown))] == grown
    assert len(handed) <= len(wanted) + len(grown)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        ("0.0000005", PART, "0.000000"),
        ("0.0000015", PART, "0.000002"),
        ("1", PART, "1.000000"),
        ("2/3", PART, "0.666667"),
    ],
)
def test_halves_are_rounded_to_the_even(value, unit, told):
    assert rounded(Fraction(value), unit) == D(told)
