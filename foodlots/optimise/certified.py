"""A lower bound that no solver has to be believed for: worked out in exact fractions from any price of each row.

By weak duality, for any prices y of the rows and any x within its bounds that keeps them:

    cost · x  >=  sum(y[i] × (least[i] if y[i] > 0 else most[i]))  +  sum(least of (cost[j] - (y A)[j]) × x[j])

Bad prices give a poor bound, never a wrong one. HiGHS's own at the root of its search give the relaxed optimum.
A float is a whole number over a power of two, so sums of products of floats are sums of whole numbers: exact, and
far quicker than fractions that are brought to their lowest terms one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from foodlots.optimise.program import Program


@dataclass(frozen=True)
class Floats:
    """Floats exactly as they are: each is its whole number over 2 to the power of `bits`."""

    whole: Sequence[int]
    bits: int

    @classmethod
    def of(cls, values: Iterable[float]) -> "Floats":
        ratios = [float(value).as_integer_ratio() for value in values]
        bits = max((below.bit_length() - 1 for _, below in ratios), default=0)
        return cls([above << bits - below.bit_length() + 1 for above, below in ratios], bits)

    def times(self, others: "Floats") -> Fraction:
        """The sum of the products, one by one."""
        total = sum(one * other for one, other in zip(self.whole, others.whole, strict=True))
        return Fraction(total, 1 << self.bits + others.bits)


def certified_bound(program: Program, prices: Sequence[float]) -> Fraction | None:
    """£ below which no solution of the problem can cost, whole columns or not; None where the prices prove nothing.

    prices: £ for a unit more of each row's limit. Every number is taken for exactly what it is as a float.
    """
    usable = [_usable(*row) for row in zip(prices, program.least, program.most, strict=True)]
    limits = [_limit(*row) if row[0] else 0.0 for row in zip(usable, program.least, program.most, strict=True)]
    paid = Floats.of(usable)
    left = _left_to_pay(program, paid)
    cheapest = [_cheapest(*column) for column in zip(left.whole, program.lower, program.upper, strict=True)]
    if not all(map(isfinite, cheapest)):
        return None
    return Fraction(program.constant) + paid.times(Floats.of(limits)) + left.times(Floats.of(cheapest))


def _limit(price: float, least: float, most: float) -> float:
    """The limit of a row that its price is paid for."""
    return least if price > 0 else most


def _usable(price: float, least: float, most: float) -> float:
    """The price, or 0 where the row has no limit on the side it would be paid for."""
    return price if isfinite(price) and isfinite(_limit(price, least, most)) else 0.0


def _left_to_pay(program: Program, prices: Floats) -> Floats:
    """What each column costs beyond the prices of its entries in the rows."""
    costs, values = Floats.of(program.cost), Floats.of(program.value)
    priced = prices.bits + values.bits
    bits = max(costs.bits, priced)
    left = [cost << bits - costs.bits for cost in costs.whole]
    for row, column, value in _priced(program, prices.whole, values.whole):
        left[column] -= prices.whole[row] * value << bits - priced
    return Floats(left, bits)


def _priced(program: Program, prices: Sequence[int], values: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The entries (row, column, value) of rows that have a price."""
    starts, index = program.starts.tolist(), program.index.tolist()
    for row, price in enumerate(prices):
        if price:
            for at in range(starts[row], starts[row + 1]):
                yield row, index[at], values[at]


def _cheapest(cost: int, lower: float, upper: float) -> float:
    """Where a column costs least within its bounds; without end when it may cost ever less, 0 when it costs nothing."""
    return (lower if cost > 0 else upper) if cost else 0.0
