"""Lots that could be drawn: sensible, within the bounds on both sides, enough for all demand; else a NoPlan."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from golden_case import VILLAGE
from small_case import files

from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.optimise.candidates import bundles, draw_candidates, seasons
from foodlots.optimise.ground import lay_ground
from foodlots.reading import read_case

HALVES = "lots.seasons=[[1,2,3,4,5,6],[7,8,9,10,11,12]]"
WINTER = "lots.seasons=[[9,10,11,12,1,2,3],[4,5,6,7,8]]"
BY_HAND = b"""lot,site,product,months
milk,north,milk,all
milk,south,milk,all
rest,north,potatoes,all
rest,south,potatoes,all
rest,north,apples,all
rest,south,apples,all
"""


def village(*overrides, **tables):
    source = {path.name: path.read_bytes() for path in VILLAGE.iterdir() if path.suffix in (".csv", ".toml")}
    case, settings, _ = read_case(source | {f"{name}.csv": text for name, text in tables.items()}, overrides)
    return lay_ground(case, settings)


def drawn(*overrides, **tables):
    return draw_candidates(village(*overrides, **tables))


def products_of(candidates):
    return sorted("+".join(candidate.products) for candidate in candidates)


def test_bundles_are_each_product_family_category_and_all():
    case, settings, _ = read_case(files())
    assert bundles(lay_ground(case, settings)) == [
        ("carrot",), ("carrot", "leek"), ("carrot", "leek", "milk"), ("leek",), ("milk",),
    ]  # fmt: skip


@pytest.mark.parametrize(("override", "number"), [(HALVES, 3), ("lots.areas=1", 1)])
def test_seasons_are_each_and_all_together(override, number):
    found = seasons(village(override))
    assert len(found) == len(set(found)) == number
    assert set(found[-1]) == set().union(*found)


def test_the_village_has_five_lots_to_choose_from():
    """Every bundle of three products but potatoes+milk and apples+milk, which share no category."""
    assert products_of(drawn()) == ["apples", "apples+milk+potatoes", "apples+potatoes", "milk", "potatoes"]


def test_a_lot_holds_the_kilos_and_value_of_its_cells():
    ground = village("lots.areas=2", WINTER)
    for lot in draw_candidates(ground):
        asked = sum(
            ground.kg[
                cell.leaf, ground.row[cell.product], [m - 1 for m in ground.settings.lots.seasons[cell.season]]
            ].sum()
            * ground.benchmark[ground.row[cell.product]]
            for cell in lot.cells
        )
        assert lot.value_gbp == pytest.approx(asked)
        assert lot.kg[:, [m - 1 for m in range(1, 13) if m not in lot.months]].sum() == 0
        assert set(lot.sites) == {site for leaf in lot.leaves for site in ground.leaves[leaf]}


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        ("[3120, 4680]", True),
        ("[3120, 4679.99]", False),
        ("[3120.01, 4680]", False),
        ("[3120, 9000]", True),
    ],
)
def test_bounds_of_value_hold_on_both_sides(bounds, kept):
    """Milk is worth £4,680.00, potatoes and apples £3,120.00 each."""
    try:
        singles = {lot.products for lot in drawn(f"lots.value_gbp={bounds}") if len(lot.products) == 1}
    except NoPlan:
        singles = set()
    assert (singles == {("apples",), ("milk",), ("potatoes",)}) is kept


@pytest.mark.parametrize(
    "overrides",
    [
        ("lots.value_gbp=[2280, 4190]", "lots.areas=2", HALVES),
        ("lots.value_gbp=[1998, 2717]", "lots.areas=2", "lots.seasons=[[1,2,3],[4,5,6],[7,8,9],[10,11,12]]"),
        ("lots.value_gbp=[500, 9000]", "lots.areas=2", WINTER),
    ],
)
def test_lots_within_the_bounds_cover_all_demand_each_piece_once(overrides):
    case, settings, _ = read_case(VILLAGE, overrides)
    least, most = map(float, settings.lots.value_gbp)
    candidates = draw_candidates(lay_ground(case, settings))
    assert all(least - 0.005 < lot.value_gbp < most + 0.005 for lot in candidates)
    assert len({lot.cells for lot in candidates}) == len(candidates)
    plan = make_plan(case, settings)
    held = Counter((cell.site, cell.product, month) for cell in plan.cells for month in cell.months)
    assert set(held.values()) == {1}
    assert len(held) == len(case.sites) * len(case.products) * 12
    assert all(least <= lot.value_gbp <= most for lot in plan.lots)


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        (["lots.value_gbp=[20000, 30000]"], ("£10,920.00", "£9,080.00", "£20,000.00")),
        (["lots.value_gbp=[100, 1000]"], ("Milk at North School", "£2,808.00", "£1,808.00", "£1,000.00")),
        (["lots.value_gbp=[6300, 7000]"], ("£10,920.00", "£6,300.00", "£7,000.00")),
    ],
)
def test_bounds_that_no_cut_can_meet_are_named_with_what_is_missing(overrides, words):
    with pytest.raises(NoPlan) as trouble:
        drawn(*overrides)
    assert [word for word in words if word not in str(trouble.value)] == []


def test_a_small_area_of_two_schools_is_not_called_one_site():
    with pytest.raises(NoPlan) as trouble:
        drawn("lots.value_gbp=[100, 1000]")
    assert "one site" not in str(trouble.value)


@pytest.mark.parametrize(("most", "possible"), [("10920", True), ("10919.99", False)])
def test_one_lot_for_everything_needs_room_for_its_value(most, possible):
    overrides = (f"lots.value_gbp=[10000, {most}]",)
    if possible:
        assert products_of(drawn(*overrides)) == ["apples+milk+potatoes"]
    else:
        with pytest.raises(NoPlan):
            drawn(*overrides)


def test_hand_drawn_lots_are_the_only_candidates():
    lots = drawn(lots=BY_HAND)
    assert {next(iter(lot.cells)): (lot.products, round(lot.value_gbp, 6)) for lot in lots} == {
        "milk": (("milk",), 4680), "rest": (("apples", "potatoes"), 6240),
    }  # fmt: skip


def test_hand_drawn_lots_may_part_a_site_and_a_year():
    text = BY_HAND.replace(b"milk,north,milk,all", b"milk,north,milk,1-6\nlate,north,milk,7-12")
    lots = {next(iter(lot.cells)): lot for lot in drawn(lots=text)}
    assert lots["late"].months == (7, 8, 9, 10, 11, 12)
    assert lots["late"].sites == ("north",)
    assert lots["late"].value_gbp + lots["milk"].value_gbp == pytest.approx(4680)


def test_a_hand_drawn_lot_across_buyers_who_do_not_pool_is_refused():
    rows = [f"a,{site},{product},all\n" for site in ("mill", "park", "ward") for product in ("carrot", "leek", "milk")]
    case, settings, _ = read_case(files(lots="".join(["lot,site,product,months\n", *rows])))
    apart = replace(
        settings, case=replace(settings.case, pool_buyers=False), lots=replace(settings.lots, value_gbp=(None, None))
    )
    with pytest.raises(NoPlan, match="lot a holds sites of buyers who do not pool"):
        draw_candidates(lay_ground(case, apart))


def planned_by_hand(text, *overrides, budgets=None):
    ground = village(*overrides, lots=text, **({"budgets": budgets} if budgets else {}))
    return make_plan(ground.case, ground.settings)


def test_a_hand_drawn_lot_of_months_in_which_nobody_cooks_is_planned():
    text = BY_HAND.replace(b"milk,north,milk,all", b"milk,north,milk,1-7;9-12\nsummer,north,milk,8")
    assert planned_by_hand(text).summary.budget_gbp == 10920


def test_a_hand_drawn_lot_of_a_product_nobody_buys_is_planned():
    budgets = b"buyer,category,budget_gbp\nparish,fruit and vegetables,6240\nparish,dairy,0\n"
    assert planned_by_hand(BY_HAND, budgets=budgets).summary.budget_gbp == 6240


@pytest.mark.parametrize(
    ("bounds", "possible"), [("[4680, 6240]", True), ("[4680.01, 6240]", False), ("[0, 6239]", False)]
)
def test_hand_drawn_lots_keep_to_the_bounds_of_value_or_are_named(bounds, possible):
    if possible:
        assert planned_by_hand(BY_HAND, f"lots.value_gbp={bounds}").summary.lots == 2
    else:
        with pytest.raises(NoPlan, match=r"rest|milk"):
            planned_by_hand(BY_HAND, f"lots.value_gbp={bounds}")


TWO_CUTS = {
    "buyers.csv": b"buyer,name\ntown,Town\n",
    "sites.csv": b"site,buyer,name,kind,lat,lon,meals_per_week\n"
    b"a,town,A,school,53.7,-2.7,400\nb,town,B,school,53.9,-2.7,600\n",
    "products.csv": b"product,name,family,category,benchmark_gbp_per_kg,budget_share\n"
    b"carrot,Carrots,roots,veg,1,0.6\nleek,Leeks,leaves,veg,1,0.4\n",
    "budgets.csv": b"buyer,category,budget_gbp\ntown,veg,8000\n",
    "producers.csv": b"producer,name,kind,lat,lon,reach_km\nhill,Hill,farm,53.8,-2.7,60\n",
    "offers.csv": b"producer,product,months,kg_per_month,price_gbp_per_kg\nhill,carrot,all,3000,0.5\n",
    "settings.toml": b"[case]\nterm_weeks = [4,0,0,0,0,0,0,0,0,0,3,3]\n[lots]\nvalue_gbp = [3500, 4500]\nareas = 2\n"
    b"seasons = [[1,2,3,4,5,6],[7,8,9,10,11,12]]\n",
}
ORDER = """
import sys
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.reading import read_case
ground = lay_ground(*read_case(sys.argv[1])[:2])
print([sorted((c.leaf, c.product, c.season) for c in lot.cells) for lot in draw_candidates(ground)])
"""


def test_the_order_of_candidates_is_the_same_in_every_run(tmp_path):
    """By product and by area the year is cut into different lots of the same areas, products and months."""
    for name, text in TWO_CUTS.items():
        (tmp_path / name).write_bytes(text)
    runs = [
        subprocess.run(
            [sys.executable, "-c", ORDER, str(tmp_path)], env=os.environ | {"PYTHONHASHSEED": str(seed)},
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], timeout=60,
        ).stdout
        for seed in (1, 3, 5)
    ]  # fmt: skip
    assert len(set(runs)) == 1
