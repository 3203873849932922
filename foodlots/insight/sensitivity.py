"""How far the answer moves when what is assumed is off: planned again with each kind of figure a fifth away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from foodlots.case import Case
from foodlots.insight.grounds import ASSUMED, standing_of
from foodlots.optimise import Outlook, make_plan
from foodlots.plan import Plan
from foodlots.settings import Settings

LESS, MORE = Decimal("0.8"), Decimal("1.2")
WHOLE_PENCE = Decimal("0.01")


@dataclass(frozen=True)
class Rerun:
    """One run again: what was changed by which factor, and what the plan became; £ a year."""

    what: str
    factor: Decimal
    spend_gbp: Decimal
    local_gbp: Decimal
    local_share: float
    open_market_gbp: Decimal
    gap_share: float


def jobs_of(case: Case) -> dict[str, tuple[str, Decimal]]:
    """The runs worth making: each kind of figure of which some are assumed, a fifth less and a fifth more."""
    kinds = [name for name, change in CHANGES.items() if change(case, LESS) != case]
    return {f"{name} {factor}": (name, factor) for name in kinds for factor in (LESS, MORE)}


def rerun_work(common: tuple[Case, Settings], given: tuple[str, Decimal], tell: Callable) -> Rerun:
    """One run, for the runner of many solves."""
    case, settings = common
    name, factor = given

    def look(outlook: Outlook) -> bool:
        return tell(outlook.best_gbp, outlook.gap_share)

    return rerun_of(name, factor, make_plan(CHANGES[name](case, factor), settings, look))


def rerun_of(name: str, factor: Decimal, plan: Plan) -> Rerun:
    """The figures of a plan that are compared."""
    found = plan.summary
    return Rerun(name, factor, found.spend_gbp, found.local_spend_gbp, found.local_share, found.open_market_gbp,
                 found.gap_share_of_spend)  # fmt: skip


def _is_assumed(case: Case, table: str, row: str, column: str) -> bool:
    found = standing_of(case.provenance, table, row, column)
    return found is not None and found.standing == ASSUMED


def _offers(case: Case, column: str, factor: Decimal) -> Case:
    assumed = {key: _is_assumed(case, "offers", key, column) for key in {offer.producer for offer in case.offers}}
    changed = tuple(
        replace(offer, **{column: getattr(offer, column) * factor}) if assumed[offer.producer] else offer
        for offer in case.offers
    )
    return replace(case, offers=changed)


def _capacities(case: Case, factor: Decimal) -> Case:
    return _offers(case, "kg_per_month", factor)


def _gate_prices(case: Case, factor: Decimal) -> Case:
    return _offers(case, "price_gbp_per_kg", factor)


def _budgets(case: Case, factor: Decimal) -> Case:
    changed: dict[Any, Decimal] = {
        key: (gbp * factor).quantize(WHOLE_PENCE) if _is_assumed(case, "budgets", key[0], "budget_gbp") else gbp
        for key, gbp in case.budgets.items()
    }
    return replace(case, budgets=MappingProxyType(changed))


def _open_market(case: Case, factor: Decimal) -> Case:
    changed = {
        key: replace(product, benchmark_gbp_per_kg=product.benchmark_gbp_per_kg * factor)
        if _is_assumed(case, "products", key, "benchmark_gbp_per_kg") else product
        for key, product in case.products.items()
    }  # fmt: skip
    return replace(case, products=MappingProxyType(changed))


CHANGES: Mapping[str, Callable[[Case, Decimal], Case]] = MappingProxyType({
    "capacities": _capacities,
    "gate prices": _gate_prices,
    "budgets": _budgets,
    "open-market prices": _open_market,
})  # fmt: skip
