"""Names a buyer would use: short, told apart, without ids; and the CPV code that holds all of a lot's products."""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from golden_case import VILLAGE

from foodlots.optimise.candidates import draw_candidates, shelf
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.naming import Names, common_cpv
from foodlots.reading import read_case

ROOT = Path(__file__).resolve().parents[2]
LANCASHIRE = ROOT.parent / "shared" / "cases" / "lancashire"
PLACES = (ROOT / "data" / "preston", ROOT / "data" / "devon", LANCASHIRE)


def ground_of(folder, *overrides):
    if not folder.exists():
        pytest.skip(f"{folder.name} is not here")
    case, settings, _ = read_case(folder, overrides)
    return lay_ground(case, settings)


@pytest.fixture(scope="module", params=PLACES, ids=lambda folder: folder.name)
def ground(request):
    return ground_of(request.param)


def test_areas_are_never_called_the_same(ground):
    names, called = Names(ground), defaultdict(set)
    for areas in ground.areas:
        for area in areas:
            called[names.of_leaves(area.leaves)].add(area.leaves)
    assert {name: areas for name, areas in called.items() if len(areas) > 1} == {}


def test_areas_are_called_by_the_place_and_the_compass(ground):
    names = Names(ground)
    place = re.escape(ground.settings.case.name)
    part = r"(?:(?:inner |middle |outer )?(?:(?:north|south)(?:-east|-west)?|east|west)(?: \d+)?|centre)"
    listed = rf"{part}(?:, {part})*(?: and {part})?(?: and \d+ more)?"
    for area in ground.areas[0]:
        said = names.of_leaves(area.leaves)
        assert re.fullmatch(rf"all {place}|{place} (?:but )?{listed}", said), said
        assert len(said) < 90


def test_lots_are_never_called_the_same(ground):
    """Two lots of one plan differ in area, products or months, and their names tell which."""
    names, called = Names(ground), defaultdict(set)
    for candidate in draw_candidates(ground):
        called[names.lot(candidate)].add((candidate.leaves, candidate.products, candidate.months))
    assert {name: len(lots) for name, lots in called.items() if len(lots) > 1} == {}


def test_no_id_stands_in_a_name(ground):
    names = Names(ground)
    ids = {product for product in ground.products if "_" in product} | set(ground.case.sites)
    said = " ".join(names.lot(candidate) for candidate in draw_candidates(ground))
    assert [key for key in ids if re.search(rf"\b{key}\b", said)] == []


def test_the_villages_lots():
    ground = ground_of(VILLAGE)
    names = Names(ground)
    assert sorted(names.lot(candidate) for candidate in draw_candidates(ground)) == [
        "All food, all The village, whole year",
        "Apples, all The village, whole year",
        "Fruit and vegetables, all The village, whole year",
        "Milk, all The village, whole year",
        "Potatoes, all The village, whole year",
    ]


def test_seasons_are_named_in_the_order_of_the_contract():
    ground = ground_of(VILLAGE, "lots.seasons=[[9,10,11,12,1,2,3],[4,5,6,7,8]]")
    names = Names(ground)
    said = {names.lot(candidate).split(", ")[-1] for candidate in draw_candidates(ground)}
    assert said == {"September to March", "April to August", "whole year"}


@pytest.mark.parametrize(
    ("products", "said"),
    [
        (("milk",), "Milk"),
        (("apples", "potatoes"), "Fruit and vegetables"),
        (("apples", "milk"), "Apples and milk"),
        (("apples", "milk", "potatoes"), "All food"),
    ],
)
def test_bundles_go_by_their_category_where_they_are_all_of_it(products, said):
    bundle = Names(ground_of(VILLAGE)).bundle(products)
    assert bundle.lower() == said.lower()
    assert bundle[0].isupper()


def test_a_family_goes_by_its_name():
    ground = ground_of(ROOT / "data" / "preston")
    names, families = Names(ground), defaultdict(list)
    for product in ground.products:
        families[shelf(ground.case.products[product])[:2]].append(product)
    for (category, family), products in families.items():
        others = [p for p in ground.products if ground.case.products[p].category == category]
        if 1 < len(products) < len(others):
            assert names.bundle(products).lower() == family.lower()


def test_two_whole_families_go_by_both_names():
    ground = ground_of(ROOT / "data" / "preston")
    names, products = Names(ground), ground.case.products.values()
    eggs = [each.id for each in products if each.family in ("eggs", "milk and yoghurt")]
    assert names.bundle(eggs) == "Eggs with milk and yoghurt"
    assert names.bundle([each.id for each in products if each.family in ("bread", "eggs")]) == "Bread with eggs"
    assert "with" not in names.bundle(eggs[1:])


def test_lots_drawn_by_hand_name_their_sites_or_count_them():
    case, settings, _ = read_case(ROOT / "data" / "preston", ["lots.value_gbp=[0,9000000]"])
    sites = sorted(case.sites)
    year = tuple(range(1, 13))

    def area(chosen):
        lots = {"few": tuple((s, p, year) for s in chosen for p in case.products)}
        lots["rest"] = tuple((s, p, year) for s in sites if s not in chosen for p in case.products)
        ground = lay_ground(replace(case, lots=lots), settings)
        return Names(ground).area(next(c for c in draw_candidates(ground) if "few" in c.cells))

    assert area(sites[:1]) == case.sites[sites[0]].name
    assert area(sites[:2]) == f"{case.sites[sites[0]].name} and {case.sites[sites[1]].name}"
    assert area(sites[:5]) == "5 sites in Preston"


def test_buyers_who_do_not_pool_are_named():
    ground = ground_of(ROOT / "data" / "devon", "case.pool_buyers=no")
    names = Names(ground)
    for pool, areas in enumerate(ground.areas):
        buyer = ground.case.buyers[ground.pools[pool][0]].name
        assert all(buyer in names.of_leaves(area.leaves) for area in areas)


def cpv_of(*codes):
    case, _, _ = read_case(VILLAGE)
    milk = case.products["milk"]
    products = {f"p{i}": replace(milk, id=f"p{i}", cpv=code) for i, code in enumerate(codes)}
    return common_cpv(products, products)


@pytest.mark.parametrize(
    ("codes", "common"),
    [
        (("15511000",), "15511000"),
        (("15511000", "15511000"), "15511000"),
        (("03212100", "03222321"), "03200000"),
        (("15511000", "15540000"), "15500000"),
        (("03221112", "15511000"), "15000000"),
        (("15511000", ""), "15511000"),
    ],
)
def test_the_narrowest_code_that_holds_all(codes, common):
    assert cpv_of(*codes) == common
