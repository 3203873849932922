"""The answer in a sentence or two, before any picture or table: what to do, from figures that are proven."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from foodlots.calendar import say_month_of_year, say_months
from foodlots.case import Case
from foodlots.insight.alternatives import FIRM, THREAD, Alternatives
from foodlots.insight.baseline import PAID_LOCALLY, SPEND, Baseline
from foodlots.insight.curve import Curve
from foodlots.insight.front import Point
from foodlots.insight.menus import Swap
from foodlots.insight.price import LIFTED, Prices, Step
from foodlots.insight.strategies import BIG, COMPETITION, Score, Strategies
from foodlots.story import pounds, several

LITTLE = Decimal("0.25")  # of what a step costs: with more open at an end of it the price of a unit is not told
WORTH_TELLING = Decimal(1)  # £ a year; less is a tie


def prices_in_short(prices: Prices) -> Iterator[str]:
    """The rule that costs most, what goes with it, and how many could go or be tightened for nothing."""
    lifted = [step for step in prices.steps if step.what == LIFTED and not step.refused]
    dear = sorted((step for step in lifted if step.most_gbp <= -WORTH_TELLING), key=lambda step: step.most_gbp)
    if dear:
        yield _dearest(dear[0])
    elif lifted and all(step.proven for step in lifted):
        yield "No rule costs anything: without any one of them the best plan is the same to the pound."
    others = [f"{step.title.lower()} ({_at_least(step)})" for step in dear[1:]]
    if others:
        yield f"The others that cost something: {'; '.join(others)}."
    free = [step for step in prices.steps if step.what != LIFTED and not step.refused and _is_free(step)]
    if free:
        yield (
            "Could be one step tighter at no cost: "
            + "; ".join(f"{step.title.lower()} ({step.after} for {step.before})" for step in free)
            + "."
        )


def _dearest(step: Step) -> str:
    local = round(step.local_gbp)
    paid = f"{pounds(abs(local))} {'more' if local > 0 else 'less'} is paid to" if local else "as much is paid to"
    return (
        f"{step.title} ({step.before}) is the rule that costs most: without it the plan is {_at_least(step)} a year "
        f"better, counted with the aims, and {paid} local producers."
    )


def _at_least(step: Step) -> str:
    """What is surely saved without a rule."""
    return pounds(-step.counted_gbp) if step.proven else f"at least {pounds(-step.most_gbp)}"


def _is_free(step: Step) -> bool:
    return step.most_gbp < WORTH_TELLING


def curve_in_short(curve: Curve) -> Iterator[str]:
    """From end to end, and where a unit of the aim is cheapest and dearest; of one aim alone."""
    if len(curve.aims) != 1 or len(curve.points) < 2:
        return
    first, last = curve.points[0], curve.points[-1]
    yield (
        f"{_reach(curve, first, last)} costs {pounds(last.cost_gbp - first.cost_gbp)} more a year: "
        f"{_rate(curve, first, last)} on the way."
    )
    steps = {number: pair for number, pair in enumerate(pairwise(curve.points), 1) if _is_known(*pair)}
    if len(steps) > 1:
        low, high = (best(steps, key=lambda number: _slope(*steps[number])) for best in (min, max))
        yield (
            f"It is cheapest from point {low} to {low + 1}, {_rate(curve, *steps[low])}, and dearest from {high} to "
            f"{high + 1}, {_rate(curve, *steps[high])}."
        )
    if len(steps) < len(curve.points) - 1:
        yield "What else lies between two points is not proven closely enough to say what a step costs there."


def _is_known(one: Point, two: Point) -> bool:
    """Whether little could still be saved at either point, against what the step between them costs."""
    return max(one.gap_gbp, two.gap_gbp) <= LITTLE * (two.cost_gbp - one.cost_gbp)


def _slope(one: Point, two: Point) -> Decimal:
    return (two.cost_gbp - one.cost_gbp) / abs(two.values[0] - one.values[0])


def _reach(curve: Curve, first: Point, last: Point) -> str:
    """What is reached between two points: "£578,085 more paid to local producers"."""
    (aim,) = curve.aims
    less, more = sorted((first.values[0], last.values[0]))
    amount = pounds(more - less) if aim.unit == "£" else f"{more - less:,.0f} {aim.unit}"
    return f"{aim.title}: {amount} {'more' if aim.more else 'less' if aim.unit[:2] in ('km', 'kg') else 'fewer'}"


def _rate(curve: Curve, first: Point, last: Point) -> str:
    (aim,) = curve.aims
    rate = _slope(first, last)
    if aim.unit == "£":
        return f"{rate * 100:,.0f}p for each £1"
    unit = {"km": "km", "kg CO₂e": "kg CO₂e", "lots": "lot", "winners": "winner"}[aim.unit]
    return f"{pounds(rate, 2 if rate < 10 else 0)} for each {unit}"


def strategies_in_short(found: Strategies) -> Iterator[str]:
    """The cheapest way of drawing lots, and how today's few big ones do against it."""
    scored = [score for score in found.scores if not score.refused]
    if len(scored) < 2:
        return
    cheapest = min(scored, key=lambda score: score.cost_gbp)
    yield f"{cheapest.title} costs least: {pounds(cheapest.cost_gbp)} a year; {_brings(cheapest)}."
    for score in scored:
        if score.name == BIG and score is not cheapest:
            more = pounds(score.cost_gbp - cheapest.cost_gbp)
            yield f"{score.title}, as contracts are today: {more} a year more; {_brings(score)}."


