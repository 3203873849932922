"""The price of each rule: the plan without it, and the plan with it one step tighter, against the plan as it is.

Every price is the difference of two audited plans. Where one of them is not proven the price lies between `least` and
`most`; where both are, these are the same to within what the solver calls a tie. £ a year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.buyer_rules import Rule, rules_on, said
from foodlots.compare import KEPT, cost_to_buyer, lots_gained_and_lost
from foodlots.insight.many import one_of_many, plan_from, plan_under
from foodlots.plan import Plan
from foodlots.runner import Refused, Runner
from foodlots.settings import Settings

AS_IT_IS, LIFTED, TIGHTER = "as it is", "lifted", "tighter"


@dataclass(frozen=True)
class Step:
    """One rule moved. cost: £ more for the buyer · counted: £ more with the aims at their weights, which is what the
    search minimises, between `least` and `most` for sure · pence: more for each meal · local: £ more paid locally ·
    lots: how many lots are gone, new or won by others · refused: why there is no plan, "" where there is one.
    """

    rule: str
    title: str
    what: str
    before: str
    after: str
    cost_gbp: Decimal = Decimal(0)
    counted_gbp: Decimal = Decimal(0)
    least_gbp: Decimal = Decimal(0)
    most_gbp: Decimal = Decimal(0)
    pence_a_meal: float = 0.0
    local_gbp: Decimal = Decimal(0)
    lots_changed: int = 0
    proven: bool = False
    refused: str = ""


@dataclass(frozen=True)
class Prices:
    """The plan as it is, every step from it, and the plans of the steps by (rule, lifted or tighter)."""

    plan: Plan | None
    steps: tuple[Step, ...]
    plans: Mapping[tuple[str, str], Plan]
    stopped: bool


def price_rules(case, settings: Settings, runner: Runner, seconds: float | None = None) -> Prices:
    """What each rule that holds costs. After a stop, the steps for which there are two plans."""
    base = one_of_many(settings, seconds)
    moves = [(rule, what, value) for rule in rules_on(base) for what, value in _moves(rule, base)]
    plan = runner.run(plan_under, case, {AS_IT_IS: base}).get(AS_IT_IS)
    if not isinstance(plan, Plan):
        return Prices(None, (), {}, runner.stopped)
    jobs = {f"{rule.title}, {what}": (rule.with_value(base, value), plan) for rule, what, value in moves}
    found = runner.run(plan_from, case, jobs)
    made = [(rule, what, value, found.get(f"{rule.title}, {what}")) for rule, what, value in moves]
    steps = tuple(_step(rule, what, value, settings, plan, other) for rule, what, value, other in made if other)
    plans = {(rule.key, what): other for rule, what, _, other in made if isinstance(other, Plan)}
    return Prices(plan, steps, plans, runner.stopped)


def _moves(rule: Rule, settings: Settings):
    yield LIFTED, None
    tighter = rule.tighter(settings)
    if tighter is not None:
        yield TIGHTER, tighter


def _step(rule: Rule, what: str, value, settings: Settings, plan: Plan, other: Plan | Refused) -> Step:
    names = rule.key, rule.title, what, said(rule, rule.value(settings)), said(rule, value)
    if isinstance(other, Refused):
        return Step(*names, refused=other.reason)
    one, two = plan.summary, other.summary
    changed = lots_gained_and_lost(plan, other)
    least, most = _surely(rule, what, two.bound_gbp - one.objective_gbp, two.objective_gbp - one.bound_gbp)
    return Step(
        *names,
        cost_gbp=cost_to_buyer(two) - cost_to_buyer(one),
        counted_gbp=two.objective_gbp - one.objective_gbp,
        least_gbp=least,
        most_gbp=most,
        pence_a_meal=round(two.pence_per_meal - one.pence_per_meal, 4),
        local_gbp=two.local_spend_gbp - one.local_spend_gbp,
        lots_changed=sum(change.what != KEPT for change in changed),
        proven=one.status == two.status == "optimal",
    )


def _surely(rule: Rule, what: str, least: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """The range of a price, by what is certain besides: to lift a rule never costs, to tighten one never saves.

    Not of rules on lots themselves: other bounds of value may mean other small areas, and so other lots to choose from.
    """
    if rule.label.startswith("lots."):
        return least, most
    return (least, min(most, Decimal(0))) if what == LIFTED else (max(least, Decimal(0)), most)
