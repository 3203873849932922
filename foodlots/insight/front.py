"""Points that no plan betters, found one after another, and what is proven of all plans at once.

The cheapest plan when each unit of an aim is worth a price is on the front; what is proven of it is a line that no plan
is below, whatever it brings of the aim. Such plans are found about as fast as the cheapest of all. They miss the points
in hollows of the front, which are found by asking for a value between two neighbours (ε-constraint), begun with the
better neighbour and bounded by the lines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import NamedTuple

from foodlots.case import Case
from foodlots.compare import cost_to_buyer
from foodlots.insight.aims import NEARLY_ALL, TIE, ZERO, Aim
from foodlots.insight.many import NOTHING_KNOWN, plan_from
from foodlots.plan import Plan
from foodlots.runner import Runner
from foodlots.settings import Settings

FINE = Decimal("0.0001")  # £ for a unit: prices are no finer
FIRST_PRICES = (Decimal("0.5"), Decimal(1), Decimal(2))  # of what a unit costs on the way from end to end
FIRST_STEPS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))  # of the way, where an aim has no price
MUCH = Decimal("0.1")  # of what is open: a plan better by so much is worth a second search, begun with it
LINES = 32  # places between two points where the line through them is held against what is proven
Values = tuple[Decimal, ...]


@dataclass(frozen=True)
class Point:
    """One plan on the curve: what it costs the buyer, its value of each aim, and how much could still be saved, £.

    asked: the value of each aim that was asked for, None where none was.
    """

    cost_gbp: Decimal
    values: Values
    asked: tuple[Decimal | None, ...]
    gap_gbp: Decimal
    proven: bool
    plan: Plan
    settings: Settings


class Ask(NamedTuple):
    """One plan to be found. asked: the values asked for · least: what no such plan costs less than, £."""

    settings: Settings
    asked: tuple[Decimal | None, ...]
    least: float = NOTHING_KNOWN


@dataclass
class Front:
    """What was asked and found so far, and what is proven of all plans.

    lines: (price of each aim's unit, £ of the line) that no plan is below · steps: (values, £): no plan with such
    values or better ones costs less · refused: why there is no plan for what was asked.
    """

    case: Case
    base: Settings
    aims: tuple[Aim, ...]
    runner: Runner
    asked: dict[str, Ask] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    lines: list[tuple[Values, Decimal]] = field(default_factory=list)
    steps: list[tuple[Values, Decimal]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)  # what was searched a second time

    def find(self, asks: Mapping[str, Ask]) -> None:
        """Find these plans, side by side, each begun with the best for it of those found before."""
        self.asked |= asks
        jobs = {name: (ask.settings, self._begin(ask), ask.least) for name, ask in asks.items()}
        for name, plan in self.runner.run(plan_from, self.case, jobs).items():
            if isinstance(plan, Plan):
                self.plans[name] = plan
                self._learn(asks[name], plan)
            else:
                self.refused[name] = plan.reason

    def _begin(self, ask: Ask) -> Plan | None:
        """Of the plans found so far with the values asked for, the best at the prices asked at."""
        prices = self._prices(ask.settings)
        fitting = (plan for plan in self.plans.values() if self._meets(self._values(plan), ask.asked))
        return min(fitting, key=lambda plan: self._at(prices, plan), default=None)

    def outdone(self) -> dict[str, Ask]:
        """What was found at a price where a plan found for another is better, by much of what is open there."""
        return {
            name: ask
            for name, ask in self.asked.items()
            if name in self.plans and name not in self.again
            if self._at_a_price(ask) and self._is_outdone(ask, self.plans[name])
        }

    def _is_outdone(self, ask: Ask, own: Plan) -> bool:
        prices, left = self._prices(ask.settings), own.summary.objective_gbp - own.summary.bound_gbp
        gain = self._at(prices, own) - min(self._at(prices, plan) for plan in self.plans.values())
        return gain > max(MUCH * left, Decimal(1))

    def _at_a_price(self, ask: Ask) -> bool:
        return ask.asked == self.nothing and not ask.settings.order.aims

    def _at(self, prices: Values, plan: Plan) -> Decimal:
        """What a plan costs less what it is worth at these prices."""
        return cost_to_buyer(plan.summary) - self._worth(prices, self._values(plan))

    def _learn(self, ask: Ask, plan: Plan) -> None:
        """What the search for a plan proved of all plans: a line, or where values were asked for a step."""
        bound = plan.summary.bound_gbp
        if ask.asked != self.nothing:
            values = tuple(map(Decimal, ask.asked))
            self.steps.append((values, bound - self._ties(values)))
        elif self._at_a_price(ask):
            self.lines.append((self._prices(ask.settings), bound))

    def _values(self, plan: Plan) -> Values:
        return tuple(aim.value(plan.summary) for aim in self.aims)

    def _meets(self, values: Values, asked: Iterable[Decimal | None]) -> bool:
        """Whether these values are at least as good as those asked for."""
        each = zip(self.aims, values, asked, strict=True)
        return all(other is None or aim.no_worse(value, other) for aim, value, other in each)

    def _worth(self, prices: Values, values: Values) -> Decimal:
        """£ that such values are worth at these prices."""
        return sum((p * a.sign * v for p, a, v in zip(prices, self.aims, values, strict=True)), ZERO)

    def _ties(self, values: Values) -> Decimal:
        """More £ than ties between plans with about such values come to."""
        priced = (abs(value) for aim, value in zip(self.aims, values, strict=True) if aim.weight)
        return TIE * sum(priced, ZERO) * 2

    def _prices(self, settings: Settings) -> Values:
        """£ that a unit of each aim is worth under these settings."""
        return tuple(getattr(settings.aims, aim.weight) if aim.weight else ZERO for aim in self.aims)

    @property
    def nothing(self) -> tuple[None, ...]:
        """No value asked for of any aim."""
        return (None,) * len(self.aims)

    def under(self, settings: Settings) -> Ask:
        """To find the best plan under settings of their own."""
        return Ask(settings, self.nothing)

    def holding(self, values: Values) -> Ask:
        """To find the cheapest plan with at least such values."""
        settings = self.base
        for aim, value in zip(self.aims, values, strict=True):
            settings = aim.held(settings, value)
        return Ask(settings, values, float(self.least_cost(values) - self._ties(values)))

    def least_cost(self, values: Values) -> Decimal:
        """What no plan with such values, or better ones, costs less than; £."""
        lines = [bound + self._worth(prices, values) for prices, bound in self.lines]
        return max([*lines, *(bound for asked, bound in self.steps if self._meets(values, asked))], default=ZERO)

    def points(self) -> tuple[Point, ...]:
        """The points that no other betters or equals in everything, by cost."""
        kept: list[Point] = []
        points = (self._point(name, plan) for name, plan in self.plans.items())
        for point in sorted(points, key=lambda each: (each.cost_gbp, *self._worst_first(each.values))):
            if not any(self._as_good(other, point) for other in kept):
                kept.append(point)
        return tuple(kept)

    def _point(self, name: str, plan: Plan) -> Point:
        summary = plan.summary
        cost, values = cost_to_buyer(summary), tuple(aim.value(summary) for aim in self.aims)
        own = max(ZERO, summary.objective_gbp - summary.bound_gbp)
        gap = min(own, max(ZERO, cost - self.least_cost(values)))
        proven = summary.status == "optimal" or not gap
        return Point(cost, values, self.asked[name].asked, gap, proven, plan, self.asked[name].settings)

    def _worst_first(self, values: Values) -> Values:
        return tuple(-aim.sign * value for aim, value in zip(self.aims, values, strict=True))

    def _as_good(self, one: Point, other: Point) -> bool:
        """Whether one point costs no more and is no worse for any aim."""
        better = (aim.no_worse(a, b) for aim, a, b in zip(self.aims, one.values, other.values, strict=True))
        return one.cost_gbp <= other.cost_gbp and all(better)


def along(front: Front, number: int) -> None:
    """Find points of a front with one aim until there are so many, or no more between those found.

    What was found at a price before a better plan for it came up is searched once more, from that: where a core would
    wait otherwise, and the rest at the end.
    """
    front.find(_first_between(front))
    while (room := number - len(front.points())) > 0 and not front.runner.stopped:
        asks = _next_between(front, room, number)
        if not asks:
            break
        front.find(asks | _outdone(front, -len(asks) % front.runner.at_once))
    if not front.runner.stopped:
        front.find(_outdone(front))


def _outdone(front: Front, most: int | None = None) -> dict[str, Ask]:
    """What was outdone and is to be searched once more, each once; so many at the most."""
    again = dict(list(front.outdone().items())[:most])
    front.again |= again.keys()
    return again


def _first_between(front: Front) -> dict[str, Ask]:
    """Three plans between the two ends, side by side."""
    (aim,), ends = front.aims, front.points()
    if len(ends) < 2:
        return {}
    low, high = ends[0], ends[-1]
    if aim.weight:
        prices = {_price(low, high, times, aim) for times in FIRST_PRICES}
        return dict(_at_price(front, price) for price in sorted(prices))
    start, way = low.values[0], high.values[0] - low.values[0]
    return _asks_of(front, (start + share * way for share in FIRST_STEPS), (low, high))


def _next_between(front: Front, room: int, number: int) -> dict[str, Ask]:
    """The next plans to look for, in the widest intervals first."""
    (aim,), points = front.aims, front.points()
    pairs = sorted(pairwise(points), key=lambda pair: -_width(*pair))
    widest, asks = _width(points[0], points[-1]), {}
    for low, high in pairs:
        if len(asks) == room or _width(low, high) * 2 * (number - 1) < widest:
            break
        if aim.weight and _could_be_below(front, low, high):
            name, ask = _at_price(front, _price(low, high, Decimal(1), aim))
            if name not in front.asked:
                asks[name] = ask
                continue
        asks |= _asks_of(front, [(low.values[0] + high.values[0]) / 2], (low, high))
    return asks


def _width(low: Point, high: Point) -> Decimal:
    return abs(high.values[0] - low.values[0])


def _price(low: Point, high: Point, times: Decimal, aim: Aim) -> Decimal:
    """What a unit of the aim costs on the way from one point to the other, £, so many times."""
    price = (times * (high.cost_gbp - low.cost_gbp) / _width(low, high)).quantize(FINE)
    return min(price, NEARLY_ALL) if aim.unit == "£" else price


def _at_price(front: Front, price: Decimal) -> tuple[str, Ask]:
    (aim,) = front.aims
    name = f"{aim.title.lower()}, £{price} for each {aim.unit}"
    return name, front.under(aim.priced(front.base, price))


def _could_be_below(front: Front, low: Point, high: Point) -> bool:
    """Whether a plan could be below the line through two points, by more than those may be better themselves."""
    rise, way = high.cost_gbp - low.cost_gbp, high.values[0] - low.values[0]
    shares = (Decimal(step) / LINES for step in range(1, LINES))
    below = max(low.cost_gbp + s * rise - front.least_cost((low.values[0] + s * way,)) for s in shares)
    return below > max(low.gap_gbp, high.gap_gbp, Decimal(1))


def _asks_of(front: Front, values: Iterable[Decimal], between: tuple[Point, Point]) -> dict[str, Ask]:
    """To ask for these values, in whole units, but for those of the two points themselves and what was asked before."""
    (aim,) = front.aims
    asks, rounding = {}, ROUND_FLOOR if aim.more else ROUND_CEILING
    for value in values:
        whole = value.to_integral_value(rounding)
        name = said(front.aims, (whole,))
        if name not in front.asked and whole not in (point.values[0] for point in between):
            asks[name] = front.holding((whole,))
    return asks


def said(aims: tuple[Aim, ...], values: Values) -> str:
    """What is asked for, in words."""
    return ", ".join(
        f"{aim.title.lower()} {'at least' if aim.more else 'at most'} {value:,.0f}"
        for aim, value in zip(aims, values, strict=True)
    )
