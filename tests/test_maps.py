"""The map's page: one file, the same facts as its tables, no producer's price, and always the same bytes."""

import ast
import html
import re
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from sample_plan import large_plan, sample_case, sample_plan, sample_settings

import foodlots
from foodlots.case import Place
from foodlots.maps.drawing import drawing
from foodlots.maps.offline import map_html, map_table, write_map
from foodlots.maps.shapes import across_km, box_around, outline
from foodlots.palette import CATEGORY_COLOURS, PRODUCER_SHAPES, category_inks, contrast, letters_on

PACKAGE = Path(foodlots.__file__).parent
BUSY = 4  # how much longer a machine may take that has other work; measured alone it is well under 3 s
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def page():
    return map_html(sample_case(), sample_settings(), sample_plan())


def words(page):
    """The page's text as a reader sees it."""
    body = page.split("<body>")[1].split("<script>")[0]
    return " ".join(html.unescape(TAG.sub(" ", body)).split())


def test_the_same_plan_gives_the_same_bytes(page):
    assert map_html(sample_case(), sample_settings(), sample_plan()) == page


def test_the_file_is_the_page(tmp_path, page):
    assert write_map(sample_case(), sample_settings(), sample_plan(), tmp_path).read_text("utf-8") == page
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_the_page_loads_nothing_from_anywhere(page):
    loaded = re.findall(r"""<(?:script|link|img|iframe)[^>]*?(?:src|href)=["']?([^"'\s>]{0,30})""", page)
    assert len(loaded) == 3
    assert all(address.startswith("data:text/") for address in loaded)
    assert "default-src 'none'" in page
    assert "http" not in page.split("<body>")[1].replace("http-equiv", "")


def test_the_page_says_what_it_is_and_that_it_is_an_illustration(page):
    assert "<title>Vale&#58;&#32;5&#32;lots" in page
    assert "Illustrative." in words(page)
    settings = sample_settings()
    plain = replace(settings, case=replace(settings.case, illustrative=False))
    assert "Illustrative" not in words(map_html(sample_case(), plain, sample_plan()))


def test_months_stand_in_the_order_of_the_contract_year(page):
    script = page.rsplit("<script>", 1)[1]
    names = re.findall(r"data-layer=.{0,12}?month\d+.{0,12}?(?:003e|>)([A-Z][a-z]+)", script)
    assert names[:2] == ["Whole", "September"]
    assert names[12] == "August"


def test_every_fact_on_the_map_is_in_the_tables_and_no_other(page):
    data = drawing(sample_case(), sample_plan(), 9)
    tables = map_table(sample_case(), sample_plan(), 9)
    on_the_map = {name: {thing["facts"] for thing in data[name]} for name in data["headings"]}
    for table, (name, headings) in zip(tables, data["headings"].items(), strict=True):
        assert table.headings == headings
        assert set(table.rows) == on_the_map[name]
        assert len(table.rows) == len(data[name])
    assert len(tables) == 5
    for table in tables:
        for cell in (table.caption, *table.headings, *(cell for row in table.rows for cell in row)):
            assert " ".join(cell.split()) in words(page)


def test_tables_have_captions_and_headings_for_readers_who_listen(page):
    assert page.count("<caption") >= 5
    assert page.count('<th scope="col"') == sum(
        len(table.headings) for table in map_table(sample_case(), sample_plan())
    )
    assert 'lang="en-GB"' in page
    assert "user-scalable" not in page


def test_the_map_may_stand_without_its_tables():
    page = map_html(sample_case(), sample_settings(), sample_plan(), with_tables=False)
    assert "<caption" not in page.split("<script>")[0].split("<body>")[1]


def test_facts_of_the_valley():
    lots, flows, kitchens, producers, depots = map_table(sample_case(), sample_plan(), 9)
    assert dict(zip(lots.headings, lots.rows[1], strict=True)) == {
        "Lot": "L2", "Name": "Vegetables, dale", "Buyers": "Borough of Vale", "Area": "Dale",
        "Products": "Leeks, Potatoes", "Months": "whole year", "Value": "£2,000", "Kitchens": "2",
        "Winner": "Brook Farm", "Brought": "in bulk to Station Yard", "Filled": "80%",
        "Left to the open market": "£0", "Able bidders": "2",
    }  # fmt: skip
    assert lots.rows[3][8:12] == ("open market", "none", "0%", "£9,000")
    assert lots.rows[2][8] == "The Box Scheme, Low Field Dairy"
    assert lots.rows[4][5] == "November to February"
    to_growers = next(row for row in flows.rows if row[:2] == ("Hill Farm", "Valley Growers"))
    assert to_growers[2:6] == ("any", "Vegetables", "3,600", "£2,160"), "3,600 kg at the open market's £0.60"
    to_lot = next(row for row in flows.rows if row[0] == "Hill Farm" and row[2] == "L5")
    assert to_lot[6:] == ("0", "0", "500", "500", "500", "500", "0", "0", "0", "0", "0", "0"), "September first"
    assert kitchens.rows[2] == ("Vale Hospital", "Hospital", "Borough of Vale", "2,000", "all year", "L1, L3, L4, L5")
    assert producers.rows[-1][:-1] == ("Far Fell", "Farm", "no", "none", "none", "none", "none", "0", "£0")
    assert producers.rows[-1][-1] == "not stated"
    assert depots.rows == (("Station Yard", "L2", "1,020", "Dale", "39", "900"),)


