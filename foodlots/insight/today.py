"""What is paid today: the spend table beside a plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.plan import Plan, Summary


@dataclass(frozen=True)
class Today:
    """Today's contracts, £ a year, and how far they cover the categories of the plan."""

    gbp: Decimal
    suppliers: int
    missing: tuple[str, ...]  # categories of the case that no contract of today is given for

    @property
    def whole(self) -> bool:
        """Whether it may be held against the plan: every category the plan buys has a contract today."""
        return not self.missing


def spend_today(case: Case, plan: Plan) -> Today | None:
    """What today's contracts cost, None when the case has no spend table."""
    if not case.spend:
        return None
    bought = {case.products[product].category for lot in plan.lots for product in lot.products}
    lines = [line for line in case.spend if line.category in bought]
    return Today(
        sum((line.spend_gbp for line in lines), Decimal(0)),
        len({line.supplier for line in lines}),
        tuple(sorted(bought - {line.category for line in lines})),
    )


def saved_against_budget(summary: Summary) -> Decimal:
    """How much less than its budget the plan spends, £: below nothing when it spends more."""
    return summary.budget_gbp - summary.spend_gbp


def unfilled(summary: Summary) -> float:
    """Share of the budget that stays on the open market."""
    return float(summary.open_market_gbp / summary.budget_gbp) if summary.budget_gbp else 0.0


def parts_of_spend(summary: Summary) -> tuple[tuple[str, Decimal], ...]:
    """What the spend is made of, £: its parts add up to it."""
    return (
        ("Paid to producers for food", summary.food_gbp),
        ("Delivery by the winners", summary.delivery_gbp),
        ("Bringing members' food together", summary.collection_gbp),
        ("Handling at depots", summary.handling_gbp),
        ("Rounds from depots", summary.distribution_gbp),
        ("Keeping depots open", summary.depots_gbp),
        ("Bought on the open market", summary.open_market_gbp),
    )


def beside_spend(summary: Summary) -> tuple[tuple[str, Decimal], ...]:
    """What running the plan costs on top of the spend, £ a year."""
    return (("Tendering and running lots", summary.lots_gbp), ("Taking on suppliers", summary.suppliers_gbp))


def shares(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, float]:
    """Each amount as a share of them all."""
    amounts = tuple(amounts)
    total = sum((gbp for _, gbp in amounts), Decimal(0))
    return {name: float(gbp / total) if total else 0.0 for name, gbp in amounts}
