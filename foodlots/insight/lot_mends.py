"""How lots drawn by hand could be mended: what to split off a lot that too few could win, so that more can."""

from collections import Counter
from collections.abc import Iterator

from foodlots.calendar import say_months
from foodlots.insight.instead import Table
from foodlots.insight.reason_words import several
from foodlots.plan import Lot

FEW = 1  # able bidders; a lot with no more asks for a mend


def mends_of_lots(table: Table) -> tuple[str, ...]:
    """One sentence for each lot that nobody, or one owner alone, could win, where a part of it has more bidders."""
    return tuple(sentence for lot in table.plan.lots for sentence in _mend(table, lot))


def _mend(table: Table, lot: Lot) -> Iterator[str]:
    if lot.able_bidders > FEW:
        return
    said = "nobody could" if not lot.able_bidders else "one owner alone could"
    found = [(len(table.able(pieces)), words) for words, pieces in _parts(table, lot)]
    if not found:
        return
    most = max(number for number, _ in found)
    if most > lot.able_bidders:
        words = next(words for number, words in found if number == most)
        yield f"{lot.id} {lot.name}: {said} win it; split off {words}, which has {several(most, 'able bidder')}."


def _parts(table: Table, lot: Lot) -> Iterator[tuple[str, list]]:
    """Parts that could be split off, large ones first: each family, product, and half of a lot that runs all year."""
    pieces, products = table.pieces[lot.id], table.case.products
    families = Counter(products[product].family for product in lot.products)
    for family in sorted(families) if len(families) > 1 else ():
        if families[family] > 1:
            yield family.lower(), [piece for piece in pieces if products[piece[1]].family == family]
    for product in lot.products if len(lot.products) > 1 else ():
        yield products[product].name, [piece for piece in pieces if piece[1] == product]
    if len(lot.months) == 12:
        for half in ((10, 11, 12, 1, 2, 3), (4, 5, 6, 7, 8, 9)):
            part = [(site, product, tuple(sorted(set(months) & set(half)))) for site, product, months in pieces]
            yield say_months(half, table.settings.case.first_month), [piece for piece in part if piece[2]]
