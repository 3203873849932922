"""What it would take to win a lot: the smallest changes after which the model awards it, solved anew on both sides.

The lots are held as drawn and every other award as the plan has it. The answer depends on what others ask, so it is
for the buyer's eyes; a producer may see by how much its own bid must fall to beat the open market.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from foodlots.insight import changes as kinds
from foodlots.insight.changes import GRAM, HAIRS, PRICE, Change, changed, usual_prices
from foodlots.insight.edges import is_true, smallest_steps
from foodlots.insight.fits import Inquiry, LotFit, alone
from foodlots.insight.standing import Standing
from foodlots.insight.takes import Changes, price_cut
from foodlots.optimise.ground import Ground
from foodlots.optimise.held import lot_id
from foodlots.optimise.one_award import HeldPlan
from foodlots.plan import Award

HAIR = HAIRS[PRICE]


class Contest:
    """One bidder and one lot of a plan, to be solved anew after any change of the bidder's."""

    def __init__(self, inquiry: Inquiry, bidder: str, lot: str):
        self.inquiry, self.bidder, self.lot = inquiry, bidder, lot
        self.asker = inquiry.asker(bidder)
        ids = [lot_id(candidate) for candidate in inquiry.candidates]
        self.place = ids.index(lot)
        self.won = [place for place, each in enumerate(ids) if bidder in inquiry.winners[each]]

    @property
    def at(self) -> Standing:
        """How the bidder stands towards the lot, delivered or else through a depot."""
        return self.asker.ways(self.inquiry.candidates[self.place])[0]

    @cached_property
    def ground(self) -> Ground:
        """The plan's ground with those sellers alone who win something or may win the lot."""
        held = self.inquiry.held
        bidders = {bid.channel.bidder for bid in held.book.bids if held.lot_ids[bid.lot] == self.lot}
        bidders |= {award.bidder for award in self.inquiry.plan.awards} | {self.bidder}
        case = self.inquiry.ground.case
        needed = bidders.union(*(held.book.stock.sells_for[bidder] for bidder in bidders))
        sellers = {key: producer for key, producer in case.producers.items() if key in needed}
        offers = tuple(offer for offer in case.offers if offer.producer in needed)
        return replace(self.inquiry.ground, case=replace(case, producers=sellers, offers=offers))

    @cached_property
    def _apart(self) -> bool:
        """Whether nothing it changes can matter to the plan unless it has this lot."""
        return not self.won and not self.inquiry.case.producers[self.bidder].member_of

    @cached_property
    def _lost(self) -> float | None:
        """What the plan costs when another has the lot."""
        held = HeldPlan.on(self.ground, self.inquiry.candidates, self.inquiry.plan.awards, self.inquiry.rounds)
        return held.cost_when(self.lot, self.bidder, False)

    def margin(self, way: Iterable[Change]) -> float | None:
        """£ a year by which the plan is dearer with the lot the bidder's than without, after these changes."""
        return self._margin(self.ground, self.inquiry.plan.awards, way)

    def wins(self, way: Iterable[Change]) -> bool:
        """Whether the model awards it the lot after these changes."""
        return is_true(self.margin(way))

    def market_margin(self, way: Iterable[Change]) -> float | None:
        """The same with nobody else there: £ a year by which it is dearer than the open market."""
        held = alone(self.asker, self.inquiry.plan)
        return self._margin(held.book.ground, held.awards, way)

    def _margin(self, ground: Ground, awards: Iterable[Award], way: Iterable[Change]) -> float | None:
        case = changed(ground.case, self.bidder, way)
        held = HeldPlan.on(replace(ground, case=case), self.inquiry.candidates, awards, self.inquiry.rounds)
        won = held.cost_when(self.lot, self.bidder, True)
        lost = self._lost if ground is self.ground and self._apart else held.cost_when(self.lot, self.bidder, False)
        if won is None or lost is None:
            return None if won is None else -float("inf")
        return won - lost


