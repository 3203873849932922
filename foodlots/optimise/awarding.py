"""The awards of a plan's lots decided anew: without one of them, or as differently as a limit of cost allows.

Lots stay as they are drawn. Every answer comes with the solver's own bound: what is said to be certain is proven.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt

import numpy as np
import pulp

from foodlots.case import Case
from foodlots.optimise.goals import local_spend, objective, spend
from foodlots.optimise.held import all_bids, bid_of, lot_id
from foodlots.optimise.model import Amount, compose, decide
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.rules import RULES
from foodlots.optimise.small_problems import Found, best_in, best_of
from foodlots.optimise.solver import Effort, Infeasible, solve
from foodlots.optimise.standing import Standing
from foodlots.plan import Plan
from foodlots.settings import Settings

GAP_SHARE = 1e-4  # of all demand: how close an answer must be to the best
RELAXED_SECONDS = 60.0  # s for the relaxed problem, which takes well under one
STEPS = 3  # prices of what is kept that are tried
WIDEST = 1000.0  # times by which the first and the last of them may differ
KILOS = Effort(60.0)  # the linear program that is left when awards are held; it takes well under a second
Awarded = frozenset[tuple[str, str]]  # (lot, bidder) of every award


@dataclass(frozen=True)
class Without:
    """The cheapest plan found without one award, and what none can cost less than, £; both None where there is none."""

    best_gbp: float | None
    bound_gbp: float | None


@dataclass(frozen=True)
class Other:
    """Other awards of the same lots: what they cost, £, and the value that stays with who wins it by the plan.

    counted_gbp: with what the aims count · farthest: whether it is proven, but for the gap, that none within the
    limit keep less of all those they are held against.
    """

    awards: Awarded
    counted_gbp: float
    spend_gbp: float
    local_gbp: float
    kept_gbp: float
    farthest: bool


class Awarding:
    """The problem of one plan's lots, with every bid that could be made for them."""

    def __init__(self, case: Case, settings: Settings, plan: Plan):
        standing = Standing(case, settings, plan)
        self.plan = plan
        book = all_bids(standing.ground, standing.lots, standing.rounds)
        planned = {id(bid_of(book, award)) for award in plan.awards}
        self.model = decide(book)
        compose(self.model, (*RULES, *POLICIES))
        aim = objective(self.model)
        self.model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
        self.program = Program.of(self.model.problem)
        self._won = [id(bid) in planned for bid in self.model.bids]
        self.gap_gbp = GAP_SHARE * self.model.ground.value_gbp

    @cached_property
    def start(self) -> np.ndarray:
        """The plan's own decisions, as values of the whole columns."""
        return self._decided(self._won)

    def _decided(self, chosen: Iterable[bool]) -> np.ndarray:
        values, model = np.zeros(len(self.program.cost)), self.model
        values[[draw.index for draw in model.draw]] = 1
        for award, bid, yes in zip(model.award, model.bids, chosen, strict=True):
            if yes:
                values[award.index] = values[model.win[bid.channel.bidder].index] = 1
                for leaf in model.candidates[bid.lot].leaves if bid.channel.depot else ():
                    values[model.serve[bid.channel.depot, leaf].index] = 1
                    values[model.open_depot[bid.channel.depot].index] = 1
        return values

    @cached_property
    def relaxed(self) -> Found:
        """The problem with awards in part: what a bid would cost at least is read from it."""
        found = best_of(self.program.relaxed(), Effort(RELAXED_SECONDS))
        if found is None:
            raise Infeasible("the limits contradict each other")
        return found

    def _within(self, limit_gbp: float) -> Program:
        """The problem without what cannot be in any plan that costs no more than the limit."""
        hopeless = (self.relaxed.cost + self.relaxed.reduced > limit_gbp) & (self.relaxed.values < 0.5)
        upper = np.where(hopeless & self.program.whole & (self.program.lower == 0), 0.0, self.program.upper)
        return replace(self.program, upper=upper)

    def columns_of(self, lot: str, bidder: str) -> list[int]:
        """The columns of the bids of one bidder for one lot."""
        return [
            award.index
            for award, bid in zip(self.model.award, self.model.bids, strict=True)
            if self._key(bid) == (lot, bidder)
        ]

    def _key(self, bid) -> tuple[str, str]:
        return lot_id(self.model.candidates[bid.lot]), bid.channel.bidder

    def without(self, lot: str, bidder: str, seconds: float) -> Without:
        """The cheapest awards when this one is not made."""
        gone = self.columns_of(lot, bidder)
        chosen = [yes and award.index not in gone for award, yes in zip(self.model.award, self._won, strict=True)]
        begin, upper = self._decided(chosen), self.program.upper.copy()
        upper[gone] = 0
        known = self._cost_of(replace(self.program, upper=upper), begin)
        program = self.program if known is None else self._within(known.cost + 1)
        upper = np.where(np.isin(np.arange(len(upper)), gone), 0.0, program.upper)
        effort = Effort(seconds, self.gap_gbp, threads=1, own_ideas=known is None)
        try:
            answer = solve(self.model.problem, effort, None, begin, None, replace(program, upper=upper))
        except Infeasible:
            return Without(None, None)
        return Without(answer.objective, answer.bound)

    def _cost_of(self, program: Program, decided: np.ndarray) -> Found | None:
        """The kilos of what is decided at their best; None where the policies do not allow it."""
        return best_in(program, ~program.whole, decided, KILOS)

    def farthest(self, others: Iterable[Awarded], limit_gbp: float, seconds: float) -> Other:
        """Awards within the limit of cost that keep as little value as was found of all these others, the plan first.

        Each £ of value kept is made dearer, as far as the limit allows. That also proves how little can be kept at
        all: cost + price × kept >= bound, so kept >= (bound - limit) ÷ price wherever cost <= limit. What that leaves
        open is searched from the best of these.
        """
        others = list(others)
        kept, best, least, low, price, high = self._kept(others), self.planned, 0.0, 0.0, 1.0, 1.0
        for _ in range(STEPS):
            values, bound = self._with_price(price, kept, seconds)
            least = max(least, (bound - limit_gbp) / price)
            if self.program.costs(values) > limit_gbp:
                high = price
            else:
                low = price
                best = values if kept @ values < kept @ best else best
            if low == high or kept @ best <= least + self.gap_gbp:
                break
            price = sqrt(max(low, high / WIDEST) * high)
        proven = float(kept @ best) <= least + self.gap_gbp
        if not proven:
            best, proven = self._least_of(kept, best, limit_gbp, seconds)
        return self._other(others[0], best, proven)

    def _least_of(
        self, kept: np.ndarray, begin: np.ndarray, limit_gbp: float, seconds: float
    ) -> tuple[np.ndarray, bool]:
        """The least value kept within the limit of cost, from a plan to begin with; and whether it is proven."""
        program = _with_limit(self._within(limit_gbp), limit_gbp).aiming_at(kept)
        answer = solve(self.model.problem, Effort(seconds, self.gap_gbp, threads=1), None, begin, None, program)
        found = self._values()
        return (found if kept @ found < kept @ begin - self.gap_gbp else begin), answer.proven

    def _values(self) -> np.ndarray:
        """What the last solve left in the variables, decisions whole."""
        values = np.array([column.varValue for column in self.model.problem.variables()])
        return np.where(self.program.whole, np.round(values), values)

    def _kept(self, others: Iterable[Awarded]) -> np.ndarray:
        """£ of value each column keeps of these others."""
        kept = np.zeros(len(self.program.cost))
        for award, bid in zip(self.model.award, self.model.bids, strict=True):
            kept[award.index] = bid.value_gbp * sum(self._key(bid) in other for other in others)
        return kept

    def _with_price(self, price: float, kept: np.ndarray, seconds: float) -> tuple[np.ndarray, float]:
        """The best values where each £ kept costs so much, and the solver's bound."""
        dearer = replace(self.program, cost=self.program.cost + price * kept)
        effort = Effort(seconds, self.gap_gbp, threads=1, own_ideas=False)
        answer = solve(self.model.problem, effort, None, self.start, None, dearer)
        return self._values(), answer.bound

    @cached_property
    def planned(self) -> np.ndarray:
        """The plan's own values of all columns, its kilos at their best."""
        found = self._cost_of(self.program, self.start)
        if found is None:
            raise Infeasible("the plan does not keep its own limits")
        return found.values

    def _other(self, plan: Awarded, values: np.ndarray, proven: bool) -> Other:
        """What is told of other awards, their kilos at their best."""
        found = self._cost_of(self.program, np.where(self.program.whole, values, 0.0))
        values = values if found is None else found.values
        won = [bid for award, bid in zip(self.model.award, self.model.bids, strict=True) if values[award.index] > 0.5]
        kept = sum(bid.value_gbp for bid in won if self._key(bid) in plan)
        return Other(
            frozenset(map(self._key, won)), self.program.costs(values), _amount(spend(self.model), values),
            _amount(local_spend(self.model), values), kept, proven,
        )  # fmt: skip

    @cached_property
    def values(self) -> Mapping[str, float]:
        """Lot -> its value, £."""
        return {lot_id(candidate): candidate.value_gbp for candidate in self.model.candidates}


def _amount(amount: Amount, values: np.ndarray) -> float:
    return amount.constant + float(sum(by * values[column.index] for column, by in amount.terms))


def _with_limit(program: Program, limit_gbp: float) -> Program:
    """The same with one more row: what it costs is no more than the limit."""
    paid = np.flatnonzero(program.cost).astype(np.int32)
    return replace(
        program, least=np.append(program.least, -np.inf), most=np.append(program.most, limit_gbp - program.constant),
        starts=np.append(program.starts, program.starts[-1] + len(paid)).astype(np.int32),
        index=np.append(program.index, paid).astype(np.int32), value=np.append(program.value, program.cost[paid]),
    )  # fmt: skip
