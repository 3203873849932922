"""The ground: pools, small areas, cells and kilos, all of the demand and nothing twice."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from golden_case import VILLAGE
from small_case import files

from foodlots.optimise.ground import Cell, lay_ground
from foodlots.reading import read_case


def small(*overrides):
    case, settings, _ = read_case(files(), overrides)
    return lay_ground(case, settings)


def test_all_buyers_are_one_pool_unless_they_say_no():
    assert small().pools == (("town", "trust"),)
    assert small("case.pool_buyers=no").pools == (("town",), ("trust",))


def test_a_buyer_without_kitchens_is_in_no_pool():
    case, settings, _ = read_case(files())
    sites = {key: site for key, site in case.sites.items() if site.buyer == "town"}
    budgets = {key: budget for key, budget in case.budgets.items() if key[0] == "town"}
    assert lay_ground(replace(case, sites=sites, budgets=budgets), settings).pools == (("town",),)


@pytest.mark.parametrize("pooled", ["yes", "no"])
@pytest.mark.parametrize("areas", [1, 2, 3])
def test_every_site_is_in_one_small_area_of_its_own_pool(areas, pooled):
    ground = small(f"lots.areas={areas}", f"case.pool_buyers={pooled}")
    assert sorted(site for leaf in ground.leaves for site in leaf) == ["mill", "park", "ward"]
    for leaf, pool in zip(ground.leaves, ground.pool_of, strict=True):
        assert {ground.case.sites[site].buyer for site in leaf} <= set(ground.pools[pool])


def test_areas_hold_the_sites_of_their_small_areas():
    ground = small("lots.areas=3")
    for areas in ground.areas:
        for area in areas:
            assert area.sites == tuple(sorted(site for leaf in area.leaves for site in ground.leaves[leaf]))
    assert ground.areas[0][-1].sites == ("mill", "park", "ward")


def test_kilos_are_those_of_the_demand():
    ground = small("lots.areas=2")
    for row, product in enumerate(ground.products):
        asked = np.array([float(kg) for kg in ground.demand.kg(ground.case.sites, product)])
        assert ground.kg[:, row].sum(axis=0) == pytest.approx(asked)
    assert ground.benchmark @ ground.kg.sum(axis=(0, 2)) == pytest.approx(ground.value_gbp) == 90000


def test_a_cell_is_asked_for_only_where_and_when_food_is():
    """Milk is bought by the town alone, whose schools are shut in August."""
    ground = small("lots.areas=3", "case.pool_buyers=no", "lots.seasons=[[8],[1,2,3,4,5,6,7,9,10,11,12]]")
    ward = next(leaf for leaf, sites in enumerate(ground.leaves) if sites == ("ward",))
    assert Cell(ward, "milk", 1) not in ground.asked
    assert Cell(ward, "carrot", 0) in ground.asked
    assert {cell.season for cell in ground.cells if cell.leaf != ward} == {1}
    assert len(ground.cells) == len(ground.asked) == 2 * 2 + 2 * 3


def test_cells_stand_in_order():
    cells = small("lots.areas=3", "lots.seasons=[[1,2,3,4,5,6],[7,8,9,10,11,12]]").cells
    assert list(cells) == sorted(cells, key=lambda cell: (cell.leaf, cell.product, cell.season))


def test_the_order_of_rows_changes_nothing():
    tables = files()
    heading, *rows = tables["sites.csv"].decode().splitlines()
    turned = tables | {"sites.csv": "\n".join([heading, *reversed(rows)]).encode()}
    one, other = (lay_ground(*read_case(source, ["lots.areas=2"])[:2]) for source in (tables, turned))
    assert (one.leaves, one.areas, one.cells) == (other.leaves, other.areas, other.cells)
    assert np.array_equal(one.kg, other.kg)


def test_local_is_told_for_each_pool():
    case, settings, _ = read_case(files(), ["case.pool_buyers=no"])
    settings = replace(settings, case=replace(settings.case, local_areas={"town": ("E9",)}, local_km=Decimal(900)))
    local = lay_ground(case, settings).local
    assert (local["dale", 0], local["dale", 1]) == (False, True)
    assert (local["grange", 0], local["grange", 1]) == (True, True)


def test_the_number_of_areas_is_shared_out_between_pools():
    ground = small("lots.areas=3", "case.pool_buyers=no")
    assert [ground.pool_of.count(pool) for pool in (0, 1)] == [2, 1]


def test_the_village_is_one_area():
    case, settings, _ = read_case(VILLAGE)
    assert lay_ground(case, settings).leaves == (("north", "south"),)
