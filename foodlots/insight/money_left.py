"""What is left of a lot's money after the food has been brought: at open-market prices, less delivery and collection.

No seller's price enters into it, so that anybody may see it. Kilos come from the bidder first, then from the nearest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foodlots.insight.standing import Standing


@dataclass(frozen=True)
class MoneyLeft:
    """£ a year of what a bidder could fill of a lot. worth: at open-market prices · left: for food at the gate ·
    asks: what it asks for those kilos at its gate, None where members' goods are among them.
    """

    kg: float
    worth_gbp: float
    delivery_gbp: float
    collection_gbp: float
    drop_gbp: float
    asks_gbp: float | None

    @property
    def left_gbp(self) -> float:
        """What is left for the food itself, £ a year."""
        return self.worth_gbp - self.delivery_gbp - self.collection_gbp

    @property
    def left_gbp_per_kg(self) -> float:
        """The same for each kilo, £/kg."""
        return self.left_gbp / self.kg if self.kg else 0.0


def money_left(at: Standing, drops: float) -> MoneyLeft:
    """What a bidder's part of a lot is worth, and what bringing it costs. drops: doors stopped at in a year."""
    brought = who_brings(at)
    stock, rows = at.asker.usable.stock, [at.asker.ground.row[product] for product in at.candidate.products]
    collection = sum(stock.collection[at.bidder.id, grower] * float(kg.sum()) for grower, kg in brought.items())
    worth, kg = at.worth(at.usable), float(at.usable.sum())
    own = brought.get(at.bidder.id)
    asks = None
    if set(brought) <= {at.bidder.id}:
        asks = float((own * stock.price[stock.row[at.bidder.id], rows]).sum()) if own is not None else 0.0
    return MoneyLeft(kg, worth, at.delivery_gbp if kg else 0.0, collection, worth / drops if drops else 0.0, asks)


def who_brings(at: Standing) -> Mapping[str, np.ndarray]:
    """Grower -> kilos of the lot it would bring (products, 12): the bidder's own first, then the nearest member's."""
    stock, rows = at.asker.usable.stock, [at.asker.ground.row[product] for product in at.candidate.products]
    wanted, brought = at.usable.copy(), {}
    growers = stock.sells_for[at.bidder.id]
    for grower in sorted(growers, key=lambda each: (stock.collection[at.bidder.id, each], each != at.bidder.id, each)):
        kg = np.minimum(stock.kg[stock.row[grower]][rows], wanted)
        if kg.any():
            brought[grower] = kg
            wanted = wanted - kg
    return brought
