"""A plan that rests on less than is offered: what it costs more, and what that spares in the years drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from foodlots.case import Case
from foodlots.insight.stress import Harvests, Stress, Year, harvests_of
from foodlots.plan import Plan
from foodlots.settings import Settings

Planner = Callable[[Case, Settings], Plan]


@dataclass(frozen=True)
class Robust:
    """A plan that promises no more than a share of every offer, in the same years as the plan it is held against.

    costs_gbp: what it costs more in a year as planned, aims counted · spares_gbp, spares_kg: how much less dear, and
    how much less short, the mean of the worst years is.
    """

    relied_on: float
    plan: Plan
    costs_gbp: float
    harvests: Harvests
    spares_gbp: float
    spares_kg: float


def relying_on(case: Case, share: Decimal) -> Case:
    """The case with no more of each offer than can be relied on, to the gram."""
    offers = tuple(
        replace(offer, kg_per_month=(offer.kg_per_month * share).quantize(Decimal("0.001"))) for offer in case.offers
    )
    return replace(case, offers=offers)


def robust_plan(case: Case, settings: Settings, share: Decimal, planner: Planner) -> Plan:
    """The best plan that would hold in a harvest so poor everywhere; raises NoPlan where there is none."""
    return planner(relying_on(case, share), settings)


def robust(
    case: Case, settings: Settings, before: tuple[Plan, Stress], share: Decimal, plan: Plan, years: Iterable[Year]
) -> Robust:
    """What a robust plan costs and spares. years: the same harvests as before, worked out for the robust plan."""
    usual, tested = before
    found = harvests_of(case, settings, plan, years, tested.terms)
    return Robust(
        float(share), plan, float(plan.summary.objective_gbp - usual.summary.objective_gbp), found,
        tested.harvests.tail_gbp - found.tail_gbp, tested.harvests.tail_kg - found.tail_kg,
    )  # fmt: skip
