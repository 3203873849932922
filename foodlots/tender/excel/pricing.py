"""The pricing schedule of a lot: protected, with yellow cells for the bidder and totals by formulas of our own."""

from foodlots.calendar import NAMES
from foodlots.story import pounds
from foodlots.tender.brief import Tender
from foodlots.tender.excel.book import KILOS, MONEY, PRICE, SHADE, YELLOW, Book
from foodlots.tender.law.worth import say_day
from foodlots.tender.sheets import LotSheet, short_month

READ_ME, BIDDER, PRICES, KILOS_SHEET = "read_me", "bidder", "prices", "kilos"
MOST_PRICE = 10_000  # £/kg; no food of any kitchen costs more
FIRST = 4  # row of the first product on the sheet of prices, counted from 0
ASKS = (
    ("reference", "Your reference", "letters, digits and _ only, for example hill_farm; the same in all your bids"),
    ("name", "Name of your firm or group", "as it will stand in the contract"),
    ("owner", "Owner group", "only if other firms of one owner bid too: one word for all of them"),
    ("together", "Who bids with you", "names of all others in the consortium, if any"),
    ("small", "Small or medium-sized?", "yes or no"),
    ("social_enterprise", "Social enterprise?", "yes or no"),
    ("postcode", "Postcode", "where your firm is"),
    ("most_lots", "Most lots you can take", "a whole number; empty: no limit"),
    ("most_gbp", "Most you can sell a year, £", "over all lots; empty: no limit"),
)


def pricing_schedule(sheet: LotSheet) -> bytes:
    """The schedule of one lot, to be filled in and sent back."""
    book = Book(f"Pricing schedule {sheet.title}")
    _read_me(book, sheet)
    _bidder(book, sheet)
    _prices(book, sheet)
    _kilos(book, sheet)
    return book.data()


def instructions(tender: Tender) -> tuple[str, ...]:
    """How a schedule is filled in, line by line."""
    return (
        "Fill in the yellow cells only; all others are protected and worked out for you.",
        "Sheet bidder: who you are. Use the same reference in the schedules of all lots you bid for.",
        "Sheet prices: £ for each kilo, delivered as the lot says, without VAT. Leave empty what you do not sell.",
        "Sheet kilos: what you can bring in each month. Leave empty where you bring all that is "
        "asked; write 0 for none.",
        "What you do not bring is bought on the open market at the price stated, and counted with your bid.",
        f"Send the workbook back by {say_day(tender.terms.deadline)}. Keep the sheets and their names.",
    )


def _read_me(book: Book, sheet: LotSheet) -> None:
    tender = sheet.tender
    page = book.sheet(READ_ME, landscape=False)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 74)
    facts = (
        ("Pricing schedule", sheet.title),
        ("Tender", tender.settings.case.name),
        ("Illustrative", "an example, not a real tender") if tender.settings.case.illustrative else ("", ""),
        ("Buyer", sheet.buyers),
        ("Brought", sheet.brought),
        ("Asked of the supplier", "; ".join(sheet.asked_of_bidders) or "no certificate"),
        ("Value a year", f"{pounds(sheet.lot.value_gbp, 2)} at today's open-market prices"),
        ("lot", sheet.lot.id),
        ("plan", tender.fingerprint),
    )
    row = 0
    for label, value in facts:
        if label:
            book.put(page, row, 0, label, book.style(bold=True))
            book.put(page, row, 1, value, book.style(text_wrap=True))
            book.fit_height(page, row, (label, value), (26, 74))
            row += 1
    for number, line in enumerate(instructions(tender), 1):
        book.put(page, row + number, 0, f"Step {number}", book.style(bold=True))
        book.put(page, row + number, 1, line, book.style(text_wrap=True))
        book.fit_height(page, row + number, ("", line), (26, 74))
    page.protect()


def _bidder(book: Book, sheet: LotSheet) -> None:
    page = book.sheet(BIDDER, landscape=False)
    page.set_column(0, 0, 32)
    page.set_column(1, 1, 36)
    page.set_column(2, 2, 56)
    for column, heading in enumerate(("What", "Your answer", "How")):
        book.put(page, 0, column, heading, book.heading)
    for row, (name, label, how) in enumerate(ASKS, 1):
        book.put(page, row, 0, label, book.style(bold=True))
        page.write_blank(row, 1, None, book.style(bg_color=YELLOW, border=1, locked=False, num_format="@"))
        book.put(page, row, 2, how, book.style(text_wrap=True))
        book.fit_height(page, row, (label, "", how), (32, 36, 56))
        _validate_answer(page, row, name)
    page.protect()


def _validate_answer(page, row: int, name: str) -> None:
    if name in ("small", "social_enterprise"):
        page.data_validation(row, 1, row, 1, {"validate": "list", "source": ["yes", "no"]})
    elif name == "most_lots":
        rule = {
            "validate": "integer",
            "criteria": ">=",
            "value": 1,
            "error_message": "A whole number, or leave it empty.",
        }
        page.data_validation(row, 1, row, 1, rule)
    elif name == "most_gbp":
        page.data_validation(row, 1, row, 1, {"validate": "decimal", "criteria": ">=", "value": 0,
                                              "error_message": "An amount in £, or leave it empty."})  # fmt: skip


