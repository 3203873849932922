"""How the money left of a lot is shared among partners: by the value each supplies, and by Shapley.

Shapley: each partner's average gain over every order in which they could join. A group is worth what its kilos fetch at
open-market prices, less delivery and collection; without a lead that reaches the lot, or without the accreditations
asked for, it is worth nothing; on what terms each would join is not asked. It is worked out exactly, over all groups.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from math import factorial

import numpy as np

from foodlots.optimise.assembly import Gathering, Seat

MOST_PARTNERS = 8  # 256 groups; beyond it only the split by value is told


def by_value(worth: Mapping[str, float], money: float) -> dict[str, float]:
    """The money in proportion to what each supplies, £."""
    total = sum(worth.values())
    return {partner: money * part / total if total else 0.0 for partner, part in worth.items()}


def shapley(partners: Iterable[str], money: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Each partner's share of the money of all: its gain to every group of others, weighed by how often it is met."""
    partners = tuple(partners)
    number = len(partners)
    shares = {}
    for partner in partners:
        others = [each for each in partners if each != partner]
        shares[partner] = sum(
            factorial(size) * factorial(number - size - 1) / factorial(number)
            * (money(frozenset(group) | {partner}) - money(frozenset(group)))
            for size in range(number) for group in combinations(others, size)
        )  # fmt: skip
    return shares


def money_of(gathering: Gathering, group: frozenset[str]) -> float:
    """What a group could make of the lot by itself, £ a year: in its best seat, never less than nothing."""
    held = frozenset().union(*(gathering.holds[partner] for partner in group))
    if not gathering.needed <= held:
        return 0.0
    seats = (seat for seat in gathering.seats if seat.lead in group)
    return max((_money_in(gathering, group, seat) for seat in seats), default=0.0)


def _money_in(gathering: Gathering, group: frozenset[str], seat: Seat) -> float:
    """Worth of its kilos less collection and delivery, the cheapest to bring first, whoever cannot reach left out."""
    joins, left = gathering.joins, gathering.asked.copy()
    has = {grower: kg.copy() for grower, kg in gathering.kg.items()}
    loads = sorted(
        (gathering.carry[grower, partner] + joins[partner, seat.lead], partner, grower)
        for partner in group if (partner, seat.lead) in joins for grower in gathering.growers[partner]
    )  # fmt: skip
    money = -seat.delivery_gbp
    for rate, _, grower in loads:
        kg = np.minimum(has[grower], left)
        money += float(np.maximum(gathering.benchmark - rate, 0.0) @ kg.sum(axis=1))
        left, has[grower] = left - kg, has[grower] - kg
    return max(money, 0.0)
