"""How much less a producer would have to ask for the buyer's price ceiling to let enough of its kilos through."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

import numpy as np

from foodlots.case import Offer
from foodlots.insight.standing import Standing

HAIR_GBP_PER_KG = Decimal("0.0001")  # £/kg: the smallest change of a price, a hundredth of a penny


def smallest_cut(at: Standing) -> Decimal | None:
    """The least cut of all its own prices, £/kg, after which enough lies within the ceiling; None when none helps."""
    cuts = sorted({excess for excess in excesses(at).values() if excess > 0})
    return next((cut for cut in cuts if at.enough(_within(at, cut))), None)


def excesses(at: Standing) -> Mapping[Offer, Decimal]:
    """Each of its own offers of the lot's products -> £/kg by which it is over the ceiling, up to a hundredth of 1p."""
    over = at.settings.awards.max_price_over_benchmark
    products = at.case.products
    return {
        offer: (offer.price_gbp_per_kg - products[offer.product].benchmark_gbp_per_kg * (1 + over)).quantize(
            HAIR_GBP_PER_KG, ROUND_CEILING
        )
        for offer in at.case.offers
        if over is not None and offer.producer == at.bidder.id and offer.product in at.candidate.products
    }


def _within(at: Standing, cut: Decimal) -> np.ndarray:
    """Kilos of the lot it could fill once its prices are cut: (products, 12)."""
    book = at.asker.usable
    rows = [at.asker.ground.row[product] for product in at.candidate.products]
    kg = book.kg[book.bidders.index(at.bidder.id), rows].copy()
    for offer, excess in excesses(at).items():
        if 0 < excess <= cut:
            kg[at.candidate.products.index(offer.product), [month - 1 for month in offer.months]] += float(
                offer.kg_per_month
            )
    return np.minimum(kg, at.candidate.kg)
