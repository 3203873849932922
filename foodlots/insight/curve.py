"""The trade-off curve: what more of an aim costs, as exact points that no other plan betters in every aim at once.

The method is the ε-constraint: the cheapest plan of all, the best plan for the aim, and between them the cheapest plan
that reaches each of some equal steps. Each point has its own proof. A weighted sum would miss the points in hollows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from math import isqrt

from foodlots.case import Case
from foodlots.compare import cost_to_buyer
from foodlots.insight.many import one_of_many, plan_from, plan_under
from foodlots.plan import Plan, Summary
from foodlots.runner import Runner
from foodlots.settings import Settings

CHEAPEST = "the cheapest plan"
TIE = Decimal("0.000001")  # £ for each unit of an aim: of plans that cost the same, the better one is wanted
NEARLY_ALL = Decimal("0.99")  # £ that £1 kept local may cost: beyond £1 it would be cheaper to give the money away
ZERO = Decimal(0)


@dataclass(frozen=True)
class Aim:
    """Something wanted beside a low cost. more: whether more of it is better; whole: whether it is counted.

    far: the settings that find the best plan for it · held: the settings that ask for at least so good a value.
    """

    name: str
    title: str
    unit: str
    more: bool
    whole: bool
    value: Callable[[Summary], Decimal]
    far: Callable[[Settings], Settings]
    held: Callable[[Settings, Decimal], Settings]

    @property
    def label(self) -> str:
        """Its title with its unit, where the title does not say it."""
        return self.title if self.unit == self.title.lower() else f"{self.title}, {self.unit}"

    def no_worse(self, one: Decimal, other: Decimal) -> bool:
        """Whether one value is at least as good as the other."""
        return one >= other if self.more else one <= other


def _limit(name: str, whole: bool = False):
    def held(settings: Settings, value: Decimal) -> Settings:
        return replace(settings, limits=replace(settings.limits, **{name: int(value) if whole else value}))

    return held


def _first(name: str):
    return lambda settings: replace(settings, order=replace(settings.order, aims=(name,)))


def _weighed(**weights: Decimal):
    return lambda settings: replace(settings, aims=replace(settings.aims, **weights))


def _at_most_so_many_lots(settings: Settings, value: Decimal) -> Settings:
    return replace(settings, lots=replace(settings.lots, number=(settings.lots.number[0], int(value))))


AIMS = {
    aim.name: aim
    for aim in (
        Aim("local", "Paid to local producers", "£", True, False, lambda summary: summary.local_spend_gbp,
            _weighed(local_spend_gbp=NEARLY_ALL), _limit("local_gbp")),
        Aim("carbon", "Greenhouse gas", "kg CO₂e", False, False, lambda summary: summary.kgco2e,
            _first("carbon"), _limit("kgco2e")),
        Aim("km", "Delivery", "km", False, False, lambda summary: summary.delivery_km, _first("km"), _limit("km")),
        Aim("suppliers", "Winners", "winners", False, True, lambda summary: Decimal(summary.winners),
            _first("suppliers"), _limit("winners", whole=True)),
        Aim("lots", "Lots", "lots", False, True, lambda summary: Decimal(summary.lots),
            _first("lots"), _at_most_so_many_lots),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Point:
    """One plan on the curve: what it costs the buyer, its value of each aim, and how much could still be saved, £.

    asked: the value of each aim that was asked for, none for an end of the curve.
    """

    cost_gbp: Decimal
    values: tuple[Decimal, ...]
    asked: tuple[Decimal | None, ...]
    gap_gbp: Decimal
    proven: bool
    plan: Plan
    settings: Settings


@dataclass(frozen=True)
class Curve:
    """The points by cost, the cheapest first; `unmet`: how many steps no plan can reach."""

    aims: tuple[Aim, ...]
    points: tuple[Point, ...]
    unmet: int
    stopped: bool


def trade_off(
    case: Case, settings: Settings, names: Iterable[str], runner: Runner, points: int = 9, seconds: float | None = None
) -> Curve:
    """The curve of cost against one aim, or of cost against two, by `points` plans at the most."""
    aims = tuple(AIMS[name] for name in names)
    base = _cost_alone(one_of_many(settings, seconds), aims)
    ends = {CHEAPEST: base} | {f"best for {aim.title.lower()}": aim.far(base) for aim in aims}
    found = runner.run(plan_under, case, ends)
    made = {name: plan for name, plan in found.items() if isinstance(plan, Plan)}
    if len(made) < len(ends):
        return Curve(aims, _best(aims, _points(aims, ends, made, {})), 0, runner.stopped)
    asked = _steps(aims, [made[name] for name in ends], points)
    jobs = {_said(aims, values): _held(aims, base, values) for values in asked}
    best, least = made[list(ends)[-1]], float(made[CHEAPEST].summary.bound_gbp)
    more = runner.run(plan_from, case, {name: (each, best, least) for name, each in jobs.items()})
    steps = {name: plan for name, plan in more.items() if isinstance(plan, Plan)}
    all_points = _points(aims, ends | jobs, made | steps, dict(zip(jobs, asked, strict=True)))
    return Curve(aims, _best(aims, all_points), len(more) - len(steps), runner.stopped)


def _cost_alone(settings: Settings, aims: tuple[Aim, ...]) -> Settings:
    """The settings with cost as the only aim, but for ties."""
    nothing = replace(settings.aims, km_gbp=ZERO, kgco2e_gbp=ZERO, local_spend_gbp=ZERO, balance_gbp=ZERO)
    ties = {"local": "local_spend_gbp", "km": "km_gbp", "carbon": "kgco2e_gbp"}
    weights = {ties[aim.name]: TIE for aim in aims if aim.name in ties}
    return replace(settings, aims=replace(nothing, **weights), order=replace(settings.order, aims=()))


def _steps(aims: tuple[Aim, ...], ends: list[Plan], points: int) -> list[tuple[Decimal, ...]]:
    """The values to ask for between the cheapest plan and the best for each aim, without those ends themselves."""
    each = points if len(aims) == 1 else max(2, isqrt(points))
    ranges = []
    for aim, best in zip(aims, ends[1:], strict=True):
        values = [aim.value(plan.summary) for plan in ends]
        ranges.append(_between(aim, min(values) if aim.more else max(values), aim.value(best.summary), each))
    if len(aims) == 1:
        return [(value,) for value in ranges[0][1:-1]]
    loosest = tuple(values[0] for values in ranges)
    return [values for values in product(*ranges) if values != loosest]


def _between(aim: Aim, start: Decimal, end: Decimal, number: int) -> list[Decimal]:
    """So many values from start to end, equally far apart, each once; rounded to whole units towards the start."""
    rounding = ROUND_FLOOR if aim.more else ROUND_CEILING
    inner = [start + (end - start) * step / (number - 1) for step in range(1, number - 1)]
    rounded = [value.to_integral_value(rounding) for value in inner]
    return list(dict.fromkeys([start, *(value for value in rounded if start != value != end), end]))


def _held(aims: tuple[Aim, ...], settings: Settings, values: tuple[Decimal, ...]) -> Settings:
    for aim, value in zip(aims, values, strict=True):
        settings = aim.held(settings, value)
    return settings


def _said(aims: tuple[Aim, ...], values: tuple[Decimal, ...]) -> str:
    return ", ".join(
        f"{aim.title.lower()} {'at least' if aim.more else 'at most'} {value:,.0f}"
        for aim, value in zip(aims, values, strict=True)
    )


def _points(aims: tuple[Aim, ...], settings: Mapping, plans: Mapping[str, Plan], asked: Mapping) -> list[Point]:
    return [
        Point(
            cost_to_buyer(plan.summary), tuple(aim.value(plan.summary) for aim in aims),
            asked.get(name, (None,) * len(aims)),
            max(ZERO, plan.summary.objective_gbp - plan.summary.bound_gbp), plan.summary.status == "optimal",
            plan, settings[name],
        )
        for name, plan in plans.items()
    ]  # fmt: skip


def _best(aims: tuple[Aim, ...], points: list[Point]) -> tuple[Point, ...]:
    """The points that no other betters or equals in everything, by cost."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda each: (each.cost_gbp, *_worst_first(aims, each.values))):
        if not any(_as_good(aims, other, point) for other in kept):
            kept.append(point)
    return tuple(kept)


def _worst_first(aims: tuple[Aim, ...], values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(-value if aim.more else value for aim, value in zip(aims, values, strict=True))


def _as_good(aims: tuple[Aim, ...], one: Point, other: Point) -> bool:
    """Whether one point costs no more and is no worse for any aim."""
    better = (aim.no_worse(a, b) for aim, a, b in zip(aims, one.values, other.values, strict=True))
    return one.cost_gbp <= other.cost_gbp and all(better)
