"""A bid as it was read: who, for which lot, at what prices, with how many kilos in each month; and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.plan import Lot
from foodlots.tender.brief import PENNY, Tender, pence


@dataclass(frozen=True)
class Bid:
    """One filled-in schedule. prices: product -> £/kg, only what is sold · brings: (product, month) -> kg, where said.

    most_lots and most_gbp are what the bidder says it can take at the most; None for no limit.
    """

    file: str
    lot: str
    bidder: str
    name: str
    owner: str
    together: str
    small: bool | None
    social_enterprise: bool | None
    postcode: str
    most_lots: int | None
    most_gbp: Decimal | None
    prices: Mapping[str, Decimal]
    brings: Mapping[tuple[str, int], Decimal]


@dataclass(frozen=True)
class Costed:
    """What a bid costs for a year, £: its food, the open market for what it leaves, less its credit for quality."""

    bid: Bid
    food_gbp: Decimal
    open_gbp: Decimal
    credit_gbp: Decimal
    fill: Decimal
    kg: Decimal

    @property
    def cost_gbp(self) -> Decimal:
        """What is compared, £ a year."""
        return self.food_gbp + self.open_gbp - self.credit_gbp

    @property
    def paid_gbp(self) -> Decimal:
        """What the buyer pays for the lot, £ a year, credit apart."""
        return self.food_gbp + self.open_gbp


def counted_kg(tender: Tender, lot: Lot, bid: Bid, product: str, month: int) -> Decimal:
    """Kilos of a bid that count in a month: what it brings, no more than is asked; all of it where it is silent."""
    if product not in bid.prices:
        return Decimal(0)
    asked = tender.kg(lot, product, month)
    return min(asked, bid.brings.get((product, month), asked))


def costed(tender: Tender, lot: Lot, bid: Bid, score: Decimal = Decimal(0)) -> Costed:
    """What the bid costs by the declared mechanism; `score` is its quality, 0 to 100."""
    food = opened = worth = asked_worth = kilos = Decimal(0)
    for product in lot.products:
        price = tender.case.products[product].benchmark_gbp_per_kg
        asked = sum((tender.kg(lot, product, month) for month in lot.months), Decimal(0))
        counted = sum((counted_kg(tender, lot, bid, product, month) for month in lot.months), Decimal(0))
        food += pence(bid.prices.get(product, Decimal(0)) * counted)
        opened += pence(price * (asked - counted))
        worth, asked_worth, kilos = worth + price * counted, asked_worth + price * asked, kilos + counted
    credit = pence(tender.terms.quality_weight * lot.value_gbp * score / 100)
    fill = (worth / asked_worth).quantize(PENNY * PENNY) if asked_worth else Decimal(0)
    return Costed(bid, food, opened, credit, fill, kilos)


def open_market_gbp(tender: Tender, lot: Lot) -> Decimal:
    """What the whole lot costs on the open market, £ a year, by the same arithmetic."""
    return sum(
        (
            pence(tender.case.products[product].benchmark_gbp_per_kg
                  * sum((tender.kg(lot, product, month) for month in lot.months), Decimal(0)))
            for product in lot.products
        ),
        Decimal(0),
    )  # fmt: skip
