"""Who could win a lot of a plan as it was drawn, and how far each could fill it, whatever it would cost.

The same sieves as the search's: able here is able there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foodlots.insight.instead import Table
from foodlots.optimise.bids import Bid, BidBook

DELIVERED = ""  # the way that needs no depot


@dataclass(frozen=True)
class Contender:
    """Somebody who could win one lot whole. fill: share of its value that it and its members could fill.

    depot: "" when it would deliver to each kitchen · km: to the farthest kitchen, or to the depot, by road ·
    drop_gbp: value of one drop that way · delivery_gbp: its driving and drops, £ a year.
    """

    bidder: str
    depot: str
    km: float
    drop_gbp: float
    fill: float
    delivery_gbp: float


def could_win(table: Table, lot: str) -> list[Contender]:
    """Everyone who could be awarded the lot as it stands, by how much of it they could fill; by its simplest way."""
    first: dict[str, Contender] = {}
    for contender in every_way(table, lot):
        first.setdefault(contender.bidder, contender)
    return sorted(first.values(), key=lambda each: (-each.fill, each.bidder))


def every_way(table: Table, lot: str) -> Iterator[Contender]:
    """The same with every way in which each could bring it: to each kitchen first, then through each depot."""
    book = _book(table, lot)
    for question in book.questions(book.candidates[0]):
        if question.share == 1:
            drop = question.value_gbp / float(question.visits.drops)
            for bid in (each for each in book.bids if each.share == 1 and each.channel.depot == question.depot):
                row = table.stock.row[bid.channel.bidder]
                fill = float(question.fillable_gbp[row]) / bid.value_gbp
                yield _contender(bid, float(question.there[1, row]), drop, fill)


def _book(table: Table, lot: str) -> BidBook:
    """Every bid on the lot, however few they are."""
    settings = table.settings
    ground = replace(table.ground, settings=replace(settings, lots=replace(settings.lots, min_able_bidders=0)))
    return BidBook(ground, table.stock, (table.candidates[lot],), table.rounds)


def _contender(bid: Bid, km: float, drop_gbp: float, fill: float) -> Contender:
    return Contender(bid.channel.bidder, bid.channel.depot, km, drop_gbp, fill, bid.delivery_gbp)
