"""What each lot's winner saves: the plan with its awards held, against the same with one lot on the open market."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulp

from foodlots.case import Case
from foodlots.optimise.goals import lots_cost, objective, spend, suppliers_cost
from foodlots.optimise.held import all_bids, bid_of, lot_id
from foodlots.optimise.model import Amount, Model, compose, decide, together
from foodlots.optimise.policies import fill_what_is_won
from foodlots.optimise.rules import RULES
from foodlots.optimise.solver import Effort, solve
from foodlots.optimise.standing import Standing
from foodlots.plan import Plan
from foodlots.settings import Settings

EFFORT = Effort(60.0, threads=1)  # s; kilos alone are free, it takes well under one


@dataclass(frozen=True)
class Cost:
    """What a year costs, £: all that the buyer pays, and the same less what its aims count."""

    paid_gbp: float
    counted_gbp: float

    def over(self, other: "Cost") -> "Cost":
        """How much more than the other."""
        return Cost(self.paid_gbp - other.paid_gbp, self.counted_gbp - other.counted_gbp)


def savings_of_winners(case: Case, settings: Settings, plan: Plan) -> Mapping[str, Cost]:
    """Awarded lot -> what a year would cost more with that lot on the open market and all other awards held.

    Kilos that come free go where the other awards can use them best; who wins nothing any more costs nothing.
    """
    model = _held(Standing(case, settings, plan))
    aim, paid = objective(model), together([spend(model), lots_cost(model), suppliers_cost(model)])
    model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
    planned = _cost(model, paid)
    found = {}
    for lot, bids in sorted(model.awards_on().items()):
        for bid in bids:
            model.award[bid].lowBound = model.award[bid].upBound = 0
        found[lot_id(model.candidates[lot])] = _cost(model, paid).over(planned)
        for bid in bids:
            model.award[bid].lowBound = model.award[bid].upBound = 1
    return found


def _held(standing: Standing) -> Model:
    """The plan's own awards, every one of them made; its kilos, depots and winners free to follow."""
    book = all_bids(standing.ground, standing.lots, standing.rounds)
    book.bids = tuple(bid_of(book, award) for award in standing.plan.awards)
    model = decide(book)
    compose(model, (*RULES, fill_what_is_won))
    for award in model.award:
        award.lowBound = award.upBound = 1
    return model


def _cost(model: Model, paid: Amount) -> Cost:
    counted = solve(model.problem, EFFORT).objective
    return Cost(paid.constant + sum(by * column.varValue for column, by in paid.terms), counted)
