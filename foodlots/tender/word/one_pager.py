"""Plain sheets for farmers: one page for each lot, to hand out; and one for a producer, for that producer alone."""

from foodlots.insight.fit import Fit, lots_for, partners_for
from foodlots.plan import Lot
from foodlots.story import pounds, several
from foodlots.tender.brief import Tender
from foodlots.tender.law.worth import say_day
from foodlots.tender.sheets import LotSheet, lot_sheets, short_month
from foodlots.tender.word.invitation import length_in_words, open_paper
from foodlots.tender.word.paper import Paper

SHOWN = 5  # lots on a producer's sheet, of each sort
NEAR = 0.1  # share of a lot that a producer must be able to fill for the lot to be worth a line


def lots_for_farmers(tender: Tender) -> bytes:
    """A page for each lot: what, where, when, how much, what you need, who to team with. To be published."""
    paper = open_paper(tender, "Lots for farmers and makers", "One plain page for each lot")
    paper.say(
        f"Bids until {say_day(tender.terms.deadline)}. Contracts start on {say_day(tender.terms.start)} and last "
        f"{length_in_words(tender)}. Turn to the lots that sell what you grow or make."
    )
    for sheet in lot_sheets(tender):
        _page(paper, sheet)
    return paper.data()


def _page(paper: Paper, sheet: LotSheet) -> None:
    lot = sheet.lot
    paper.heading(sheet.title, new_page=True)
    paper.facts(
        f"Lot {lot.id} in short",
        (
            ("What", ", ".join(product.name for product in sheet.products)),
            ("Where", f"{lot.area or sheet.buyers}: {several(len(sheet.sites), 'kitchen')}"),
            ("When", sheet.months_in_words),
            ("How it comes", sheet.brought),
            ("Worth", f"about {pounds(lot.value_gbp)} a year at today's open-market prices"),
            ("What you need", "; ".join(sheet.asked_of_bidders) or "no certificate; food law, as for everyone"),
            ("Not asked for", "audited accounts, insurance or earlier contracts with the bid"),
        ),
    )
    paper.heading("How much", 2)
    rows = [_amounts(sheet, product.id, product.name) for product in sheet.products]
    paper.table(f"How much of each product lot {lot.id} takes", ("Product", "Most in a month", "In a year"), rows,
                numbers=(2,), widths=(7.0, 6.0, 4.0), size=10)  # fmt: skip
    paper.heading("Too big for you alone?", 2)
    paper.say(_who_to_team_with(sheet))


def _amounts(sheet: LotSheet, product: str, name: str) -> tuple[str, str, str]:
    months, year = sheet.whole_kilos(product)
    most = max(months)
    return name, f"{most:,} kg ({short_month(sheet.months[months.index(most)])})", f"{year:,} kg"


def _who_to_team_with(sheet: LotSheet) -> str:
    """Whom to look for, in words: no producer is named."""
    names = [product.name.lower() for product in sheet.products]
    growers = f"others who have {' or '.join(names)}" if len(names) < 4 else "others who have what you lack"
    depot = " One round can carry all of it." if not sheet.depot else ""
    return (
        f"You may bid for part of the kilos, or together with {growers}, in other months or nearer to some kitchens. A "
        "cooperative or food hub may bid for its members. One signs, all are named, and you meet the "
        "conditions together."
        f"{depot}"
    )


def sheet_for_producer(tender: Tender, producer: str) -> bytes:
    """What fits one producer, what nearly fits and why not, and whom to bid with. For that producer alone."""
    name = tender.case.producers[producer].name
    private = f"FOR {name} ALONE. No price of anybody else is in it."
    paper = open_paper(tender, f"What fits {name}", "Lots that fit one producer", private)
    fits = [fit for fit in lots_for(tender.market, producer) if fit.fill >= NEAR]
    paper.say(f"Bids until {say_day(tender.terms.deadline)}. Worked out from what you told us you can supply.")
    _fitting(paper, tender, [fit for fit in fits if fit.fits][:SHOWN])
    _hindered(paper, tender, [fit for fit in fits if not fit.fits][:SHOWN])
    _partners(paper, tender, producer, fits[:2])
    return paper.data()


def _fitting(paper: Paper, tender: Tender, fits: list[Fit]) -> None:
    paper.heading("Lots that fit you as you are")
    if not fits:
        paper.say("None as they stand; see below what stands in the way.")
        return
    lots = {lot.id: lot for lot in tender.plan.lots}
    rows = [(fit.lot, lots[fit.lot].name, pounds(lots[fit.lot].value_gbp), f"{fit.fill:.0%}", f"{fit.km:,.0f} km")
            for fit in fits]  # fmt: skip
    paper.table("Lots that fit", ("Lot", "Name", "Worth a year", "You could fill", "Farthest"), rows, numbers=(2, 3, 4),
                widths=(1.5, 8.0, 2.8, 2.5, 2.2))  # fmt: skip


def _hindered(paper: Paper, tender: Tender, fits: list[Fit]) -> None:
    if not fits:
        return
    lots = {lot.id: lot for lot in tender.plan.lots}
    paper.heading("Lots that would fit, but for this")
    for fit in fits:
        paper.heading(f"{fit.lot}: {lots[fit.lot].name}", 2)
        paper.points([f"You could fill {fit.fill:.0%} of it.", *(f"It {obstacle}." if obstacle[0] in "adow" else
                      f"{obstacle[0].upper()}{obstacle[1:]}." for obstacle in fit.obstacles)])  # fmt: skip


def _partners(paper: Paper, tender: Tender, producer: str, fits: list[Fit]) -> None:
    lots: dict[str, Lot] = {lot.id: lot for lot in tender.plan.lots}
    paper.heading("Who to bid with")
    said = False
    for fit in fits:
        for partner in partners_for(tender.market, lots[fit.lot], producer, 3):
            said = True
            name = tender.case.producers[partner.producer].name
            paper.points((f"{fit.lot}: with {name} you could fill {partner.together:.0%} together.",))
    if not said:
        paper.say("Nobody we know of would add to what you can fill alone.")
