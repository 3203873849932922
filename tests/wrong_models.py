"""Models that are wrong in one thing, to try the oracle on: a rule or a cost left out, a wrong sign, another season.

Each is a name and a function that makes the model wrong for the rest of a test, by `monkeypatch`.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from foodlots.optimise import bids, goals, search
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.rules import RULES

Wrong = Callable[[object], None]

REDUNDANT = ("sell_only_as_winner",)  # follows from the other rules for whole awards; there to make the search short
CEILINGS = (  # no random case sets them: test_limits.py holds each on both sides of its edge
    "respect_cost_ceiling",
    "keep_local_spend",
    "respect_km_ceiling",
    "respect_carbon_ceiling",
    "limit_winners",
)
RIGHT = {name: getattr(goals, name) for name in dir(goals) if callable(getattr(goals, name))}
TAKE_STOCK, LAY_GROUND = search.take_stock, search.lay_ground


def without(module, content: str, member: str) -> Wrong:
    """One function less in a table of contents."""
    kept = tuple(each for each in getattr(module, content) if each.__name__ != member)
    return lambda patch: patch.setattr(module, content, kept)


def times(goal: str, factor: float) -> Wrong:
    """A goal by another factor: -1 turns its sign round."""
    return lambda patch: patch.setattr(goals, goal, lambda model: RIGHT[goal](model).times(factor))


def in_spend(cost: str, factor: float) -> Wrong:
    """A part of the spend by another factor."""
    costs = tuple(
        (lambda model: RIGHT[cost](model).times(factor)) if each.__name__ == cost else each for each in goals.SPEND
    )
    return lambda patch: patch.setattr(goals, "SPEND", costs)


def a_penny_on_each_lot(patch) -> None:
    right = RIGHT["lots_cost"]
    patch.setattr(goals, "lots_cost", lambda m: right(m)._replace(terms=[(d, by + 0.01) for d, by in right(m).terms]))


def bids_that_would_pay_left_out(patch) -> None:
    patch.setattr(search, "keep_what_can_pay", lambda book: tuple(bid for bid in book.bids if bid.delivery_gbp < 100))


def prices_of_the_season_before(patch) -> None:
    """What a producer asks in a month is taken from three months before."""

    def off(ground):
        stock = TAKE_STOCK(ground)
        return replace(stock, price=np.roll(stock.price, 3, axis=2))

    patch.setattr(search, "take_stock", off)


def harvests_of_the_month_before(patch) -> None:
    def off(ground):
        stock = TAKE_STOCK(ground)
        return replace(stock, kg=np.roll(stock.kg, 1, axis=2))

    patch.setattr(search, "take_stock", off)


def demand_of_the_season_before(patch) -> None:
    def off(case, settings):
        ground = LAY_GROUND(case, settings)
        return replace(ground, kg=np.roll(ground.kg, 3, axis=2))

    patch.setattr(search, "lay_ground", off)


WRONG: dict[str, Wrong] = {
    **{f"no rule {r.__name__}": without(search, "RULES", r.__name__) for r in RULES if r.__name__ not in REDUNDANT},
    **{f"no policy {p.__name__}": without(search, "POLICIES", p.__name__) for p in POLICIES
       if p.__name__ not in CEILINGS},
    **{f"no sieve {s.__name__}": without(bids, "SIEVES", s.__name__) for s in bids.SIEVES},
    **{f"no {c.__name__}": without(goals, "SPEND", c.__name__) for c in goals.SPEND},
    **{f"{goal} a hundredth off": times(goal, 1.01) for goal in
       ("lots_cost", "suppliers_cost", "delivery_km", "local_spend", "imbalance", "carbon")},
    **{f"{goal} with the wrong sign": times(goal, -1) for goal in ("suppliers_cost", "delivery_km", "local_spend")},
    **{f"{cost} with the wrong sign": in_spend(cost, -1) for cost in
       ("collection_cost", "delivery_cost", "handling_cost", "distribution_cost")},
    "a penny on each lot": a_penny_on_each_lot,
    "bids that would pay left out": bids_that_would_pay_left_out,
    "prices of the season before": prices_of_the_season_before,
    "harvests of the month before": harvests_of_the_month_before,
    "demand of the season before": demand_of_the_season_before,
}  # fmt: skip
