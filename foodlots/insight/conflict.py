"""Which rules contradict each other, and the cheapest ways out: never "infeasible" without a reason.

A conflict is irreducible: no plan meets its rules together with the physics of the case, and without any one of them
there is one. It is found by deletion filtering over the buyer's rules, those that shape the lots and bidders included.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from foodlots.buyer_rules import RULES, Rule, rules_on, said
from foodlots.case import Case
from foodlots.compare import cost_to_buyer
from foodlots.insight.lacking import KINDS, enough_kilos, lacks_in_words, more_in_words, with_more
from foodlots.insight.many import one_of_many, plan_under
from foodlots.optimise.possible import is_possible
from foodlots.plan import Plan
from foodlots.runner import Runner, Tell
from foodlots.settings import Settings

HELD = "held"  # the table of awards settled beforehand, a rule like the others
GROW = "grow"  # not a rule to ease but kilos to have
MOST_CONFLICTS = 5
DOUBLINGS = 24
BY_KEY = {rule.key: rule for rule in RULES}
FINE = {"share": Decimal("0.01"), "whole": Decimal(1), "km": Decimal(1), "kg": Decimal(100), "pounds": Decimal(100)}


@dataclass(frozen=True)
class Mend:
    """One rule eased as little as makes a plan possible, and what the plan then costs, £ a year.

    after: the value in words · value: the same as a number, None where it is lifted · setting: where it is set ·
    cost_gbp, counted_gbp: None where no plan was found in time.
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


@dataclass(frozen=True)
class Conflict:
    """Rules that contradict each other, in words, and the mends that help by themselves, the cheapest first.

    lacks: where a floor is among them, the crops and months in which there is least of what it counts, in sentences ·
    sure: whether it was decided of each rule that there is a plan without it.
    """

    rules: tuple[str, ...]
    words: tuple[str, ...]
    mends: tuple[Mend, ...]
    lacks: tuple[str, ...] = ()
    sure: bool = True

    @property
    def sentence(self) -> str:
        """The conflict in a sentence."""
        if len(self.words) == 1:
            return f"No plan can meet this rule: {self.words[0]}."
        each = (
            "Without any one of them there is one." if self.sure else "Whether all are needed was not decided in time."
        )
        return f"No plan can meet these rules together: {'; '.join(self.words)}. {each}"


@dataclass(frozen=True)
class Conflicts:
    """All conflicts found one after another, each with the earlier ones eased; none where a plan is possible.

    undecided: whether time was too short to tell if the rules, or those left, contradict each other.
    """

    found: tuple[Conflict, ...]
    stopped: bool
    undecided: bool = False


def find_conflicts(case: Case, settings: Settings, runner: Runner, seconds: float | None = None) -> Conflicts:
    """Every conflict among the rules, with its mends. After a stop, those found so far."""
    settings = one_of_many(settings, seconds)
    active = [rule.key for rule in rules_on(settings)] + ([HELD] if case.held else [])
    asked, found = list(active), {}
    while (possible := _possible(case, settings, runner, "all rules", asked)) is False and len(found) < MOST_CONFLICTS:
        needed, sure = _irreducible(case, settings, runner, asked)
        if runner.stopped or not needed:
            break
        found[needed] = sure
        asked = [key for key in asked if key not in needed]
    eased = _eased(case, settings, runner, list(found))
    grown = _grown(case, settings, runner, list(found))
    conflicts = tuple(_conflict(case, settings, needed, eased, grown, sure) for needed, sure in found.items())
    return Conflicts(conflicts, runner.stopped, possible is None)


def _irreducible(case: Case, settings: Settings, runner: Runner, asked: list[str]) -> tuple[tuple[str, ...], bool]:
    """What is left when every rule that can be spared without making a plan possible is left out.

    And whether that was decided of each; a rule of which it was not stays in.
    """
    needed, sure = list(asked), True
    for key in asked:
        without = [other for other in needed if other != key]
        possible = _possible(case, settings, runner, f"without {title_of(key)}", without)
        if runner.stopped:
            return (), False
        if possible is False:
            needed = without
        sure = sure and possible is not None
    return tuple(needed), sure


def _possible(case: Case, settings: Settings, runner: Runner, name: str, keys: list[str]) -> bool | None:
    """Whether there is a plan with these rules alone; None for what was stopped or not decided in time."""
    return runner.run(can_be, case, {name: given_with(settings, keys)}).get(name)


def given_with(settings: Settings, keys: Iterable[str]) -> tuple[Settings, bool]:
    """The settings with these rules alone, and whether awards are held."""
    keys = set(keys)
    for rule in rules_on(settings):
        if rule.key not in keys:
            settings = rule.with_value(settings, None)
    return settings, HELD in keys


def can_be(case: Case, given: tuple[Settings, bool], tell: Tell) -> bool | None:
    """Whether there is any plan, None where that was not decided in time: a piece of work for the runner."""
    settings, held = given
    return is_possible(case if held else _let_go(case), settings)


def _let_go(case: Case) -> Case:
    return replace(case, held=MappingProxyType({}))


