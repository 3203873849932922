"""Who could step in when a winner drops out of a lot, and what that would cost against the open market."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from foodlots.insight.could_win import DELIVERED, Contender, every_way
from foodlots.insight.instead import Table
from foodlots.plan import Award

Kilos = Mapping[tuple[str, int], float]  # (product, month) -> kg


@dataclass(frozen=True)
class Reserve:
    """Somebody who could step in: the part of what is lost that it could bring, and the cost, £ a year.

    gbp: its food and delivery · whole_gbp: with what it cannot bring, bought on the open market at short notice ·
    saves_gbp: against buying all of it there; below nothing where the reserve is dearer.
    """

    lot: str
    bidder: str
    share: float
    kg: float
    gbp: float
    whole_gbp: float
    saves_gbp: float


def reserves(table: Table, award: Award, emergency: float, most: int = 3) -> list[Reserve]:
    """Who could step in for one winner of a lot, cheapest for the whole of it first.

    They bring what they have left under the plan, and what they would have sold through the one who is out; to each
    kitchen, or to the depot that the lot goes through already. emergency: how far the open market's price is above
    the benchmark at short notice.
    """
    needed: dict[tuple[str, int], float] = defaultdict(float)
    for line in table.plan.supply:
        if (line.lot, line.bidder) == (award.lot, award.bidder):
            needed[line.product, line.month] += float(line.kg)
    free = _unused_without(table, award.bidder)
    best: dict[str, Reserve] = {}
    for contender in every_way(table, award.lot):
        if contender.depot in (DELIVERED, award.depot) and _independent(table, contender.bidder, award.bidder):
            found = _reserve(table, award.lot, contender, needed, free, emergency)
            if found.kg > 0 and _before(found, best.get(found.bidder)):
                best[found.bidder] = found
    return sorted(best.values(), key=lambda reserve: (reserve.whole_gbp, reserve.bidder))[:most]


def _before(one: Reserve, other: Reserve | None) -> bool:
    return other is None or one.whole_gbp < other.whole_gbp


def _independent(table: Table, bidder: str, out: str) -> bool:
    producers = table.case.producers
    return producers[bidder].owner_group != producers[out].owner_group


def _unused_without(table: Table, out: str) -> np.ndarray:
    """Kilos each has left when one bidder no longer sells: (producers, products, 12), none of its own."""
    stock = table.stock
    left = stock.kg.copy()
    left[stock.row[out]] = 0.0
    for line in table.plan.supply:
        if line.bidder != out:
            left[stock.row[line.producer], table.ground.row[line.product], line.month - 1] -= float(line.kg)
    return np.maximum(left, 0.0)


def _reserve(
    table: Table, lot: str, contender: Contender, needed: Kilos, free: np.ndarray, emergency: float
) -> Reserve:
    kg, paid, short, whole = 0.0, 0.0, 0.0, 0.0
    for (product, month), asked in needed.items():
        at_short_notice = float(table.case.products[product].benchmark_gbp_per_kg) * (1 + emergency)
        wanted, row = asked, table.ground.row[product]
        for price, grower in sorted(_priced(table, contender, product, month)):
            brought = min(wanted, float(free[table.stock.row[grower], row, month - 1]))
            kg, paid, wanted = kg + brought, paid + brought * price, wanted - brought
        short, whole = short + wanted * at_short_notice, whole + asked * at_short_notice
    gbp, lost = paid + contender.delivery_gbp, sum(needed.values())
    return Reserve(lot, contender.bidder, kg / lost if lost else 0.0, kg, gbp, gbp + short, whole - gbp - short)


def _priced(table: Table, contender: Contender, product: str, month: int) -> Iterator[tuple[float, str]]:
    """Those whose crop the bidder sells, with £/kg at the lot's door or depot."""
    stock, depots, row = table.stock, table.case.depots, table.ground.row[product]
    handling = float(depots[contender.depot].handling_gbp_per_kg) if contender.depot else 0.0
    for grower in stock.sells_for[contender.bidder]:
        if stock.kg[stock.row[grower], row, month - 1]:
            price = float(stock.price[stock.row[grower], row, month - 1])
            yield price + stock.collection[contender.bidder, grower] + handling, grower
