"""Payments over £500 of councils that agree on nothing: columns by meaning, suppliers as one, every £ accounted for."""

import random

import pytest
from published import csv_file

from foodlots.errors import DataError
from foodlots.public.downloads import Download
from foodlots.public.food_words import category_of
from foodlots.public.imported import Oddities, Wish
from foodlots.public.payments import money, read_payments
from foodlots.public.spend import read_spend
from foodlots.public.suppliers import as_one, nearest_known

FOOD = (
    ("Ribble Dairy Ltd", "Milk and cream", "dairy and eggs"),
    ("J. Smith & Sons (Butchers) Ltd", "Fresh meat", "meat"),
    ("Moss Greengrocers", "Fruit and vegetables", "vegetables"),
    ("Warburton Bakery", "Bread and morning goods", "bread and flour"),
    ("Fleetwood Fish Co", "Provisions", "fish"),
    ("National Foodservice plc", "Catering supplies", "mixed food"),
)
OTHER = (
    ("Acme Roads Ltd", "Highways resurfacing"),
    ("Bright Software", "Licence"),
    ("Clean Co", "Food waste collection"),
    ("Hill Care Homes", "Residential care"),
    ("Kitchen Repairs Ltd", "Catering equipment maintenance"),
)
SPELLINGS = {"Ribble Dairy Ltd": ("RIBBLE DAIRY LIMITED", "Ribble Dairy", "Ribble Diary Ltd")}


def ledger(seed: int) -> list[dict]:
    """A year of payments: what, to whom, how much and on which day."""
    draw = random.Random(seed)
    rows = []
    for number in range(400):
        supplier, words, *category = draw.choice(FOOD + OTHER)
        spelt = draw.choice((supplier, *SPELLINGS.get(supplier, ())))
        gbp = round(draw.uniform(500, 9_000) * (-0.2 if draw.random() < 0.04 else 1), 2)
        when = (1 + number % 28, 1 + number % 12, 2025)
        rows.append({"supplier": supplier, "spelt": spelt, "words": words, "gbp": gbp, "when": when,
                     "category": category[0] if category else ""})  # fmt: skip
    return rows


def plain(row, number):
    day, month, year = row["when"]
    return [row["spelt"], f"{day:02}/{month:02}/{year}", f"{row['gbp']:.2f}", row["words"]]


def titled(row, number):
    day, month, year = row["when"]
    return ["Children", "Schools", row["spelt"], f"INV{number}", f"{year}-{month:02}-{day:02}",
            f"£{row['gbp']:,.2f}" if row["gbp"] >= 0 else f"(£{-row['gbp']:,.2f})", row["words"],
            "Revenue"]  # fmt: skip


def coded(row, number):
    day, month, year = row["when"]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return [str(900_000 + number), f"{day} {months[month - 1]} {year}", "40218", row["words"], "E10000017", "60125",
            row["spelt"], f"{abs(row['gbp']):.2f}" + ("-" if row["gbp"] < 0 else ""),
            f"{row['gbp'] * 0.2:.2f}"]  # fmt: skip


def gross(row, number):
    day, month, year = row["when"]
    return [row["spelt"], str(number), row["words"], f"{row['gbp'] * 1.2:.2f}", f"{row['gbp']:.2f}",
            f"{day}.{month}.{year}", "PR1 2HE"]  # fmt: skip


LAYOUTS = {
    "plain": (["Supplier Name", "Payment Date", "Amount", "Purpose"], plain, {}),
    "titled": (["Directorate", "Service", "Beneficiary Name", "Transaction Number", "Date Paid", "Amount (£)",
                "Expense Type", "Capital/Revenue"], titled, {"above": 4, "total": True}),
    "coded": (["TransNo", "Posting Date", "Cost Centre Code", "Subjective Description", "Body ID", "Vendor ID",
               "Vendor Name", "Net Amount", "Irrecoverable VAT"], coded, {"encoding": "cp1252"}),
    "gross": (["Creditor Name", "Our Ref", "Description", "Gross Amount", "Net Amount", "Invoice Date",
               "Supplier Postcode"], gross, {}),
    "camel": (["supplierName", "paymentDate", "amountPaid", "expenditureCategory"], plain, {"semicolons": True}),
    "shouting": (["PAYEE", "DATE OF PAYMENT", "PAYMENT AMOUNT", "NARRATIVE"], plain, {"blank": True}),
    "misspelt": (["Suplier Name", "Paymnt Date", "Net Ammount", "Purpose of Expenditre"], plain, {}),
}  # fmt: skip


