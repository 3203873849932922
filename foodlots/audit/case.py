"""The case as the audit reads it by itself: each entry of a table, and what may stand in each of its columns.

The order of entries and of their fields is that of the case's fingerprint.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from foodlots.audit import cells

REQUIRED = object()
ANYWHERE = ("producers", "sites", "depots")


def cell(read: Callable[[str], object], otherwise: object = REQUIRED, column: str = "", of: tuple[str, ...] = ()):
    """A column: how its text is read, what an empty one stands for, and the tables in which its ids must stand.

    `otherwise` may be a function of the entry's values so far; `column` is its heading where the field has another.
    """
    return field(metadata={"read": read, "otherwise": otherwise, "column": column, "of": of})


@dataclass(frozen=True)
class Place:
    """A position in degrees (WGS84), how far it may be off in km, and the postcode beside it."""

    lat: float
    lon: float
    error_km: float = 0.0
    postcode: str = ""


@dataclass(frozen=True)
class Buyer:
    id: str = cell(cells.name, column="buyer")
    name: str = cell(cells.words)
    kind: str = cell(cells.word, "other")
    area_code: str = cell(cells.code, "")


@dataclass(frozen=True)
class Site:
    id: str = cell(cells.name, column="site")
    buyer: str = cell(cells.name, of=("buyers",))
    name: str = cell(cells.words)
    kind: str = cell(cells.word, "other")
    place: Place
    meals_per_week: Decimal = cell(cells.amount)
    term_time: bool = cell(cells.flag, lambda site: site["kind"] == "school")
    deliveries_per_week: Decimal = cell(cells.amount, Decimal(5))
    area_code: str = cell(cells.code, "")


@dataclass(frozen=True)
class Product:
    id: str = cell(cells.name, column="product")
    name: str = cell(cells.words)
    family: str = cell(cells.label)
    category: str = cell(cells.label)
    cpv: str = cell(cells.cpv, "")
    benchmark_gbp_per_kg: Decimal = cell(cells.price)
    kgco2e_per_kg: Decimal = cell(cells.amount, Decimal(0))
    budget_share: Decimal = cell(cells.amount)
    drops_per_week: Decimal = cell(cells.amount, Decimal(1))
    accreditations: frozenset[str] = cell(cells.labels, frozenset(), column="accreditation")


@dataclass(frozen=True)
class Producer:
    id: str = cell(cells.name, column="producer")
    name: str = cell(cells.words)
    kind: str = cell(cells.word)
    owner_group: str = cell(cells.label, lambda producer: producer["id"])
    member_of: tuple[str, ...] = cell(cells.names, (), of=("producers",))
    place: Place
    reach_km: Decimal = cell(cells.amount)
    min_drop_gbp: Decimal = cell(cells.amount, Decimal(0))
    max_contract_gbp: Decimal | None = cell(cells.amount, None)
    area_code: str = cell(cells.code, "")
    setup_gbp: Decimal | None = cell(cells.amount, None)
    accreditations: frozenset[str] = cell(cells.labels, frozenset())
    small: bool = cell(cells.flag, True)
    social_enterprise: bool = cell(cells.flag, False)
    organic: bool = cell(cells.flag, False)
    local: bool | None = cell(cells.flag, None)


@dataclass(frozen=True)
class Offer:
    producer: str = cell(cells.name, of=("producers",))
    product: str = cell(cells.name, of=("products",))
    months: tuple[int, ...] = cell(cells.months)
    kg_per_month: Decimal = cell(cells.amount)
    price_gbp_per_kg: Decimal = cell(cells.amount)


@dataclass(frozen=True)
class Depot:
    id: str = cell(cells.name, column="depot")
    name: str = cell(cells.words)
    place: Place
    handling_gbp_per_kg: Decimal = cell(cells.amount, Decimal("0.06"))
    fixed_gbp: Decimal = cell(cells.amount, Decimal(0))


@dataclass(frozen=True)
class Budget:
    buyer: str = cell(cells.name, of=("buyers",))
    category: str = cell(cells.label)
    budget_gbp: Decimal = cell(cells.amount)


@dataclass(frozen=True)
class Wanted:
    site: str = cell(cells.name, of=("sites",))
    product: str = cell(cells.name, of=("products",))
    month: int = cell(cells.month)
    kg: Decimal = cell(cells.amount)


@dataclass(frozen=True)
class Distance:
    origin: str = cell(cells.name, of=ANYWHERE)
    destination: str = cell(cells.name, of=ANYWHERE)
    km: Decimal = cell(cells.amount)


@dataclass(frozen=True)
class Piece:
    """A part of a lot drawn by hand."""

    lot: str = cell(cells.name)
    site: str = cell(cells.name, of=("sites",))
    product: str = cell(cells.name, of=("products",))
    months: tuple[int, ...] = cell(cells.months, cells.YEAR)


@dataclass(frozen=True)
class Held:
    lot: str = cell(cells.name)
    bidder: str = cell(cells.name, of=("producers",))
    hold: str = cell(cells.hold)


@dataclass(frozen=True)
class Spend:
    buyer: str = cell(cells.name)
    supplier: str = cell(cells.words)
    postcode: str = cell(cells.postcode, "")
    category: str = cell(cells.label)
    spend_gbp: Decimal = cell(cells.amount)
    contract_end: str = cell(cells.year_month, "")
    area_code: str = cell(cells.code, "")
    local: bool | None = cell(cells.flag, None)
    small: bool | None = cell(cells.flag, None)
    organic: bool | None = cell(cells.flag, None)


@dataclass(frozen=True)
class Standing:
    table: str = cell(cells.name)
    column: str = cell(cells.words)
    standing: str = cell(cells.word)
    source: str = cell(cells.words, "")
    rows: str = cell(cells.words, "")


TABLES: Mapping[str, type] = MappingProxyType({
    "buyers": Buyer, "sites": Site, "products": Product, "budgets": Budget, "demand": Wanted, "producers": Producer,
    "offers": Offer, "depots": Depot, "distances": Distance, "lots": Piece, "held": Held, "spend": Spend,
    "provenance": Standing,
})  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Everything the tables say.

    budgets: (buyer, category) -> £ a year · demand: (site, product, month) -> kg · distances: (from, to) -> km, both
    ways · lots: lot -> ((site, product, months), …) · held: (lot, bidder) -> "award" or "never".
    """

    buyers: Mapping[str, Buyer]
    sites: Mapping[str, Site]
    products: Mapping[str, Product]
    producers: Mapping[str, Producer]
    offers: tuple[Offer, ...]
    budgets: Mapping[tuple[str, str], Decimal]
    demand: Mapping[tuple[str, str, int], Decimal] = field(default_factory=dict)
    depots: Mapping[str, Depot] = field(default_factory=dict)
    distances: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    lots: Mapping[str, tuple[tuple[str, str, tuple[int, ...]], ...]] = field(default_factory=dict)
    held: Mapping[tuple[str, str], str] = field(default_factory=dict)
    spend: tuple[Spend, ...] = ()
    provenance: tuple[Standing, ...] = ()
    sha256: str = ""
