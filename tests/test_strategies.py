"""Strategies side by side on the village: costs as on paper, competition counted, nothing lost or doubled."""

import json
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from golden_case import VILLAGE

from foodlots.case import MONTHS, Depot, Place
from foodlots.cli import main
from foodlots.demand import work_out_demand
from foodlots.insight.instead import Table
from foodlots.insight.lot_mends import mends_of_lots
from foodlots.insight.many import one_of_many, plan_under
from foodlots.insight.strategies import NO_BOUNDS, side_by_side, strategies, through_depots_alone
from foodlots.optimise.ground import lay_ground
from foodlots.reading import read_case
from foodlots.runner import Runner


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOODLOTS_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def village():
    """The village with a depot between its schools and a lot drawn by hand for each school."""
    case, settings, _ = read_case(VILLAGE)
    depot = Depot("barn", "The barn", Place(53.90, -2.61), Decimal("0.06"), Decimal(50))
    lots = {site: tuple((site, product, MONTHS) for product in case.products) for site in case.sites}
    return replace(case, depots=MappingProxyType({"barn": depot}), lots=MappingProxyType(lots)), settings


@pytest.fixture(scope="module")
def scored(village):
    with Runner(processes=1) as runner:
        return side_by_side(*village, runner, 60)


def by_name(scored):
    return {score.name: score for score in scored.scores}


def test_costs_are_those_of_the_paper(scored):
    """Two lots 9,523.80; three 8,823.80 + 546 + 450 + 400 = 10,219.80; all in one 9,678.80."""
    found = by_name(scored)
    assert found["big"].cost_gbp == Decimal("9523.80")
    assert found["product"].cost_gbp == Decimal("10219.80")
    assert found["area"].cost_gbp == Decimal("9678.80")
    assert found["joint"].cost_gbp <= min(found[name].cost_gbp for name in ("big", "product", "area"))
    assert all(score.proven for score in scored.scores)


def test_competition_is_counted(scored):
    """Croft and Mead could each win the greens; milk is Mead's alone."""
    big = by_name(scored)["big"]
    assert (big.lots, big.able, big.expected, big.winners) == (2, (1, 1.5, 2), 2, 2)
    assert (big.smallest_gbp, big.largest_gbp, big.spread) == (4680, 6240, 1.3)
    assert big.more_lots_than_bidders
    assert not by_name(scored)["area"].more_lots_than_bidders


def test_through_the_depot_nobody_drives_to_a_kitchen(scored):
    plan = scored.plans["depot"]
    assert all(award.depot == "barn" for award in plan.awards)
    assert by_name(scored)["depot"].cost_gbp >= by_name(scored)["joint"].cost_gbp


def test_lots_drawn_by_hand_are_scored_the_same(scored):
    assert by_name(scored)["hand"].lots == 2
    assert by_name(scored)["hand"].title == "As drawn by hand"


def test_lots_drawn_by_hand_are_mended():
    """Milk with the greens, each needing a certificate nobody holds for both: split off what has bidders."""
    case, settings, _ = read_case(VILLAGE, ["awards.min_fill=0.6"])
    lots = {"all_food": tuple((site, product, MONTHS) for site in case.sites for product in case.products)}
    with Runner(processes=1) as runner:
        hand = by_name(side_by_side(replace(case, lots=MappingProxyType(lots)), settings, runner, 60))["hand"]
    assert hand.able[2] == 1  # Mead alone fills more than 0.6 of it: milk and potatoes
    (mend,) = hand.mends
    assert mend.startswith("all_food All food, all The village, whole year: one owner alone could win it; split off ")
    assert mend.endswith("Potatoes, which has 2 able bidders.")


def test_of_two_families_in_one_area_a_whole_family_is_split_off_first():
    """Bananas nobody grows with apples and pears: the orchard fruit has two bidders, as each fruit of it would."""
    case, settings, _ = read_case(VILLAGE.parent / "preston")
    area = lay_ground(case, settings).leaves[1]
    fruit = ("apples", "bananas", "pears")
    chosen = [(site, product) for site in case.sites for product in case.products if site in area and product in fruit]
    rest = [(site, product) for site in case.sites for product in case.products if (site, product) not in chosen]
    lots = {name: tuple((*at, MONTHS) for at in held) for name, held in (("rest", rest), ("two_families", chosen))}
    drawn = replace(case, lots=MappingProxyType(lots))
    free = replace(settings, lots=replace(settings.lots, value_gbp=NO_BOUNDS))
    mends = mends_of_lots(Table(drawn, free, plan_under(drawn, one_of_many(free, 20), lambda *told: False)))
    (mend,) = [each for each in mends if each.startswith("two_families ")]
    assert mend.startswith("two_families Bananas with orchard fruit, ")
    assert mend.endswith("nobody could win it; split off orchard fruit, which has 2 able bidders.")


def test_every_strategy_holds_all_demand_once(village):
    case, settings = village
    demand = work_out_demand(case, settings)
    for way in strategies(case, settings):
        if way.lots is not None:
            held = [row for rows in way.lots.values() for row in rows]
            pieces = [(site, product, month) for site, product, months in held for month in months]
            assert len(pieces) == len(set(pieces))
            value = sum(demand.value_of((site,), product, months) for site, product, months in held)
            assert value == demand.value_gbp


def test_a_rule_no_strategy_meets_is_told():
    case, settings, _ = read_case(VILLAGE, ["floors.local=0.9"])
    with Runner(processes=1) as runner:
        found = by_name(side_by_side(case, settings, runner, 60))
    assert "floors.local" in found["area"].refused
    assert not found["product"].refused


def test_the_command(capsys):
    with pytest.raises(SystemExit) as end:
        main(["strategies", str(VILLAGE), "--json"])
    told = json.loads(capsys.readouterr().out)["strategies"]
    assert not end.value.code
    assert {each["name"]: each["cost_gbp"] for each in told}["big"] == "9523.80"
    with pytest.raises(SystemExit):
        main(["strategies", str(VILLAGE)])
    out = " ".join(capsys.readouterr().out.split())
    assert "bidders need not compete" in out
    assert "£10,220" in out


def test_the_case_through_depots_alone_is_the_same_case_once_it_is_written_and_read(village):
    """Tables are read in order; what a strategy adds to them stands there in order too."""
    case, settings = village
    there = {("site_b", "barn"): Decimal(3), ("aardvark", "barn"): Decimal(4)}
    case = replace(case, distances=MappingProxyType(case.distances | there), lots=MappingProxyType({}))
    through = through_depots_alone(case, settings)
    assert set(there) <= set(through.distances)
    assert list(through.distances) == sorted(through.distances)
