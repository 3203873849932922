"""A plan as it stands, to the gram: what each lot asks, what is short, what is sold, who won and which depots work."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor

import numpy as np

from foodlots.case import MONTHS, Case
from foodlots.delivery import Rounds
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import GRAMS, Ground
from foodlots.optimise.held import held_lots, lay_held_ground, lot_id
from foodlots.plan import Award, Plan
from foodlots.settings import Settings

Kilos = Mapping[tuple[str, int], int]  # (product, month) -> grams


def grams(kg: Decimal) -> int:
    """Whole grams, what is left over dropped."""
    return floor(kg * GRAMS)


def kilos(grams: int) -> Decimal:
    """Grams as kilos, three decimals."""
    return (Decimal(grams) / GRAMS).quantize(Decimal("0.001"))


@dataclass(frozen=True)
class Standing:
    """A case, the settings its plan was made with, and the plan."""

    case: Case
    settings: Settings
    plan: Plan

    def after(self, plan: Plan) -> "Standing":
        """Another plan of the same lots, on the same ground."""
        other = Standing(self.case, self.settings, plan)
        vars(other).update(ground=self.ground, lots=self.lots, rounds=self.rounds)
        return other

    @cached_property
    def ground(self) -> Ground:
        return lay_held_ground(self.case, self.settings, self.plan)

    @cached_property
    def lots(self) -> tuple[Candidate, ...]:
        return held_lots(self.ground)

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds through the lots' sites, each found once."""
        return Rounds(self.ground.roads, self.plan.rounds)

    @cached_property
    def short(self) -> Mapping[str, Kilos]:
        """Lot -> what no winner fills."""
        return _by_lot(self.plan.shortfall)

    @cached_property
    def asked(self) -> Mapping[str, Kilos]:
        """Lot -> all it asks for: what is supplied and what is short."""
        return _by_lot((*self.plan.supply, *self.plan.shortfall))

    @cached_property
    def supplied(self) -> Mapping[tuple[str, str], Kilos]:
        """(lot, bidder) -> what it brings."""
        found: dict[tuple[str, str], dict[tuple[str, int], int]] = defaultdict(lambda: defaultdict(int))
        for line in self.plan.supply:
            found[line.lot, line.bidder][line.product, line.month] += grams(line.kg)
        return found

    def wanted(self, lot: int, share: Fraction, bidder: str) -> np.ndarray:
        """Grams short in a lot, no more than is left of a bidder's share of it: (products of the lot, 12)."""
        key = lot, share, bidder if (lot_id(self.lots[lot]), bidder) in self.supplied else ""
        if key not in self._wanted:
            self._wanted[key] = self._work_out_wanted(*key)
        return self._wanted[key]

    def _work_out_wanted(self, lot: int, share: Fraction, bidder: str) -> np.ndarray:
        name, products = lot_id(self.lots[lot]), self.lots[lot].products
        wanted = np.zeros((len(products), len(MONTHS)), dtype=np.int64)
        brought = self.supplied.get((name, bidder), {})
        for (product, month), short in self.short[name].items():
            left = int(self.asked[name][product, month] * share) - brought.get((product, month), 0)
            wanted[products.index(product), month - 1] = max(0, min(short, left))
        return wanted

    @cached_property
    def _wanted(self) -> dict[tuple[int, Fraction, str], np.ndarray]:
        return {}

    @cached_property
    def sold(self) -> Mapping[tuple[str, str, int], int]:
        """(producer, product, month) -> grams sold in all lots together."""
        sold: dict[tuple[str, str, int], int] = defaultdict(int)
        for line in self.plan.supply:
            sold[line.producer, line.product, line.month] += grams(line.kg)
        return sold

    @cached_property
    def awards(self) -> Mapping[str, list[Award]]:
        """Lot -> its awards."""
        awards = defaultdict(list)
        for award in self.plan.awards:
            awards[award.lot].append(award)
        return awards

    def share_of(self, lot: int, bidder: str, depot: str) -> float:
        """The share of a lot that a bidder holds, brought this way."""
        key = lot, bidder, depot
        if key not in self._shares:
            awards = self.awards.get(lot_id(self.lots[lot]), ())
            self._shares[key] = float(sum(a.share for a in awards if (a.bidder, a.depot) == (bidder, depot)))
        return self._shares[key]

    def room_beside(self, lot: int, bidder: str) -> float:
        """The share of a lot that nobody but this bidder holds."""
        key = lot, bidder, None
        if key not in self._shares:
            awards = self.awards.get(lot_id(self.lots[lot]), ())
            self._shares[key] = 1 - float(sum((a.share for a in awards if a.bidder != bidder), Decimal(0)))
        return self._shares[key]

    @cached_property
    def _shares(self) -> dict[tuple[int, str, str | None], float]:
        return {}

    @cached_property
    def won(self) -> Mapping[str, list[Award]]:
        """Bidder -> the awards it won."""
        won = defaultdict(list)
        for award in self.plan.awards:
            won[award.bidder].append(award)
        return won

    @cached_property
    def filled_gbp(self) -> Mapping[str, float]:
        """Bidder -> open-market value of what it supplies, £."""
        filled: dict[str, float] = defaultdict(float)
        for line in self.plan.supply:
            filled[line.bidder] += float(line.kg * self.case.products[line.product].benchmark_gbp_per_kg)
        return filled

    @cached_property
    def served(self) -> frozenset[tuple[str, int]]:
        """(depot, small area) of each round that the plan's depots make."""
        sites = defaultdict(set)
        for stop in self.plan.rounds:
            sites[stop.round].add(stop.site)
        leaf_of = {frozenset(members): leaf for leaf, members in enumerate(self.ground.leaves)}
        rounds = ((line.depot, leaf_of.get(frozenset(sites[line.id]))) for line in self.plan.distribution)
        return frozenset((depot, leaf) for depot, leaf in rounds if leaf is not None)


def _by_lot(lines) -> dict[str, dict[tuple[str, int], int]]:
    found: dict[str, dict[tuple[str, int], int]] = defaultdict(lambda: defaultdict(int))
    for line in lines:
        found[line.lot][line.product, line.month] += grams(line.kg)
    return found
