"""Rules: what is always true of a plan. Each yields (key, row); `RULES` is the list of contents."""

from collections import defaultdict
from collections.abc import Iterator

from foodlots.optimise.model import AT_LEAST, AT_MOST, EQUAL, Model, Row, lot_key, spell_key

Rows = Iterator[tuple[tuple, Row]]


def cover_each_cell_once(model: Model) -> Rows:
    """Every piece of demand is in exactly one lot.

    sum(draw[l] for l that covers c) = 1, for all cells c.
    """
    covering = defaultdict(list)
    for lot, candidate in enumerate(model.candidates):
        for cell in candidate.cells:
            covering[cell].append(lot)
    cells = model.ground.cells if not model.ground.case.lots else sorted(covering)
    for cell in cells:
        yield cell_key(cell), Row([(model.draw[lot], 1.0) for lot in covering[cell]], EQUAL, 1.0)


def cell_key(cell) -> tuple:
    """A cell's place in the name of a row: small area, product, season; or the lot drawn by hand."""
    return (cell,) if isinstance(cell, str) else (f"a{cell.leaf}", cell.product, f"s{cell.season}")


def award_only_drawn_lots(model: Model) -> Rows:
    """Only a lot that is drawn is awarded, whole or in shares that add up to no more than the lot.

    sum(share × award[l, b] for b) <= draw[l], for all candidates l.
    """
    for lot, bids in sorted(model.awards_on().items()):
        terms = [(model.award[bid], float(model.bids[bid].share)) for bid in bids]
        yield (lot_key(lot),), Row([*terms, (model.draw[lot], -1.0)], AT_MOST, 0.0)


def count_winners(model: Model) -> Rows:
    """A bidder that wins anything is a winner, and wins a piece of demand at most once.

    sum(award[l, b] for l that covers c) <= win[b], for all bidders b and cells c.
    """
    for bidder, bids in sorted(model.awards_to().items()):
        for number, together in enumerate(_meeting_in_a_cell(model, bids)):
            terms = [(model.award[bid], 1.0) for bid in together]
            yield (bidder, number), Row([*terms, (model.win[bidder], -1.0)], AT_MOST, 0.0)


def _meeting_in_a_cell(model: Model, bids: list[int]) -> list[tuple[int, ...]]:
    """Sets of bids that share a cell, none inside another; in order."""
    sharing = defaultdict(list)
    for bid in bids:
        for cell in model.candidates[model.bids[bid].lot].cells:
            sharing[cell].append(bid)
    largest: list[frozenset[int]] = []
    for together in sorted({frozenset(found) for found in sharing.values()}, key=lambda s: (-len(s), sorted(s))):
        if not any(together <= other for other in largest):
            largest.append(together)
    return sorted(tuple(sorted(together)) for together in largest)


def sell_no_more_than_won(model: Model) -> Rows:
    """A bidder sells no more than the lots it won ask for.

    sum(supply[b, j, k, t] for j) <= sum(most it could fill of [l, k, t] × award[l, b] for l), kg,
    for all channels of b, products k, spells of months t.
    """
    selling = defaultdict(list)
    for sale, supply in model.supply.items():
        selling[sale.channel, sale.product, sale.spell].append((supply, 1.0))
    for channel, wanted in model.wanted.items():
        for (product, spell), fillable in wanted.items():
            won = [(model.award[bid], -most) for bid, most in fillable]
            key = (channel.bidder, channel.pool, channel.depot, product, spell_key(spell))
            yield key, Row(selling[channel, product, spell] + won, AT_MOST, 0.0)


def sell_no_more_than_grown(model: Model) -> Rows:
    """A producer sells no more than it has, over all bidders it sells through.

    sum(supply[b, j, k, t] for b) <= cap[j, k, t], kg, for all producers j that sell in more than one way.
    """
    selling = defaultdict(list)
    for sale, supply in model.supply.items():
        selling[sale.producer, sale.product, sale.spell].append((supply, 1.0))
    for (*key, spell), terms in sorted(selling.items()):
        if len(terms) > 1:
            yield (*key, spell_key(spell)), Row(terms, AT_MOST, float(terms[0][0].upBound))


