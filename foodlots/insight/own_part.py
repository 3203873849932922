"""A producer's own part of a plan: its offers, and what would be bought of it. It shows nothing of anybody else."""

from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.plan import Plan


@dataclass(frozen=True)
class OwnOffer:
    """One product it offers: kilos a year, its own price, and how many of the kilos the plan would buy."""

    product: str
    kg: Decimal
    price_gbp_per_kg: Decimal
    bought_kg: Decimal
    bought_gbp: Decimal


def own_part(case: Case, plan: Plan | None, producer: str) -> list[OwnOffer]:
    """Its offers by product, and what a plan would buy of each, £ at its own gate price."""
    found = []
    for offer in case.offers:
        if offer.producer != producer:
            continue
        lines = [line for line in (plan.supply if plan else ()) if line.producer == producer
                 and line.product == offer.product and line.month in offer.months]  # fmt: skip
        kg = offer.kg_per_month * len(offer.months)
        found.append(OwnOffer(
            case.products[offer.product].name, kg, offer.price_gbp_per_kg,
            sum((line.kg for line in lines), Decimal(0)), sum((line.gbp for line in lines), Decimal(0)),
        ))  # fmt: skip
    return found
