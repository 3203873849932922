"""Who would step in for somebody who stops, and what that costs more: figures from prices, for the buyer's eyes.

What stopped is bought on the open market, or the next best bidder takes it as well as it can with what it has left,
under the buyer's limits, lot by lot. The cheapest of these is the next best.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from foodlots.insight.entrants import Entrant, Entrants
from foodlots.insight.lifts import World, as_it_is
from foodlots.network import Node
from foodlots.optimise.held import all_bids
from foodlots.optimise.standing import Standing
from foodlots.plan import Award, Plan, Shortfall, Supply


@dataclass(frozen=True)
class StepIn:
    """One lot after somebody stops. next_best: "" for the open market.

    able: how many could take it over or fill it, whether that pays or not · more_gbp: what it costs more than now, £ a
    year · market_gbp: what the open market alone would cost more.
    """

    lot: str
    next_best: str
    able: int
    more_gbp: float
    market_gbp: float


class SteppingIn:
    """A plan that can be asked who would step in for anybody."""

    def __init__(self, standing: Standing):
        self.standing = standing
        self._book = all_bids(standing.ground, standing.lots, standing.rounds)

    def for_(self, node: Node) -> list[StepIn]:
        """Each lot that the one who stops had a part in, by id."""
        kind, key = node
        lost = [line for line in self.standing.plan.supply if self._by_way_of(line, kind, key)]
        gone = [
            award for award in self.standing.plan.awards if key == (award.depot if kind == "depot" else award.bidder)
        ]
        after = self.standing.after(_without(self.standing, lost, gone))
        world = _without_offers(after, key) if kind == "producer" else as_it_is(after)
        coming = self._coming(after, world, {line.lot for line in lost}, node)
        return [
            self._step_in(lot, [line for line in lost if line.lot == lot], [a for a in gone if a.lot == lot],
                          coming[lot])
            for lot in sorted({line.lot for line in lost})
        ]  # fmt: skip

    def _by_way_of(self, line: Supply, kind: str, key: str) -> bool:
        if kind == "producer":
            return key in (line.producer, line.bidder)
        return any(a.depot == key and a.bidder == line.bidder for a in self.standing.awards.get(line.lot, ()))

    def _coming(self, after: Standing, world: World, lots: set[str], node: Node) -> Mapping[str, list[Entrant]]:
        """Lot -> who could come to it then, able and within the limits."""
        coming: dict[str, list[Entrant]] = defaultdict(list)
        for entrant in Entrants(after, world, self._book, lots):
            channel = entrant.bid.channel
            if not entrant.against and node[1] not in (channel.bidder, channel.depot):
                coming[entrant.lot].append(entrant)
        return coming

    def _step_in(self, lot: str, lost: list[Supply], gone: list[Award], coming: list[Entrant]) -> StepIn:
        prices = self.standing.case.products
        benchmark = float(sum(line.kg * prices[line.product].benchmark_gbp_per_kg for line in lost))
        paid = float(sum(line.gbp + line.collection_gbp for line in lost))
        market = benchmark - paid - float(sum((a.delivery_gbp + a.handling_gbp for a in gone), Decimal(0)))
        best = max(coming, key=lambda e: (e.saved_gbp - e.fixed_gbp, e.bid.channel), default=None)
        able = len({entrant.bid.channel.bidder for entrant in coming})
        if best is None or best.saved_gbp <= best.fixed_gbp:
            return StepIn(lot, "", able, market, market)
        return StepIn(lot, best.bid.channel.bidder, able, market - best.saved_gbp + best.fixed_gbp, market)


def _without(standing: Standing, lost: Iterable[Supply], gone: list[Award]) -> Plan:
    """The plan with these lines short and these awards taken back."""
    plan, lost = standing.plan, set(lost)
    short: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
    for line in (*plan.shortfall, *lost):
        short[line.lot, line.product, line.month] += line.kg
    shortfall = tuple(Shortfall(*key, kg, Decimal(0)) for key, kg in sorted(short.items()))
    return replace(
        plan, awards=tuple(award for award in plan.awards if award not in gone),
        supply=tuple(line for line in plan.supply if line not in lost), shortfall=shortfall,
    )  # fmt: skip


def _without_offers(standing: Standing, producer: str) -> World:
    """The case as it is when a producer offers nothing."""
    offers = tuple(offer for offer in standing.case.offers if offer.producer != producer)
    return World(replace(standing.case, offers=offers, held=MappingProxyType({})), standing.settings)
