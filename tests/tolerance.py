"""How exactly a plan's cost can be told: half a penny for each line of money, half a gram for each line of kilos."""

from fractions import Fraction

from foodlots.case import Case
from foodlots.plan import Plan

HALF_PENNY, HALF_GRAM, PENNY = Fraction("0.005"), Fraction("0.0005"), Fraction("0.01")
TIE = Fraction("0.000001")  # of all demand: plans nearer than this in cost are as good as each other


def rounding_gbp(case: Case, plan: Plan, worth: Fraction) -> Fraction:
    """£ by which whole pence and grams may move a plan's cost; `worth` is what the aims give for a £ kept local."""
    lines = 2 * len(plan.supply) + len(plan.shortfall) + 3 * len(plan.awards) + 2 * len(plan.distribution)
    return (1 + worth) * (HALF_PENNY * (lines + len(plan.lots) + 1) + kilos_rounding_gbp(case, plan))


def kilos_rounding_gbp(case: Case, plan: Plan) -> Fraction:
    """£ by which whole grams may move a plan's cost."""
    kilos = (*plan.supply, *plan.shortfall)
    return HALF_GRAM * sum(Fraction(case.products[line.product].benchmark_gbp_per_kg) for line in kilos)
