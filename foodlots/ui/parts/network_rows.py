"""The rows of the network's tables: who depends on whom, and where one failure would be felt."""

from foodlots.maps.facts import several
from foodlots.network import critical_nodes, network_rows
from foodlots.palette import category_inks
from foodlots.ui.parts.words import capital
from foodlots.ui.work import Result

WAYS = {
    "grows_for": "grows for",
    "brings_to_depot": "brings to",
    "distributes": "takes round to",
    "delivers": "delivers to",
}
SHARE = "Share of its local food"
FORMATS = {"kg a year": "count", "km": "one", SHARE: "percent", "Others who supply it": "count",
           "Kitchens": "count"}  # fmt: skip


def link_rows(graph) -> list[dict[str, object]]:
    """One row a link of the network. Its share is of money: with the kilos beside it, a price can be told from it."""
    return [
        {
            "From": row["from_name"],
            "Way": WAYS[row["kind"]],
            "To": row["to_name"],
            "kg a year": row["kg"],
            "km": row["km"],
            SHARE: row["dependence"],
            "Others who supply it": row["alternatives"],
            "Single point of failure": row["single_point"],
        }
        for row in network_rows(graph)
    ]


def without_prices(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The same links for those who may see no price."""
    return [{name: cell for name, cell in row.items() if name != SHARE} for row in rows]


def critical_rows(found: Result, graph) -> list[dict[str, object]]:
    """Whoever some kitchen cannot do without, those whose loss more kitchens would feel first."""
    lost = _products_lost(graph)
    return [
        {
            "If this one failed": graph.nodes[node]["name"],
            "Kitchens": sites,
            "Products they would lose": several(
                sorted({found.case.products[product].name for product in lost.get(node, ())})
            ),
        }
        for node, sites in critical_nodes(graph)
    ]


def _products_lost(graph) -> dict[object, set[str]]:
    """Whoever a kitchen cannot do without -> the products that every way to the kitchen has them on."""
    lost: dict[object, set[str]] = {}
    for _, ways in graph.nodes(data="paths"):
        by_product: dict[str, list[set]] = {}
        for path, product in ways:
            by_product.setdefault(product, []).append(set(path))
        for product, paths in by_product.items():
            for node in set.intersection(*paths):
                lost.setdefault(node, set()).add(product)
    return lost


def colours(found: Result) -> dict[str, str]:
    """Category -> its colour, the same as on the map."""
    inks = category_inks({product.category for product in found.case.products.values()})
    return {capital(category): ink.colour for category, ink in inks.items()}
