"""The plan as a network: who grows for whom, who brings what where, and where one failure would be felt.

producer -> bidder -> (depot ->) site. Each edge carries kg a year, the £ paid for them (gate price and
collection, so this is for the buyer's eyes) and road km. "Local supply" here is what the plan's winners
supply, as against the open market.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx

from foodlots.case import Case
from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.plan import Plan
from foodlots.plan_cells import write_text
from foodlots.plan_files import csv_text, put_file
from foodlots.settings import Settings

Node = tuple[str, str]  # ("producer", "depot" or "site", id)
Edge = tuple[Node, Node]
Weight = Callable[[str, str, int], float]  # site, product, month -> any amount in proportion to its demand

KINDS = {
    ("producer", "producer"): "grows_for",
    ("producer", "depot"): "brings_to_depot",
    ("depot", "site"): "distributes",
    ("producer", "site"): "delivers",
}
COLUMNS = (
    "from", "from_name", "to", "to_name", "kind", "kg", "gbp", "km", "dependence", "alternatives", "single_point",
)  # fmt: skip


def plan_network(
    case: Case, settings: Settings, plan: Plan, weight: Weight | Mapping[tuple[str, str, int], float] | None = None
) -> nx.DiGraph:
    """The plan's network. A lot's supply is handed to its sites in proportion to `weight`.

    `weight` gives each (site, product, month) an amount in proportion to its demand; by default the demand
    itself, which follows meals.
    """
    graph = nx.DiGraph()
    roads = Roads.of(case, settings.costs.road_factor)
    for path, product, kg, gbp in ways_to_sites(plan, _as_weight(case, settings, weight)):
        _add_flow(graph, case, path, product, kg, gbp)
    for origin, destination, edge in graph.edges(data=True):
        edge["kind"] = KINDS[origin[0], destination[0]]
        edge["km"] = roads.km(origin[1], destination[1])
    return graph


def _as_weight(case: Case, settings: Settings, weight: Weight | Mapping | None) -> Weight:
    if isinstance(weight, Mapping):
        return lambda site, product, month: weight.get((site, product, month), 0)
    return weight or demand_weight(case, settings)


def demand_weight(case: Case, settings: Settings) -> Weight:
    """Each site's demand, kg."""
    demand = work_out_demand(case, settings)

    @cache
    def year(site: str, product: str) -> tuple[float, ...]:
        return tuple(map(float, demand.kg([site], product)))

    return lambda site, product, month: year(site, product)[month - 1]


