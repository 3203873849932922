"""The network of the valley, worked out on paper from sample_plan.py.

Valley Growers are sold 12 x 300 = 3,600 kg of potatoes by Hill (£1,692 and £15 collection) and 150 kg of leeks
by Brook (£205.50 and £3.75), and grow 121.5 kg of leeks themselves (3 x £57.92 = £173.76, half-even pence).
"""

import csv
import io

import networkx as nx
import pytest
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.network import (
    COLUMNS,
    critical_nodes,
    dependence,
    network_rows,
    plan_network,
    redundancy,
    single_points,
    write_network,
)

HILL, BROOK, GROWERS, DAIRY, BOX = (("producer", name) for name in ("hill", "brook", "growers", "dairy", "box"))
YARD = ("depot", "yard")
ABBEY, BRIDGE, CLINIC, DELL, EDGE = (("site", name) for name in ("abbey", "bridge", "clinic", "dell", "edge"))


@pytest.fixture(scope="module")
def graph():
    return plan_network(sample_case(), sample_settings(), sample_plan())


def test_every_way_food_takes_is_an_edge_of_its_kind(graph):
    kinds = {(origin, destination): kind for origin, destination, kind in graph.edges(data="kind")}
    assert kinds[HILL, GROWERS] == "grows_for"
    assert kinds[GROWERS, ABBEY] == "delivers"
    assert kinds[BROOK, YARD] == "brings_to_depot"
    assert kinds[YARD, DELL] == "distributes"
    assert (BROOK, DELL) not in kinds
    assert len(kinds) == 2 + 1 + 2 + 14
    assert nx.is_directed_acyclic_graph(graph)


def test_kilos_and_pounds_on_the_edges_are_those_of_the_supply(graph):
    assert graph.edges[HILL, GROWERS]["kg"] == pytest.approx(3600)
    assert graph.edges[HILL, GROWERS]["gbp"] == pytest.approx(1707)
    assert graph.edges[BROOK, YARD]["kg"] == pytest.approx(60 + 960)
    into_sites = sum(kg for _, (kind, _), kg in graph.edges(data="kg") if kind == "site")
    assert into_sites == pytest.approx(float(sum(row.kg for row in sample_plan().supply)))


def test_what_a_lot_is_supplied_is_handed_out_by_demand(graph):
    """Two schools in term: meals 150 and 50, so three quarters of the dale's food go to Dell."""
    assert graph.edges[YARD, DELL]["kg"] == pytest.approx(0.75 * 1020, rel=0.1)
    by_hand = plan_network(sample_case(), sample_settings(), sample_plan(), lambda site, product, month: site == "edge")
    assert by_hand.edges[YARD, EDGE]["kg"] == pytest.approx(1020)
    assert by_hand.edges[YARD, DELL]["kg"] == 0
    shares = {("dell", product, month): 1 for product in ("leek", "potato") for month in range(1, 13)}
    given = plan_network(sample_case(), sample_settings(), sample_plan(), shares)
    assert given.edges[YARD, DELL]["kg"] == pytest.approx(1020)
    assert given.edges[DAIRY, ABBEY]["kg"] == pytest.approx(12 * 310 / 5), "nobody asks: equal shares"


def test_dependence_is_the_share_of_the_destinations_local_money(graph):
    shares = dependence(graph)
    assert shares[HILL, GROWERS] == pytest.approx(1707 / (1707 + 209.25 + 173.76))
    assert shares[BROOK, YARD] == 1
    for site in (ABBEY, BRIDGE, CLINIC, DELL, EDGE):
        assert sum(share for (_, to), share in shares.items() if to == site) == pytest.approx(1)


def test_redundancy_counts_others_in_the_same_categories(graph):
    others = redundancy(graph)
    assert others[DAIRY, ABBEY] == 1
    assert others[GROWERS, ABBEY] == 0
    assert others[GROWERS, CLINIC] == 1, "Hill brings vegetables too"
    assert others[HILL, GROWERS] == 2, "Brook, and what the cooperative grows itself"
    assert others[YARD, DELL] == 0


def test_a_single_point_is_an_origin_without_which_a_product_is_lost(graph):
    points = single_points(graph)
    assert points[HILL, GROWERS] == ("potato",)
    assert points[GROWERS, CLINIC] == ("leek",)
    assert points[YARD, EDGE] == ("leek", "potato")
    assert (BROOK, GROWERS) not in points, "the cooperative has leeks of its own"
    assert (DAIRY, ABBEY) not in points
    assert critical_nodes(graph)[:2] == [(GROWERS, 3), (HILL, 3)]


def test_a_bidder_that_delivers_and_uses_the_depot_is_still_one_single_point():
    plan = sample_plan()
    case = sample_case()
    graph = plan_network(case, sample_settings(), plan)
    graph.add_edge(BROOK, DELL, kind="delivers", kg=1.0, gbp=1.0, km=1.0, carries={(BROOK, "leek", "vegetables")})
    assert single_points(graph)[BROOK, DELL] == ("leek",)
    assert redundancy(graph)[YARD, DELL] == 1


def test_rows_have_names_ids_and_the_declared_columns(graph):
    rows = network_rows(graph)
    assert all(tuple(row) == COLUMNS for row in rows)
    assert rows[0] | {"kg": 0, "gbp": 0, "km": 0, "dependence": 0} == {
        "from": "brook", "from_name": "Brook Farm", "to": "growers", "to_name": "Valley Growers", "kind": "grows_for",
        "kg": 0, "gbp": 0, "km": 0, "dependence": 0, "alternatives": 2, "single_point": "no",
    }  # fmt: skip
    assert [row["kind"] for row in rows] == ["grows_for"] * 2 + ["brings_to_depot"] + ["distributes"] * 2 + [
        "delivers"
    ] * 14


def test_the_file_is_one_row_an_edge_and_always_the_same(graph, tmp_path):
    text = write_network(graph, tmp_path).read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == graph.number_of_edges()
    assert rows[1]["gbp"] == "1707.00"
    again = plan_network(sample_case(), sample_settings(), sample_plan())
    assert write_network(again, tmp_path).read_text("utf-8") == text
