"""With whom to bid for a lot: the smallest set that is able together, its lead, who brings what, and how it is shared.

In a producer's view nobody's price is looked at: of the smallest sets the one comes first that leaves the most money.
In the buyer's view it is the one that costs the least, at what everybody asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from foodlots.insight.conditions import FREE, Conditions
from foodlots.insight.fits import Inquiry
from foodlots.insight.gathering import Hall
from foodlots.insight.same_case import the_lot, the_producer
from foodlots.insight.sharing_out import MOST_PARTNERS, by_value, money_of, shapley
from foodlots.insight.standing import BUYER
from foodlots.optimise.assembly import Gathering
from foodlots.optimise.consortium import Band, smallest_bands
from foodlots.plan import Lot

MOST_SETS = 4  # the best and its alternatives
MOST_RESERVES = 5


@dataclass(frozen=True)
class Part:
    """What one partner brings: (product, month) -> kg, £ a year at open-market prices, accreditations, its shares.

    shapley_gbp is None where there are too many partners to work it out exactly.
    """

    partner: str
    kilos: Mapping[tuple[str, int], float]
    worth_gbp: float
    holds: tuple[str, ...]
    value_gbp: float
    shapley_gbp: float | None

    @property
    def kg(self) -> float:
        """Kilos in a year."""
        return sum(self.kilos.values())


@dataclass(frozen=True)
class Reserve:
    """Somebody who could join as well: £ a year it would add, and for whom it could stand in."""

    producer: str
    adds_gbp: float
    stands_in_for: tuple[str, ...]


@dataclass(frozen=True)
class Consortium:
    """A set that together is able. depot: "" when the lead delivers to each kitchen · fill: share of the lot's value ·
    money_gbp: what is left at open-market prices after delivery and collection · cost_gbp: what the lot would cost the
    buyer, what stays on the open market included; None in a producer's view.
    """

    lot: str
    lead: str
    depot: str
    parts: tuple[Part, ...]
    fill: float
    worth_gbp: float
    delivery_gbp: float
    collection_gbp: float
    cost_gbp: float | None
    reserves: tuple[Reserve, ...]

    @property
    def money_gbp(self) -> float:
        """What is left for food, £ a year."""
        return self.worth_gbp - self.delivery_gbp - self.collection_gbp

    @property
    def partners(self) -> tuple[str, ...]:
        """Everybody in it, by id."""
        return tuple(part.partner for part in self.parts)


@dataclass(frozen=True)
class Gathered:
    """The answer for one lot: the share to be filled together, and the sets found, the best first."""

    lot: Lot
    fill: float
    sets: tuple[Consortium, ...]


def consortia(
    inquiry: Inquiry,
    lot: str,
    with_: Iterable[str] = (),
    fill: float | None = None,
    most: int = MOST_SETS,
    own: Conditions = FREE,
) -> Gathered:
    """The smallest sets that together could serve the lot, best first; DataError for a lot or producer not there.

    with_: who has to be in · fill: share of the lot's value to be filled; the buyer's least fill by default · own: on
    what terms producers join.
    """  # fmt: skip
    asked, must = the_lot(inquiry.plan, lot), [the_producer(inquiry.case, each).id for each in with_]
    hall = Hall(inquiry, lot, fill, own)
    gathering = hall.gathering()
    bands = smallest_bands(gathering, most, must)
    return Gathered(asked, hall.fill, tuple(_told(inquiry, hall, gathering, band) for band in bands))


def _told(inquiry: Inquiry, hall: Hall, gathering: Gathering, band: Band) -> Consortium:
    worth = {partner: _worth(gathering, _kilos(gathering, band, partner)) for partner in band.partners}
    collection = sum(
        float(kg.sum()) * (gathering.carry[grower, partner] + gathering.joins[partner, band.seat.lead])
        for (partner, grower), kg in band.brings.items()
    )
    total = sum(worth.values())
    money = total - band.seat.delivery_gbp - collection
    values, shares = by_value(worth, money), _shapley(gathering, band, money)
    parts = tuple(
        Part(
            partner, _by_product(hall, _kilos(gathering, band, partner)), worth[partner],
            tuple(sorted(gathering.holds[partner])), values[partner], shares.get(partner),
        )
        for partner in band.partners
    )  # fmt: skip
    return Consortium(
        hall.lot, band.seat.lead, band.seat.depot, parts, total / gathering.value_gbp, total,
        band.seat.delivery_gbp, collection, band.cost_gbp if inquiry.view == BUYER else None,
        _reserves(gathering, band),
    )  # fmt: skip


def _shapley(gathering: Gathering, band: Band, money: float) -> dict[str, float]:
    """Exact shares of the money; none where there are too many partners."""
    everybody = frozenset(band.partners)
    if len(everybody) > MOST_PARTNERS:
        return {}
    known = {everybody: money}

    def money_of_group(group: frozenset[str]) -> float:
        if group not in known:
            known[group] = money_of(gathering, group) if group else 0.0
        return known[group]

    return shapley(band.partners, money_of_group)


def _kilos(gathering: Gathering, band: Band, partner: str) -> np.ndarray:
    brought = [kg for (by, _), kg in band.brings.items() if by == partner]
    return sum(brought, np.zeros_like(gathering.asked))


def _worth(gathering: Gathering, kg: np.ndarray) -> float:
    return float(gathering.benchmark @ kg.sum(axis=1))


def _by_product(hall: Hall, kg: np.ndarray) -> dict[tuple[str, int], float]:
    products, places = hall.candidate.products, zip(*np.nonzero(kg), strict=True)
    return {(products[row], int(month) + 1): round(float(kg[row, month]), 3) for row, month in places}


def _reserves(gathering: Gathering, band: Band) -> tuple[Reserve, ...]:
    """Who else could join the lead, those who could stand in for somebody first, then by what they would add."""
    brought = sum(band.brings.values(), np.zeros_like(gathering.asked))
    others = [each for each in gathering.growers if each not in band.partners
              and (each, band.seat.lead) in gathering.joins]  # fmt: skip
    found = [
        Reserve(each, _worth(gathering, np.minimum(_has(gathering, (each,)), gathering.asked - brought)),
                tuple(gone for gone in band.partners if _can_replace(gathering, band, gone, each)))
        for each in others
    ]  # fmt: skip
    useful = [reserve for reserve in found if reserve.adds_gbp > 0.005 or reserve.stands_in_for]
    order = sorted(useful, key=lambda each: (-len(each.stands_in_for), -round(each.adds_gbp, 2), each.producer))
    return tuple(order[:MOST_RESERVES])


def _can_replace(gathering: Gathering, band: Band, gone: str, new: str) -> bool:
    """Whether the others with the new one are still able, under the same lead."""
    group = (*(each for each in band.partners if each != gone), new)
    held = frozenset().union(*(gathering.holds[each] for each in group))
    fills = _worth(gathering, np.minimum(_has(gathering, group), gathering.asked)) >= gathering.least_gbp
    return gone != band.seat.lead and gathering.needed <= held and fills


def _has(gathering: Gathering, group: Iterable[str]) -> np.ndarray:
    """Kilos of a group, no grower counted twice."""
    growers = {grower for partner in group for grower in gathering.growers[partner]}
    return sum((gathering.kg[grower] for grower in sorted(growers)), np.zeros_like(gathering.asked))