def ways_to_win(contest: Contest, fit: LotFit) -> tuple[Changes, ...]:
    """The smallest changes after which it wins, fewest first; none where a cap or its own nature stands in the way."""
    if fit.wins or (fit.able and contest.wins(())):
        return ()
    found = [_with_cut(contest, way) for way in (((),) if fit.able else fit.takes)]
    if fit.able or any(change.kind == kinds.KG and len(way) == 1 for way in fit.takes for change in way):
        found.append(_more(contest))
    ways = {tuple(change.kind for change in way): way for way in reversed(found) if way}
    return tuple(sorted(ways.values(), key=lambda way: (len(way), [change.kind for change in way])))


def _with_cut(contest: Contest, way: Changes) -> Changes | None:
    """A way to become able, with as much of a price cut as it takes to win; None when no cut is enough."""
    if way and contest.wins(way):
        return way
    cut = _smallest_cut(contest, lambda more: contest.margin(_and_cut(contest, way, more)))
    return None if cut is None else _and_cut(contest, way, cut)


def _and_cut(contest: Contest, way: Changes, more: Decimal) -> Changes:
    """The changes with so many £/kg less asked; a cut that is among them already becomes the larger."""
    rest = tuple(change for change in way if change.kind != PRICE)
    before = sum((change.amount for change in way if change.kind == PRICE), Decimal(0))
    return (*rest, price_cut(contest.at, before + more))


def cut_to_beat_market(contest: Contest) -> Change | None:
    """The smallest cut after which it is cheaper than the open market with nobody else there; None where there is none.

    Only its own rows count, so it is told to the producer; where members sell through it, it is not.
    """
    if len(contest.asker.case.producers) > 1:
        return None
    cut = _smallest_cut(contest, lambda less: contest.market_margin((price_cut(contest.at, less),)))
    return None if cut is None else price_cut(contest.at, cut)


def _smallest_cut(contest: Contest, margin) -> Decimal | None:
    """The fewest hundredths of a penny a kilo, £/kg, at which the margin is below 0."""
    prices = usual_prices(contest.inquiry.case, contest.bidder)
    own = [price for product, price in prices.items() if product in contest.at.candidate.products]
    steps = smallest_steps(lambda steps: margin(steps * HAIR), int(max(own, default=Decimal(0)) / HAIR))
    return None if steps is None else steps * HAIR


def _more(contest: Contest) -> Changes | None:
    """The fewest kilos more at its own price with which it wins, those that save most first."""
    path = _path(contest)
    total = sum(grams for _, _, grams in path)
    grams = smallest_steps(lambda grams: contest.margin(_along(path, grams)), total)
    return None if grams is None else _along(path, grams)


def _path(contest: Contest) -> list[tuple[str, int, int]]:
    """(product, month, grams) that it could bring more to the lots it has and this one, the best saving first."""
    asker, prices = contest.asker, usual_prices(contest.inquiry.case, contest.bidder)
    lot = asker.candidates[contest.place]
    has = asker.usable.kg[asker.usable.bidders.index(contest.bidder)]
    found = []
    for product in (product for product in lot.products if product in prices):
        row = asker.ground.row[product]
        saving = float(asker.ground.benchmark[row]) - float(prices[product])
        asked = sum(
            each.kg[each.products.index(product)]
            for each in (asker.candidates[place] for place in {*contest.won, contest.place})
            if product in each.products
        )
        found += [(-saving, product, month + 1, asked[month] - has[row, month]) for month in range(12)]
    return [(product, month, int(kg / float(GRAM)) + 1) for saving, product, month, kg in sorted(found)
            if kg > 0 and saving < 0]  # fmt: skip


def _along(path: list[tuple[str, int, int]], grams: int) -> Changes:
    """So many grams of what the path holds, from its beginning; no change at all for none."""
    kilos = []
    for product, month, room in path:
        if grams <= 0:
            break
        kilos.append((product, month, min(grams, room) * GRAM))
        grams -= room
    return (Change(kinds.KG, kilos=tuple(kilos)),) if kilos else ()
