"""Sharing out whole pence or grams so that the parts add up to the whole."""

from collections.abc import Sequence
from fractions import Fraction


def share_out(weights: Sequence[Fraction | int], whole: int) -> list[int]:
    """The whole in parts in proportion to the weights, largest remainder first, earlier parts first among equals.

    >>> share_out([1, 1, 1], 10)
    [4, 3, 3]
    """
    total = sum(weights)
    return round_together([Fraction(weight) * whole / Fraction(total) if total else 0 for weight in weights], whole)


def round_together(values: Sequence[Fraction | int], whole: int) -> list[int]:
    """The values in whole numbers that add up to `whole`, the largest remainders rounded up.

    >>> round_together([Fraction(2, 5), Fraction(1, 10)], 1)
    [1, 0]
    """
    parts = [value.numerator // value.denominator for value in values]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - values[i], i))
    for i in by_remainder[: max(0, whole - sum(parts))] if any(values) else ():
        parts[i] += 1
    return parts
