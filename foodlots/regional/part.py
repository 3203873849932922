"""A region's part of a case: its kitchens, and whoever could sell there, with the share of each that falls to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from types import MappingProxyType

from foodlots.case import Case, Offer, Producer
from foodlots.regional.regions import Region
from foodlots.settings import Settings

PENNY = Decimal("0.01")
Lode = tuple[str, str, int]  # producer, product, month: what regions share


@dataclass(frozen=True)
class Shares:
    """What falls to one region; whatever is not named falls to it whole.

    kg: (producer, product, month) -> kilos · taking_on, depots: part of what it costs to take on a producer, of a
    depot's fixed cost; 0 to 1.
    """

    kg: Mapping[Lode, Decimal]
    taking_on: Mapping[str, float]
    depots: Mapping[str, float]


EVERYTHING = Shares(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))


def part_of(case: Case, settings: Settings, region: Region, shares: Shares = EVERYTHING) -> Case:
    """The case of one region. What is paid once is cut to whole pence, so that the parts never exceed all."""
    sites, producers = set(region.sites), set(region.producers)
    lots = {lot: cells for lot, cells in case.lots.items() if any(site in sites for site, _, _ in cells)}
    return replace(
        case,
        buyers=_chosen(case.buyers, region.buyers),
        sites=_chosen(case.sites, [site for site in case.sites if case.sites[site].buyer in region.buyers]),
        producers=MappingProxyType({key: _taken_on(case, settings, shares, key) for key in region.producers}),
        offers=tuple(part for offer in case.offers if offer.producer in producers for part in _offered(offer, shares)),
        budgets=MappingProxyType({at: gbp for at, gbp in case.budgets.items() if at[0] in region.buyers}),
        demand=MappingProxyType({at: kg for at, kg in case.demand.items() if at[0] in sites}),
        depots=MappingProxyType({key: _kept(case, shares, key) for key in case.depots}),
        lots=MappingProxyType(lots),
        held=MappingProxyType({at: how for at, how in case.held.items() if at[0] in lots}),
        spend=(),
    )


def _chosen(table: Mapping, keys: Iterable[str]) -> Mapping:
    return MappingProxyType({key: table[key] for key in sorted(keys)})


def _taken_on(case: Case, settings: Settings, shares: Shares, key: str) -> Producer:
    producer = case.producers[key]
    whole = settings.costs.per_supplier if producer.setup_gbp is None else producer.setup_gbp
    if key not in shares.taking_on:
        return producer
    return replace(producer, setup_gbp=_portion(whole, shares.taking_on[key]))


def _kept(case: Case, shares: Shares, key: str):
    depot = case.depots[key]
    return replace(depot, fixed_gbp=_portion(depot.fixed_gbp, shares.depots.get(key, 1.0)))


def _offered(offer: Offer, shares: Shares) -> Iterable[Offer]:
    """The offer, month by month where a month's kilos are shared."""
    months = [month for month in offer.months if (offer.producer, offer.product, month) in shares.kg]
    for month in months:
        yield replace(offer, months=(month,), kg_per_month=shares.kg[offer.producer, offer.product, month])
    if rest := tuple(month for month in offer.months if month not in months):
        yield replace(offer, months=rest)


def _portion(whole: Decimal, share: float) -> Decimal:
    return (whole * Decimal(repr(share))).quantize(PENNY, ROUND_DOWN)
