"""Undercut: a national wholesaler that could bring every lot whole, delivered; at what price it would take each."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.optimise.losing import savings_of_winners
from foodlots.plan import Lot, Plan
from foodlots.settings import Settings


@dataclass(frozen=True)
class Rival:
    """What is assumed of the wholesaler and of the tender, for the buyer to change.

    discount: how far below the open market's price it goes · lead: how many marks for quality and social value,
    as a share of all such marks, the local bidder is ahead · small_gbp: value up to which a lot is called small.
    """

    discount: float = 0.1
    lead: float = 0.5
    small_gbp: float = 50_000.0


@dataclass(frozen=True)
class Threshold:
    """One awarded lot. Prices are shares of the open market's price for the whole lot, delivered.

    lost_below: the wholesaler's price below which the lot costs the buyer less with it, food, delivery, lots and
    suppliers counted · lost_below_with_aims: the same with what the buyer's aims count · lost: whether the rival
    assumed would take it on price alone · holds_from_weight: the least weight of quality and social value in the
    award at which the local bidder still wins against the rival.
    """

    lot: str
    name: str
    winner: str
    value_gbp: Decimal
    saves_gbp: float
    lost_below: float
    lost_below_with_aims: float
    lost: bool
    holds_from_weight: float
    small: bool

    @property
    def small_but_not_safe(self) -> bool:
        """Whether drawing the lot small did not keep it from the rival."""
        return self.small and self.lost


def undercut(case: Case, settings: Settings, plan: Plan, rival: Rival | None = None) -> tuple[Threshold, ...]:
    """Every awarded lot with the price at which it would be lost, the least safe first."""
    found = _thresholds(case, settings, plan, rival or Rival())
    return tuple(sorted(found, key=lambda each: (-each.lost_below, each.lot)))


def _thresholds(case: Case, settings: Settings, plan: Plan, rival: Rival) -> Iterator[Threshold]:
    lots, taking_on = {lot.id: lot for lot in plan.lots}, float(settings.costs.per_supplier)
    for lot, saving in savings_of_winners(case, settings, plan).items():
        paid = lost_below(lots[lot], saving.paid_gbp, taking_on)
        counted = lost_below(lots[lot], saving.counted_gbp, taking_on)
        offered = 1 - rival.discount
        yield Threshold(
            lot, lots[lot].name, lots[lot].winner, lots[lot].value_gbp, saving.paid_gbp, paid, counted,
            offered < paid, weight_that_holds(offered, paid, rival.lead),
            float(lots[lot].value_gbp) <= rival.small_gbp,
        )  # fmt: skip


def lost_below(lot: Lot, saves_gbp: float, taking_on_gbp: float) -> float:
    """The price, as a share of the open market's, at which winner and wholesaler cost the same.

    value × price + taking on = value - what the winner saves.
    """
    return 1 - (saves_gbp + taking_on_gbp) / float(lot.value_gbp)


def weight_that_holds(rival_price: float, local_price: float, lead: float) -> float:
    """The least weight w of quality with which the local bidder is not beaten; 1 where no weight is enough.

    Price earns lowest price ÷ price of its marks: (1 - w) × (rival ÷ local) + w × lead >= 1 - w.
    """
    behind = max(0.0, 1 - rival_price / local_price) if local_price > 0 else 0.0
    return behind / (behind + lead) if behind + lead else 0.0
