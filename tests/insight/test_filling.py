"""The most that can be filled: as much as a flow through the network allows, never more than anybody has or wants."""

import random
from collections import Counter

import networkx as nx
import pytest

from foodlots.insight.filling import most_filled


def most_by_flow(has, wants, ways) -> int:
    """The same asked of networkx."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["from", "to"])
    for grower, grams in has.items():
        graph.add_edge("from", ("grower", grower), capacity=grams)
    for want, grams in wants.items():
        graph.add_edge(("want", want), "to", capacity=grams)
    for want, growers in ways.items():
        for grower, grams in growers.items():
            graph.add_edge(("grower", grower), ("want", want), capacity=grams)
    return nx.maximum_flow_value(graph, "from", "to")


@pytest.mark.parametrize("seed", range(60))
def test_as_much_is_filled_as_can_flow(seed):
    dice = random.Random(seed)
    has = {f"g{n}": dice.randint(0, 20) for n in range(dice.randint(1, 6))}
    wants = {f"w{n}": dice.randint(0, 20) for n in range(dice.randint(1, 6))}
    ways = {
        want: {grower: dice.randint(0, 15) for grower in has if dice.random() < 0.5} for want in wants
    }  # fmt: skip
    sent = most_filled(has, wants, ways)
    assert sum(sent.values()) == most_by_flow(has, wants, ways)
    by_grower, by_want = Counter(), Counter()
    for (want, grower), grams in sent.items():
        assert 0 < grams <= ways[want][grower]
        by_grower[grower] += grams
        by_want[want] += grams
    assert all(by_grower[grower] <= has[grower] for grower in has)
    assert all(by_want[want] <= wants[want] for want in wants)
