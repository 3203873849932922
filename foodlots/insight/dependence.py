"""Who depends on whom: what kitchens would lose without a producer, a seller or a depot; how concentrated it all is.

All in kilos and shares of what is asked for; a kilo of one product is worth its open-market price, so that no
producer's price can be told from anything here.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from foodlots.case import Case
from foodlots.demand import work_out_demand
from foodlots.network import Node, critical_nodes, demand_weight, plan_network, ways_to_sites
from foodlots.plan import Plan
from foodlots.settings import Settings

DUST_KG = 0.0005  # kg; less than a gram


@dataclass(frozen=True)
class Loss:
    """What kitchens would lose of one product: how many kitchens, kilos, and the share of what these ask for."""

    product: str
    sites: tuple[str, ...]
    kg: float
    share: float
    gbp: float


@dataclass(frozen=True)
class Stop:
    """A producer, seller or depot that stops: its losses, dearest first, at open-market prices."""

    node: Node
    name: str
    losses: tuple[Loss, ...]

    @property
    def sites(self) -> int:
        """Kitchens that lose anything."""
        return len({site for loss in self.losses for site in loss.sites})

    @property
    def gbp(self) -> float:
        """Open-market value of all that is lost, £ a year."""
        return sum(loss.gbp for loss in self.losses)


@dataclass(frozen=True)
class Concentration:
    """How concentrated a category is. hhi: sum of squared shares in percent, 10,000 for one owner alone.

    Of the winners, by owner group, and of the growers; filled: share of what is asked that they supply.
    """

    category: str
    winners: int
    winners_hhi: float
    growers: int
    growers_hhi: float
    filled: float


class Dependence:
    """A plan's dependence; each part is worked out when it is asked for."""

    def __init__(self, case: Case, settings: Settings, plan: Plan):
        self.case, self.settings, self.plan = case, settings, plan
        self._weight = demand_weight(case, settings)

    @cached_property
    def graph(self) -> nx.DiGraph:
        """The plan as a network."""
        return plan_network(self.case, self.settings, self.plan, self._weight)

    @cached_property
    def ways(self) -> tuple[tuple[tuple[Node, ...], str, float], ...]:
        """Every way food takes: its stops from grower to kitchen, the product, kilos a year."""
        return tuple((path, product, kg) for path, product, kg, _ in ways_to_sites(self.plan, self._weight) if kg)

    @cached_property
    def asked(self) -> Mapping[tuple[str, str], float]:
        """(site, product) -> kilos a year."""
        demand = work_out_demand(self.case, self.settings)
        return {
            (site, product): float(sum(demand.kg([site], product)))
            for site in self.case.sites
            for product in demand.products()
        }

    @cached_property
    def stops(self) -> list[Stop]:
        """Everybody the food comes by, whose loss costs most first."""
        lost: dict[Node, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        for path, product, kg in self.ways:
            for node in path[:-1]:
                lost[node][product][path[-1][1]] += kg
        stops = [Stop(node, self._name(node), self._losses(products)) for node, products in lost.items()]
        return sorted(stops, key=lambda stop: (-stop.gbp, stop.node))

    def _losses(self, products: Mapping[str, Mapping[str, float]]) -> tuple[Loss, ...]:
        losses = []
        for product, at in products.items():
            sites = tuple(sorted(site for site, kg in at.items() if kg > DUST_KG))
            kg, asked = sum(at.values()), sum(self.asked[site, product] for site in sites)
            gbp = kg * float(self.case.products[product].benchmark_gbp_per_kg)
            losses.append(Loss(product, sites, kg, min(1.0, kg / asked) if asked else 0.0, gbp))
        return tuple(sorted(losses, key=lambda loss: (-loss.gbp, loss.product)))

    def _name(self, node: Node) -> str:
        kind, key = node
        return (self.case.depots if kind == "depot" else self.case.producers)[key].name

    @cached_property
    def shares(self) -> Mapping[str, Mapping[Node, float]]:
        """Site -> whoever its food comes by -> the share of all it asks for, at open-market prices; largest first."""
        value: dict[str, dict[Node, float]] = defaultdict(lambda: defaultdict(float))
        for path, product, kg in self.ways:
            for node in path[:-1]:
                value[path[-1][1]][node] += kg * float(self.case.products[product].benchmark_gbp_per_kg)
        whole: dict[str, float] = defaultdict(float)
        for (site, product), kg in self.asked.items():
            whole[site] += kg * float(self.case.products[product].benchmark_gbp_per_kg)
        return {
            site: {node: value[site][node] / whole[site] for node in sorted(value[site], key=_largest(value[site]))}
            for site in self.case.sites
            if whole[site]
        }

    @cached_property
    def suppliers(self) -> Mapping[tuple[str, str], int]:
        """(site, category) -> how many growers bring it something of that category; only where any does."""
        growers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for path, product, _ in self.ways:
            growers[path[-1][1], self.case.products[product].category].add(path[0][1])
        return {key: len(found) for key, found in sorted(growers.items())}

    @cached_property
    def only_links(self) -> list[tuple[Node, str]]:
        """Articulation points, with their names: without one of them the network falls into more parts."""
        nodes = nx.articulation_points(self.graph.to_undirected())
        return [(node, self._name(node)) for node in sorted(nodes) if node[0] != "site"]

    @cached_property
    def critical(self) -> list[tuple[Node, str, int]]:
        """Whoever alone brings some kitchens a product, with how many kitchens."""
        return [(node, self._name(node), sites) for node, sites in critical_nodes(self.graph)]

    @cached_property
    def concentration(self) -> list[Concentration]:
        """Each category that anybody supplies, by id."""
        winners: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        growers: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        asked: dict[str, float] = defaultdict(float)
        for (_, product), kg in self.asked.items():
            category = self.case.products[product].category
            asked[category] += kg * float(self.case.products[product].benchmark_gbp_per_kg)
        for line in self.plan.supply:
            category = self.case.products[line.product].category
            gbp = float(line.kg * self.case.products[line.product].benchmark_gbp_per_kg)
            winners[category][self.case.producers[line.bidder].owner_group] += gbp
            growers[category][line.producer] += gbp
        return [
            Concentration(
                category, len(winners[category]), hhi(winners[category]), len(growers[category]),
                hhi(growers[category]), sum(winners[category].values()) / asked[category],
            )
            for category in sorted(winners)
        ]  # fmt: skip


def _largest(value: Mapping[Node, float]):
    return lambda node: (-value[node], node)


def hhi(amounts: Mapping[str, float]) -> float:
    """The Herfindahl-Hirschman index: squared shares in percent, added up.

    >>> hhi({"hill": 3.0, "dale": 1.0})
    6250.0
    """
    total = sum(amounts.values())
    return sum((100 * amount / total) ** 2 for amount in amounts.values()) if total else 0.0
