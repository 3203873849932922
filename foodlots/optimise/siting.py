"""Where a hub would pay: candidate depots added to the model, lots held as the plan drew them, the model decides.

Facility location inside the model: a candidate depot is opened at its fixed cost, makes its rounds and takes in lots
that are then supply-only, wherever that costs less than what is awarded now. Everything begins with the plan itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np
import pulp

from foodlots.case import Case, Depot
from foodlots.optimise.bids import BidBook
from foodlots.optimise.goals import delivery_km, local_spend, objective, spend
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.held import held_lots, hold_lots, lot_id
from foodlots.optimise.model import AT_MOST, Amount, Model, compose, decide
from foodlots.optimise.paying import keep_what_can_pay
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.rules import RULES
from foodlots.optimise.small_problems import best_of
from foodlots.optimise.solver import Answer, Effort, solve
from foodlots.optimise.stock import take_stock
from foodlots.plan import Plan
from foodlots.settings import Settings

YES = 0.5  # a decision above this is a yes
FIRST = 0.7  # of the time, for a first answer
SHARE = 1e-5  # shares are written with six decimals


@dataclass(frozen=True)
class Sited:
    """What the model decided with some depots allowed. £ and km a year.

    cost_gbp: what the plan's aims count, bound_gbp: no choice costs less · won: lot -> its bidders · depots: those open
    · kg, lots, farms: of each open depot, what it takes in, for which lots, from whom.
    """

    cost_gbp: float
    bound_gbp: float
    proven: bool
    spend_gbp: float
    local_gbp: float
    km: float
    won: Mapping[str, tuple[str, ...]]
    depots: tuple[str, ...]
    kg: Mapping[str, float]
    lots: Mapping[str, tuple[str, ...]]
    farms: Mapping[str, tuple[str, ...]]


class Siting:
    """One model of all candidate depots; each question opens some and closes others."""

    def __init__(self, case: Case, settings: Settings, plan: Plan, hubs: Iterable[Depot], most: int = 2):
        self.settings, self.plan = settings, plan
        hubs = tuple(hubs)
        self.hubs, self.usual = tuple(hub.id for hub in hubs), tuple(case.depots)
        depots = dict(sorted({**case.depots, **{hub.id: hub for hub in hubs}}.items()))
        with_hubs = replace(case, depots=MappingProxyType(depots))
        ground = lay_ground(with_hubs, settings)
        ground = replace(ground, case=hold_lots(with_hubs, plan))
        book = BidBook(ground, take_stock(ground), held_lots(ground))
        book.keep(keep_what_can_pay(book))
        self.model: Model = decide(book)
        compose(self.model, (*RULES, *POLICIES))
        self._open_no_more_than(most)
        aim = objective(self.model)
        self.model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
        self.program = Program.of(self.model.problem)
        self.begin = self._values_of_plan()

    def _open_no_more_than(self, most: int) -> None:
        """sum(open_depot[d] for candidates d) <= most."""
        new = [(opened, 1.0) for depot, opened in self.model.open_depot.items() if depot in self.hubs]
        if new:
            self.model.problem += pulp.LpConstraint(pulp.LpAffineExpression(new), AT_MOST, "open_new_depots", most)

    def _values_of_plan(self) -> np.ndarray:
        """The plan's yeses, to begin with."""
        values = np.zeros(len(self.program.cost))
        won = {(award.lot, award.bidder, award.depot): award for award in self.plan.awards}
        for draw in self.model.draw:
            values[draw.index] = 1.0
        for award, bid in zip(self.model.award, self.model.bids, strict=True):
            lot, channel = lot_id(self.model.candidates[bid.lot]), bid.channel
            if (held := won.get((lot, channel.bidder, channel.depot))) and abs(
                bid.share - Fraction(held.share)
            ) < SHARE:
                values[award.index] = values[self.model.win[channel.bidder].index] = 1.0
                for leaf in self.model.candidates[bid.lot].leaves if channel.depot else ():
                    values[self.model.serve[channel.depot, leaf].index] = 1.0
                    values[self.model.open_depot[channel.depot].index] = 1.0
        return values

    def decide(self, allowed: Iterable[str], effort: Effort, must: Iterable[str] = (), delivered: bool = True) -> Sited:
        """The best awards with these depots allowed and those of them in `must` open; `delivered`: or nothing is.

        A first answer leaves every lot with its winner or takes it to a depot; what time is left frees all awards.
        Raises NoPlan where the limits allow none.
        """
        allowed, must = set(allowed), set(must)
        whole = self._with_depots(allowed, must, delivered)
        relaxed = best_of(whole.relaxed(), effort)
        begin = self.begin.copy() if delivered else np.zeros(len(self.begin))
        for depot, opened in self.model.open_depot.items():
            begin[opened.index] = max(float(depot in must), begin[opened.index] * (depot in allowed))
        first = best_of(self._narrowed(whole), replace(effort, seconds=FIRST * effort.seconds), start=begin)
        rest = replace(effort, seconds=(1 - FIRST) * effort.seconds)
        answer = solve(self.model.problem, rest, None, begin if first is None else first.values, program=whole)
        return self._told(answer if relaxed is None else replace(answer, bound=max(answer.bound, relaxed.cost)))

    @property
    def cost_gbp(self) -> float:
        """What the plan costs as it stands, by its aims."""
        return float(self.plan.summary.objective_gbp)

    def _narrowed(self, program: Program) -> Program:
        """The problem with every lot left to its winner of the plan, taken to a depot, or left to nobody."""
        won, upper = {(award.lot, award.bidder) for award in self.plan.awards}, program.upper.copy()
        for award, bid in zip(self.model.award, self.model.bids, strict=True):
            if not bid.channel.depot and (self._lot(bid), bid.channel.bidder) not in won:
                upper[award.index] = 0.0
        return replace(program, upper=upper)

    def _with_depots(self, allowed: set[str], must: set[str], delivered: bool) -> Program:
        """The problem with the other depots closed, and nothing delivered by the winners unless it may be."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        for award, bid in zip(self.model.award, self.model.bids, strict=True):
            upper[award.index] *= delivered or bool(bid.channel.depot)
        for depot, opened in self.model.open_depot.items():
            lower[opened.index], upper[opened.index] = float(depot in must), float(depot in allowed)
        return replace(self.program, lower=lower, upper=upper)

    def relaxed_gbp(self, allowed: Iterable[str], effort: Effort, must: Iterable[str] = ()) -> float:
        """What no choice can cost less than, £, by the relaxed problem: lots won, depots and rounds in part."""
        relaxed = best_of(self._with_depots(set(allowed), set(must), True).relaxed(), effort)
        return float("-inf") if relaxed is None else relaxed.cost

    def as_planned(self) -> Sited:
        """The plan as it stands, told in the same way."""
        figures, plan = self.plan.summary, self.plan
        depots = tuple(sorted({award.depot for award in plan.awards} - {""}))
        lots = {depot: sorted({a.lot for a in plan.awards if a.depot == depot}) for depot in depots}
        lines = {
            depot: [line for line in plan.supply if (line.lot, line.bidder) in self._through(depot)] for depot in depots
        }
        won = {lot.id: tuple(lot.winner.split(";")) for lot in plan.lots if lot.winner}
        return Sited(
            self.cost_gbp, float(figures.bound_gbp), figures.status == "optimal", float(figures.spend_gbp),
            float(figures.local_spend_gbp), float(figures.delivery_km), won, depots,
            {depot: float(sum(line.kg for line in lines[depot])) for depot in depots},
            {depot: tuple(lots[depot]) for depot in depots},
            {depot: tuple(sorted({line.producer for line in lines[depot]})) for depot in depots},
        )  # fmt: skip

    def _through(self, depot: str) -> set[tuple[str, str]]:
        return {(award.lot, award.bidder) for award in self.plan.awards if award.depot == depot}

    def _told(self, answer: Answer) -> Sited:
        model, open_ = self.model, _open_depots(self.model)
        yes = [bid for bid, award in zip(model.bids, model.award, strict=True) if award.varValue > YES]
        lots = {depot: sorted({self._lot(b) for b in yes if b.channel.depot == depot}) for depot in open_}
        sold = [(sale, supply.varValue) for sale, supply in model.supply.items() if supply.varValue > 0.0005]
        through = {depot: [(sale, kg) for sale, kg in sold if sale.channel.depot == depot] for depot in open_}
        won: dict[str, tuple[str, ...]] = {}
        for bid in yes:
            won[self._lot(bid)] = (*won.get(self._lot(bid), ()), bid.channel.bidder)
        return Sited(
            answer.objective, answer.bound, answer.proven, _amount(spend(model)), _amount(local_spend(model)),
            _amount(delivery_km(model)), {lot: tuple(sorted(won[lot])) for lot in sorted(won)}, open_,
            {depot: sum(kg for _, kg in through[depot]) for depot in open_},
            {depot: tuple(lots[depot]) for depot in open_},
            {depot: tuple(sorted({sale.producer for sale, _ in through[depot]})) for depot in open_},
        )  # fmt: skip

    def _lot(self, bid) -> str:
        return lot_id(self.model.candidates[bid.lot])


def _open_depots(model: Model) -> tuple[str, ...]:
    """The depots that take in any lot, by id."""
    used = {bid.channel.depot for bid, award in zip(model.bids, model.award, strict=True) if award.varValue > YES}
    return tuple(sorted(used - {""}))


def _amount(amount: Amount) -> float:
    return amount.constant + sum(by * column.varValue for column, by in amount.terms)