def _prices(book: Book, sheet: LotSheet) -> None:
    page = book.sheet(PRICES)
    for column, width in enumerate((16, 30, 12, 16, 16, 18, 18, 18)):
        page.set_column(column, column, width)
    book.put(page, 0, 0, sheet.title, book.style(bold=True, font_size=13))
    book.put(page, 1, 0, "Fill in the yellow cells: £ a kilo, delivered, without VAT.", book.style())
    headings = ("code", "Product", "CPV", "Open market, £/kg", "Kilos a year", "Your price, £/kg", "Kilos you bring",
                "£ a year")  # fmt: skip
    for column, heading in enumerate(headings):
        book.put(page, FIRST - 1, column, heading, book.heading)
    for row, product in enumerate(sheet.products, FIRST):
        year = sum(sheet.kilos[product.id].values())
        book.put(page, row, 0, product.id, book.style(font_color="#5B6670"))
        book.put(page, row, 1, product.name, book.style(text_wrap=True))
        book.put(page, row, 2, product.cpv, book.style())
        book.put(page, row, 3, product.benchmark_gbp_per_kg, book.style(num_format=PRICE))
        book.put(page, row, 4, year, book.style(num_format=KILOS))
        page.write_blank(row, 5, None, book.style(bg_color=YELLOW, border=1, locked=False, num_format=PRICE))
        total = _counted_total(sheet, row - FIRST)
        page.write_formula(row, 6, f"={total}", book.style(num_format=KILOS), float(year))
        page.write_formula(row, 7, f'=IF(F{row + 1}="","",ROUND(F{row + 1}*G{row + 1},2))',
                           book.style(num_format=MONEY), "")  # fmt: skip
    last = FIRST + len(sheet.products)
    page.data_validation(FIRST, 5, last - 1, 5, {
        "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": MOST_PRICE,
        "input_title": "Your price", "input_message": "£ for each kilo, delivered, without VAT. Empty: not sold.",
        "error_title": "A price", "error_message": "Write an amount in £, such as 1.25.",
    })  # fmt: skip
    book.put(page, last, 1, "Your bid for the lot, £ a year", book.style(bold=True, bg_color=SHADE))
    page.write_formula(last, 7, f"=SUM(H{FIRST + 1}:H{last})", book.style(bold=True, num_format=MONEY), 0)
    page.freeze_panes(FIRST, 2)
    page.protect()


def _counted_total(sheet: LotSheet, index: int) -> str:
    """The cell on the sheet of kilos where the kilos that count for a product are added up."""
    return f"{KILOS_SHEET}!{_letter(3 + len(sheet.months))}{4 + 3 * index}"


def _kilos(book: Book, sheet: LotSheet) -> None:
    page = book.sheet(KILOS_SHEET)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 26)
    page.set_column(2, 2, 12)
    page.set_column(3, 3 + len(sheet.months), 10)
    headings = ("code", "Product", "", *(f"{short_month(month)}, kg" for month in sheet.months), "Year, kg")
    for column, heading in enumerate(headings):
        book.put(page, 0, column, heading, book.heading)
    for index, product in enumerate(sheet.products):
        _kilos_of(book, page, sheet, product, 1 + 3 * index)
    page.freeze_panes(1, 3)
    page.protect()


def _kilos_of(book: Book, page, sheet: LotSheet, product, row: int) -> None:
    """Three rows of a product: asked, what the bidder brings, what counts."""
    asked = [sheet.kilos[product.id][month] for month in sheet.months]
    kilos, last = book.style(num_format=KILOS), 2 + len(asked)
    for step, label in enumerate(("asked", "you bring", "counted")):
        book.put(page, row + step, 0, product.id, book.style(font_color="#5B6670"))
        book.put(page, row + step, 1, product.name, book.style())
        book.put(page, row + step, 2, label, book.style(bold=step == 1))
    for column, amount in enumerate(asked, 3):
        cell = _letter(column)
        book.put(page, row, column, amount, kilos)
        page.write_blank(row + 1, column, None, book.style(bg_color=YELLOW, border=1, locked=False, num_format=KILOS))
        counted = f'=IF({cell}{row + 2}="",{cell}{row + 1},MIN({cell}{row + 1},{cell}{row + 2}))'
        page.write_formula(row + 2, column, counted, kilos, float(amount))
    for step in (0, 2):
        span = f"=SUM(D{row + step + 1}:{_letter(last)}{row + step + 1})"
        page.write_formula(row + step, last + 1, span, book.style(bold=True, num_format=KILOS), float(sum(asked)))
    page.data_validation(row + 1, 3, row + 1, last, {
        "validate": "decimal", "criteria": ">=", "value": 0,
        "error_title": "Kilos", "error_message": "Kilos you can bring in that month, 0 or more, or leave it empty.",
    })  # fmt: skip


def _letter(column: int) -> str:
    """The letter of a column counted from 0; at most sixteen are used."""
    return chr(ord("A") + column)


def month_of(heading: str) -> int | None:
    """The month a heading of the sheet of kilos stands for; None for other headings."""
    name = heading.split(",")[0].strip()
    return next((number for number, full in enumerate(NAMES, 1) if full[:3] == name), None)
