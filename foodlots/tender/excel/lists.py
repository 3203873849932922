"""The lists of a tender as one workbook: lots, kitchens and kilos by month, exactly as in the plan. To be published."""

from collections.abc import Iterator

from foodlots.calendar import NAMES, say_months
from foodlots.maps.facts import KITCHEN_WORDS
from foodlots.plan_cells import write_months, write_number, write_text
from foodlots.plan_files import csv_text
from foodlots.tender.brief import Tender
from foodlots.tender.excel.book import KILOS, MONEY, Book
from foodlots.tender.sheets import lot_sheets
from foodlots.tender.text import plain

LOTS = ("Lot", "Name", "Buyers", "Area", "Products", "Months", "CPV", "Kitchens", "Brought", "Value a year, £")
QUANTITIES = ("Lot", "Product", "CPV")
KITCHENS = ("Lot", "Kitchen", "Kind", "Postcode", "Latitude", "Longitude", "Products", "Months")

LOT_WIDTHS = (8, 44, 28, 24, 40, 22, 11, 9, 46, 14)  # characters
KITCHEN_WIDTHS = (8, 48, 12, 11, 10, 10, 50, 24)


def lists(tender: Tender) -> bytes:
    """The workbook of lots, quantities and kitchens."""
    book = Book(f"Lots of {tender.settings.case.name}")
    lots = book.sheet("lots")
    end = book.rows(lots, LOTS, _lots(tender), ("",) * 7 + ("0", "", MONEY), widths=LOT_WIDTHS)
    book.put(lots, end, 1, "All lots", book.style(bold=True))
    total = sum((lot.value_gbp for lot in tender.plan.lots), start=tender.annual_gbp * 0)
    lots.write_formula(end, 9, f"=SUM(J2:J{end})", book.style(bold=True, num_format=MONEY), float(total))
    quantities = book.sheet("quantities")
    months = [f"{NAMES[month - 1]}, kg" for month in tender.months]
    book.rows(quantities, (*QUANTITIES, *months, "Year, kg"), _quantities(tender), ("",) * 3 + (KILOS,) * 13,
              widths=(8, 26, *(11,) * 14))  # fmt: skip
    kitchens = book.sheet("kitchens")
    book.rows(kitchens, KITCHENS, _kitchens(tender), ("",) * 4 + ("0.0000", "0.0000"), widths=KITCHEN_WIDTHS)
    return book.data()


def _lots(tender: Tender) -> Iterator[tuple]:
    for sheet in lot_sheets(tender):
        products = ", ".join(product.name for product in sheet.products)
        yield (
            sheet.lot.id, sheet.lot.name, sheet.buyers, sheet.lot.area, products, sheet.months_in_words, sheet.lot.cpv,
            len(sheet.sites), sheet.brought, sheet.lot.value_gbp,
        )  # fmt: skip


def _quantities(tender: Tender) -> Iterator[tuple]:
    for sheet in lot_sheets(tender):
        for product in sheet.products:
            kilos = [sheet.kilos[product.id].get(month, "") for month in tender.months]
            yield sheet.lot.id, product.name, product.cpv, *kilos, sum(sheet.kilos[product.id].values())


def _kitchens(tender: Tender) -> Iterator[tuple]:
    covered: dict[tuple[str, str], dict[str, set[int]]] = {}
    for cell in tender.plan.cells:
        covered.setdefault((cell.lot, cell.site), {}).setdefault(cell.product, set()).update(cell.months)
    for sheet in lot_sheets(tender):
        for site in sheet.sites:
            cells = covered[sheet.lot.id, site.id]
            products = ", ".join(tender.case.products[product].name for product in sorted(cells))
            months = say_months(set().union(*cells.values()), tender.settings.case.first_month)
            yield (
                sheet.lot.id, site.name, KITCHEN_WORDS.get(site.kind, "Other"), site.place.postcode,
                round(site.place.lat, 4), round(site.place.lon, 4), products, months,
            )  # fmt: skip


def lots_csv(tender: Tender) -> bytes:
    """The lots as CSV, with exact values."""
    rows = [
        (sheet.lot.id, _text(sheet.lot.name), _text(sheet.buyers), _text(sheet.lot.area), ";".join(sheet.lot.products),
         write_months(sheet.months), sheet.lot.cpv, str(len(sheet.sites)), write_number(sheet.lot.value_gbp, 2))
        for sheet in lot_sheets(tender)
    ]  # fmt: skip
    headings = ("lot", "name", "buyers", "area", "products", "months", "cpv", "kitchens", "value_gbp")
    return csv_text(headings, rows).encode("utf-8")


def quantities_csv(tender: Tender) -> bytes:
    """Kilos by lot, product and month as CSV, to the gram."""
    rows = [
        (sheet.lot.id, product.id, _text(product.name), str(month), write_number(sheet.kilos[product.id][month], 3))
        for sheet in lot_sheets(tender)
        for product in sheet.products
        for month in sheet.months
    ]
    return csv_text(("lot", "product", "product_name", "month", "kg"), rows).encode("utf-8")


def _text(text: str) -> str:
    return write_text(plain(text))
