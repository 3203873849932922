"""Damaged files: a clear error, a named note, or the very same figures; never a wrong number."""

import csv

import pytest
from damaged_files import DAMAGES, Case
from published import APPROVED, ERIC, ESTABLISHMENTS, GIAS, HOSPITALS, PRICES, SCHOOLS, csv_data, needs_data

from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.public.downloads import Download
from foodlots.public.imported import Wish
from foodlots.public.kinds import kind_named
from foodlots.reading import edit_table

DEFRA = [["category", "item", "variety", "date", "price", "unit"], *(
    ["vegetable", "carrots", "Mill washed", f"2024-{month:02}-{day:02}", f"0.{50 + month}", "kg"]
    for month in range(1, 13) for day in (5, 12))]  # fmt: skip
FHRS = [["FHRSID", "BusinessName", "BusinessType", "LocalAuthorityName", "PostCode", "RatingValue",
         "Longitude", "Latitude"],
        ["11", "Mill Farm", "Farmers/growers", "South Ribble", "PR4 6AA", "5", "-2.78", "53.70"],
        ["13", "Pie Works", "Manufacturers/packers", "Preston", "PR1 2HE", "4", "-2.70", "53.76"]]  # fmt: skip
ONSPD = [["pcds", "dointr", "doterm", "oslaua", "lat", "long"],
         ["PR1 2HE", "198001", "", "E07000123", "53.7618", "-2.6981"],
         ["PR2 9HT", "198001", "", "E07000123", "53.7920", "-2.7060"]]  # fmt: skip
SPEND = [["Supplier Name", "Payment Date", "Amount", "Purpose"], *(
    [f"Mill Dairy {number % 3}", f"{1 + number:02}/05/2025", f"{500 + number}.50", "Milk"]
    for number in range(20))]  # fmt: skip
PLACES = edit_table(RawCase("small"), "sites", ("site", "buyer", "name", "meals_per_week", "postcode"), [
    ("mill", "lcc", "Mill School", "100", "PR1 2HE"), ("hall", "lcc", "Hall School", "100", "PR2 9HT")])  # fmt: skip
CASES = {
    "schools": Case(GIAS, "EstablishmentName", "NumberOfPupils", csv_data(ERIC)),
    "hospitals": Case(ERIC, "Site Name", "Inpatient main meals requested (No.)", csv_data(GIAS)),
    "establishments": Case(APPROVED, "TradingName", "X", csv_data(GIAS)),
    "hygiene": Case(FHRS, "BusinessType", "Latitude", csv_data(APPROVED)),
    "prices": Case(DEFRA, "item", "price", csv_data(GIAS)),
    "postcodes": Case(ONSPD, "dointr", "lat", csv_data(GIAS)),
    "spend": Case(SPEND, "Supplier Name", "Amount", csv_data(ERIC)),
}


def outcome(kind: str, content: bytes):
    """The rows of every table and the notes, or the error."""
    read = kind_named(kind).read([Download.of("file.csv", content)], Wish(buyer="lcc", case=PLACES))
    return {table: list(map(dict, rows)) for table, rows in read.tables.items()}, list(map(str, read.notes))


def judge(kind: str, case: Case, damage: str) -> None:
    clean, quiet = outcome(kind, csv_data(case.rows))
    try:
        found, notes = outcome(kind, DAMAGES[damage](case))
    except DataError as trouble:
        for fault in trouble.faults:
            assert fault.problem
            assert fault.mend
        return
    new_notes = set(notes) - set(quiet)
    assert found == clean or new_notes, f"{kind}, {damage}: other figures and not a word"


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_no_damage_gives_a_wrong_number_without_a_word(kind, damage):
    judge(kind, CASES[kind], damage)


def test_there_are_thirty_damages_and_some_do_no_harm():
    assert len(DAMAGES) >= 30
    clean = outcome("schools", csv_data(GIAS))[0]
    for harmless in (
        "byte-order mark",
        "columns turned round",
        "a column more",
        "utf-16",
        "semicolons",
        "titles above",
    ):
        assert outcome("schools", DAMAGES[harmless](CASES["schools"]))[0] == clean, harmless


@pytest.mark.long
@needs_data
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    ("kind", "path", "needed", "amount"),
    [
        ("schools", SCHOOLS, "name", "pupils"),
        ("hospitals", HOSPITALS, "site_name", "inpatient_main_meals"),
        ("establishments", ESTABLISHMENTS, "TradingName", "lat"),
        ("prices", PRICES, "item", "price"),
    ],
)
def test_the_real_extracts_damaged(kind, path, needed, amount, damage):
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    judge(kind, Case(rows, needed, amount, csv_data(ERIC if kind != "hospitals" else GIAS)), damage)
