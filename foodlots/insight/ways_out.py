"""Ways out of rules that contradict each other: one rule eased as little as helps, or kilos grown or stored besides."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from foodlots.buyer_rules import RULES, Rule, said
from foodlots.case import Case
from foodlots.compare import cost_to_buyer
from foodlots.errors import NoPlan
from foodlots.insight.lacking import KINDS, More, enough_kilos, more_in_words, with_more
from foodlots.insight.many import plan_under
from foodlots.optimise.possible import BY_SETTING, how_near, is_possible
from foodlots.plan import Plan
from foodlots.runner import Tell
from foodlots.settings import Settings

HELD = "held"  # the table of awards settled beforehand, a rule like the others
GROW = "grow"  # not a rule to ease but kilos to have
BY_KEY = {rule.key: rule for rule in RULES}
FINE = {"share": Decimal("0.01"), "whole": Decimal(1), "km": Decimal(1), "kg": Decimal(100), "pounds": Decimal(100)}
DOUBLINGS = 24
STEP_SECONDS = Decimal(10)  # s to come near, and for each step back; what is not known then is said to be so
STEPS_BACK = 4  # towards the rule's own value, each with a search of its own


@dataclass(frozen=True)
class Mend:
    """One rule eased as little as makes a plan possible, and what the plan then costs, £ a year.

    after: the value in words · value: the same as a number, None where it is lifted · setting: where it is set ·
    cost_gbp, counted_gbp: None where no plan was found in time · sure: whether one step nearer there is no plan.
    """

    rule: str
    title: str
    before: str
    after: str
    setting: str
    cost_gbp: Decimal | None
    counted_gbp: Decimal | None
    proven: bool
    value: Decimal | int | None = None
    sure: bool = True


@dataclass(frozen=True)
class Eased:
    """The value nearest to a rule's own at which a plan was found. helps: whether easing it is enough by itself."""

    helps: bool
    value: Decimal | int | None = None
    sure: bool = True


NO_HELP = Eased(False)


def way_out(case: Case, given: tuple[Settings, str, bool], tell: Tell) -> Mend | None:
    """One way out, None where it is not enough by itself: a piece of work for the runner.

    given: the settings, a rule, and whether what it lacks is grown or stored; else the rule is eased.
    """
    settings, key, grow = given
    return (_grown if grow else _eased)(case, settings, key, tell)


def _eased(case: Case, settings: Settings, key: str, tell: Tell) -> Mend | None:
    eased = mildest(case, settings, key, tell)
    if not eased.helps:
        return None
    if key == HELD:
        return Mend(key, title_of(key), "as held", "let go", "table held", *_cost(let_go(case), settings, tell))
    rule = BY_KEY[key]
    label = rule.label + ("" if rule.end is None else (" (least)", " (most)")[rule.end])
    cost = _cost(case, rule.with_value(settings, eased.value), tell)
    before, after = said(rule, rule.value(settings)), said(rule, eased.value)
    return Mend(key, rule.title, before, after, label, *cost, eased.value, eased.sure)


def _grown(case: Case, settings: Settings, key: str, tell: Tell) -> Mend | None:
    more: More = enough_kilos(case, (settings, key), tell)
    if not more:
        return None
    cost = _cost(with_more(case, more), settings, tell)
    words = more_in_words(case, settings, more)
    return Mend(GROW, f"What {KINDS[key][0]} grow or store", "what is on offer", words, "table offers", *cost)


def _cost(case: Case, settings: Settings, tell: Tell) -> tuple[Decimal | None, Decimal | None, bool]:
    """What the plan costs, what the search counted, and whether it is proven; nothing where none is found in time."""
    try:
        plan: Plan = plan_under(case, settings, tell)
    except NoPlan:
        return None, None, False
    return cost_to_buyer(plan.summary), plan.summary.objective_gbp, plan.summary.status == "optimal"


def let_go(case: Case) -> Case:
    """The case with no award held."""
    return replace(case, held=MappingProxyType({}))


def mildest(case: Case, settings: Settings, key: str, tell: Tell) -> Eased:
    """The value nearest to a rule's own with which a plan is found.

    Of a limit on an amount, what the nearest plan brings; of other rules possible and impossible values are brought
    together by halving.
    """

    def stopped() -> bool:
        return tell(None, None)

    if key == HELD:
        return Eased(True) if is_possible(let_go(case), settings, stopped) else NO_HELP
    rule = BY_KEY[key]
    if not is_possible(case, rule.with_value(settings, None), stopped):
        return NO_HELP
    return (_nearest if rule.label in BY_SETTING else _halved)(case, settings, rule, stopped)


def _nearest(case: Case, settings: Settings, rule: Rule, stopped: Callable[[], bool]) -> Eased:
    """What the nearest plan found brings; then step by step nearer, for as long as that finds a plan in time."""
    settings = _briefly(settings)
    reach = how_near(case, settings, rule.label, stopped, go_on=True)
    if reach.reached is None:
        return NO_HELP
    fine, asked = FINE[rule.kind], Decimal(rule.value(settings))
    towards, away = (fine, ROUND_FLOOR) if rule.asks_for_more else (-fine, ROUND_CEILING)
    good = _whole_steps(reach.reached, fine, away)
    for _ in range(STEPS_BACK):
        if good + towards == asked:
            return Eased(True, _typed(rule, good))
        nearer = how_near(case, rule.with_value(settings, good + towards), rule.label, stopped)
        if not nearer.possible:
            return Eased(True, _typed(rule, good), nearer.possible is False)
        good = _whole_steps(nearer.reached, fine, away)
    return Eased(True, _typed(rule, good), False)


def _briefly(settings: Settings) -> Settings:
    seconds = min(settings.effort.seconds, STEP_SECONDS)
    return replace(settings, effort=replace(settings.effort, seconds=seconds))


def _whole_steps(value: Decimal, fine: Decimal, rounding: str) -> Decimal:
    return (value / fine).to_integral_value(rounding) * fine


def _halved(case: Case, settings: Settings, rule: Rule, stopped: Callable[[], bool]) -> Eased:
    """Possible and impossible values brought together; one not decided in time counts as impossible, and is told."""
    bad, good, sure = Decimal(rule.value(settings)), _far_enough(case, settings, rule, stopped), True
    if good is None:
        return Eased(True)
    fine = FINE[rule.kind]
    while abs(good - bad) > fine and not stopped():
        middle = _whole_steps((good + bad) / 2, fine, ROUND_HALF_EVEN)
        if middle in (good, bad):
            break
        possible = is_possible(case, rule.with_value(settings, _typed(rule, middle)), stopped)
        if possible:
            good = middle
        else:
            bad, sure = middle, possible is False
    return Eased(True, _typed(rule, good), sure and not stopped())


def _far_enough(case: Case, settings: Settings, rule: Rule, stopped: Callable[[], bool]) -> Decimal | None:
    """A value with which there is a plan: nothing for a least, doubled until it is enough for a most."""
    if rule.asks_for_more:
        return Decimal(0)
    value = Decimal(rule.value(settings))
    for _ in range(DOUBLINGS):
        value = value * 2 or FINE[rule.kind]
        value = min(value, Decimal(1)) if rule.label == "awards.max_share_per_owner" else value
        if is_possible(case, rule.with_value(settings, _typed(rule, value)), stopped):
            return value
    return None


def _typed(rule: Rule, value: Decimal):
    return int(value) if rule.kind == "whole" else value.normalize()


def title_of(key: str) -> str:
    """What a rule is called."""
    return "awards held" if key == HELD else BY_KEY[key].title.lower()
