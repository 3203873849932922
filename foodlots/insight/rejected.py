"""What was considered for a lot and rejected, and at what cost: all other lots as planned, £ a year.

For every lot: the open market, the next best bidder, the winner's other way of bringing it, the lot joined with a
neighbour of the same food or with other food of the same place, and the lot cut into one for each product.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from foodlots.delivery import driving_km
from foodlots.insight.instead import NOTHING, Outcome, Table, drawn_from
from foodlots.optimise.bids import Bid, BidBook
from foodlots.optimise.candidates import Candidate
from foodlots.plan import Lot

OPEN_MARKET, NEXT_BIDDER, OTHER_WAY, JOINED, CUT = "open market", "next bidder", "other way", "joined", "cut"
MOST_JOINED = 2  # neighbours tried of each sort
DELIVERED = ""


@dataclass(frozen=True)
class Rejected:
    """One choice not taken. `more_gbp`: what it costs the buyer beyond the plan, less than 0 where it would cost less.

    bidders: who would win, one for each lot it makes, "" for the open market · depot: "" when delivered · lots: the
    other lots it takes in · value_gbp: of the lot it makes · hindrance: why it could not be at all, "" when it could;
    more_gbp, more_local_gbp and more_worth_gbp are 0 then. `more_worth_gbp` also counts the buyer's aims.
    """

    kind: str
    lot: str
    bidders: tuple[str, ...] = ()
    depot: str = ""
    lots: tuple[str, ...] = ()
    value_gbp: float = 0.0
    more_gbp: float = 0.0
    more_local_gbp: float = 0.0
    more_worth_gbp: float = 0.0
    hindrance: str = ""


NOBODY, TOO_LARGE = "nobody could win it alone", "it would be worth more than a lot may be"
OVER_LOTS, OVER_SHARE = "one supplier would win more lots than allowed", "one owner would win more than its share"


def rejected_for(table: Table, lot: Lot) -> tuple[Rejected, ...]:
    """The choices not taken for one lot, in the order of `WAYS`."""
    return tuple(chain.from_iterable(way(table, lot) for way in WAYS))


def leave_to_the_open_market(table: Table, lot: Lot) -> Iterator[Rejected]:
    """No award: everything at the open market's price."""
    if lot.winner:
        yield _weighed(table, OPEN_MARKET, lot, (), [(table.candidates[lot.id], None)])


def give_to_another(table: Table, lot: Lot) -> Iterator[Rejected]:
    """The best bidder beside the winners."""
    won = set(lot.winner.split(";"))
    yield from _best(table, NEXT_BIDDER, lot, lambda bid: bid.channel.bidder not in won)


def bring_it_the_other_way(table: Table, lot: Lot) -> Iterator[Rejected]:
    """The same winner through a depot instead of to each kitchen, or the other way round."""
    awards = [award for award in table.plan.awards if award.lot == lot.id]
    if len(awards) == 1 and table.case.depots:
        winner, depot = awards[0].bidder, awards[0].depot
        yield from _best(table, OTHER_WAY, lot, lambda bid: bid.channel.bidder == winner and bid.channel.depot != depot)


def join_with_a_neighbour(table: Table, lot: Lot) -> Iterator[Rejected]:
    """One lot with another of the same food next door, or of other food at the same kitchens."""
    own = table.candidates[lot.id]
    others = [
        (other.id, table.candidates[other.id]) for other in table.plan.lots
        if other.id != lot.id and table.candidates[other.id].pool == own.pool and other.months == lot.months
    ]  # fmt: skip
    same_food = [(_km_between(table, own, c), key) for key, c in others if c.products == own.products]
    same_place = [(-len(set(own.sites) & set(c.sites)), key) for key, c in others if set(own.sites) & set(c.sites)]
    for key in dict.fromkeys(key for near in (same_food, same_place) for _, key in sorted(near)[:MOST_JOINED]):
        together = drawn_from(table.ground, (*table.pieces[lot.id], *table.pieces[key]))
        yield _made(table, JOINED, lot, (key,), [together])


