"""The buyer's settings as the audit reads them by itself: each key, how its value is read, and its default."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from foodlots.audit import setting_values as values
from foodlots.audit.exact import YEAR

D = Decimal
TERM_WEEKS = tuple(map(D, ("4.0", "3.2", "4.2", "2.2", "3.6", "4.2", "3.2", "0", "4.2", "3.6", "4.4", "2.2")))


def key(read: Callable[[object], object], default: object = None):
    """A setting: how its value is read, and what it is when it is not given."""
    return field(default_factory=lambda: default, metadata={"read": read})


@dataclass(frozen=True)
class CaseSettings:
    name: str = key(values.words, "")
    first_month: int = key(values.month, 9)
    illustrative: bool = key(values.flag, False)
    term_weeks: tuple[Decimal, ...] = key(values.amounts, TERM_WEEKS)
    pool_buyers: bool = key(values.flag, True)
    local_km: Decimal = key(values.amount, D(48))
    local_areas: Mapping[str, tuple[str, ...]] = key(values.areas, MappingProxyType({}))


@dataclass(frozen=True)
class LotSettings:
    value_gbp: tuple[Decimal | None, Decimal | None] = key(values.span(values.amount), (None, None))
    number: tuple[int | None, int | None] = key(values.span(values.whole), (None, None))
    areas: int | None = key(values.whole)
    seasons: tuple[tuple[int, ...], ...] = key(values.seasons, (YEAR,))
    min_able_bidders: int = key(values.whole, 0)


@dataclass(frozen=True)
class AwardSettings:
    max_lots_per_supplier: int | None = key(values.whole)
    max_share_per_owner: Decimal | None = key(values.amount)
    min_winners: int = key(values.whole, 0)
    min_fill: Decimal = key(values.amount, D(0))
    max_km: Decimal | None = key(values.amount)
    max_price_over_benchmark: Decimal | None = key(values.amount)
    max_winners_per_lot: int = key(values.whole, 1)


@dataclass(frozen=True)
class FloorSettings:
    local: Decimal = key(values.amount, D(0))
    small: Decimal = key(values.amount, D(0))
    organic_or_higher: Decimal = key(values.amount, D(0))


@dataclass(frozen=True)
class CostSettings:
    per_km: Decimal = key(values.amount, D("0.85"))
    per_drop: Decimal = key(values.amount, D("4.0"))
    per_lot: Decimal = key(values.amount, D(1500))
    per_supplier: Decimal = key(values.amount, D(800))
    road_factor: Decimal = key(values.amount, D("1.4"))
    collect_gbp_per_kg_km: Decimal = key(values.amount, D("0.0015"))
    kgco2e_per_km: Decimal = key(values.amount, D("0.25"))


@dataclass(frozen=True)
class AimSettings:
    km_gbp: Decimal = key(values.amount, D(0))
    kgco2e_gbp: Decimal = key(values.amount, D(0))
    local_spend_gbp: Decimal = key(values.amount, D(0))
    balance_gbp: Decimal = key(values.amount, D(0))


@dataclass(frozen=True)
class EffortSettings:
    seconds: Decimal = key(values.amount, D(60))
    gap: Decimal = key(values.amount, D("0.0005"))
    threads: int = key(values.whole, 0)
    seed: int = key(values.whole, 0)
    patience: Decimal = key(values.amount, D(30))


@dataclass(frozen=True)
class LimitSettings:
    cost_gbp: Decimal | None = key(values.amount)
    local_gbp: Decimal | None = key(values.amount)
    km: Decimal | None = key(values.amount)
    kgco2e: Decimal | None = key(values.amount)
    winners: int | None = key(values.whole)


@dataclass(frozen=True)
class OrderSettings:
    aims: tuple[str, ...] = key(values.aims, ())
    slack: Decimal = key(values.amount, D("0.001"))


@dataclass(frozen=True)
class Settings:
    case: CaseSettings = field(default_factory=CaseSettings)
    lots: LotSettings = field(default_factory=LotSettings)
    awards: AwardSettings = field(default_factory=AwardSettings)
    floors: FloorSettings = field(default_factory=FloorSettings)
    costs: CostSettings = field(default_factory=CostSettings)
    aims: AimSettings = field(default_factory=AimSettings)
    effort: EffortSettings = field(default_factory=EffortSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    order: OrderSettings = field(default_factory=OrderSettings)
