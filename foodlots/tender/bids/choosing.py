"""The awards recommended: the declared mechanism applied to the bids, and the reason for each lot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from foodlots.optimise.best_bids import Limits, Option, best_awards
from foodlots.plan import Lot
from foodlots.story import pounds
from foodlots.tender.bids.bid import Bid, Costed, costed, open_market_gbp
from foodlots.tender.brief import Tender

OPEN_MARKET = ""


@dataclass(frozen=True)
class LotAward:
    """What is recommended for one lot: the winner, None for the open market; all its bids, cheapest first; and why.

    `aside` are bids that fill less than the least the buyer allows.
    """

    lot: Lot
    winner: Costed | None
    bids: tuple[Costed, ...]
    aside: tuple[Costed, ...]
    open_gbp: Decimal
    why: str

    @property
    def paid_gbp(self) -> Decimal:
        """What the buyer pays for the lot, £ a year."""
        return self.winner.paid_gbp if self.winner else self.open_gbp


@dataclass(frozen=True)
class Recommendation:
    """The awards of all lots and what they cost together, £ a year."""

    awards: tuple[LotAward, ...]

    @property
    def paid_gbp(self) -> Decimal:
        """What the buyer pays, £ a year."""
        return sum((award.paid_gbp for award in self.awards), Decimal(0))

    @property
    def open_gbp(self) -> Decimal:
        """What all of it would cost on the open market, £ a year."""
        return sum((award.open_gbp for award in self.awards), Decimal(0))


def recommend(
    tender: Tender, bids: Iterable[Bid], scores: Mapping[tuple[str, str], Decimal] | None = None
) -> Recommendation:
    """The awards by the declared mechanism; scores: (lot, bidder) -> quality, 0 to 100."""
    scores = scores or {}
    lots = {lot.id: lot for lot in tender.plan.lots}
    all_bids = sorted(bids, key=lambda bid: (bid.lot, bid.bidder))
    counted = [costed(tender, lots[bid.lot], bid, scores.get((bid.lot, bid.bidder), Decimal(0))) for bid in all_bids]
    least = tender.settings.awards.min_fill
    fit = {lot: [each for each in counted if each.bid.lot == lot and each.fill >= least and each.kg] for lot in lots}
    ranked = {lot: sorted(each, key=lambda bid: _preference(tender, bid)) for lot, each in fit.items()}
    options = {lot: [*(_option(lots[lot], bid) for bid in ranked[lot]), _open(tender, lots[lot])] for lot in lots}
    chosen = best_awards(options, _limits(tender, all_bids))
    aside = {lot: [each for each in counted if each.bid.lot == lot and each not in fit[lot]] for lot in lots}
    return Recommendation(tuple(_award(tender, lots[lot], ranked[lot], aside[lot], chosen[lot].bidder) for lot in lots))


def _preference(tender: Tender, each: Costed) -> tuple[Decimal, str]:
    """The declared order among bids that cost the same: more kilos, then a draw fixed beforehand."""
    return -each.kg, draw(tender.fingerprint, each.bid.lot, each.bid.bidder)


def draw(fingerprint: str, lot: str, bidder: str) -> str:
    """The number drawn for a bid: the SHA-256 of bidder, lot and fingerprint, a space between two."""
    return sha256(f"{bidder} {lot} {fingerprint}".encode()).hexdigest()


def _option(lot: Lot, each: Costed) -> Option:
    return Option(each.bid.bidder, each.bid.owner, _pence(each.cost_gbp), _pence(lot.value_gbp), _pence(each.food_gbp))


def _open(tender: Tender, lot: Lot) -> Option:
    return Option(OPEN_MARKET, OPEN_MARKET, _pence(open_market_gbp(tender, lot)))


def _pence(gbp: Decimal) -> int:
    return int(gbp * 100)


def _limits(tender: Tender, bids: list[Bid]) -> Limits:
    share = tender.terms.max_share_per_owner
    whole = sum((lot.value_gbp for lot in tender.plan.lots), Decimal(0))
    own_lots: dict[str, int] = {}
    own_sold: dict[str, int] = {}
    for bid in bids:  # the tightest of what a bidder says in its schedules
        if bid.most_lots is not None:
            own_lots[bid.bidder] = min(bid.most_lots, own_lots.get(bid.bidder, bid.most_lots))
        if bid.most_gbp is not None:
            own_sold[bid.bidder] = min(_pence(bid.most_gbp), own_sold.get(bid.bidder, _pence(bid.most_gbp)))
    owner = None if share is None else _pence(share * whole)
    return Limits(tender.terms.max_lots_awarded, owner, own_lots, own_sold)


def _award(tender: Tender, lot: Lot, ranked: list[Costed], aside: list[Costed], bidder: str) -> LotAward:
    winner = next((each for each in ranked if each.bid.bidder == bidder), None)
    bids = tuple(sorted(ranked, key=lambda each: (each.cost_gbp, _preference(tender, each))))
    opened = open_market_gbp(tender, lot)
    return LotAward(lot, winner, bids, tuple(aside), opened, _why(winner, bids, opened))


def _why(winner: Costed | None, bids: tuple[Costed, ...], opened: Decimal) -> str:
    """The reason for an award, from its figures."""
    if not bids:
        return "No bid that counts: left to the open market."
    if winner is None:
        best = bids[0]
        if best.cost_gbp > opened:
            return (
                f"Every bid costs more than the open market ({pounds(opened, 2)}); the best {pounds(best.cost_gbp, 2)}."
            )
        return f"The limits leave no bid for it; the best, of {best.bid.name}, costs {pounds(best.cost_gbp, 2)}."
    cheaper = [each for each in bids if each.cost_gbp < winner.cost_gbp]
    if cheaper:
        more = winner.cost_gbp - cheaper[0].cost_gbp
        return (
            f"{cheaper[0].bid.name} costs {pounds(more, 2)} less here, but the limits and the lowest total of all lots "
            f"give it to {winner.bid.name}."
        )
    others = [each for each in bids if each is not winner]
    equal = [each for each in others if each.cost_gbp == winner.cost_gbp]
    if equal:
        rule = "it fills more kilos" if winner.kg > max(each.kg for each in equal) else "the draw fixed beforehand"
        return f"The same cost as {equal[0].bid.name}, to the penny; decided by the tie rule: {rule}."
    after = (
        f"; the next, {others[0].bid.name}, {pounds(others[0].cost_gbp - winner.cost_gbp, 2)} more" if others else ""
    )
    return f"Lowest cost: {pounds(winner.cost_gbp, 2)}{after}; the open market {pounds(opened, 2)}."