def ways_to_sites(plan: Plan, weight: Weight) -> Iterator[tuple[tuple[Node, ...], str, float, float]]:
    """Every stream of one product: its path from producer to site, kg and £ a year, in a fixed order."""
    depots = {(award.lot, award.bidder): award.depot for award in plan.awards}
    sites = _sites_of_lots(plan)
    streams: dict[tuple, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in plan.supply:
        depot = depots.get((row.lot, row.bidder), "")
        for site, share in _shares(sites[row.lot, row.product, row.month], row.product, row.month, weight):
            stream = streams[row.producer, row.bidder, depot, site, row.product]
            stream[0] += share * float(row.kg)
            stream[1] += share * float(row.gbp + row.collection_gbp)
    for (producer, bidder, depot, site, product), (kg, gbp) in sorted(streams.items()):
        stops = [("producer", producer)] if producer != bidder else []
        stops += [("producer", bidder), *([("depot", depot)] if depot else []), ("site", site)]
        yield tuple(stops), product, kg, gbp


def _sites_of_lots(plan: Plan) -> Mapping[tuple[str, str, int], list[str]]:
    """(lot, product, month) -> the sites the lot covers then."""
    sites: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for cell in plan.cells:
        for month in cell.months:
            sites[cell.lot, cell.product, month].append(cell.site)
    return sites


def _shares(sites: list[str], product: str, month: int, weight: Weight) -> list[tuple[str, float]]:
    """Each site with its share of the demand; equal shares where nobody asks for anything."""
    weights = [float(weight(site, product, month)) for site in sites]
    total = sum(weights)
    return [(site, part / total if total else 1 / len(sites)) for site, part in zip(sites, weights, strict=True)]


def _add_flow(graph: nx.DiGraph, case: Case, path: tuple[Node, ...], product: str, kg: float, gbp: float) -> None:
    named = {"producer": case.producers, "depot": case.depots, "site": case.sites}
    for kind, name in path:
        if (kind, name) not in graph:
            graph.add_node((kind, name), kind=kind, name=named[kind][name].name, paths=set(), own=set())
    bidder = next(stop for stop in reversed(path) if stop[0] == "producer")
    graph.nodes[path[-1]]["paths"].add((path[:-1], product))
    if path[0] == bidder:
        graph.nodes[bidder]["own"].add((product, case.products[product].category))
        graph.nodes[bidder]["own_gbp"] = graph.nodes[bidder].get("own_gbp", 0.0) + gbp
    for origin, destination in pairwise(path):
        if not graph.has_edge(origin, destination):
            graph.add_edge(origin, destination, kg=0.0, gbp=0.0, carries=set())
        edge = graph.edges[origin, destination]
        edge["kg"] += kg
        edge["gbp"] += gbp
        supplier = origin if destination == bidder else bidder
        edge["carries"].add((supplier, product, case.products[product].category))


def dependence(graph: nx.DiGraph) -> dict[Edge, float]:
    """For each edge, the share of its destination's local £ that comes over it."""
    total: dict[Node, float] = {node: graph.nodes[node].get("own_gbp", 0.0) for node in graph}
    for _, destination, gbp in graph.edges(data="gbp"):
        total[destination] += gbp
    return {
        (origin, destination): gbp / total[destination] if total[destination] else 0.0
        for origin, destination, gbp in graph.edges(data="gbp")
    }


def redundancy(graph: nx.DiGraph) -> dict[Edge, int]:
    """For each edge, how many others supply its destination in the categories it carries."""
    return {
        (origin, destination): len(
            {
                supplier
                for via, supplier, _, category in _incoming(graph, destination)
                if via != origin and supplier != origin and category in _categories(graph, origin, destination)
            }
        )
        for origin, destination in graph.edges
    }


def single_points(graph: nx.DiGraph) -> dict[Edge, tuple[str, ...]]:
    """For each edge, the products of which its destination would have no local supply left without its origin.

    Edges whose loss costs no product are left out.
    """
    found = {}
    for origin, destination in graph.edges:
        carried = {product for _, product, _ in graph.edges[origin, destination]["carries"]}
        kept = {p for via, supplier, p, _ in _incoming(graph, destination) if origin not in (via, supplier)}
        if carried - kept:
            found[origin, destination] = tuple(sorted(carried - kept))
    return found


def _incoming(graph: nx.DiGraph, node: Node) -> Iterator[tuple[Node, Node, str, str]]:
    """Everything that reaches the node: (by way of, supplier, product, category), what it grows itself among it."""
    for product, category in graph.nodes[node]["own"]:
        yield node, node, product, category
    for origin, _, carries in graph.in_edges(node, data="carries"):
        for supplier, product, category in carries:
            yield origin, supplier, product, category


def _categories(graph: nx.DiGraph, origin: Node, destination: Node) -> set[str]:
    return {category for _, _, category in graph.edges[origin, destination]["carries"]}


def critical_nodes(graph: nx.DiGraph) -> list[tuple[Node, int]]:
    """Producers, bidders and depots by how many sites would lose all local supply of a product without them."""
    losses: dict[Node, set[Node]] = defaultdict(set)
    for site, attributes in graph.nodes(data=True):
        ways: dict[str, list[set[Node]]] = defaultdict(list)
        for path, product in attributes["paths"]:
            ways[product].append(set(path))
        for paths in ways.values():
            for node in set.intersection(*paths):
                losses[node].add(site)
    return sorted(((node, len(sites)) for node, sites in losses.items()), key=lambda found: (-found[1], found[0]))


def network_rows(graph: nx.DiGraph) -> list[dict[str, Any]]:
    """One row an edge, in the order of the chain and then by id: see COLUMNS."""
    shares, others, points = dependence(graph), redundancy(graph), single_points(graph)
    order = list(KINDS.values())
    edges = sorted(graph.edges(data=True), key=lambda edge: (order.index(edge[2]["kind"]), edge[:2]))
    return [
        {
            "from": origin[1],
            "from_name": graph.nodes[origin]["name"],
            "to": destination[1],
            "to_name": graph.nodes[destination]["name"],
            "kind": edge["kind"],
            "kg": round(edge["kg"], 3),
            "gbp": round(edge["gbp"], 2),
            "km": round(edge["km"], 1),
            "dependence": round(shares[origin, destination], 4),
            "alternatives": others[origin, destination],
            "single_point": "yes" if (origin, destination) in points else "no",
        }
        for origin, destination, edge in edges
    ]


def write_network(graph: nx.DiGraph, folder: Path | str) -> Path:
    """Write network.csv into the plan's folder and give its path."""
    path = Path(folder) / "network.csv"
    formats = {"kg": ".3f", "gbp": ".2f", "km": ".1f", "dependence": ".4f"}
    rows = ([_cell(value, formats.get(column, "d")) for column, value in row.items()] for row in network_rows(graph))
    put_file(path, csv_text(COLUMNS, rows))
    return path


def _cell(value: str | float, number_format: str) -> str:
    return write_text(value) if isinstance(value, str) else format(value, number_format)
