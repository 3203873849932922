"""What it would take for a bidder to be able to serve a lot: the smallest changes, each tried on both sides.

A way to become able is a set of changes, one of each kind at the most, none of which can be left out or be a hair
smaller. Where one change is enough the set holds that one.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from foodlots.calendar import contract_year
from foodlots.insight import changes as kinds
from foodlots.insight.changes import GRAM, METRE, PENNY, Change, hair_less
from foodlots.insight.cuts import excesses, smallest_cut
from foodlots.insight.reasons import missing_accreditations
from foodlots.insight.standing import TINY_GBP, Asker, Standing
from foodlots.optimise.stock import SLACK_KM

MOST_WAYS = 4  # told of one lot
Changes = tuple[Change, ...]


def takes(asker: Asker, lot: int) -> tuple[Changes, ...]:
    """The ways in which the bidder could become able to serve the lot, fewest changes first; each was tried."""
    found: dict[tuple[str, ...], Changes] = {}
    for at in asker.ways(asker.candidates[lot]):
        for way in _ways(at):
            names = tuple(change.kind for change in way)
            if names not in found or _size(way) < _size(found[names]):
                found[names] = way
    ways = sorted(found.values(), key=lambda way: (len(way), [change.kind for change in way]))
    needed = [way for way in ways if not any(_inside(other, way) for other in ways)]
    return tuple(way for way in needed if _holds(asker, lot, way))[:MOST_WAYS]


def _inside(one: Changes, other: Changes) -> bool:
    """Whether the one way asks for fewer kinds of change than the other, and for all of them no more."""
    amounts = {change.kind: _size((change,)) for change in other}
    return len(one) < len(other) and all(
        change.kind in amounts and _size((change,)) <= amounts[change.kind] for change in one
    )


def _size(way: Changes) -> list[Decimal]:
    return [change.amount + change.kg + len(change.certificates) for change in way]


def _holds(asker: Asker, lot: int, way: Changes) -> bool:
    """Whether the bidder is able after the changes, and is not once any of them is a hair smaller."""
    less = [(*way[:place], hair_less(change), *way[place + 1 :]) for place, change in enumerate(way)]
    return bool(way) and able_after(asker, lot, way) and not any(able_after(asker, lot, each) for each in less)


def able_after(asker: Asker, lot: int, way: Iterable[Change]) -> bool:
    """Whether the bidder could be awarded the lot, and fill enough of it, after these changes: asked anew."""
    case = kinds.changed(asker.case, asker.bidder, way)
    ground = replace(asker.ground, case=case)
    return Asker(ground, asker.bidder, (asker.candidates[lot],), asker.rounds).is_able(0)


def _ways(at: Standing) -> list[Changes]:
    """The changes after which it could serve the lot in this way; none when something cannot be changed by it."""
    ceiling = at.settings.awards.max_km
    if ceiling is not None and at.farthest_km > float(ceiling) + SLACK_KM:
        return []
    always = [*_reach(at), *_certificates(at), *_drop(at), *_contract(at)]
    return [(*always, *fill) for fill in _fills(at)]


def _reach(at: Standing) -> list[Change]:
    short = at.farthest_km - float(at.bidder.reach_km)
    return [Change(kinds.KM, _up(short - SLACK_KM, METRE))] if short > SLACK_KM else []


def _certificates(at: Standing) -> list[Change]:
    missing = missing_accreditations(at)
    return [Change(kinds.CERTIFICATE, certificates=missing)] if missing else []


def _drop(at: Standing) -> list[Change]:
    over = float(at.bidder.min_drop_gbp) - at.drop_gbp
    return [Change(kinds.DROP, _up(over - 1e-9, PENNY))] if over > 1e-9 else []


def _contract(at: Standing) -> list[Change]:
    most = at.bidder.max_contract_gbp
    over = 0.0 if most is None else at.candidate.value_gbp - float(most)
    return [Change(kinds.CONTRACT, _up(over - 1e-9, PENNY))] if over > 1e-9 else []


def _up(amount: float, unit: Decimal) -> Decimal:
    """The amount in whole units, the next one up."""
    return Decimal(repr(amount)).quantize(unit, ROUND_CEILING) if amount > 0 else unit


def _fills(at: Standing) -> list[Changes]:
    """How it could come to fill enough: nothing to do, more kilos, or prices within the ceiling."""
    if at.enough(at.usable):
        return [()]
    more, cut = _kilos(at), smallest_cut(at)
    found = [(more,)] if more else []
    return [*found, (price_cut(at, cut),)] if cut is not None else found


def price_cut(at: Standing, cut: Decimal) -> Change:
    """So many £/kg less for everything it offers of the lot's products."""
    own = {offer.product for offer in at.case.offers if offer.producer == at.bidder.id}
    return Change(kinds.PRICE, cut, products=tuple(product for product in at.candidate.products if product in own))


def _kilos(at: Standing) -> Change | None:
    """The fewest kilos more: of what it offers already, the dearest product first, months it sells in before others."""
    missing = max(at.least_gbp, TINY_GBP * 2) - at.worth(at.usable)
    kilos = []
    for price, product, month, room in rooms(at):
        if missing <= 0:
            break
        kg = _up(min(room, missing / price), GRAM)
        kilos.append((product, month, kg))
        missing -= min(float(kg), room) * price
    return Change(kinds.KG, kilos=tuple(kilos)) if kilos and missing <= 0 else None


def rooms(at: Standing) -> list[tuple[float, str, int, float]]:
    """Where more of its own would count: (open-market £/kg, product, month, kilos asked that it does not have)."""
    over = excesses(at)
    own = {offer.product for offer in at.case.offers if offer.producer == at.bidder.id and over.get(offer, 0) <= 0}
    dear = {(offer.product, month) for offer, excess in over.items() if excess > 0 for month in offer.months}
    order = contract_year(at.settings.case.first_month)
    found = [
        (float(at.benchmark[row]), product, month, float(at.candidate.kg[row, month - 1] - at.usable[row, month - 1]),
         at.usable[row, month - 1] <= 0)
        for row, product in enumerate(at.candidate.products) if product in own
        for month in order if (product, month) not in dear
    ]  # fmt: skip
    open_ = [each for each in found if each[3] > 0]
    open_.sort(key=lambda each: (-each[0], each[1], each[4], order.index(each[2])))
    return [each[:4] for each in open_]
