"""The buyer's settings: one frozen value per section of settings.toml. Defaults are declared in tables.py."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal


@dataclass(frozen=True)
class CaseSettings:
    name: str
    first_month: int
    illustrative: bool
    term_weeks: tuple[Decimal, ...]
    pool_buyers: bool
    local_km: Decimal
    local_areas: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class LotSettings:
    value_gbp: tuple[Decimal | None, Decimal | None]
    number: tuple[int | None, int | None]
    areas: int | None
    seasons: tuple[tuple[int, ...], ...]
    min_able_bidders: int


@dataclass(frozen=True)
class AwardSettings:
    max_lots_per_supplier: int | None
    max_share_per_owner: Decimal | None
    min_winners: int
    min_fill: Decimal
    max_km: Decimal | None
    max_price_over_benchmark: Decimal | None
    max_winners_per_lot: int


@dataclass(frozen=True)
class FloorSettings:
    local: Decimal
    small: Decimal
    organic_or_higher: Decimal


@dataclass(frozen=True)
class LimitSettings:
    cost_gbp: Decimal | None = None
    local_gbp: Decimal | None = None
    km: Decimal | None = None
    kgco2e: Decimal | None = None
    winners: int | None = None


@dataclass(frozen=True)
class CostSettings:
    per_km: Decimal
    per_drop: Decimal
    per_lot: Decimal
    per_supplier: Decimal
    road_factor: Decimal
    collect_gbp_per_kg_km: Decimal
    kgco2e_per_km: Decimal


@dataclass(frozen=True)
class AimSettings:
    km_gbp: Decimal
    kgco2e_gbp: Decimal
    local_spend_gbp: Decimal
    balance_gbp: Decimal


@dataclass(frozen=True)
class OrderSettings:
    aims: tuple[str, ...] = ()
    slack: Decimal = Decimal("0.001")


@dataclass(frozen=True)
class EffortSettings:
    seconds: Decimal
    gap: Decimal
    threads: int
    seed: int
    patience: Decimal


@dataclass(frozen=True)
class Settings:
    case: CaseSettings
    lots: LotSettings
    awards: AwardSettings
    floors: FloorSettings
    costs: CostSettings
    aims: AimSettings
    effort: EffortSettings
    limits: LimitSettings = LimitSettings()
    order: OrderSettings = OrderSettings()


def plainly(value: object) -> object:
    """Settings as JSON can hold them: sections and keys as they are, amounts as the text of their exact number."""
    if is_dataclass(value):
        return {field.name: plainly(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: plainly(each) for key, each in sorted(value.items())}
    if isinstance(value, tuple):
        return [plainly(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def overrides_between(before: Settings, after: Settings) -> list[str]:
    """What turns one into the other, as "section.key=value" of the command line."""
    old, new = plainly(before), plainly(after)
    return [
        f"{section}.{key}={_typed(value)}"
        for section, keys in new.items()
        for key, value in keys.items()
        if value != old[section][key]
    ]


def _typed(value: object) -> str:
    """A plain value as it is typed: an empty one goes back to no limit."""
    if isinstance(value, list):
        return f"[{', '.join(_quoted(each) if _word(each) else _typed(each) for each in value)}]"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _word(value: object) -> bool:
    return isinstance(value, str) and value.isalpha()


def _quoted(text: object) -> str:
    return f'"{text}"'