def cut_into_products(table: Table, lot: Lot) -> Iterator[Rejected]:
    """One lot for each product."""
    if len(lot.products) > 1:
        parts = [
            drawn_from(table.ground, [piece for piece in table.pieces[lot.id] if piece[1] == product])
            for product in lot.products
        ]
        least = table.settings.lots.value_gbp[0]
        if least is None or all(part.value_gbp >= float(least) for part in parts):
            yield _made(table, CUT, lot, (), parts)


WAYS = (leave_to_the_open_market, give_to_another, bring_it_the_other_way, join_with_a_neighbour, cut_into_products)


def _best(table: Table, kind: str, lot: Lot, wanted) -> Iterator[Rejected]:
    """The best award of the lot among the bids wanted; nothing where there is none."""
    book, left = table.book([table.candidates[lot.id]]), table.left_beside([lot.id])
    found = [
        _weighed(table, kind, lot, (), [(book.candidates[0], bid)], book, left)
        for bid in book.bids
        if bid.share == 1 and wanted(bid) and table.served(book, bid, left)
    ]
    if found:
        yield min(found, key=lambda each: (bool(each.hindrance), each.more_worth_gbp, each.bidders, each.depot))


def _made(table: Table, kind: str, lot: Lot, others: tuple[str, ...], candidates: list[Candidate]) -> Rejected:
    """Other lots in place of these, each given to its best bidder or left to the open market."""
    value, most = sum(each.value_gbp for each in candidates), table.settings.lots.value_gbp[1]
    if most is not None and kind == JOINED and value > float(most):
        return Rejected(kind, lot.id, lots=others, value_gbp=value, hindrance=TOO_LARGE)
    book, left = table.book(candidates), table.left_beside([lot.id, *others])
    choices, unchanged = [], _holders(table, [lot.id, *others])
    for number, candidate in enumerate(candidates):
        bids = [bid for bid in book.bids if bid.lot == number and bid.share == 1]
        tried = [(bid, served) for bid in bids if (served := table.served(book, bid, left))]
        if kind == JOINED and not tried:
            return Rejected(kind, lot.id, lots=others, value_gbp=value, hindrance=NOBODY)
        best = min(tried, key=lambda each: _alone(table, book, each, unchanged), default=None)
        if best and _alone(table, book, best, unchanged)[0] < candidate.value_gbp:
            left = left - best[1][1]
            unchanged.add(best[0].channel.bidder)
            choices.append((candidate, best[0]))
        else:
            choices.append((candidate, None))
    return _weighed(table, kind, lot, others, choices, book, table.left_beside([lot.id, *others]))


def _alone(table: Table, book: BidBook, tried: tuple, holders: set[str]) -> tuple[float, str]:
    bid, (outcome, _) = tried
    new = _setup(table, bid.channel.bidder) if bid.channel.bidder not in holders else 0.0
    return outcome.worth_gbp + new + _rounds(table, book, [bid], set()), bid.key


def _weighed(table: Table, kind: str, lot: Lot, others: tuple, choices: list, book=None, left=None) -> Rejected:
    """The choice against the plan: food, way, lots, suppliers and depots' rounds together."""
    gone, after = (lot.id, *others), NOTHING
    for candidate, bid in choices:
        if bid is None:
            after += Outcome(candidate.value_gbp, 0.0, candidate.value_gbp, 0.0)
        else:
            outcome, used = table.served(book, bid, left) or (NOTHING, 0.0)
            after, left = after + outcome, left - used
    more = after.over(table.planned(gone))
    bids = [bid for _, bid in choices if bid is not None]
    fixed = float(table.settings.costs.per_lot) * (len(choices) - len(gone))
    fixed += _suppliers_after(table, gone, bids) + _depots_after(table, book, gone, bids)
    winners = tuple(bid.channel.bidder if bid else "" for _, bid in choices)
    return Rejected(
        kind, lot.id, winners, next((bid.channel.depot for bid in bids), DELIVERED), others,
        sum(candidate.value_gbp for candidate, _ in choices), more.cost_gbp + fixed, more.local_gbp,
        more.worth_gbp + fixed, _forbidden(table, gone, bids),
    )  # fmt: skip


