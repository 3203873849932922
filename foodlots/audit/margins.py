"""How near a stated figure must be to the audit's: the only tolerances there are, each with its reason.

Grams, pence, counts and limits have none: they are compared exactly. Kilometres come from floats and are
written with 6 decimals; ratios are written with at least 4; money that comes from kilometres is whole pence.
"""

from fractions import Fraction

KM_SHARE = Fraction(1, 1_000_000)
"""Kilometres, visits and drops agree within a millionth of the figure, and never finer than the sixth decimal."""

HALF_PENNY = Fraction(51, 100)
"""Money from kilometres is whole pence: half a penny, and 1/100 penny for what the km lost in floats."""

RATIO = Fraction(1, 20_000)
"""Shares and fills are ratios written with 4 decimals or more: half of the fourth decimal."""

GAP = Fraction(1, 1_000_000)
"""The gap decides the word optimal, so it must agree to a millionth of the spend."""

PENCE_A_MEAL = Fraction(1, 200) + KM_SHARE
"""Pence a meal are written with 2 decimals or more: half of the second decimal."""

THOUSANDTH = Fraction(1, 1000)
"""Year totals of kilometres, kilos and meals are written with 3 decimals or more."""

PROVEN = Fraction(1, 10_000)
"""A plan is optimal when at most 0.01% of its spend could still be saved (contract of summary.json)."""

SHARE_PLACES = Fraction(1, 2_000_000)
"""A third of a lot is written 0.333333: half of the sixth decimal."""

REACH_KM = 1e-9
"""A site at the very edge of a reach counts as reached: a millionth of a metre."""

NEAREST_TIES_KM = (0.0, 1e-9)
"""Sites equally near are told apart by id; where only floats tell them apart either may be meant."""


def near_km(stated: Fraction, found: Fraction) -> bool:
    """Whether kilometres, visits or drops agree: for each figure, |stated - found| <= max(found, 1) / 1,000,000."""
    return abs(stated - found) <= KM_SHARE * max(found, 1)


def near_total(stated: Fraction, found: Fraction) -> bool:
    """Whether year totals agree: |stated - found| <= max(found / 1,000,000, 0.001)."""
    return abs(stated - found) <= max(KM_SHARE * found, THOUSANDTH)


def near_pence(stated: int, found: Fraction) -> bool:
    """Whether whole pence are the exact figure rounded, when kilometres stand behind it."""
    return abs(stated - found) <= HALF_PENNY


def near_ratio(stated: Fraction, found: Fraction) -> bool:
    """Whether two shares agree in their fourth decimal."""
    return abs(stated - found) <= RATIO
