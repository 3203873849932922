"""The buyer's rules one by one: what each is called, how it stands, and how it is lifted or tightened one step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from foodlots.settings import Settings

LEAST, MOST = 0, 1


@dataclass(frozen=True)
class Rule:
    """One lever as it could be moved. end: which half of a pair, None where it is one value; step: one step tighter,
    less than 0 downwards, a share of the value itself where `by_share`; off: the value that lifts it."""

    label: str
    title: str
    kind: str
    step: Decimal
    off: object = None
    end: int | None = None
    by_share: bool = False

    @property
    def key(self) -> str:
        """What tells it from all others: its setting, and which end."""
        return self.label if self.end is None else f"{self.label}.{('least', 'most')[self.end]}"

    def value(self, settings: Settings):
        """How it stands, None where it is off."""
        section, name = self.label.split(".")
        found = getattr(getattr(settings, section), name)
        found = found if self.end is None else found[self.end]
        return None if found == self.off else found

    def with_value(self, settings: Settings, value) -> Settings:
        """The settings with the rule at this value; None lifts it."""
        section, name = self.label.split(".")
        group = getattr(settings, section)
        new = self.off if value is None else value
        if self.end is not None:
            pair = list(getattr(group, name))
            pair[self.end] = new
            new = tuple(pair)
        return replace(settings, **{section: replace(group, **{name: new})})

    def tighter(self, settings: Settings):
        """Its value one step tighter, None where it cannot be."""
        now = self.value(settings)
        if now is None:
            return None
        new = now + (now * self.step if self.by_share else self.step)
        new = int(new) if isinstance(now, int) else new.normalize() if isinstance(new, Decimal) else new
        return new if self._sensible(new) else None

    @property
    def asks_for_more(self) -> bool:
        """Whether it is a least, which is eased downwards, and not a most."""
        return self.step > 0

    def _sensible(self, new) -> bool:
        return new > 0 and (self.kind != "share" or new <= 1)


def _rule(label: str, title: str, kind: str, step: str, **more) -> Rule:
    return Rule(label, title, kind, Decimal(step), **more)


ZERO = Decimal(0)

RULES = (
    _rule("lots.value_gbp", "Least value of a lot", "pounds", "0.25", end=LEAST, by_share=True),
    _rule("lots.value_gbp", "Most value of a lot", "pounds", "-0.2", end=MOST, by_share=True),
    _rule("lots.number", "Fewest lots", "whole", "1", end=LEAST),
    _rule("lots.number", "Most lots", "whole", "-1", end=MOST),
    _rule("lots.min_able_bidders", "Able bidders behind each lot", "whole", "1", off=0),
    _rule("awards.max_lots_per_supplier", "Most lots for one supplier", "whole", "-1"),
    _rule("awards.max_share_per_owner", "Largest share for one owner", "share", "-0.05"),
    _rule("awards.min_winners", "Fewest winners", "whole", "1", off=0),
    _rule("awards.min_fill", "Least a winner must fill", "share", "0.1", off=ZERO),
    _rule("awards.max_km", "Farthest a bidder may be", "km", "-10"),
    _rule("awards.max_price_over_benchmark", "Highest price above the open market", "share", "-0.05"),
    _rule("floors.local", "Local floor", "share", "0.05", off=ZERO),
    _rule("floors.small", "Floor for small producers", "share", "0.05", off=ZERO),
    _rule("floors.organic_or_higher", "Organic floor", "share", "0.05", off=ZERO),
    _rule("limits.cost_gbp", "Most it may cost", "pounds", "-0.01", by_share=True),
    _rule("limits.local_gbp", "Least paid locally", "pounds", "0.05", by_share=True),
    _rule("limits.km", "Most km of delivery", "km", "-0.1", by_share=True),
    _rule("limits.kgco2e", "Most greenhouse gas", "kg", "-0.01", by_share=True),
    _rule("limits.winners", "Most winners", "whole", "-1"),
)


def rules_on(settings: Settings) -> tuple[Rule, ...]:
    """The rules that hold under these settings."""
    return tuple(rule for rule in RULES if rule.value(settings) is not None)


def rules_of(label: str, settings: Settings) -> tuple[Rule, ...]:
    """The rules that hold of one setting: both ends of a pair, where both are set."""
    return tuple(rule for rule in rules_on(settings) if rule.label == label)


SAY: dict[str, Callable] = {
    "pounds": lambda value: f"£{value:,.0f}",
    "share": lambda value: f"{float(value):.0%}",
    "whole": lambda value: f"{value:,}",
    "km": lambda value: f"{value:,.0f} km",
    "kg": lambda value: f"{value:,.0f} kg CO₂e",
}


def said(rule: Rule, value) -> str:
    """A rule's value as a buyer says it."""
    return "none" if value is None else SAY[rule.kind](value)
