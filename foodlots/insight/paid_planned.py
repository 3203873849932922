"""Where the money goes under a plan: what each producer is paid, and the rest as today's contracts would take it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.insight.paid_today import LEAKING, LOCAL, REGIONAL, RINGS, UNKNOWN, Paid, km_to_buyer, total
from foodlots.local import is_local
from foodlots.plan import Plan
from foodlots.settings import Settings


@dataclass(frozen=True)
class Share:
    """£ a year paid within one ring, to suppliers of one kind; None where nobody said."""

    ring: str
    small: bool | None
    organic: bool | None
    gbp: Decimal


def as_shares(paid: Iterable[Paid]) -> tuple[Share, ...]:
    """Today's lines by where and to whom they are paid."""
    return tuple(Share(line.ring, line.small, line.organic, line.gbp) for line in paid)


def paid_under(
    case: Case, settings: Settings, plan: Plan, today: tuple[Paid, ...], regional_km: Decimal
) -> tuple[Share, ...]:
    """The plan's whole spend: producers for food and delivery, depots, and the open market.

    What stays on the open market is taken to be bought from today's suppliers of its category, in their proportions;
    who will run a depot is not known.
    """
    found = [*_producers(case, settings, plan, regional_km), *_open_market(case, plan, today)]
    figures = plan.summary
    depots = figures.handling_gbp + figures.distribution_gbp + figures.depots_gbp
    return (*found, Share(UNKNOWN, None, None, depots)) if depots else tuple(found)


def _producers(case: Case, settings: Settings, plan: Plan, regional_km: Decimal) -> Iterator[Share]:
    pools = _pools(case, settings, plan)
    sums: dict[tuple[str, tuple[str, ...]], Decimal] = defaultdict(Decimal)
    for line in plan.supply:
        sums[line.producer, pools[line.lot]] += line.gbp + line.collection_gbp
    for award in plan.awards:
        sums[award.bidder, pools[award.lot]] += award.delivery_gbp
    roads = Roads.of(case, settings.costs.road_factor)
    for (producer, pool), gbp in sorted(sums.items()):
        who = case.producers[producer]
        if is_local(who, pool, case, settings, roads):
            ring = LOCAL
        else:
            near = min(km_to_buyer(case, settings, who.place, buyer) for buyer in pool) <= float(regional_km)
            ring = REGIONAL if near else LEAKING
        yield Share(ring, who.small, who.organic, gbp)


def _pools(case: Case, settings: Settings, plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """Lot -> the buyers to whom a producer must be local: all who buy together, or the lot's own."""
    demand = work_out_demand(case, settings)
    together = tuple(sorted({site.buyer for site in case.sites.values() if demand.asks(site.id)}))
    return {lot.id: together if settings.case.pool_buyers else lot.buyers for lot in plan.lots}


def open_market_by_category(case: Case, plan: Plan) -> Mapping[str, Decimal]:
    """Category -> £ a year that stays on the open market."""
    left: dict[str, Decimal] = defaultdict(Decimal)
    for line in plan.shortfall:
        left[case.products[line.product].category] += line.gbp
    return dict(sorted(left.items()))


def _open_market(case: Case, plan: Plan, today: tuple[Paid, ...]) -> Iterator[Share]:
    for category, gbp in open_market_by_category(case, plan).items():
        lines = [line for line in today if line.category == category]
        whole = total(lines)
        if not whole:
            yield Share(UNKNOWN, None, None, gbp)
        yield from (Share(line.ring, line.small, line.organic, gbp * line.gbp / whole) for line in lines if whole)


def by_ring(shares: Iterable[Share]) -> Mapping[str, Decimal]:
    """Ring -> £ a year."""
    sums = dict.fromkeys(RINGS, Decimal(0))
    for share in shares:
        sums[share.ring] += share.gbp
    return sums
