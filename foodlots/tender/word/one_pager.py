"""Plain sheets for farmers: one page for each lot, to hand out; and one for a producer, for that producer alone."""

from foodlots.insight.consortium import Consortium, consortia
from foodlots.insight.fit_words import say_changes
from foodlots.insight.fits import LotFit, fits_before_award
from foodlots.insight.known import is_assumed
from foodlots.insight.reasons import Reason, listed
from foodlots.story import pounds, several
from foodlots.tender.brief import Tender
from foodlots.tender.law.worth import say_day
from foodlots.tender.sheets import LotSheet, lot_sheets, short_month
from foodlots.tender.word.invitation import length_in_words, open_paper
from foodlots.tender.word.paper import Paper

SHOWN = 5  # lots on a producer's sheet, of each sort
WITH_PARTNERS = 1  # of those that do not fit alone: lots for which partners are looked for
NEAR = 0.1  # share of a lot that a producer must be able to fill for the lot to be worth a line


def lots_for_farmers(tender: Tender) -> bytes:
    """A page for each lot: what, where, when, how much, what you need, who to team with. To be published."""
    paper = open_paper(tender, "Lots for farmers and makers", "One plain page for each lot")
    paper.say(
        f"Bids until {say_day(tender.terms.deadline)}. Contracts start on {say_day(tender.terms.start)} and last "
        f"{length_in_words(tender)}. Turn to the lots that sell what you grow or make.",
        *tender.asked_rests_on,
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
    """What fits one producer, what nearly fits and why not, and whom to bid with. For that producer alone.

    Nothing is said of who would win, and nobody else's price is looked at.
    """
    name = tender.case.producers[producer].name
    private = f"FOR {name} ALONE. No price of anybody else is in it."
    paper = open_paper(tender, f"What fits {name}", "Lots that fit one producer", private)
    found = [fit for fit in fits_before_award(tender.inquiry, producer) if fit.fill >= NEAR]
    fits = sorted(found, key=lambda fit: (len(fit.reasons), -fit.fill, fit.lot))
    paper.say(f"Bids until {say_day(tender.terms.deadline)}. {_worked_out_from(tender, producer)}")
    _fitting(paper, [fit for fit in fits if fit.able][:SHOWN])
    hindered = [fit for fit in fits if not fit.able][:SHOWN]
    _hindered(paper, tender, hindered)
    _partners(paper, tender, producer, hindered[:WITH_PARTNERS])
    return paper.data()


def _worked_out_from(tender: Tender, producer: str) -> str:
    if not is_assumed(tender.case, producer):
        return "Worked out from what you told us you can supply."
    return (
        "Nobody has asked you yet: what you could supply, and perhaps where you are, is assumed here. Tell us what "
        "you really have, and this sheet is made anew."
    )


def _fitting(paper: Paper, fits: list[LotFit]) -> None:
    paper.heading("Lots that fit you as you are")
    if not fits:
        paper.say("None as they stand; see below what stands in the way.")
        return
    rows = [(fit.lot, fit.name, pounds(fit.value_gbp), f"{fit.fill:.0%}", f"{fit.km:,.0f} km",
             pounds(fit.money.left_gbp)) for fit in fits]  # fmt: skip
    paper.table("Lots that fit", ("Lot", "Name", "Worth a year", "You could fill", "Farthest", "Left for food"), rows,
                numbers=(2, 3, 4, 5), widths=(1.5, 6.3, 2.5, 2.3, 2.0, 2.4))  # fmt: skip
    paper.say("Left for food: your part at today's open-market prices, less driving, drops and collection, a year.")


def _hindered(paper: Paper, tender: Tender, fits: list[LotFit]) -> None:
    if not fits:
        return
    case, first = tender.case, tender.settings.case.first_month
    paper.heading("Lots that would fit, but for this")
    for fit in fits:
        paper.heading(f"{fit.lot}: {fit.name}", 2)
        takes = [f"It would fit if you could {_as_asked(say_changes(case, way, first))}." for way in fit.takes]
        fill = [] if fit.reasons[0].name == "too_small" else [f"You could fill {fit.fill:.0%} of it."]
        paper.points([*fill, *(_sentence(each) for each in fit.reasons), *takes])


def _sentence(reason: Reason) -> str:
    """The reason as it is said to the one whom it is about."""
    says = reason.says.replace("it could fill", "you could fill").replace("it asks", "you ask")
    says = says.replace("it delivers", "you deliver").replace("it wants", "you want").replace("it offers", "you offer")
    says = says.replace("does not hold", "you do not hold").replace("offers nothing", "you offer nothing")
    return f"{says[0].upper()}{says[1:]}."


def _as_asked(changes: str) -> str:
    """A change as something that one does: kilos are supplied."""
    return f"supply {changes}" if changes[:1].isdigit() else changes


def _partners(paper: Paper, tender: Tender, producer: str, fits: list[LotFit]) -> None:
    if not fits:
        return
    paper.heading("Who to bid with")
    found = [(fit, consortia(tender.inquiry, fit.lot, (producer,), most=1).sets) for fit in fits]
    lines = [_together(tender, producer, fit.lot, sets[0]) for fit, sets in found if sets]
    if lines:
        paper.points(lines)
    else:
        paper.say("No group that we know of would make you able for a lot that you are not able for alone.")


def _named(tender: Tender, producer: str) -> str:
    """A partner's name, and whether it or its kilos are assumed."""
    name = tender.case.producers[producer].name
    return f"{name} (what it could supply is assumed)" if is_assumed(tender.case, producer) else name


def _together(tender: Tender, producer: str, lot: str, group: Consortium) -> str:
    names = [_named(tender, each) for each in group.partners if each != producer]
    lead = "you would lead" if group.lead == producer else f"{tender.case.producers[group.lead].name} would lead"
    return f"{lot}: with {listed(names)} you could fill {group.fill:.0%} together; {lead}."
