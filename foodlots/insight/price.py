"""The price of each rule: the plan without it, and the plan with it one step tighter, against the plan as it is.

Every price is the difference of two audited plans. Where one of them is not proven the price lies between `least` and
`most`; where both are, these are the same to within what the solver calls a tie. £ a year.

Each search begins with the plan as it is. A tighter rule leaves fewer plans to choose from, so none of them can cost
less than is proven of the plan as it is; where that plan keeps to the tighter rule no search is needed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.buyer_rules import RULES, Rule, rules_on, said
from foodlots.case import Case
from foodlots.compare import KEPT, cost_to_buyer, lots_gained_and_lost
from foodlots.insight.many import NOTHING_KNOWN, one_of_many, plan_from, plan_under
from foodlots.optimise.nested import draws_no_other_lots
from foodlots.plan import Plan
from foodlots.runner import Refused, Runner
from foodlots.settings import Settings

AS_IT_IS, LIFTED, TIGHTER = "as it is", "lifted", "tighter"
ORDER = {rule: place for place, rule in enumerate(RULES)}


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


def price_rules(case: Case, settings: Settings, runner: Runner, seconds: float | None = None) -> Prices:
    """What each rule that holds costs. After a stop, the steps for which there are two plans."""
    base = one_of_many(settings, seconds)
    moves = tuple(_moves(case, base))
    plan = runner.run(plan_under, case, {AS_IT_IS: base}).get(AS_IT_IS)
    if not isinstance(plan, Plan):
        return Prices(None, (), {}, runner.stopped)
    jobs = {move.name: (move.after, plan, _least(move, plan)) for move in moves}
    found = runner.run(plan_from, case, jobs)
    made = [(move, found[move.name]) for move in moves if move.name in found]
    steps = tuple(_step(move, base, plan, other) for move, other in sorted(made, key=lambda one: ORDER[one[0].rule]))
    plans = {(move.rule.key, move.what): other for move, other in made if isinstance(other, Plan)}
    return Prices(plan, steps, plans, runner.stopped)


@dataclass(frozen=True)
class _Move:
    """A rule moved. sure: whether the tighter of the two settings surely leaves none but plans of the looser one."""

    rule: Rule
    what: str
    value: object
    after: Settings
    sure: bool

    @property
    def name(self) -> str:
        return f"{self.rule.title}, {self.what}"


def _moves(case: Case, settings: Settings) -> Iterator[_Move]:
    """Every move of the rules that hold; those that search, the lifted ones, come first."""
    for what in (LIFTED, TIGHTER):
        for rule in rules_on(settings):
            value = None if what == LIFTED else rule.tighter(settings)
            if what == LIFTED or value is not None:
                after = rule.with_value(settings, value)
                tight, loose = (settings, after) if what == LIFTED else (after, settings)
                yield _Move(rule, what, value, after, draws_no_other_lots(case, tight, loose))


def _least(move: _Move, plan: Plan) -> float:
    """What no plan of the move can cost less than, £."""
    return float(plan.summary.bound_gbp) if move.what == TIGHTER and move.sure else NOTHING_KNOWN


def _step(move: _Move, settings: Settings, plan: Plan, other: Plan | Refused) -> Step:
    rule = move.rule
    names = rule.key, rule.title, move.what, said(rule, rule.value(settings)), said(rule, move.value)
    if isinstance(other, Refused):
        return Step(*names, refused=other.reason)
    one, two = plan.summary, other.summary
    changed = lots_gained_and_lost(plan, other)
    least, most = _surely(move, two.bound_gbp - one.objective_gbp, two.objective_gbp - one.bound_gbp)
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


def _surely(move: _Move, least: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """The range of a price, by what is certain besides: to lift a rule never costs, to tighten one never saves.

    Not where other bounds of value mean other lots to choose from.
    """
    if not move.sure:
        return least, most
    return (least, min(most, Decimal(0))) if move.what == LIFTED else (max(least, Decimal(0)), most)
