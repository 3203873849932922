"""The cheapest way to award lots to bids within limits, to the penny; among equals, the declared one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pulp

from foodlots.errors import NoPlan
from foodlots.optimise.solver import Effort, solve

SECONDS = 60.0  # the most one question may take
AT_MOST = pulp.LpConstraintLE


@dataclass(frozen=True)
class Option:
    """One bid for a lot, or the open market (bidder ""): what it costs the buyer and what it takes up, pence a year."""

    bidder: str
    owner: str
    cost: int
    value: int = 0
    sold: int = 0


@dataclass(frozen=True)
class Limits:
    """The most that may be won: lots a supplier, pence of lot value an owner, and what bidders say of themselves."""

    lots: int | None = None
    owner_value: int | None = None
    own_lots: Mapping[str, int] | None = None
    own_sold: Mapping[str, int] | None = None


def best_awards(options: Mapping[str, Sequence[Option]], limits: Limits) -> dict[str, Option]:
    """Lot -> its winning option: the lowest total, and among equal totals the first option lot by lot.

    Options stand in the declared order of preference among equals; lots are decided in the order of the mapping.
    Raises NoPlan when the limits allow nothing, which cannot be while every lot may go to the open market.
    """
    lots = list(options)
    fixed: dict[str, int] = {}
    best = _cheapest(options, limits, fixed)
    total = sum(options[lot][best[lot]].cost for lot in lots)
    for lot in lots:
        for place in range(best[lot]):
            trial = fixed | {lot: place}
            found = _within(options, limits, trial, total)
            if found is not None:
                best = found
                break
        fixed[lot] = best[lot]
    return {lot: options[lot][best[lot]] for lot in lots}


def _within(options, limits: Limits, fixed: Mapping[str, int], total: int) -> dict[str, int] | None:
    """A choice with these lots fixed that costs no more than the total, if there is one."""
    least = sum(
        options[lot][fixed[lot]].cost if lot in fixed else min(each.cost for each in options[lot]) for lot in options
    )
    if least > total:
        return None
    try:
        found = _cheapest(options, limits, fixed)
    except NoPlan:
        return None
    return found if sum(options[lot][found[lot]].cost for lot in options) <= total else None


def _cheapest(options: Mapping[str, Sequence[Option]], limits: Limits, fixed: Mapping[str, int]) -> dict[str, int]:
    """Lot -> the place of its option in the cheapest choice, those fixed kept."""
    alone = {lot: fixed.get(lot, _first_cheapest(each)) for lot, each in options.items()}
    if _holds(options, limits, alone):
        return alone
    problem = pulp.LpProblem("bids", pulp.LpMinimize)
    take = {
        (lot, place): problem.add_variable(f"take_{number}_{place}", 0, 1, pulp.LpBinary)
        for number, lot in enumerate(options)
        for place in range(len(options[lot]))
        if fixed.get(lot, place) == place
    }
    problem += pulp.LpAffineExpression((take[key], options[key[0]][key[1]].cost / 100) for key in take)
    for number, lot in enumerate(options):
        terms = [(take[key], 1) for key in take if key[0] == lot]
        problem += pulp.LpConstraint(pulp.LpAffineExpression(terms), pulp.LpConstraintEQ, f"decide_{number}", 1)
    for number, (weights, most) in enumerate(_limits(options, limits)):
        terms = [(take[key], weight) for key, weight in weights.items() if key in take]
        if terms:
            problem += pulp.LpConstraint(pulp.LpAffineExpression(terms), AT_MOST, f"limit_{number}", most)
    answer = solve(problem, Effort(SECONDS, gap_gbp=0.001))
    if not answer.proven:
        raise NoPlan("the best awards could not be proven in time; ask for fewer limits or fewer lots at once")
    chosen = {lot: place for (lot, place), variable in take.items() if variable.value() > 0.5}
    if not _holds(options, limits, chosen):
        raise NoPlan("the awards found break a limit by less than a penny; change the limit by a penny")
    return chosen


def _first_cheapest(options: Sequence[Option]) -> int:
    return min(range(len(options)), key=lambda place: (options[place].cost, place))


def _holds(options, limits: Limits, chosen: Mapping[str, int]) -> bool:
    """Whether a choice keeps every limit, in whole pence."""
    return all(
        sum(weight for (lot, place), weight in weights.items() if chosen[lot] == place) <= most
        for weights, most in _limits(options, limits)
    )


def _limits(options, limits: Limits) -> Iterator[tuple[dict[tuple[str, int], int], int]]:
    """Each limit: what every option weighs in it, and the most."""
    bids = [(lot, place, each) for lot in options for place, each in enumerate(options[lot]) if each.bidder]
    for bidder in sorted({each.bidder for _, _, each in bids}):
        own = {(lot, place): each for lot, place, each in bids if each.bidder == bidder}
        lots = [most for most in (limits.lots, (limits.own_lots or {}).get(bidder)) if most is not None]
        if lots:
            yield dict.fromkeys(own, 1), min(lots)
        if (sold := (limits.own_sold or {}).get(bidder)) is not None:
            yield {key: each.sold for key, each in own.items()}, sold
    if limits.owner_value is not None:
        for owner in sorted({each.owner for _, _, each in bids}):
            yield {(lot, place): each.value for lot, place, each in bids if each.owner == owner}, limits.owner_value
