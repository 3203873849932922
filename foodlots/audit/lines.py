"""The lines of a plan's files as values: whole grams, whole pence, exact fractions; `row` is the row in the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from foodlots.audit import exact


@dataclass(frozen=True)
class LotLine:
    row: int
    lot: str
    name: str
    buyers: tuple[str, ...]
    area: str
    products: tuple[str, ...]
    months: tuple[int, ...]
    value_gbp: int
    cpv: str
    able_bidders: int
    winner: tuple[str, ...]
    fill: Fraction
    round_km: Fraction


@dataclass(frozen=True)
class CellLine:
    row: int
    lot: str
    site: str
    product: str
    months: tuple[int, ...]


@dataclass(frozen=True)
class AwardLine:
    row: int
    lot: str
    bidder: str
    depot: str
    share: Fraction
    value_gbp: int
    local_gbp: int
    delivery_gbp: int
    handling_gbp: int
    visits: Fraction
    drops: Fraction
    km: Fraction


@dataclass(frozen=True)
class SupplyLine:
    row: int
    lot: str
    bidder: str
    producer: str
    product: str
    month: int
    kg: int
    gbp: int
    collection_gbp: int


@dataclass(frozen=True)
class ShortfallLine:
    row: int
    lot: str
    product: str
    month: int
    kg: int
    gbp: int


@dataclass(frozen=True)
class DistributionLine:
    row: int
    distribution: str
    depot: str
    area: str
    visits: Fraction
    drops: Fraction
    round_km: Fraction
    km: Fraction
    gbp: int


@dataclass(frozen=True)
class StopLine:
    row: int
    round: str
    stop: int
    site: str


@dataclass(frozen=True)
class Page:
    """One CSV file of a plan: what its lines become, how each column is read, and what tells lines apart.

    `names` says for a column in which list its ids must stand: a table of the case, or "lots" or "rounds" of the plan.
    """

    file: str
    line: type
    columns: Mapping[str, Callable[[str], object]]
    key: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


LOTS = Page(
    "lots.csv",
    LotLine,
    {
        "lot": exact.name,
        "name": exact.words,
        "buyers": exact.names,
        "area": exact.words,
        "products": exact.names,
        "months": exact.months,
        "value_gbp": exact.pence,
        "cpv": exact.words,
        "able_bidders": exact.count,
        "winner": exact.names,
        "fill": exact.quantity,
        "round_km": exact.quantity,
    },
    ("lot",),
    {"buyers": "buyers", "products": "products", "winner": "producers"},
)
CELLS = Page(
    "cells.csv",
    CellLine,
    {"lot": exact.name, "site": exact.name, "product": exact.name, "months": exact.months},
    ("lot", "site", "product", "months"),
    {"lot": "lots", "site": "sites", "product": "products"},
)
AWARDS = Page(
    "awards.csv",
    AwardLine,
    {
        "lot": exact.name,
        "bidder": exact.name,
        "depot": exact.name_or_none,
        "share": exact.quantity,
        "value_gbp": exact.pence,
        "local_gbp": exact.pence,
        "delivery_gbp": exact.pence,
        "handling_gbp": exact.pence,
        "visits": exact.quantity,
        "drops": exact.quantity,
        "km": exact.quantity,
    },
    ("lot", "bidder", "depot"),
    {"bidder": "producers", "depot": "depots"},
)
SUPPLY = Page(
    "supply.csv",
    SupplyLine,
    {
        "lot": exact.name,
        "bidder": exact.name,
        "producer": exact.name,
        "product": exact.name,
        "month": exact.month,
        "kg": exact.grams,
        "gbp": exact.pence,
        "collection_gbp": exact.pence,
    },
    ("lot", "bidder", "producer", "product", "month"),
    {"lot": "lots", "bidder": "producers", "producer": "producers", "product": "products"},
)
SHORTFALL = Page(
    "shortfall.csv",
    ShortfallLine,
    {"lot": exact.name, "product": exact.name, "month": exact.month, "kg": exact.grams, "gbp": exact.pence},
    ("lot", "product", "month"),
    {"lot": "lots", "product": "products"},
)
DISTRIBUTION = Page(
    "distribution.csv",
    DistributionLine,
    {
        "distribution": exact.name,
        "depot": exact.name,
        "area": exact.words,
        "visits": exact.quantity,
        "drops": exact.quantity,
        "round_km": exact.quantity,
        "km": exact.quantity,
        "gbp": exact.pence,
    },
    ("distribution",),
    {"depot": "depots"},
)
ROUNDS = Page(
    "rounds.csv",
    StopLine,
    {"round": exact.name, "stop": exact.count, "site": exact.name},
    ("round", "stop"),
    {"round": "rounds", "site": "sites"},
)

SUMMARY: Mapping[str, Callable[[str], object]] = {
    "status": exact.words,
    "objective_gbp": exact.signed_pence,
    "bound_gbp": exact.signed_pence,
    "gap_share_of_spend": exact.quantity,
    "seconds": exact.quantity,
    "budget_gbp": exact.pence,
    "spend_gbp": exact.pence,
    "food_gbp": exact.pence,
    "delivery_gbp": exact.pence,
    "collection_gbp": exact.pence,
    "handling_gbp": exact.pence,
    "distribution_gbp": exact.pence,
    "depots_gbp": exact.pence,
    "open_market_gbp": exact.pence,
    "lots_gbp": exact.pence,
    "suppliers_gbp": exact.pence,
    "local_spend_gbp": exact.pence,
    "local_share": exact.quantity,
    "small_share": exact.quantity,
    "organic_share": exact.quantity,
    "lots": exact.count,
    "awarded_lots": exact.count,
    "winners": exact.count,
    "imbalance_gbp": exact.pence,
    "delivery_km": exact.quantity,
    "kgco2e": exact.quantity,
    "meals": exact.quantity,
    "pence_per_meal": exact.quantity,
}

PAGES = (LOTS, CELLS, AWARDS, SUPPLY, SHORTFALL, DISTRIBUTION, ROUNDS)
