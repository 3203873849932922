"""What may be wanted beside a low cost: how each aim is measured, asked for, priced, and driven as far as it goes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from foodlots.plan import Summary
from foodlots.settings import Settings

TIE = Decimal("0.000001")  # £ for each unit of an aim: of plans that cost the same, the better one is wanted
NEARLY_ALL = Decimal("0.99")  # £ that £1 kept local may cost: beyond £1 it would be cheaper to give the money away
ZERO = Decimal(0)


@dataclass(frozen=True)
class Aim:
    """Something wanted beside a low cost. more: whether more of it is better; whole: whether it is counted.

    far: the settings that find the best plan for it · held: the settings that ask for at least so good a value ·
    weight: the setting under `aims` that gives each unit a price in £, "" where there is none.
    """

    name: str
    title: str
    unit: str
    more: bool
    whole: bool
    value: Callable[[Summary], Decimal]
    far: Callable[[Settings], Settings]
    held: Callable[[Settings, Decimal], Settings]
    weight: str = ""

    @property
    def label(self) -> str:
        """Its title with its unit, where the title does not say it."""
        return self.title if self.unit == self.title.lower() else f"{self.title}, {self.unit}"

    @property
    def sign(self) -> int:
        """1 where more of it is better, -1 where less is."""
        return 1 if self.more else -1

    def no_worse(self, one: Decimal, other: Decimal) -> bool:
        """Whether one value is at least as good as the other."""
        return self.sign * one >= self.sign * other

    def priced(self, settings: Settings, price: Decimal) -> Settings:
        """The settings with each unit of it worth so many £."""
        return replace(settings, aims=replace(settings.aims, **{self.weight: price}))


def _limit(name: str, whole: bool = False):
    def held(settings: Settings, value: Decimal) -> Settings:
        return replace(settings, limits=replace(settings.limits, **{name: int(value) if whole else value}))

    return held


def _first(name: str):
    return lambda settings: replace(settings, order=replace(settings.order, aims=(name,)))


def _nearly_all_of_it(settings: Settings) -> Settings:
    return replace(settings, aims=replace(settings.aims, local_spend_gbp=NEARLY_ALL))


def _at_most_so_many_lots(settings: Settings, value: Decimal) -> Settings:
    return replace(settings, lots=replace(settings.lots, number=(settings.lots.number[0], int(value))))


AIMS = {
    aim.name: aim
    for aim in (
        Aim("local", "Paid to local producers", "£", True, False, lambda summary: summary.local_spend_gbp,
            _nearly_all_of_it, _limit("local_gbp"), "local_spend_gbp"),
        Aim("carbon", "Greenhouse gas", "kg CO₂e", False, False, lambda summary: summary.kgco2e,
            _first("carbon"), _limit("kgco2e"), "kgco2e_gbp"),
        Aim("km", "Delivery", "km", False, False, lambda summary: summary.delivery_km,
            _first("km"), _limit("km"), "km_gbp"),
        Aim("suppliers", "Winners", "winners", False, True, lambda summary: Decimal(summary.winners),
            _first("suppliers"), _limit("winners", whole=True)),
        Aim("lots", "Lots", "lots", False, True, lambda summary: Decimal(summary.lots),
            _first("lots"), _at_most_so_many_lots),
    )
}  # fmt: skip


def cost_alone(settings: Settings, aims: tuple[Aim, ...]) -> Settings:
    """The settings with cost as the only aim, but for ties."""
    nothing = replace(settings.aims, km_gbp=ZERO, kgco2e_gbp=ZERO, local_spend_gbp=ZERO, balance_gbp=ZERO)
    settings = replace(settings, aims=nothing, order=replace(settings.order, aims=()))
    for aim in aims:
        settings = aim.priced(settings, TIE) if aim.weight else settings
    return settings
