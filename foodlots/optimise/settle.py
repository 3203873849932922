"""From the solver's numbers to whole grams: awards held, kilos found again as a linear program, then rounded.

Solvers answer within tolerances; a plan must hold to the gram and the penny. With the awards held what is left
is linear; where rounding breaks a least fill or a floor, it is asked for again with pennies to spare.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

import pulp

from foodlots.optimise.bids import Bid, Channel
from foodlots.optimise.ground import GRAMS
from foodlots.optimise.model import Model
from foodlots.optimise.policies import (
    fill_what_is_won,
    keep_local_spend,
    local_floor,
    organic_floor,
    respect_cost_ceiling,
    small_floor,
)
from foodlots.optimise.solver import Effort, solve
from foodlots.sharing import share_out

DUST_GRAMS = 5  # grams; a shortfall this small is rounding, not a shortage
FLOORS = (
    local_floor,
    small_floor,
    organic_floor,
    keep_local_spend,
    respect_cost_ceiling,
)  # kept in money, which is rounded to pence line by line
FILLS_AND_FLOORS = (fill_what_is_won, *FLOORS)
Rules = tuple[Callable, ...]
Portions = dict[tuple[int, Channel, str, int], int]  # (candidate, channel, product, month) -> grams
Sold = dict[tuple[Channel, str, str, int], int]  # (channel, producer, product, month) -> grams


@dataclass(frozen=True)
class Settled:
    """What was decided, in whole numbers: lots drawn, bids won, grams sold each month, rounds the depots make."""

    drawn: tuple[int, ...]
    won: tuple[Bid, ...]
    portions: Portions
    sold: Sold
    served: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Decided:
    """Every yes of the search: candidates drawn, bids won."""

    drawn: tuple[int, ...]
    won: tuple[Bid, ...]


def hold(model: Model) -> Decided:
    """Hold every yes or no where the search left it, and tell the yeses."""
    for column in model.problem.variables():
        if column.cat == pulp.LpInteger:
            column.lowBound = column.upBound = round(column.varValue)
            column.cat = pulp.LpContinuous
    return Decided(
        tuple(lot for lot, draw in enumerate(model.draw) if draw.upBound),
        tuple(bid for bid, award in zip(model.bids, model.award, strict=True) if award.upBound),
    )


def settle(
    model: Model,
    decided: Decided,
    asked: Mapping[tuple[int, str, int], int],
    effort: Effort,
    rules: Rules = (),
    spare: float = 0.0,
) -> Settled:
    """The kilos of what was decided and is held, made whole. asked: (candidate, product, month) -> grams.

    Raises Infeasible when `rules` cannot be kept with `spare` £ for each of their terms.
    """
    ask_more(model, rules, spare)
    try:
        solve(model.problem, effort)
    finally:
        ask_more(model, rules, -spare)
    through = {
        (bid.channel.depot, leaf)
        for bid in decided.won
        if bid.channel.depot
        for leaf in model.candidates[bid.lot].leaves
    }
    portions = portion_out(decided.won, asked)
    return Settled(decided.drawn, decided.won, portions, _whole_grams(model, portions), tuple(sorted(through)))


def ask_more(model: Model, rules: Rules, spare: float) -> None:
    """Ask these least fills or floors for `spare` £ more for each of their terms: fills only of who wins anything."""
    for row in model.problem.constraints():
        rule, _, key = row.name.rstrip(")").partition("(")
        if rule not in {each.__name__ for each in rules}:
            continue
        win = model.win[key] if rule == fill_what_is_won.__name__ else None
        more = spare * sum(column is not win for column, _ in row.items())
        row.addInPlace(-more if win is None else pulp.LpAffineExpression({win: -more}))


def _whole_grams(model: Model, portions: Portions) -> Sold:
    """The kilos of each month in grams: no producer sells more than it has, no bidder more than it won."""
    sold = {
        (sale.channel, sale.producer, sale.product, month): round(supply.varValue * GRAMS / len(sale.spell))
        for sale, supply in model.supply.items()
        for month in sale.spell
        if supply.varValue > 0
    }
    room_won, room_has = _room_in_lots(portions), _room_on_farms(model)
    for (channel, producer, product, month), grams in sold.items():
        room_won[channel, product, month] -= grams
        room_has[producer, product, month] -= grams
    for key, grams in sorted(sold.items(), reverse=True):
        channel, producer, product, month = key
        over = max(0, -room_won[channel, product, month], -room_has[producer, product, month])
        spare = min(room_won[channel, product, month], room_has[producer, product, month])
        change = -min(over, grams) if over else (spare if 0 < spare <= DUST_GRAMS else 0)
        sold[key] += change
        room_won[channel, product, month] -= change
        room_has[producer, product, month] -= change
    return {key: grams for key, grams in sorted(sold.items()) if grams > 0}


def _room_in_lots(portions: Portions) -> dict[tuple[Channel, str, int], int]:
    """Grams that each channel won: (channel, product, month) -> grams."""
    room: dict = defaultdict(int)
    for (_, channel, product, month), grams in portions.items():
        room[channel, product, month] += grams
    return room


def portion_out(won: tuple[Bid, ...], asked: Mapping[tuple[int, str, int], int]) -> Portions:
    """Each winner's grams of its lots: its share, in whole grams that add up to no more than the lot."""
    bids = defaultdict(list)
    for bid in sorted(won, key=lambda bid: bid.channel):
        bids[bid.lot].append(bid)
    portions = {}
    for (lot, product, month), grams in asked.items():
        shares = [bid.share for bid in bids[lot]]
        parts = share_out([*shares, 1 - sum(shares)], grams)
        portions |= {(lot, bid.channel, product, month): part for bid, part in zip(bids[lot], parts, strict=False)}
    return portions


def _room_on_farms(model: Model) -> dict[tuple[str, str, int], int]:
    """Grams that each producer has: (producer, product, month) -> grams."""
    room: dict = defaultdict(int)
    for offer in model.ground.case.offers:
        for month in offer.months:
            room[offer.producer, offer.product, month] += floor(offer.kg_per_month * GRAMS)
    return room


def pence(gbp: Fraction) -> Decimal:
    """£ to the penny, halves to the even penny."""
    return Decimal(round(gbp * 100)) / 100
