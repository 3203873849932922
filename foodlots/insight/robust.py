"""A plan that rests on less than is offered: what it costs more, and what that spares in the years drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from foodlots.case import Case
from foodlots.insight.stress import Harvests, Stress, Year, harvests_of
from foodlots.optimise.search import Onlooker, make_plan
from foodlots.optimise.summing import PROVEN_SHARE
from foodlots.plan import Plan
from foodlots.settings import Settings

CERTIFICATE = "certified_bound_gbp"  # of run.json: what is proven of a case with fewer kilos is not of the whole case


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


def robust_plan(case: Case, settings: Settings, usual: Plan, share: Decimal, look: Onlooker | None = None) -> Plan:
    """The best plan that would hold in a harvest so poor everywhere; raises NoPlan where there is none.

    It is a plan of the whole case too, where `usual` is the better one: what it tells of its proof is held against
    what is proven there, so that "could still be saved" is what robustness costs at the most.
    """
    run = {"overrides": usual.run.get("overrides", []), "relied_on": float(share), "command": "stress --robust"}
    plan = make_plan(relying_on(case, share), settings, look, run, usual)
    bound = min(usual.summary.bound_gbp, plan.summary.objective_gbp)
    spend = float(plan.summary.spend_gbp)
    gap = float(plan.summary.objective_gbp - bound) / spend if spend else 0.0
    proven = plan.summary.status == usual.summary.status == "optimal" and gap <= PROVEN_SHARE
    status = "optimal" if proven else "feasible"
    proven_of_all = {key: usual.run[key] for key in (CERTIFICATE,) if key in usual.run}
    run = {key: value for key, value in plan.run.items() if key != CERTIFICATE} | proven_of_all
    return replace(
        plan, run=run, summary=replace(plan.summary, bound_gbp=bound, gap_share_of_spend=round(gap, 9), status=status)
    )


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
