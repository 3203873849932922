"""The columns of a council's payments over £500, found by what their headings and cells mean: no two councils agree."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from rapidfuzz import fuzz

from foodlots.public.amounts import Odd, day, name
from foodlots.public.downloads import Download, refuse
from foodlots.public.imported import Oddities
from foodlots.public.layouts import plain
from foodlots.public.sheets import Row, Sheet, sheets_of
from foodlots.values.texts import shown

LOOKED_AT = 30  # first rows in which the headings are looked for
SAMPLE = 200  # rows by which a column's meaning is checked
LIKE = 88  # of 100: how alike a heading must be to a known one
MOSTLY = 0.8  # of a column's filled cells that must be what it is taken for
MOST_GBP = 1e9
MONEY = re.compile(r"\(?-?£?\s*-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,4})?\)?\s*(?:-|CR|DR)?", re.I | re.ASCII)
TOTAL = re.compile(r"(grand |sub[- ]?)?totals?\b.*", re.I)

ROLES: Mapping[str, tuple[str, ...]] = {  # the best heading first
    "amount": ("net amount", "amount excluding vat", "net", "amount", "net value", "payment amount", "amount paid",
               "invoice amount", "transaction amount", "line amount", "value", "spend", "total", "sum paid",
               "amount gbp", "amount £", "gross amount", "gross", "total amount", "invoice value",
               "distribution amount"),
    "supplier": ("supplier name", "supplier", "beneficiary", "beneficiary name", "creditor name", "creditor", "vendor",
                 "vendor name", "payee", "payee name", "merchant name", "merchant", "paid to", "company",
                 "trading name",
                 "supplier beneficiary name", "customer name", "name"),
    "date": ("payment date", "date", "date paid", "paid date", "posting date", "transaction date", "invoice date",
             "effective date", "period date", "date of payment", "clearing date"),
    "what": ("description", "purpose of expenditure", "purpose", "expense type", "expenditure category", "category",
             "narrative", "subjective description", "subjective", "account description", "merchant category",
             "procurement classification", "proclass description", "detail", "expense area", "spend category",
             "goods description", "nature of expenditure", "expenses type", "cost type", "summary of purpose",
             "cipfa detailed expenditure type", "procurement category", "account name", "detailed expenditure type"),
    "postcode": ("supplier postcode", "postcode", "post code"),
}  # fmt: skip


@dataclass(frozen=True)
class Payment:
    """One payment: £ (negative when it came back), to whom, when, and all the words said of what for."""

    row: int
    supplier: str
    gbp: float
    day: date | None
    words: str
    postcode: str


def read_payments(file: Download, odd: Oddities) -> Iterator[Payment]:
    """The payments of a file. Raises DataError when no column of suppliers or of amounts can be told."""
    found = [opened for sheet in sheets_of(file) if (opened := _headings(sheet))]
    if not found:
        raise refuse(file.name, "no row of headings with a supplier and an amount was found",
                     "expected headings such as Supplier name, Amount, Date, Description")  # fmt: skip
    for sheet, headings, below in found:
        yield from _payments(sheet, headings, below, odd)
        odd.read_notes += sheet.notes


def _headings(sheet: Sheet) -> tuple[Sheet, Row, Iterator[Row]] | None:
    start = list(islice(sheet.rows, LOOKED_AT))
    scores = [len(_named(cells).keys() & {"amount", "supplier", "date", "what"}) for _, cells in start]
    best = max(range(len(start)), key=lambda index: (scores[index], -index), default=None)
    if best is None or not {"amount", "supplier"} <= _named(start[best][1]).keys():
        return None
    return sheet, start[best], chain(start[best + 1 :], sheet.rows)


def _named(cells: Sequence[str]) -> dict[str, list[int]]:
    """Role -> the columns whose headings may be it, the likeliest first; each column has one role."""
    found: dict[str, list[tuple[float, int]]] = {}
    for place, cell in enumerate(cells):
        if not cell.strip() or len(cell) > 60:
            continue
        score, role = max((_likeness(cell, role), role) for role in ROLES)
        if score >= LIKE:
            found.setdefault(role, []).append((-score, place))
    return {role: [place for _, place in sorted(places)] for role, places in found.items()}


def _likeness(heading: str, role: str) -> float:
    """How like a heading is to those known for a role, of 100; nothing that speaks of a code or of VAT is."""
    words = re.sub(r"[^a-z0-9£ ]", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading).replace("_", " ").lower())
    words = " ".join(words.replace("(", " ").split())
    if re.search(r"\b(code|id|number|no|ref|reference|vat|type code)\b", words) and not re.search(
        r"\b(ex|exc|excl|excluding|net)\b", words
    ):
        return 0.0
    known = ROLES[role]
    return max(fuzz.ratio(plain(words), plain(one)) - 0.1 * rank for rank, one in enumerate(known))


def _payments(sheet: Sheet, top: Row, below: Iterator[Row], odd: Oddities) -> Iterator[Payment]:
    number, headings = top
    named = _named(headings)
    sample = list(islice(below, SAMPLE))
    columns = {
        "amount": _chosen(named["amount"], sample, _is_money),
        "supplier": _chosen(named["supplier"], sample, lambda cell: bool(re.search(r"[A-Za-z]{2}", cell))),
        "date": _chosen(named.get("date", []), sample, _is_day),
    }
    for role, called in (("amount", "an amount"), ("supplier", "a supplier")):
        if columns[role] is None:
            raise refuse(sheet.file, f"the column {shown(headings[named[role][0]])!r} does not hold {called}",
                         f"check the file: {called} was looked for there", number)  # fmt: skip
    for row, cells in chain(sample, below):
        payment = _payment(row, cells, columns, named, odd)
        if payment:
            yield payment


def _chosen(places: Sequence[int], sample: Sequence[Row], fits) -> int | None:
    """The first column whose filled cells are mostly what is looked for."""
    for place in places:
        cells = [cells[place].strip() for _, cells in sample if place < len(cells) and cells[place].strip()]
        if cells and sum(map(fits, cells)) >= MOSTLY * len(cells):
            return place
    return None


def _is_money(cell: str) -> bool:
    return bool(MONEY.fullmatch(cell.strip()))


def _is_day(cell: str) -> bool:
    try:
        day(cell)
    except Odd:
        return False
    return True


def money(text: str) -> float:
    """£ as ledgers write them: £1,234.50, (1,234.50), 1234.50-, 1234.50CR; the last three are minus. Raises Odd."""
    plain_text = text.strip()
    if not _is_money(plain_text):
        raise Odd(f"{shown(text)!r} is not an amount")
    minus = plain_text.startswith("(") or "-" in plain_text or plain_text.upper().endswith("CR")
    value = float(re.sub(r"[^0-9.]", "", plain_text))
    if value > MOST_GBP:
        raise Odd(f"{shown(text)!r} is implausibly large")
    return -value if minus else value


def _payment(row: int, cells: Sequence[str], columns: Mapping[str, int | None], named, odd: Oddities) -> Payment | None:
    def cell(place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    if not any(one.strip() for one in cells):
        return None
    supplier, amount, when = cell(columns["supplier"]), cell(columns["amount"]), cell(columns["date"])
    if TOTAL.fullmatch(next(one.strip() for one in cells if one.strip())) or TOTAL.fullmatch(supplier):
        odd.add("a row of totals, left out", row)
        return None
    if not supplier and not amount:
        odd.add("neither supplier nor amount, left out", row)
        return None
    try:
        gbp = money(amount)
    except Odd as trouble:
        odd.add("the amount cannot be read, so it was left out", row, f"{name(supplier)}, {trouble}")
        return None
    words = " ; ".join(cell(place) for place in named.get("what", []) if cell(place))
    postcode = cell(named["postcode"][0]) if "postcode" in named else ""
    return Payment(row, name(supplier) or "not named", gbp, day(when) if _is_day(when) else None, words, postcode)
