"""What stays on the open market, and the first reason why: one reason for every kilo."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case, Offer
from foodlots.plan import Plan
from foodlots.settings import Settings

NOBODY = "no producer offers it"
SEASON = "out of season everywhere"
TOO_DEAR = "offered only above the price ceiling"
NO_BIDDER = "lot without an able bidder"
NOT_AWARDED = "lot not awarded: the open market is cheaper or a limit stands in the way"
NO_MORE = "the winner has no more, or more would cost more than the open market"


@dataclass(frozen=True)
class Short:
    """Kilos of a product bought on the open market for one reason, in some months."""

    product: str
    why: str
    months: tuple[int, ...]
    kg: Decimal
    gbp: Decimal


def why_short(case: Case, settings: Settings, plan: Plan) -> tuple[Short, ...]:
    """Every kilo of shortfall under its reason, dearest first."""
    offers = defaultdict(list)
    for offer in case.offers:
        offers[offer.product].append(offer)
    lots = {lot.id: lot for lot in plan.lots}
    found: dict[tuple[str, str], list] = defaultdict(lambda: [set(), Decimal(0), Decimal(0)])
    for line in plan.shortfall:
        usable = [offer for offer in offers[line.product] if not _too_dear(case, settings, offer)]
        why = _why(lots[line.lot], line.month, offers[line.product], usable)
        months, kg, gbp = found[line.product, why]
        months.add(line.month)
        found[line.product, why][1:] = kg + line.kg, gbp + line.gbp
    shorts = (
        Short(product, why, tuple(sorted(months)), kg, gbp) for (product, why), (months, kg, gbp) in found.items()
    )
    return tuple(sorted(shorts, key=lambda short: (-short.gbp, short.product, short.why)))


def _why(lot, month: int, offers: Iterable[Offer], usable: Iterable[Offer]) -> str:
    if not offers:
        return NOBODY
    if not any(month in offer.months for offer in offers):
        return SEASON
    if not any(month in offer.months for offer in usable):
        return TOO_DEAR
    if lot.winner:
        return NO_MORE
    return NOT_AWARDED if lot.able_bidders else NO_BIDDER


def _too_dear(case: Case, settings: Settings, offer: Offer) -> bool:
    uplift = settings.awards.max_price_over_benchmark
    benchmark = case.products[offer.product].benchmark_gbp_per_kg
    return uplift is not None and offer.price_gbp_per_kg > benchmark * (1 + uplift)
