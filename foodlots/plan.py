"""A plan: the lots, who won them, who supplies what, what it costs and how well it is proven.

Kilos are whole grams and money whole pence, both as `Decimal`: what is written is what was audited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Lot:
    """Products × area × months put out to tender as one. `winner` is "" for an open-market lot.

    `fill` is the share of its value that its winners supply; `able_bidders` counts independent owners.
    `winner` holds several ids joined by `;` where a lot is shared.
    """

    id: str
    name: str
    buyers: tuple[str, ...]
    area: str
    products: tuple[str, ...]
    months: tuple[int, ...]
    value_gbp: Decimal
    cpv: str
    able_bidders: int
    winner: str
    fill: Decimal
    round_km: Decimal


@dataclass(frozen=True)
class Cell:
    """One site's demand for one product that a lot covers, in these months."""

    lot: str
    site: str
    product: str
    months: tuple[int, ...]


@dataclass(frozen=True)
class Award:
    """A lot's winner: `depot` is "" when it delivers to the sites itself. `km` is its driving in a year."""

    lot: str
    bidder: str
    depot: str
    share: Decimal
    value_gbp: Decimal
    local_gbp: Decimal
    delivery_gbp: Decimal
    handling_gbp: Decimal
    visits: Decimal
    drops: Decimal
    km: Decimal


@dataclass(frozen=True)
class Supply:
    """Kilos a producer sells through a bidder into a lot in a month; `gbp` is its gate price, collection apart."""

    lot: str
    bidder: str
    producer: str
    product: str
    month: int
    kg: Decimal
    gbp: Decimal
    collection_gbp: Decimal


@dataclass(frozen=True)
class Shortfall:
    """Kilos no winner fills, bought on the open market at the benchmark price."""

    lot: str
    product: str
    month: int
    kg: Decimal
    gbp: Decimal


@dataclass(frozen=True)
class Distribution:
    """A depot's year of rounds through one small area, paid once for all supply-only lots that touch it."""

    id: str
    depot: str
    area: str
    visits: Decimal
    drops: Decimal
    round_km: Decimal
    km: Decimal
    gbp: Decimal


@dataclass(frozen=True)
class Stop:
    """The place of a site in the round of a lot or a distribution (`round` is its id); stops count from 1."""

    round: str
    stop: int
    site: str


@dataclass(frozen=True)
class Summary:
    """The figures a buyer asks for first; tables.md, "A plan on disk", plus the split of every £."""

    status: str
    objective_gbp: Decimal
    bound_gbp: Decimal
    gap_share_of_spend: float
    seconds: float
    budget_gbp: Decimal
    spend_gbp: Decimal
    food_gbp: Decimal
    delivery_gbp: Decimal
    collection_gbp: Decimal
    handling_gbp: Decimal
    distribution_gbp: Decimal
    depots_gbp: Decimal
    open_market_gbp: Decimal
    lots_gbp: Decimal
    suppliers_gbp: Decimal
    local_spend_gbp: Decimal
    local_share: float
    small_share: float
    organic_share: float
    lots: int
    awarded_lots: int
    winners: int
    imbalance_gbp: Decimal
    delivery_km: Decimal
    kgco2e: Decimal
    meals: Decimal
    pence_per_meal: float


@dataclass(frozen=True)
class Tables:
    """The tables of a plan."""

    lots: tuple[Lot, ...]
    cells: tuple[Cell, ...]
    awards: tuple[Award, ...]
    supply: tuple[Supply, ...]
    shortfall: tuple[Shortfall, ...]
    distribution: tuple[Distribution, ...]
    rounds: tuple[Stop, ...]


@dataclass(frozen=True)
class Plan(Tables):
    """Everything that is written to a plan's folder but the map. `run` is run.json as a mapping."""

    summary: Summary
    run: Mapping
