"""What one more kilo is worth under a plan as it stands: lots and awards held, the duals of the linear program left.

Two questions of the same program. A kilo that costs its winner nothing: the most that is worth paying for it at the
gate. One more kilo of a producer at its own price: what the buyer would save. Both in £ a kg; each can be asked again
by solving anew with one kilo more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

import numpy as np
import pulp

from foodlots.case import Case, Producer
from foodlots.optimise.bids import Bid, BidBook, Channel, Spell
from foodlots.optimise.goals import objective
from foodlots.optimise.held import all_bids, bid_of
from foodlots.optimise.model import Model, Sale, compose, decide, spell_key
from foodlots.optimise.policies import fill_what_is_won, local_floor, organic_floor, small_floor
from foodlots.optimise.rules import sell_no_more_than_grown, sell_no_more_than_won
from foodlots.optimise.solver import Duals, Effort, duals, solve
from foodlots.optimise.standing import Standing
from foodlots.plan import Award

LIMITS = (sell_no_more_than_won, sell_no_more_than_grown, fill_what_is_won, local_floor, small_floor, organic_floor)
EFFORT = Effort(60.0, threads=1)  # a linear program; it takes well under a second

Gift = tuple[Channel, str, int]  # a channel, a product, a month
Own = tuple[str, str, int]  # a producer, a product, a month


@dataclass(frozen=True)
class Worth:
    """£ a kg. gifts: of a kilo that costs its winner nothing · own: of one more kilo of a producer at its price."""

    gifts: Mapping[Gift, float]
    own: Mapping[Own, float]


class HeldPlan:
    """The linear program that is left of a plan when its lots and awards are held."""

    def __init__(self, standing: Standing):
        self.standing = standing
        self.model, self._givers = _held_model(standing)
        self._own: dict[tuple[str, str, Spell], list[Sale]] = {}
        for sale in self.model.supply:
            self._own.setdefault((sale.producer, sale.product, sale.spell), []).append(sale)
        self._gifts = dict(self._bring_gifts())
        compose(self.model, LIMITS)
        for column in self.model.problem.variables():
            if column.cat == pulp.LpInteger:
                column.lowBound, column.cat = 1, pulp.LpContinuous
        for sales in self._own.values():
            for sale in sales if len(sales) > 1 else ():
                self.model.supply[sale].upBound = None  # what the producer has over all its ways is a row of its own
        aim = objective(self.model)
        self.model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
        self._rows = {row.name: row for row in self.model.problem.constraints()}

    def _bring_gifts(self) -> Iterator[tuple[tuple[Channel, str, Spell], Sale]]:
        """A sale of nothing, at no price, into everything that is won."""
        for channel, wanted in self.model.wanted.items():
            for product, spell in wanted:
                sale = Sale(channel, self._givers[channel], product, spell)
                name = f"gift({self._givers[channel]},{product},{spell_key(spell)})"
                self.model.supply[sale] = self.model.problem.add_variable(name, 0, 0)
                yield (channel, product, spell), sale

    @cached_property
    def worth(self) -> Worth:
        """What one more kilo is worth, from the duals."""
        self._solve()
        known = duals(self.model.problem)
        gifts = {
            (channel, product, month): max(0.0, -known.of_bound(self.model.supply[sale]))
            for (channel, product, spell), sale in self._gifts.items()
            for month in spell
        }
        own = {
            (producer, product, month): self._own_worth(sales, known)
            for (producer, product, spell), sales in self._own.items()
            for month in spell
        }
        return Worth(gifts, own)

    def _own_worth(self, sales: list[Sale], known: Duals) -> float:
        if len(sales) == 1:
            return max(0.0, -known.of_bound(self.model.supply[sales[0]]))
        return max(0.0, -known.of_limit(self._row_of(sales[0])))

    def _row_of(self, sale: Sale):
        return self._rows[f"sell_no_more_than_grown({sale.producer},{sale.product},{spell_key(sale.spell)})"]

    def gift_by_solving(self, gift: Gift) -> float:
        """What a kilo that costs nothing saves, £, by solving without and with it."""
        before = self.cost_gbp
        channel, product, month = gift
        column = next(
            self.model.supply[sale]
            for (at, what, spell), sale in self._gifts.items()
            if (at, what) == (channel, product) and month in spell
        )
        column.upBound = 1
        after = self._solve()
        column.upBound = 0
        return before - after

    def own_by_solving(self, own: Own) -> float:
        """What one more kilo of a producer saves at its price, £, by solving without and with it."""
        before = self.cost_gbp
        month = own[2]
        sales = next(s for (who, what, spell), s in self._own.items() if (who, what) == own[:2] and month in spell)
        if len(sales) > 1:
            row = self._row_of(sales[0])
            row.constant -= 1
            after = self._solve()
            row.constant += 1
        else:
            column = self.model.supply[sales[0]]
            column.upBound += 1
            after = self._solve()
            column.upBound -= 1
        return before - after

    @cached_property
    def cost_gbp(self) -> float:
        """The cost of the plan with its kilos at their best, £."""
        return self._solve()

    def _solve(self) -> float:
        return solve(self.model.problem, EFFORT).objective


def _held_model(standing: Standing) -> tuple[Model, Mapping[Channel, str]]:
    """The decisions of the plan's awards alone, and for each channel somebody who could give it kilos."""
    ground = standing.ground
    book = all_bids(ground, standing.lots, standing.rounds)
    book.bids = tuple(_as_won(book, award) for award in standing.plan.awards)
    prefix = "gift"
    while any(producer.startswith(prefix) for producer in ground.case.producers):
        prefix += "_"
    givers = {channel: f"{prefix}{n}" for n, channel in enumerate(sorted({bid.channel for bid in book.bids}))}
    producers = {**ground.case.producers, **{giver: _giver(giver, ground.case) for giver in givers.values()}}
    book.ground = replace(ground, case=replace(ground.case, producers=producers))
    nothing = np.zeros((len(givers), *book.stock.kg.shape[1:]))
    book.stock = replace(
        book.stock,
        producers=(*book.stock.producers, *givers.values()),
        kg=np.concatenate([book.stock.kg, nothing]),
        price=np.concatenate([book.stock.price, nothing]),
        collection={**book.stock.collection, **{(at.bidder, giver): 0.0 for at, giver in givers.items()}},
    )
    return decide(book), givers


def _as_won(book: BidBook, award: Award) -> Bid:
    """The bid that became the award; it may sell all that the lot asks, what its growers have is counted apart."""
    bid = bid_of(book, award)
    return replace(bid, sellable=float(bid.share) * book.candidates[bid.lot].kg)


def _giver(key: str, case: Case) -> Producer:
    """Somebody who counts as nothing in particular."""
    place = next(iter(case.sites.values())).place
    nothing = Decimal(0)
    return Producer(
        key, key, "farm", key, (), place, nothing, nothing, None, "", nothing, frozenset(),
        small=False, social_enterprise=False, organic=False, local=False,
    )  # fmt: skip
