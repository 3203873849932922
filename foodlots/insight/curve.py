"""The trade-off curve: what more of an aim costs, as exact points that no other plan betters in every aim at once.

Between the cheapest plan of all and the best plan for the aim; each point has its own proof. A weighted sum alone would
miss the points in hollows, so values are asked for there too (`front`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from math import isqrt

from foodlots.case import Case
from foodlots.insight.aims import AIMS, Aim, cost_alone
from foodlots.insight.front import Front, Point, Values, along, said
from foodlots.insight.many import one_of_many
from foodlots.plan import Plan
from foodlots.runner import Runner
from foodlots.settings import Settings

CHEAPEST = "the cheapest plan"
STOPPED = "stopped before there was any plan"
NOTHING_TO_TRADE = "The cheapest plan found is the best for the aim too: there is nothing to trade."


@dataclass(frozen=True)
class Curve:
    """The points by cost, the cheapest first; `unmet`: how many steps no plan can reach; `refusal`: why none, if so."""

    aims: tuple[Aim, ...]
    points: tuple[Point, ...]
    unmet: int
    stopped: bool
    refusal: str = ""

    @property
    def nothing_to_trade(self) -> bool:
        """Whether one plan is at both ends."""
        return len(self.points) == 1 and not self.stopped


def trade_off(
    case: Case, settings: Settings, names: Iterable[str], runner: Runner, points: int = 9, seconds: float | None = None
) -> Curve:
    """The curve of cost against one aim, or of cost against two, by `points` plans at the most."""
    aims = tuple(AIMS[name] for name in names)
    base = cost_alone(one_of_many(settings, seconds), aims)
    front = Front(case, base, aims, runner)
    ends = [CHEAPEST, *(f"best for {aim.title.lower()}" for aim in aims)]
    front.find(dict(zip(ends, (front.under(base), *(front.under(aim.far(base)) for aim in aims)), strict=True)))
    if len(front.plans) == len(ends) and len(aims) == 1:
        along(front, points)
    elif len(front.plans) == len(ends):
        _across(front, [front.plans[name] for name in ends], points)
    unmet = 0 if runner.stopped else len(front.asked) - len(front.plans)
    points = front.points()
    return Curve(aims, points, unmet, runner.stopped, "" if points else front.refused.get(CHEAPEST, STOPPED))


def _across(front: Front, ends: list[Plan], points: int) -> None:
    """Find points of a front with several aims: the values between the ends, equally far apart, in all combinations."""
    each, ranges = max(2, isqrt(points)), []
    for aim, best in zip(front.aims, ends[1:], strict=True):
        values = [aim.value(plan.summary) for plan in ends]
        ranges.append(between(aim, min(values) if aim.more else max(values), aim.value(best.summary), each))
    loosest = tuple(values[0] for values in ranges)
    asked: list[Values] = [values for values in product(*ranges) if values != loosest]
    front.find({said(front.aims, values): front.holding(values) for values in asked})


def between(aim: Aim, start: Decimal, end: Decimal, number: int) -> list[Decimal]:
    """So many values from start to end, equally far apart, each once; rounded to whole units towards the start."""
    rounding = ROUND_FLOOR if aim.more else ROUND_CEILING
    inner = [start + (end - start) * step / (number - 1) for step in range(1, number - 1)]
    rounded = [value.to_integral_value(rounding) for value in inner]
    return list(dict.fromkeys([start, *(value for value in rounded if start != value != end), end]))