def _holders(table: Table, gone: Iterable[str]) -> set[str]:
    """Who wins anything beside these lots."""
    gone = set(gone)
    return {award.bidder for award in table.plan.awards if award.lot not in gone}


def _setup(table: Table, bidder: str) -> float:
    own = table.case.producers[bidder].setup_gbp
    return float(table.settings.costs.per_supplier if own is None else own)


def _suppliers_after(table: Table, gone: tuple[str, ...], bids: list[Bid]) -> float:
    """£ more for taking on suppliers."""
    beside = _holders(table, gone)
    before = {award.bidder for award in table.plan.awards if award.lot in gone} - beside
    after = {bid.channel.bidder for bid in bids} - beside
    return sum(_setup(table, b) for b in sorted(after)) - sum(_setup(table, b) for b in sorted(before))


def _depots_after(table: Table, book: BidBook | None, gone: tuple[str, ...], bids: list[Bid]) -> float:
    """£ more for depots and their rounds."""
    kept = {
        (award.depot, leaf)
        for award in table.plan.awards
        if award.depot and award.lot not in gone
        for leaf in table.candidates[award.lot].leaves
    }
    before = sum(float(line.gbp) for line in table.plan.distribution) + sum(
        float(table.case.depots[depot].fixed_gbp) for depot in {line.depot for line in table.plan.distribution}
    )
    return _rounds(table, book or table.book([table.candidates[gone[0]]]), bids, kept, whole=True) - before


def _rounds(table: Table, book: BidBook, bids: Iterable[Bid], kept: set, whole: bool = False) -> float:
    """£ of the rounds these bids need from depots: all rounds driven, or (not `whole`) what they add to the plan's."""
    planned = {
        (award.depot, leaf) for award in table.plan.awards if award.depot for leaf in table.candidates[award.lot].leaves
    }
    needed = kept | {
        (bid.channel.depot, leaf) for bid in bids if bid.channel.depot for leaf in book.candidates[bid.lot].leaves
    }
    driven = needed if whole else needed - planned
    fixed = {depot for depot, _ in driven} - (set() if whole else {depot for depot, _ in planned})
    rounds = sum(_round_gbp(table, book, depot, leaf) for depot, leaf in sorted(driven))
    return rounds + sum(float(table.case.depots[depot].fixed_gbp) for depot in sorted(fixed))


def _round_gbp(table: Table, book: BidBook, depot: str, leaf: int) -> float:
    sites, costs = table.ground.leaves[leaf], table.settings.costs
    visits = book.timetable.delivered(sites, book.timetable.most_frequent(table.ground.products))
    there = min(table.ground.roads.km(depot, site) for site in sites)
    km = driving_km(visits.visits, there, book.rounds.through(sites).km)
    return float(km) * float(costs.per_km) + float(visits.drops) * float(costs.per_drop)


def _forbidden(table: Table, gone: tuple[str, ...], bids: list[Bid]) -> str:
    """The limit that the choice would break, "" when it breaks none."""
    awards, producers = table.settings.awards, table.case.producers
    beside = [award for award in table.plan.awards if award.lot not in gone]
    for bid in bids:
        bidder = bid.channel.bidder
        lots = sum(award.bidder == bidder for award in beside) + sum(b.channel.bidder == bidder for b in bids)
        if awards.max_lots_per_supplier is not None and lots > awards.max_lots_per_supplier:
            return OVER_LOTS
        owner = producers[bidder].owner_group
        won = sum(float(a.value_gbp) for a in beside if producers[a.bidder].owner_group == owner)
        won += sum(b.value_gbp for b in bids if producers[b.channel.bidder].owner_group == owner)
        share = awards.max_share_per_owner
        if share is not None and won > float(share) * table.ground.value_gbp + 0.01:
            return OVER_SHARE
    return ""


def _km_between(table: Table, one: Candidate, other: Candidate) -> float:
    return float(table.ground.roads.matrix(one.sites, other.sites).min())
