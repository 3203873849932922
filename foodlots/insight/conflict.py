"""Which rules contradict each other, and the cheapest ways out: never "infeasible" without a reason.

A conflict is irreducible: no plan meets its rules together with the physics of the case, and without any one of them
there is one. Every rule is left out by itself first, side by side: those without which there is a plan are in every
conflict, and mostly are the conflict. The others are then left out one after another.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from foodlots.buyer_rules import rules_on, said
from foodlots.case import Case
from foodlots.insight.lacking import KINDS, lacks_in_words
from foodlots.insight.many import one_of_many
from foodlots.insight.ways_out import BY_KEY, HELD, Mend, let_go, title_of, way_out
from foodlots.optimise.possible import is_possible
from foodlots.runner import Runner, Tell
from foodlots.settings import Settings

MOST_CONFLICTS = 5


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
    asked, found = [rule.key for rule in rules_on(settings)] + ([HELD] if case.held else []), {}
    while (possible := _possible(case, settings, runner, {"all rules": asked})["all rules"]) is False:
        needed, sure = _irreducible(case, settings, runner, asked)
        if needed:
            found[needed] = sure
        if runner.stopped or not needed or len(found) == MOST_CONFLICTS:
            break
        asked = [key for key in asked if key not in needed]
    mends = _mends(case, settings, runner, next(iter(found))) if len(found) == 1 else ()
    conflicts = tuple(_conflict(case, settings, needed, mends, sure) for needed, sure in found.items())
    return Conflicts(conflicts, runner.stopped, possible is None)


def _irreducible(case: Case, settings: Settings, runner: Runner, asked: list[str]) -> tuple[tuple[str, ...], bool]:
    """What is left when every rule that can be spared without making a plan possible is left out.

    And whether that was decided of each; a rule of which it was not stays in.
    """
    without = {key: [other for other in asked if other != key] for key in asked}
    single = _possible(case, settings, runner, {f"without {title_of(key)}": without[key] for key in asked})
    spared = [key for key in asked if single[f"without {title_of(key)}"] is False]
    kept = [key for key in asked if key not in spared]
    sure = all(single[f"without {title_of(key)}"] for key in kept)
    if not spared or (kept and _possible(case, settings, runner, {"these alone": kept})["these alone"] is False):
        return tuple(kept), sure
    needed = [key for key in asked if key != spared[0]]
    for key in spared[1:]:
        name, left = f"without {title_of(key)} besides", [other for other in needed if other != key]
        possible = _possible(case, settings, runner, {name: left})[name]
        needed = left if possible is False else needed
        sure = sure and possible is not None
    return tuple(needed), sure


def _possible(case: Case, settings: Settings, runner: Runner, each: dict[str, list[str]]) -> dict[str, bool | None]:
    """Whether there is a plan with these rules alone; None for what was stopped or not decided in time."""
    found = runner.run(can_be, case, {name: given_with(settings, keys) for name, keys in each.items()})
    return {name: found.get(name) for name in each}


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
    return is_possible(case if held else let_go(case), settings, lambda: tell(None, None))


def _mends(case: Case, settings: Settings, runner: Runner, needed: tuple[str, ...]) -> tuple[Mend, ...]:
    """The ways out of the one conflict that help by themselves, the cheapest first."""
    jobs = {f"easing {title_of(key)}": (settings, key, False) for key in needed}
    jobs |= {f"kilos for {title_of(key)}": (settings, key, True) for key in needed if key in KINDS}
    found = [mend for mend in runner.run(way_out, case, jobs).values() if isinstance(mend, Mend)]
    return tuple(sorted(found, key=lambda mend: (mend.counted_gbp is None, mend.counted_gbp or 0, mend.rule)))


def _conflict(case: Case, settings: Settings, needed: tuple[str, ...], mends: tuple[Mend, ...], sure: bool) -> Conflict:
    lacks = (line for key in needed if key in KINDS for line in lacks_in_words(case, settings, key))
    words = tuple(_in_words(settings, key) for key in needed)
    return Conflict(needed, words, mends, tuple(dict.fromkeys(lacks)), sure)


def _in_words(settings: Settings, key: str) -> str:
    """A rule with its number: "local floor, 90%"."""
    return title_of(key) if key == HELD else f"{title_of(key)}, {said(BY_KEY[key], BY_KEY[key].value(settings))}"
