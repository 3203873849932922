"""A lower bound that no solver has to be believed for: worked out in exact fractions from any price of each row.

By weak duality, for any prices y of the rows and any x within its bounds that keeps them:

    cost · x  >=  sum(y[i] × (least[i] if y[i] > 0 else most[i]))  +  sum(least of (cost[j] - (y A)[j]) × x[j])

Bad prices give a poor bound, never a wrong one. HiGHS's own at the root of its search give the relaxed optimum.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isfinite

from foodlots.optimise.program import Program


def certified_bound(program: Program, prices: Sequence[float]) -> Fraction | None:
    """£ below which no solution of the problem can cost, whole columns or not; None where the prices prove nothing.

    prices: £ for a unit more of each row's limit. Every number is taken for exactly what it is as a float.
    """
    prices = [_usable(*row) for row in zip(prices, program.least, program.most, strict=True)]
    left = [Fraction(float(cost)) for cost in program.cost]
    for row, column, value in _priced(program, prices):
        left[column] -= prices[row] * Fraction(value)
    limits = (low if price > 0 else high for price, low, high in zip(prices, program.least, program.most, strict=True))
    rows = sum(
        (price * Fraction(float(limit)) for price, limit in zip(prices, limits, strict=True) if price), Fraction()
    )
    columns = [_cheapest(*column) for column in zip(left, program.lower, program.upper, strict=True)]
    if None in columns:
        return None
    return Fraction(program.constant) + rows + sum(columns, Fraction())


def _usable(price: float, least: float, most: float) -> Fraction:
    """The price, or 0 where the row has no limit on the side it would be paid for."""
    limit = least if price > 0 else most
    return Fraction(float(price)) if isfinite(price) and isfinite(limit) else Fraction()


def _priced(program: Program, prices: Sequence[Fraction]) -> Iterator[tuple[int, int, float]]:
    """The entries (row, column, value) of rows that have a price."""
    starts, index, value = program.starts.tolist(), program.index.tolist(), program.value.tolist()
    for row, price in enumerate(prices):
        if price:
            for at in range(starts[row], starts[row + 1]):
                yield row, index[at], value[at]


def _cheapest(cost: Fraction, lower: float, upper: float) -> Fraction | None:
    """The least that a column can cost within its bounds; None when it may cost ever less."""
    at = lower if cost > 0 else upper
    if not cost:
        return Fraction()
    return cost * Fraction(float(at)) if isfinite(at) else None
