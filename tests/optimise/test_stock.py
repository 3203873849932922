"""What there is to sell: kilos and prices by month, the price ceiling and the members' reach on both sides."""

from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from small_case import files

from foodlots.geo import Roads
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.stock import growers_of, take_stock
from foodlots.reading import read_case

D = Decimal


def stock_of(*overrides, source=None):
    case, settings, _ = read_case(source or files(), overrides)
    ground = lay_ground(case, settings)
    return take_stock(ground), ground


def test_kilos_and_prices_stand_in_their_months():
    stock, ground = stock_of()
    at = stock.row["hill"], ground.row["leek"]
    assert stock.kg[at].tolist() == [400, 400, 300, 0, 0, 0, 0, 0, 0, 0, 400, 400]
    assert stock.price[at].tolist() == [1.2, 1.2, 1.3, 0, 0, 0, 0, 0, 0, 0, 1.2, 1.2]
    assert stock.kg[stock.row["dale"], ground.row["carrot"]].sum() == 0


@pytest.mark.parametrize(("uplift", "left_out"), [("0.1", 0), ("0.0999", 1), ("0", 1), (None, 0)])
def test_the_price_ceiling_itself_may_be_asked(uplift, left_out):
    """Croft's potatoes at £0.88 are a tenth above the open market's £0.80."""
    source = {path.name: path.read_bytes() for path in VILLAGE.iterdir() if path.suffix in (".csv", ".toml")}
    source["offers.csv"] = source["offers.csv"].replace(b"potatoes,all,450,0.50", b"potatoes,all,450,0.88")
    overrides = [f"awards.max_price_over_benchmark={uplift}"] if uplift else []
    stock, ground = stock_of(*overrides, source=source)
    assert stock.too_dear == left_out
    assert stock.kg[stock.row["croft"], ground.row["potatoes"]].sum() == (0 if left_out else 5400)


def test_a_product_nobody_asks_for_is_no_stock():
    stock, ground = stock_of(source=files(budgets="buyer,category,budget_gbp\ntown,dairy,20000\n"))
    assert ground.products == ("milk",)
    assert stock.kg.shape == (3, 1, 12)
    assert stock.too_dear == 0


@pytest.mark.parametrize(("beyond", "growers"), [(D(0), ("grange", "hill")), (D("0.001"), ("grange",))])
def test_a_member_sells_through_its_cooperative_when_it_reaches_it(beyond, growers):
    case, settings, _ = read_case(files())
    roads = Roads.of(case, settings.costs.road_factor)
    reach = D(repr(roads.km("hill", "grange"))) - beyond
    producers = dict(case.producers) | {"hill": replace(case.producers["hill"], reach_km=reach)}
    assert growers_of("grange", producers, roads) == growers
    assert growers_of("hill", producers, roads) == ("hill",)


def test_collection_is_paid_for_the_members_way_alone():
    stock, ground = stock_of("costs.collect_gbp_per_kg_km=0.002")
    assert stock.collection["grange", "hill"] == pytest.approx(0.002 * ground.roads.km("hill", "grange"))
    assert stock.collection["grange", "grange"] == stock.collection["hill", "hill"] == 0
    assert ("hill", "grange") not in stock.collection