def file_of(layout: str, rows: list[dict]) -> Download:
    headings, write, how = LAYOUTS[layout]
    lines = [headings, *(write(row, number) for number, row in enumerate(rows))]
    width = len(headings)
    if how.get("above"):
        lines = [["Payments over £500", *[""] * (width - 1)], [""] * width, *lines]
    if how.get("total"):
        lines.append(["Total", *[""] * (width - 3), f"{sum(row['gbp'] for row in rows):,.2f}", ""])
    if how.get("blank"):
        lines[5:5] = [[""] * width, [""] * width]
    if how.get("semicolons"):
        return Download.of("spend.csv", "".join(";".join(line) + "\r\n" for line in lines).encode())
    return csv_file(lines, "spend.csv", how.get("encoding", "utf-8"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nearly_every_pound_comes_to_its_supplier_and_category(layout):
    rows = ledger(7)
    read = read_spend([file_of(layout, rows)], Wish(buyer="lcc"))
    truth: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["category"]:
            key = (row["supplier"], row["category"])
            truth[key] = truth.get(key, 0) + row["gbp"]
    found = {(row["supplier"], row["category"]): float(row["spend_gbp"]) for row in read.tables["spend"]}
    right = sum(min(gbp, found.get(key, 0)) for key, gbp in truth.items())
    assert right >= 0.98 * sum(truth.values())
    assert sum(found.values()) == pytest.approx(sum(truth.values()), abs=0.05)
    rest = read.papers["payments_not_taken_as_food.csv"].decode("utf-8-sig").splitlines()[1:]
    assert {line.split(",")[0] for line in rest} == {supplier for supplier, _ in OTHER}
    assert f"400 payments of £{sum(row['gbp'] for row in rows):,.2f} over 12 months" in read.told[0]


def test_half_a_year_is_brought_to_twelve_months():
    rows = [row for row in ledger(1) if row["when"][1] <= 6]
    read = read_spend([file_of("plain", rows)], Wish(buyer="lcc"))
    food = sum(row["gbp"] for row in rows if row["category"])
    assert sum(float(row["spend_gbp"]) for row in read.tables["spend"]) == pytest.approx(2 * food, rel=1e-4)
    assert any("covers 6 months" in fault.problem for fault in read.notes)


def test_ledgers_write_minus_in_many_ways():
    assert [money(text) for text in ("£1,234.50", "(99.10)", "12.00-", "5CR", "-3")] == [1234.5, -99.1, -12, -5, -3]
    for text in ("12 kg", "TBC", "1.234,50", "", "1e5"):
        with pytest.raises(ValueError, match="not an amount"):
            money(text)


def test_spellings_come_together_and_different_firms_stay_apart():
    names = as_one(["Hill Farm Ltd", "HILL FARM LIMITED", "Hill Farm Ltd", "Depot 1", "Depot 2", "Hall Farms Direct"])
    assert names["HILL FARM LIMITED"] == "Hill Farm Ltd"
    assert len(set(names.values())) == 4
    assert nearest_known(["Hil Farm Limited", "Nobody"], {"hill": "Hill Farm"}) == {"Hil Farm Limited": "hill"}


@pytest.mark.parametrize(
    ("words", "supplier", "category"),
    [
        ("Milk", "Booker", "dairy and eggs"),
        ("Provisions", "Smith Butchers", "meat"),
        ("Provisions", "Booker", "mixed food"),
        ("Food waste", "Dairy Farm Services", ""),
        ("Consultancy", "Price & Co", ""),
        ("", "Warburtons Bakers", "bread and flour"),
        ("Fresh fruit & veg", "Moss", "fruit and vegetables"),
    ],
)
def test_words_suggest_the_category(words, supplier, category):
    assert category_of(words, supplier) == category


def test_a_file_without_suppliers_or_amounts_is_refused_and_a_bad_amount_named():
    with pytest.raises(DataError, match="no row of headings with a supplier and an amount"):
        read_spend([csv_file([["a", "b"], ["1", "2"]])], Wish(buyer="lcc"))
    with pytest.raises(DataError, match="does not hold an amount"):
        read_spend([csv_file([["Supplier", "Amount"], ["Dairy", "soon"]])], Wish(buyer="lcc"))
    odd = Oddities("spend.csv")
    rows = [["Supplier", "Amount"], *[["Dairy", "500"]] * 9, ["Dairy", "5OO"]]
    assert len(list(read_payments(csv_file(rows), odd))) == 9
    assert "the amount cannot be read" in str(odd.notes()[0])
    with pytest.raises(DataError, match="give --buyer"):
        read_spend([csv_file(rows)], Wish())
