"""What a plan's winners can still bring when harvests fail or one of them drops out: a linear program built once.

Every winner first brings as much of what it promised as there is, the cheapest first; the rest is unmet.
Minimise the cost of `bring` with unmet kilos dearer than any, where
sum(bring[c, j] for j) + unmet[c] = promised[c], for all promises c, and
sum(bring[c, j] for c of product k in month t) <= cap[j, k, t] × harvest[k, t], for all producers j, kg.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import highspy
import numpy as np

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.geo import Roads
from foodlots.optimise.program import Program
from foodlots.optimise.solver import refuse_wrong_version
from foodlots.optimise.stock import growers_of
from foodlots.plan import Plan
from foodlots.settings import Settings


class Promise(NamedTuple):
    """Kilos that a winner is to bring of a product in a month, into one lot."""

    lot: str
    bidder: str
    depot: str
    product: str
    month: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """kg unmet of each promise, and what is paid for what is brought, £ at the gate and for collection."""

    unmet: np.ndarray
    paid_gbp: float


class Recourse:
    """The program of one plan; each question changes its limits alone."""

    def __init__(self, case: Case, settings: Settings, plan: Plan):
        refuse_wrong_version()
        self.case, self.settings = case, settings
        self.promised = _promised(plan)
        self.promises = tuple(self.promised)
        self.ways, self.stocks = self._lay_out()
        self._has = np.array([float(kg) for kg in self.stocks.values()])
        self._row = {key: row for row, key in enumerate(self.stocks)}
        self._costs = np.array([cost for _, _, cost in self.ways])
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._program().hand_over(self._highs)

    def _lay_out(self) -> tuple[list[tuple[int, tuple[str, str, int], float]], dict[tuple[str, str, int], float]]:
        """Every way to keep a promise (promise, (grower, product, month), £/kg), and what there is to sell, kg."""
        roads = Roads.of(self.case, self.settings.costs.road_factor)
        rate = float(self.settings.costs.collect_gbp_per_kg_km)
        offers = _offers(self.case, self.settings)
        growers = {
            bidder: growers_of(bidder, self.case.producers, roads) for bidder in {p.bidder for p in self.promises}
        }
        ways, stocks = [], {}
        for number, promise in enumerate(self.promises):
            for grower in growers[promise.bidder]:
                key = grower, promise.product, promise.month
                if key in offers:
                    kg, price = offers[key]
                    collected = 0.0 if grower == promise.bidder else rate * roads.km(grower, promise.bidder)
                    ways.append((number, key, price + collected))
                    stocks[key] = kg
        return ways, dict(sorted(stocks.items()))

    def _program(self) -> Program:
        """Columns: the ways, then what is unmet of each promise. Rows: the promises, then the stocks."""
        promises, ways = len(self.promises), len(self.ways)
        kilos = np.array([float(kg) for kg in self.promised.values()])
        columns: dict[int, list[int]] = defaultdict(list)
        for way, (promise, key, _) in enumerate(self.ways):
            columns[promise].append(way)
            columns[promises + self._row[key]].append(way)
        for promise in range(promises):
            columns[promise].append(ways + promise)
        rows = [columns[row] for row in range(promises + len(self.stocks))]
        dearest = 1.0 + max(self._costs, default=0.0)
        return Program(
            0.0, np.concatenate([self._costs, np.full(promises, dearest)]), np.zeros(ways + promises),
            np.concatenate([np.full(ways, highspy.kHighsInf), kilos]), np.zeros(ways + promises, dtype=bool),
            np.concatenate([kilos, np.full(len(self.stocks), -highspy.kHighsInf)]), np.concatenate([kilos, self._has]),
            np.cumsum([0, *map(len, rows)], dtype=np.int32), np.array(list(chain.from_iterable(rows)), dtype=np.int32),
            np.ones(sum(map(len, rows))),
        )  # fmt: skip

    def outcome(self, harvest: Mapping[str, np.ndarray] | None = None, out: frozenset[str] = frozenset()) -> Outcome:
        """What can still be brought: harvest as shares of what is offered (product -> 12 months), `out` names
        producers and depots that bring nothing."""
        promises, ways = len(self.promises), len(self.ways)
        if not promises:
            return Outcome(np.zeros(0), 0.0)
        share = np.array([1.0 if harvest is None else harvest[k][t - 1] for _, k, t in self.stocks])
        there = np.array([grower not in out for grower, _, _ in self.stocks], dtype=float)
        gone = [p.bidder in out or p.depot in out for p in self.promises]
        open_ = np.array([0.0 if gone[promise] else highspy.kHighsInf for promise, _, _ in self.ways])
        rows = np.arange(promises, promises + len(self.stocks), dtype=np.int32)
        self._highs.changeRowsBounds(len(rows), rows, np.full(len(rows), -highspy.kHighsInf), self._has * share * there)
        self._highs.changeColsBounds(ways, np.arange(ways, dtype=np.int32), np.zeros(ways), open_)
        self._highs.clearSolver()  # no answer may depend on what was asked before
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NoPlan(f"what can still be brought was not found ({self._highs.getModelStatus()})")
        values = np.array(self._highs.getSolution().col_value)
        return Outcome(np.maximum(0.0, values[ways:]), float(self._costs @ values[:ways]))


def _promised(plan: Plan) -> dict[Promise, float]:
    """What the plan has each winner bring, kg."""
    depots = {(award.lot, award.bidder): award.depot for award in plan.awards}
    kilos: dict[Promise, float] = defaultdict(float)
    for line in plan.supply:
        promise = Promise(line.lot, line.bidder, depots.get((line.lot, line.bidder), ""), line.product, line.month)
        kilos[promise] += float(line.kg)
    return dict(sorted(kilos.items()))


def _offers(case: Case, settings: Settings) -> dict[tuple[str, str, int], tuple[float, float]]:
    """(producer, product, month) -> kilos offered and the gate price, those above the price ceiling left out."""
    over = settings.awards.max_price_over_benchmark
    return {
        (offer.producer, offer.product, month): (float(offer.kg_per_month), float(offer.price_gbp_per_kg))
        for offer in case.offers
        if over is None or offer.price_gbp_per_kg <= case.products[offer.product].benchmark_gbp_per_kg * (1 + over)
        for month in offer.months
    }