def sell_only_as_winner(model: Model) -> Rows:
    """Only a winner sells, and no more than it and its members have.

    sum(supply[b, j, k, t] for j) <= win[b] × sum(cap[j, k, t] for j), kg, for all bidders b.
    """
    selling = defaultdict(list)
    for sale, supply in model.supply.items():
        selling[sale.channel.bidder, sale.product, sale.spell].append((sale.producer, supply))
    for (bidder, product, spell), pairs in sorted(selling.items(), key=lambda item: item[0]):
        has = {producer: float(supply.upBound) for producer, supply in pairs}
        terms = [(supply, 1.0) for _, supply in pairs]
        yield (bidder, product, spell_key(spell)), Row([*terms, (model.win[bidder], -sum(has.values()))], AT_MOST, 0.0)


def serve_what_goes_through_depots(model: Model) -> Rows:
    """A lot brought to a depot needs the depot's round through each of its small areas.

    sum(award[l, b, d] for l that covers c, b) <= serve[d, area of c], for all depots d and cells c (sole awards).
    """
    needing = defaultdict(set)
    for index, bid in enumerate(model.bids):
        for leaf in model.candidates[bid.lot].leaves if bid.channel.depot else ():
            for cell in _cells_in(model, bid.lot, leaf):
                needing[bid.channel.depot, leaf, cell].add(index)
    shares = model.settings.awards.max_winners_per_lot
    seen = set()
    for (depot, leaf, cell), bids in sorted(needing.items(), key=lambda item: (*item[0][:2], cell_key(item[0][2]))):
        if (depot, leaf, frozenset(bids)) not in seen:
            seen.add((depot, leaf, frozenset(bids)))
            terms = [(model.award[bid], 1.0) for bid in sorted(bids)]
            yield (
                (depot, f"a{leaf}", *cell_key(cell)[-2:]),
                Row([*terms, (model.serve[depot, leaf], -float(shares))], AT_MOST, 0.0),
            )


def _cells_in(model: Model, lot: int, leaf: int) -> list:
    """The lot's cells in a small area; all of a lot drawn by hand, which is a cell of its own."""
    cells = model.candidates[lot].cells
    return [cell for cell in cells if isinstance(cell, str) or cell.leaf == leaf]


def open_depots(model: Model) -> Rows:
    """A depot that makes a round anywhere is open. serve[d, a] <= open_depot[d], for all depots d and areas a."""
    for (depot, leaf), serve in model.serve.items():
        yield (depot, f"a{leaf}"), Row([(serve, 1.0), (model.open_depot[depot], -1.0)], AT_MOST, 0.0)


def find_extremes(model: Model) -> Rows:
    """The most and the least valuable lot, where balance is an aim.

    largest >= value[l] × draw[l]; smallest <= value[l] × draw[l] + top × (1 - draw[l]), £, for all candidates l.
    """
    for lot, candidate in enumerate(model.candidates) if model.extremes else ():
        top, draw = float(model.extremes["smallest"].upBound), model.draw[lot]
        largest = Row([(model.extremes["largest"], 1.0), (draw, -candidate.value_gbp)], AT_LEAST, 0.0)
        smallest = Row([(model.extremes["smallest"], 1.0), (draw, top - candidate.value_gbp)], AT_MOST, top)
        yield (lot_key(lot), "largest"), largest
        yield (lot_key(lot), "smallest"), smallest


RULES = (
    cover_each_cell_once,
    award_only_drawn_lots,
    count_winners,
    sell_no_more_than_won,
    sell_no_more_than_grown,
    sell_only_as_winner,
    serve_what_goes_through_depots,
    open_depots,
    find_extremes,
)
