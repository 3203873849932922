"""A case: the buyers, kitchens, products, budgets and producers of one place, checked and frozen.

Every number is exact (`Decimal`) as it stood in the table; every mapping is sorted by id, so the order
of rows in a file can never reach a plan. Money in £, mass in kg, distance in km, CO₂e in kg.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True)
class Place:
    """A position in degrees (WGS84) and how far it may be off, km: 0 when given as lat and lon."""

    lat: float
    lon: float
    error_km: float = 0.0
    postcode: str = ""


@dataclass(frozen=True)
class Buyer:
    id: str
    name: str
    kind: str
    area_code: str


@dataclass(frozen=True)
class Site:
    id: str
    buyer: str
    name: str
    kind: str
    place: Place
    meals_per_week: Decimal
    term_time: bool
    deliveries_per_week: Decimal
    area_code: str


@dataclass(frozen=True)
class Product:
    id: str
    name: str
    family: str
    category: str
    cpv: str
    benchmark_gbp_per_kg: Decimal
    kgco2e_per_kg: Decimal
    budget_share: Decimal
    drops_per_week: Decimal
    accreditations: frozenset[str]


@dataclass(frozen=True)
class Producer:
    id: str
    name: str
    kind: str
    owner_group: str
    member_of: tuple[str, ...]
    place: Place
    reach_km: Decimal
    min_drop_gbp: Decimal
    max_contract_gbp: Decimal | None
    area_code: str
    setup_gbp: Decimal | None
    accreditations: frozenset[str]
    small: bool
    social_enterprise: bool
    organic: bool
    local: bool | None


@dataclass(frozen=True)
class Offer:
    """What a producer can supply of one product: kg in each of `months`, at a gate price in £/kg."""

    producer: str
    product: str
    months: tuple[int, ...]
    kg_per_month: Decimal
    price_gbp_per_kg: Decimal


@dataclass(frozen=True)
class Depot:
    id: str
    name: str
    place: Place
    handling_gbp_per_kg: Decimal
    fixed_gbp: Decimal


@dataclass(frozen=True)
class Spend:
    """One line of today's contracts. local, small, organic: None where nobody said."""

    buyer: str
    supplier: str
    postcode: str
    category: str
    spend_gbp: Decimal
    contract_end: str
    area_code: str = ""
    local: bool | None = None
    small: bool | None = None
    organic: bool | None = None


@dataclass(frozen=True)
class Standing:
    """How well a column is known: measured, estimated or assumed, and by whom. Column `*` is the whole table.

    rows: the id it holds for, or the beginning of ids followed by `*`; empty for every row.
    """

    table: str
    column: str
    standing: str
    source: str
    rows: str = ""


def _empty() -> Mapping:
    return MappingProxyType({})


@dataclass(frozen=True)
class Case:
    """Everything the tables say. Exactly one of `budgets` and `demand` is filled.

    budgets: (buyer, category) -> £ a year · demand: (site, product, month) -> kg ·
    distances: (origin, destination) -> km, both ways filled in · lots: lot -> ((site, product, months), …),
    empty unless lots were drawn by hand · held: (lot drawn by hand, bidder) -> "award" or "never" ·
    offers sorted by (producer, product, first month).
    """

    buyers: Mapping[str, Buyer]
    sites: Mapping[str, Site]
    products: Mapping[str, Product]
    producers: Mapping[str, Producer]
    offers: tuple[Offer, ...]
    budgets: Mapping[tuple[str, str], Decimal] = field(default_factory=_empty)
    demand: Mapping[tuple[str, str, int], Decimal] = field(default_factory=_empty)
    depots: Mapping[str, Depot] = field(default_factory=_empty)
    distances: Mapping[tuple[str, str], Decimal] = field(default_factory=_empty)
    lots: Mapping[str, tuple[tuple[str, str, tuple[int, ...]], ...]] = field(default_factory=_empty)
    held: Mapping[tuple[str, str], str] = field(default_factory=_empty)
    spend: tuple[Spend, ...] = ()
    provenance: tuple[Standing, ...] = ()
    sha256: str = ""
