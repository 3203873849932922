"""The choices not taken, said in plain English with their cost."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from foodlots.insight.instead import Table
from foodlots.insight.rejected import CUT, JOINED, NEXT_BIDDER, OPEN_MARKET, OTHER_WAY, TOO_LARGE, Rejected
from foodlots.plan import Lot

Amount = Decimal | float


def plainly_rejected(table: Table, lot: Lot, rejected: Iterable[Rejected]) -> Iterator[str]:
    """One sentence for each choice not taken; neighbours with which the lot would be too large share one."""
    too_large = [each for each in rejected if each.hindrance == TOO_LARGE]
    for each in rejected:
        if each not in too_large and not (each.kind == NEXT_BIDDER and not lot.winner):
            yield f"Considered: {SAID[each.kind](table, each)}: {_cost(table, each)}."
    if too_large:
        lots = listed([f"{other} ({pounds(each.value_gbp)})" for each in too_large for other in each.lots], "or")
        most = table.settings.lots.value_gbp[1]
        yield f"Considered: joined with {lots} it would be worth more than the {pounds(most)} a lot may be."


def _open_market(table: Table, each: Rejected) -> str:
    return "all of it from the open market"


def _next_bidder(table: Table, each: Rejected) -> str:
    return f"the next best bidder, {_bidder(table, each)}"


def _other_way(table: Table, each: Rejected) -> str:
    return f"brought by the same winner {_way(table, each)}"


def _joined(table: Table, each: Rejected) -> str:
    if each.hindrance and not each.bidders:
        return f"joined with {listed(each.lots)}"
    won = f"won by {_bidder(table, each)}" if each.bidders[0] else "left to the open market"
    return f"joined with {listed(each.lots)}, {won}"


def _cut(table: Table, each: Rejected) -> str:
    won = sum(map(bool, each.bidders))
    return f"cut into {len(each.bidders)} lots, one for each product, {won or 'none'} of them won"


SAID = {
    OPEN_MARKET: _open_market,
    NEXT_BIDDER: _next_bidder,
    OTHER_WAY: _other_way,
    JOINED: _joined,
    CUT: _cut,
}


def _bidder(table: Table, each: Rejected) -> str:
    return f"{table.case.producers[each.bidders[0]].name} {_way(table, each)}"


def _way(table: Table, each: Rejected) -> str:
    return f"through {table.case.depots[each.depot].name}" if each.depot else "delivering to each kitchen"


def _cost(table: Table, each: Rejected) -> str:
    if each.hindrance:
        return f"not possible, {each.hindrance}"
    cost = f"{pounds(abs(each.more_gbp))} a year {'more' if each.more_gbp >= 0 else 'less'}"
    if each.kind == JOINED and each.more_worth_gbp < -1:
        return f"{cost}; the search draws no such lot, so draw it by hand to have it"
    if round(each.more_gbp) > 0 or round(each.more_local_gbp) >= 0:
        return cost
    return f"{cost}, but {pounds(-each.more_local_gbp)} less would be paid locally"


def listed(names: Iterable[str], last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def pounds(amount: Amount) -> str:
    """Whole pounds with separators."""
    return f"{'−' if round(amount) < 0 else ''}£{abs(round(amount)):,}"


def share(part: Amount, places: int = 0) -> str:
    """A share as a percentage."""
    return f"{float(part):.{places}%}"


def several(number: int, thing: str) -> str:
    """ "1 lot", "2 lots"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