def _brings(score: Score) -> str:
    return (
        f"{pounds(score.local_gbp)} paid to local producers, {score.contested} of {several(score.lots, 'lot')} with "
        f"{COMPETITION} or more able bidders"
    )


def baseline_in_short(answer: Baseline) -> Iterator[str]:
    """What is paid to local suppliers today and under the plan, and what can be moved first."""
    account = {figure.title: figure for figure in answer.figures}
    spend, local = account[SPEND], account[PAID_LOCALLY]
    yield f"Of {pounds(spend.today)} a year, {_local(local.today, spend.today)} is paid to local suppliers today."
    if local.planned is not None:
        more = local.planned - local.today
        yield (
            f"Under the plan it is {_local(local.planned, spend.planned)} of {pounds(spend.planned)}: "
            f"{pounds(abs(more))} {'more' if more >= 0 else 'less'} a year."
        )
    if answer.endings and answer.endings[0].month:
        first = answer.endings[0]
        yield (
            f"First to end, in {say_month_of_year(first.month)}, are contracts of {pounds(first.gbp)} a year, "
            f"{pounds(first.not_local_gbp)} of it not local."
        )


def swaps_in_short(changes: Sequence[Swap], case: Case, first_month: int) -> Iterator[str]:
    """The swap that keeps most local, and what it costs."""
    if changes:
        best = changes[0]
        cost = round(best.cost_gbp)
        yield (
            f"{case.products[best.into].name} in place of {case.products[best.out].name} in "
            f"{say_months(best.kg, first_month)} would keep {pounds(best.local_gbp)} a year local and "
            + (f"cost {pounds(cost)} more." if cost > 0 else f"save {pounds(-cost)}." if cost else "cost no more.")
        )


def alternatives_in_short(answer: Alternatives) -> Iterator[str]:
    """How many awards are sure, and how many hang by a thread."""
    firm, thin = (sum(each.standing == standing for each in answer.awards) for standing in (FIRM, THREAD))
    yield (
        f"Of {several(len(answer.awards), 'award')}, {firm} never change in any plan of these lots within "
        f"{answer.bounds.within:.1%} of its cost, and {thin} hang by a thread (another plan without them costs no more "
        f"than {answer.bounds.thread:.1%} extra)."
    )
    if any(each.extra_gbp is not None and each.extra_gbp < -1 for each in answer.awards):
        yield "A plan found here costs less than this one, which was not proven the cheapest: plan again for longer."
    if not answer.others:
        yield "No other awards of these lots were found within that."


def _local(gbp: float, spend: float) -> str:
    return f"{pounds(gbp)} ({gbp / spend if spend else 0:.0%})"
