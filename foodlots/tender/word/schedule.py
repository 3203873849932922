"""The lot schedule: a map of all kitchens, then a sheet for each lot with its own map. To be published."""

from foodlots.case import Product
from foodlots.maps.facts import KITCHEN_WORDS
from foodlots.places import ATTRIBUTION
from foodlots.tender.brief import Round, Tender
from foodlots.tender.pictures import lot_map, overview_map
from foodlots.tender.sheets import LotSheet, lot_sheets, money, short_month
from foodlots.tender.word.invitation import open_paper
from foodlots.tender.word.paper import WIDTH_CM, Paper

QUALITY = (
    "Food is fresh, fit for the kitchens named and meets food law; the buyer's own specification "
    "comes before this list "
    "where they differ."
)


def lot_schedule(tender: Tender) -> bytes:
    """The lot schedule as a Word paper."""
    paper = open_paper(tender, "Lot schedule", "Each lot: products, kitchens, kilos by month, deliveries")
    paper.say(
        "Kilos are those of the first contract year, in whole kilos; exact kilos are in the workbook of quantities."
    )
    picture, words = overview_map(tender)
    paper.picture(picture, words, 11.0)
    paper.say(words, ATTRIBUTION)
    for sheet in lot_sheets(tender):
        _lot(paper, sheet)
    for each in tender.rounds:
        _round(paper, tender, each)
    return paper.data()


def _lot(paper: Paper, sheet: LotSheet) -> None:
    lot = sheet.lot
    paper.heading(sheet.title, new_page=True)
    paper.facts(
        f"What lot {lot.id} is",
        (
            ("Buyer", sheet.buyers),
            ("Products", ", ".join(_named(product) for product in sheet.products)),
            ("Months", sheet.months_in_words),
            ("Value a year", f"{money(lot.value_gbp)} at today's open-market prices"),
            (
                "Estimated contract value",
                f"{money(sheet.tender.contract_gbp(lot.value_gbp))}, longest term, VAT included",
            ),
            ("CPV", lot.cpv or "none stated"),
            ("Brought", sheet.brought),
            ("Asked of the supplier", "; ".join(sheet.asked_of_bidders) or "no certificate"),
        ),
    )
    picture, words = lot_map(sheet)
    paper.picture(picture, words, 8.5)
    paper.say(words)
    paper.heading("Kilos by month", 2)
    _kilos(paper, sheet)
    paper.heading("Quality and delivery", 2)
    often = [f"{product.name}: {sheet.often(product)}" for product in sheet.products]
    paper.say(f"How often each product comes to a kitchen: {'; '.join(often)}. {QUALITY}")
    paper.heading("How small producers and groups may bid", 2)
    paper.say(
        "Bid for the products and months you have; say your kilos in the pricing schedule. Growers "
        "may bid together and "
        "share the round: one of them signs, all are named."
    )
    paper.heading("Kitchens", 2)
    _kitchens(paper, sheet)


def _named(product: Product) -> str:
    return f"{product.name} (CPV {product.cpv})" if product.cpv else product.name


def _kilos(paper: Paper, sheet: LotSheet) -> None:
    headings = ("Product", *(short_month(month) for month in sheet.months), "Year")
    rows = []
    for product in sheet.products:
        months, year = sheet.whole_kilos(product.id)
        rows.append((product.name, *(f"{kilos:,}" for kilos in months), f"{year:,}"))
    count = len(sheet.months) + 1
    each = (WIDTH_CM - 2.6 - 1.3) / (count - 1)
    paper.table(
        f"Kilos of each product of lot {sheet.lot.id} by month", headings, rows, numbers=tuple(range(1, count + 1)),
        widths=(2.6, *[each] * (count - 1), 1.3), size=6.5,
    )  # fmt: skip


def _kitchens(paper: Paper, sheet: LotSheet) -> None:
    rows = [
        (site.name, KITCHEN_WORDS.get(site.kind, "Other"), site.place.postcode, f"{site.meals_per_week:,.0f}",
         "in term" if site.term_time else "all year", f"{site.deliveries_per_week.normalize():f}")
        for site in sheet.sites
    ]  # fmt: skip
    paper.table(
        f"Kitchens of lot {sheet.lot.id}",
        ("Kitchen", "Kind", "Postcode", "Meals a week", "Open", "Most deliveries a week"),
        rows, numbers=(3, 5), widths=(6.6, 2.2, 2.2, 2.0, 1.8, 2.2), size=8,
    )  # fmt: skip


def _round(paper: Paper, tender: Tender, each: Round) -> None:
    paper.heading(f"D_{each.depot}: Distribution from {tender.case.depots[each.depot].name}", new_page=True)
    paper.facts(
        "What the distribution lot is",
        (
            ("Work", "take in what supply-only lots bring to the depot, and bring it to the kitchens of these areas"),
            ("Areas", ", ".join(each.areas)),
            ("Drops a year", f"{each.drops:,.0f}"),
            ("Road km a year", f"{each.km:,.0f}"),
            ("Value a year", money(each.value_gbp)),
        ),
    )