def _eased(case: Case, settings: Settings, runner: Runner, found: list[tuple[str, ...]]) -> dict[str, tuple]:
    """Rule -> (its mildest value with which there is a plan, the plan), for each rule that helps by itself."""
    keys = [key for needed in found for key in needed]
    if len(found) != 1 or runner.stopped:
        return {}
    values = runner.run(mildest, case, {f"easing {title_of(key)}": (settings, key) for key in keys})
    mended = {
        key: settings if key == HELD else BY_KEY[key].with_value(settings, values[f"easing {title_of(key)}"][0])
        for key in keys
        if values.get(f"easing {title_of(key)}", ())
    }
    jobs = {f"plan with {title_of(key)} eased": each for key, each in mended.items() if key != HELD}
    plans = runner.run(plan_under, case, jobs)
    if HELD in mended:
        plans |= runner.run(plan_under, _let_go(case), {f"plan with {title_of(HELD)} eased": settings})
    return {
        key: (
            None if key == HELD else values[f"easing {title_of(key)}"][0],
            plans.get(f"plan with {title_of(key)} eased"),
        )
        for key in mended
    }


def _grown(case: Case, settings: Settings, runner: Runner, found: list[tuple[str, ...]]) -> list[Mend]:
    """The kilos that would be enough for each floor of the one conflict, with what the plan then costs."""
    floors = [key for needed in found for key in needed if key in KINDS]
    if len(found) != 1 or runner.stopped:
        return []
    jobs = {f"kilos for {title_of(key)}": (settings, key) for key in floors}
    more = {name: kilos for name, kilos in runner.run(enough_kilos, case, jobs).items() if kilos}
    plans = {name: runner.run(plan_under, with_more(case, kilos), {name: settings}).get(name)
             for name, kilos in more.items()}  # fmt: skip
    return [
        Mend(GROW, f"What {KINDS[jobs[name][1]][0]} grow or store", "what is on offer",
             more_in_words(case, settings, kilos), "table offers", *_cost(plans[name]))
        for name, kilos in more.items()
    ]  # fmt: skip


def mildest(case: Case, given: tuple[Settings, str], tell: Tell) -> tuple:
    """The value nearest to a rule's own with which there is a plan, as a tuple of one; () where it does not help.

    A piece of work for the runner: possible and impossible values are brought together by halving.
    """
    settings, key = given
    if key == HELD:
        return (None,) if is_possible(_let_go(case), settings) else ()
    rule = BY_KEY[key]
    if not is_possible(case, rule.with_value(settings, None)):
        return ()
    bad, good = Decimal(rule.value(settings)), _far_enough(case, settings, rule)
    if good is None:
        return (None,)
    fine = FINE[rule.kind]
    while abs(good - bad) > fine and not tell(None, None):
        middle = ((good + bad) / 2 / fine).to_integral_value() * fine
        if middle in (good, bad):
            break
        good, bad = (
            (middle, bad) if is_possible(case, rule.with_value(settings, _typed(rule, middle))) else (good, middle)
        )
    return (_typed(rule, good),)


def _far_enough(case: Case, settings: Settings, rule: Rule) -> Decimal | None:
    """A value with which there is a plan: nothing for a least, doubled until it is enough for a most."""
    if rule.asks_for_more:
        return Decimal(0)
    value = Decimal(rule.value(settings))
    for _ in range(DOUBLINGS):
        value = value * 2 or FINE[rule.kind]
        value = min(value, Decimal(1)) if rule.label == "awards.max_share_per_owner" else value
        if is_possible(case, rule.with_value(settings, _typed(rule, value))):
            return value
    return None


def _typed(rule: Rule, value: Decimal):
    return int(value) if rule.kind == "whole" else value.normalize()


def _conflict(
    case: Case, settings: Settings, needed: tuple[str, ...], eased: dict[str, tuple], grown: list[Mend], sure: bool
) -> Conflict:
    mends = [*(_mend(settings, key, *eased[key]) for key in needed if key in eased), *grown]
    ranked = sorted(mends, key=lambda mend: (mend.counted_gbp is None, mend.counted_gbp or 0, mend.rule))
    lacks = (line for key in needed if key in KINDS for line in lacks_in_words(case, settings, key))
    words = tuple(words_of(settings, key) for key in needed)
    return Conflict(needed, words, tuple(ranked), tuple(dict.fromkeys(lacks)), sure)


def _mend(settings: Settings, key: str, value, plan: Plan | None) -> Mend:
    cost = _cost(plan)
    if key == HELD:
        return Mend(key, title_of(key), "as held", "let go", "table held", *cost)
    rule = BY_KEY[key]
    label = f"{rule.label}" + ("" if rule.end is None else (" (least)", " (most)")[rule.end])
    return Mend(key, rule.title, said(rule, rule.value(settings)), said(rule, value), label, *cost, value)


def _cost(plan: object) -> tuple[Decimal | None, Decimal | None, bool]:
    """What a plan costs, what the search counted, and whether it is proven; nothing of no plan."""
    if not isinstance(plan, Plan):
        return None, None, False
    return cost_to_buyer(plan.summary), plan.summary.objective_gbp, plan.summary.status == "optimal"


def title_of(key: str) -> str:
    """What a rule is called."""
    return "awards held" if key == HELD else BY_KEY[key].title.lower()


def words_of(settings: Settings, key: str) -> str:
    """A rule with its number: "local floor, 90%"."""
    return title_of(key) if key == HELD else f"{title_of(key)}, {said(BY_KEY[key], BY_KEY[key].value(settings))}"
