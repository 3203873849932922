"""What to grow, store or certify: for each, what would flow into the plan's lots if that alone changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from foodlots.insight.causes import NOTHING, Causes, Used
from foodlots.insight.lifts import ACCREDITATION, CAPACITY, NOBODY, SEASON
from foodlots.optimise.standing import kilos

GROW, STORE, CERTIFY = "grow", "store", "certify"
ACTIONS = ((GROW, CAPACITY), (STORE, SEASON), (CERTIFY, ACCREDITATION))


@dataclass(frozen=True)
class Signal:
    """One thing worth doing. kg, gbp: a year of what would be sold, at open-market prices · area: where most is short.

    growers: who would sell most of it, by kilos; none where nobody grows it · needs: certificates to be earned ·
    opens: lots that have no winner now · fills: lots whose winner would fill more.
    """

    action: str
    product: str
    months: tuple[int, ...]
    area: str
    kg: Decimal
    gbp: Decimal
    growers: tuple[str, ...]
    needs: tuple[str, ...]
    opens: tuple[str, ...]
    fills: tuple[str, ...]


def crop_signals(causes: Causes, most: int = 10) -> list[Signal]:
    """The things best worth growing, storing or certifying, by open-market value; ties by product."""
    found = [*_from_flows(causes), *_what_nobody_grows(causes)]
    return sorted(found, key=lambda signal: (-signal.gbp, signal.product, signal.action, signal.needs))[:most]


def _from_flows(causes: Causes) -> Iterator[Signal]:
    for action, cause in ACTIONS:
        groups: dict[tuple[str, tuple[str, ...]], list[Used]] = defaultdict(list)
        for used in _beyond_unused(causes, cause):
            groups[used.product, _needs(causes, used) if action == CERTIFY else ()].append(used)
        for (product, needs), flow in sorted(groups.items()):
            yield _signal(causes, action, product, needs, flow)


def _beyond_unused(causes: Causes, cause: str) -> Iterator[Used]:
    """What would flow if the cause were lifted, less what could flow as things are."""
    unused: Counter[tuple[str, str, int]] = Counter()
    for used in causes.flows[NOTHING]:
        unused[used.lot, used.product, used.month] += used.grams
    for used in causes.flows[cause]:
        line = used.lot, used.product, used.month
        same = min(unused[line], used.grams)
        unused[line] -= same
        if used.grams > same:
            yield replace(used, grams=used.grams - same)


def _needs(causes: Causes, used: Used) -> tuple[str, ...]:
    """The certificates that the lot asks for and its bidder does not hold."""
    case = causes.standing.case
    asked = (case.products[product].accreditations for product in causes.lot(used.lot).products)
    return tuple(sorted(frozenset().union(*asked) - case.producers[used.bidder].accreditations))


def _what_nobody_grows(causes: Causes) -> Iterator[Signal]:
    groups: dict[str, list[Used]] = defaultdict(list)
    for (lot, product, month), found in causes.by_line.items():
        if (NOBODY, True) in found:
            groups[product].append(Used(lot, "", "", product, month, found[NOBODY, True]))
    for product, flow in sorted(groups.items()):
        yield _signal(causes, GROW, product, (), flow)


def _signal(causes: Causes, action: str, product: str, needs: tuple[str, ...], flow: Iterable[Used]) -> Signal:
    flow = list(flow)
    kg = kilos(sum(used.grams for used in flow))
    price = causes.standing.case.products[product].benchmark_gbp_per_kg
    lots = sorted({used.lot for used in flow})
    won = {award.lot for award in causes.standing.plan.awards}
    return Signal(
        action, product, tuple(sorted({used.month for used in flow})), _place(causes, flow), kg,
        (kg * price).quantize(Decimal("0.01")), _most_of(used for used in flow if used.grower), needs,
        tuple(lot for lot in lots if lot not in won), tuple(lot for lot in lots if lot in won),
    )  # fmt: skip


def _most_of(flow: Iterable[Used]) -> tuple[str, ...]:
    """Growers by how much of the flow is theirs."""
    grams: Counter[str] = Counter()
    for used in flow:
        grams[used.grower] += used.grams
    return tuple(sorted(grams, key=lambda grower: (-grams[grower], grower)))


def _place(causes: Causes, flow: Iterable[Used]) -> str:
    """The small area whose kitchens would eat most of the flow."""
    eaten: Counter[int] = Counter()
    for used in flow:
        parts = causes.asked_by_leaf(used.lot, used.product, used.month)
        for leaf, part in parts.items():
            eaten[leaf] += used.grams * float(part / sum(parts.values()))
    leaf = min(eaten, key=lambda leaf: (-eaten[leaf], leaf))
    return causes.areas[leaf]