def test_no_price_of_any_producer_reaches_the_page(page):
    """Non-interference: were every price and every pound paid another, the page would be the same to the byte."""
    case, plan = sample_case(), sample_plan()
    offers = tuple(replace(offer, price_gbp_per_kg=offer.price_gbp_per_kg * 7) for offer in case.offers)
    supply = tuple(replace(row, gbp=row.gbp * 7, collection_gbp=row.collection_gbp * 3) for row in plan.supply)
    awards = tuple(replace(row, local_gbp=row.local_gbp * 7, handling_gbp=Decimal(9)) for row in plan.awards)
    summary = replace(
        plan.summary, food_gbp=Decimal(1), spend_gbp=Decimal(2), local_spend_gbp=Decimal(3), local_share=0.9
    )
    other = replace(plan, supply=supply, awards=awards, summary=summary)
    assert map_html(replace(case, offers=offers), sample_settings(), other) == page
    fewer = tuple(replace(row, kg=row.kg / 2) for row in plan.supply)
    assert map_html(case, sample_settings(), replace(plan, supply=fewer)) != page


def test_a_plan_without_an_award_still_has_a_map():
    lots = tuple(replace(lot, winner="", fill=Decimal(0)) for lot in sample_plan().lots)
    plan = replace(sample_plan(), lots=lots, awards=(), supply=(), distribution=())
    assert "5 left to the open market" in words(map_html(sample_case(), sample_settings(), plan))


def test_one_kitchen_alone_still_has_a_map():
    case, plan = sample_case(), sample_plan()
    case = replace(case, sites=MappingProxyType({"clinic": case.sites["clinic"]}), producers=MappingProxyType({}))
    nobody = dict.fromkeys(("awards", "supply", "shortfall", "distribution", "rounds"), ())
    alone = replace(plan, lots=(replace(plan.lots[4], winner=""),), cells=plan.cells[-1:], **nobody)
    assert "1 kitchen · 0 lots won" in words(map_html(case, sample_settings(), alone))


def test_categories_that_differ_only_in_capitals_keep_a_layer_each():
    products = dict(sample_case().products)
    products["milk"] = replace(products["milk"], category="Vegetables")
    case = replace(sample_case(), products=MappingProxyType(products))
    script = map_html(case, sample_settings(), sample_plan()).rsplit("<script>", 1)[1]
    overlays = script.split("overlays")[1].split("L.control.layers")[0]
    assert len(re.findall(r"category\d", overlays)) == 3


def test_a_county_of_591_kitchens_and_389_producers_is_quick_and_small():
    case, settings, plan = large_plan(sites=591, producers=389, lots=60)
    started = time.perf_counter()
    size = len(map_html(case, settings, plan).encode("utf-8"))
    assert time.perf_counter() - started < 3 * BUSY
    assert size < 4_000_000


def test_only_the_safe_door_imports_folium():
    guilty = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if {name.split(".")[0] for name in names} & {"folium", "branca", "streamlit_folium"}:
                guilty.add(path.relative_to(PACKAGE).as_posix())
    assert guilty == {"maps/safe_map.py"}


def test_the_pages_files_are_packed_with_the_package():
    packed = (PACKAGE.parent / "pyproject.toml").read_text("utf-8")
    assert '"foodlots.maps.page" = ["*.js", "*.css"]' in packed


def test_categories_and_producers_are_told_apart_without_colour():
    inks = category_inks(["a", "b", "c", "d"])
    assert len({ink.core for ink in inks.values()}) == 4
    assert len({ink.colour for ink in inks.values()}) == 4
    assert len({shape.path for shape in PRODUCER_SHAPES.values()}) == len(PRODUCER_SHAPES)
    assert all(contrast(colour, letters_on(colour)) >= 4.5 for colour in CATEGORY_COLOURS)
    assert category_inks(["b", "a"]) == category_inks(["a", "b"])


def test_an_outline_keeps_its_distance_from_every_site():
    places = [Place(53.0, -2.0), Place(53.1, -2.2), Place(53.05, -2.1), Place(53.2, -2.0)]
    ring = outline(places, 1.0)
    for place in places:
        nearest = min(across_km([place, Place(lat, lon)]) for lat, lon in ring)
        assert nearest > 0.95
    south, west, north, east = box_around(Place(lat, lon) for lat, lon in ring)
    assert (round(south, 3), round(north, 3)) == (52.991, 53.209)
    assert west < -2.2
    assert east > -2.0
