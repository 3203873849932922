"""What came of the bids, on paper: every bid compared, and the awards recommended. For the buyer alone."""

from collections.abc import Iterable, Iterator

from foodlots.errors import Fault
from foodlots.story import pounds, several
from foodlots.tender.bids.bid import Costed
from foodlots.tender.bids.choosing import Recommendation
from foodlots.tender.brief import Tender
from foodlots.tender.excel.book import MONEY, Book
from foodlots.tender.law.conduct import limits_in_words, mechanism
from foodlots.tender.sheets import money
from foodlots.tender.word.invitation import open_paper

PRIVATE = "FOR THE BUYER ALONE: bidders' names and prices."
COLUMNS = ("Lot", "Bidder", "Name", "With", "Food, £ a year", "Open market for the rest, £", "Quality credit, £",
           "Compared, £", "Filled", "Kilos", "Stands")  # fmt: skip


def comparison(tender: Tender, found: Recommendation) -> bytes:
    """Every bid with what it costs, and the awards, as a workbook."""
    book = Book(f"Bids compared: {tender.settings.case.name}")
    bids = book.sheet("bids")
    book.rows(bids, COLUMNS, _bids(found), ("",) * 4 + (MONEY,) * 4 + ("0.0%", "#,##0"))
    for column, width in enumerate((8, 20, 30, 30, 16, 18, 14, 16, 9, 12, 28)):
        bids.set_column(column, column, width)
    awards = book.sheet("awards")
    book.rows(awards, ("Lot", "Name", "Winner", "Paid, £ a year", "Open market, £", "Why"),
              _awards(found), ("", "", "", MONEY, MONEY))  # fmt: skip
    for column, width in enumerate((8, 44, 30, 16, 16, 90)):
        awards.set_column(column, column, width)
    return book.data()


def _bids(found: Recommendation) -> Iterator[tuple]:
    for award in found.awards:
        for each in award.bids:
            yield (*_bid(each), "recommended" if each is award.winner else "")
        for each in award.aside:
            yield (*_bid(each), "set aside: fills too little")


def _bid(each: Costed) -> tuple:
    bid = each.bid
    return (bid.lot, bid.bidder, bid.name, bid.together, each.food_gbp, each.open_gbp, each.credit_gbp, each.cost_gbp,
            each.fill, each.kg)  # fmt: skip


def _awards(found: Recommendation) -> Iterator[tuple]:
    for award in found.awards:
        winner = award.winner.bid.name if award.winner else "open market"
        yield award.lot.id, award.lot.name, winner, award.paid_gbp, award.open_gbp, award.why


def recommendation_paper(tender: Tender, found: Recommendation, faults: Iterable[Fault]) -> bytes:
    """The award recommendation as a Word paper."""
    paper = open_paper(tender, "Award recommendation", "Who should win each lot, and why", PRIVATE)
    won = [award for award in found.awards if award.winner]
    bidders = {each.bid.bidder for award in found.awards for each in (*award.bids, *award.aside)}
    paper.say(
        f"{several(len(bidders), 'bidder')} bid; {len(won)} of {several(len(found.awards), 'lot')} "
        "would be awarded. The "
        f"lots would cost {money(found.paid_gbp)} a year, against {money(found.open_gbp)} on the open market."
    )
    paper.heading("Awards")
    rows = [(lot, name, winner, money(paid), money(opened)) for lot, name, winner, paid, opened, _ in _awards(found)]
    rows.append(("", "All lots", "", money(found.paid_gbp), money(found.open_gbp)))
    paper.table("The awards recommended", ("Lot", "Name", "Winner", "Paid a year", "Open market"), rows,
                numbers=(3, 4), widths=(1.5, 5.7, 4.2, 2.8, 2.8), total=True)  # fmt: skip
    paper.heading("Reasons")
    paper.points(f"{award.lot.id}: {award.why}" for award in found.awards)
    paper.heading("Mechanism")
    paper.say(*filter(None, (limits_in_words(tender), mechanism(tender))))
    paper.say(f"The fingerprint used for ties is {tender.fingerprint}.")
    told = [str(fault) for fault in faults]
    if told:
        paper.heading("Schedules that could not be counted")
        paper.points(told)
    return paper.data()


def told(found: Recommendation) -> Iterator[str]:
    """The recommendation in lines."""
    for award in found.awards:
        winner = award.winner.bid.name if award.winner else "open market"
        yield f"{award.lot.id} {award.lot.name}: {winner}, {pounds(award.paid_gbp, 2)}. {award.why}"
    yield f"All lots: {pounds(found.paid_gbp, 2)} a year, against {pounds(found.open_gbp, 2)} on the open market."
