"""The invitation: what is bought, in which lots, who may bid and how, and how it is decided. To be published."""

from foodlots.story import several
from foodlots.tender.brief import Tender
from foodlots.tender.law.conduct import limits_in_words, mechanism
from foodlots.tender.law.worth import say_day
from foodlots.tender.sheets import lot_sheets, money
from foodlots.tender.word.paper import Paper

ILLUSTRATIVE = "ILLUSTRATIVE: an example, not a real tender. No offer is asked for."


def invitation(tender: Tender) -> bytes:
    """The invitation as a Word paper."""
    paper = open_paper(tender, "Invitation to tender", "What is bought, in which lots, and how to bid")
    _what_is_bought(paper, tender)
    _lots(paper, tender)
    _who_may_bid(paper, tender)
    _how_to_bid(paper, tender)
    _how_it_is_decided(paper, tender)
    return paper.data()


def open_paper(tender: Tender, title: str, subject: str, private: str = "") -> Paper:
    """A paper of this tender: its name, its fingerprint, and what it must not be taken for."""
    name = tender.settings.case.name
    reference = f" · {tender.terms.reference}" if tender.terms.reference else ""
    footer = f"{name}{reference} · {title} · plan {tender.fingerprint[:12]}"
    banner = " ".join(filter(None, (ILLUSTRATIVE if tender.settings.case.illustrative else "", private)))
    return Paper(f"{title}: {name}", subject, footer, banner)


def buyers_in_words(tender: Tender) -> str:
    """The names of all buyers who take part."""
    taking_part = {buyer for lot in tender.plan.lots for buyer in lot.buyers}
    return ", ".join(tender.case.buyers[buyer].name for buyer in sorted(taking_part))


def length_in_words(tender: Tender) -> str:
    """How long the contracts last."""
    years, more = tender.terms.years.normalize(), tender.terms.extension_years.normalize()
    said = "1 year" if years == 1 else f"{years:f} years"
    return said + (f", which may be extended by up to {'1 year' if more == 1 else f'{more:f} years'}" if more else "")


def _what_is_bought(paper: Paper, tender: Tender) -> None:
    plan, terms = tender.plan, tender.terms
    kitchens = len({cell.site for cell in plan.cells})
    products = len({product for lot in plan.lots for product in lot.products})
    paper.heading("What is bought")
    paper.say(
        f"{buyers_in_words(tender)} invites bids for food for {several(kitchens, 'kitchen')}: "
        f"{several(products, 'product')} in {several(len(plan.lots), 'lot')}, worth "
        f"{money(tender.annual_gbp)} a year at "
        "today's open-market prices. You may bid for one lot, several or all."
    )
    rows = [
        ("Buyer", buyers_in_words(tender)),
        ("Reference", terms.reference or "to be filled in by the buyer"),
        ("Published", say_day(terms.publish)),
        ("Bids until", say_day(terms.deadline)),
        ("Contracts start", say_day(terms.start)),
        ("Contracts last", length_in_words(tender)),
        ("Value of all lots a year", money(tender.annual_gbp)),
        ("Estimated value over the longest term", f"{money(tender.contract_gbp(tender.annual_gbp))}, VAT included"),
        ("Questions to", terms.contact or "to be filled in by the buyer"),
    ]
    paper.facts("Dates, length and value of the tender", rows)
    paper.say(*tender.asked_rests_on)


def _lots(paper: Paper, tender: Tender) -> None:
    paper.heading("The lots")
    paper.say("Each lot has its own sheet in the lot schedule, and its own pricing schedule, a workbook to fill in.")
    rows = [
        (
            sheet.lot.id,
            sheet.lot.name,
            sheet.months_in_words,
            len(sheet.sites),
            sheet.lot.cpv,
            money(sheet.lot.value_gbp),
        )
        for sheet in lot_sheets(tender)
    ]
    for each in tender.rounds:
        name = f"Distribution from {tender.case.depots[each.depot].name}"
        rows.append((f"D_{each.depot}", name, "whole year", "", "", money(each.value_gbp)))
    rows.append(("", "All lots", "", "", "", money(tender.annual_gbp)))
    paper.table(
        "The lots with their months, kitchens, CPV codes and values a year",
        ("Lot", "Name", "Months", "Kitchens", "CPV", "Value a year"),
        rows, numbers=(3, 5), widths=(1.5, 6.4, 2.4, 1.9, 2.0, 2.8), total=True,
    )  # fmt: skip
    if tender.rounds:
        paper.say(
            "Lots marked as brought to a depot are supplied in bulk; the distribution lot takes them "
            "on to the kitchens."
        )


def _who_may_bid(paper: Paper, tender: Tender) -> None:
    paper.heading("Who may bid")
    paper.points(
        (
            "Any supplier: farms, growers' groups, processors, hubs, wholesalers. Small firms are welcome.",
            "Suppliers may bid together, as a consortium or relying on one another, and meet the conditions together "
            "(Procurement Act 2023 s.22(8) and (9)). A cooperative may bid with what its members grow.",
            "You need not fill a whole lot. Say in the pricing schedule how many kilos you can bring "
            "in each month; what "
            "you leave is bought on the open market.",
            "No audited accounts, no insurance and no earlier contracts are asked for with the bid.",
            "Where a certificate is named, an equivalent one is accepted, and it is asked for when "
            "the contract is awarded.",
        )
    )
    limit = tender.terms.max_lots_bid
    if limit is not None:
        paper.say(f"A supplier may tender for no more than {several(limit, 'lot')}.")
    if tender.terms.reserved != "no":
        whom = "suppliers in the United Kingdom" if tender.terms.reserved == "uk" else "suppliers of the local area"
        paper.say(f"This competition is reserved to {whom}.")


def _how_to_bid(paper: Paper, tender: Tender) -> None:
    paper.heading("How to bid")
    paper.steps(
        (
            "Read the sheet of each lot that interests you in the lot schedule.",
            "Open the pricing schedule of that lot. Fill in the yellow cells only: who you are, a "
            "price for each kilo you "
            "want to sell, and your kilos in each month where you cannot bring all that is asked.",
            "Prices are in £ a kilo, delivered as the lot says, without VAT, and hold for the first year.",
            "Totals are worked out for you. If a price stays empty, you do not sell that product.",
            "Save the workbook as it is and send it back before the deadline. Do not rename its sheets.",
        )
    )
    paper.say(tender.terms.how_to_bid or "Where to send bids: to be filled in by the buyer.")


def _how_it_is_decided(paper: Paper, tender: Tender) -> None:
    paper.heading("How it is decided")
    paper.say(*filter(None, (limits_in_words(tender), mechanism(tender))))
    if tender.terms.quality_weight:
        paper.say(tender.terms.quality or "What quality means and how it is scored: to be filled in by the buyer.")
    paper.say(f"The fingerprint used for ties is {tender.fingerprint}.")
