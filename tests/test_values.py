"""One cell at a time: what is read, what is forgiven with a note, what is refused with a mend."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodlots.calendar import write_months
from foodlots.columns import Column, number_in_words
from foodlots.tables import TABLES
from foodlots.values import NUMERIC, READERS, read_value
from foodlots.values.amounts import has_comma_decimals, read_number
from foodlots.values.months import read_months
from foodlots.values.texts import Unreadable, as_id, nearest, shown

KILOS = Column("kg", "number", "kilos", "kg", required=True, least=Decimal(0))
MONEY = Column("budget_gbp", "number", "money", "£", required=True)
PRICE = Column("price", "number", "price", "£/kg", required=True, least=Decimal(0))
SHARE = Column("share", "number", "share", "share", least=Decimal(0), most=Decimal(1))

READ = [
    ("12", KILOS, "12"), ("0", KILOS, "0"), ("-0", KILOS, "0"), ("+5", KILOS, "5"), (".5", KILOS, "0.5"),
    ("5.", KILOS, "5"), ("007", KILOS, "7"), ("1234567.891", KILOS, "1234567.891"), ("0.001", KILOS, "0.001"),
    ("1e3", KILOS, "1000"), ("1E5", KILOS, "100000"), ("2.5e-1", KILOS, "0.25"),
    ("£1,234.50", MONEY, "1234.50"), ("1,234.50", MONEY, "1234.50"), ("1,234", MONEY, "1234"),
    ("1,234,567", MONEY, "1234567"), ("1 234.50", MONEY, "1234.50"), ("1\u00a0234.50", MONEY, "1234.50"),
    ("1\u202f234", MONEY, "1234"), ("1'234.5", MONEY, "1234.5"), ("1’234.5", MONEY, "1234.5"),
    ("1.234,50", MONEY, "1234.50"), ("1.234.567", MONEY, "1234567"), ("GBP 5", MONEY, "5"), ("5 GBP", MONEY, "5"),
    ("gbp5", MONEY, "5"), ("£ 5", MONEY, "5"), ("-£5", MONEY, "-5"), ("£-5", MONEY, "-5"), ("(1,200)", MONEY, "-1200"),
    ("−5", MONEY, "-5"), ("–5", MONEY, "-5"), ("5-", MONEY, "-5"), ("(£5)", MONEY, "-5"),
    ("£ 5 per kg", PRICE, "5"), ("£5/kg", PRICE, "5"), ("0.60/kg", PRICE, "0.60"),
    ("１２３", KILOS, "123"), ("１２．５", KILOS, "12.5"), ("15%", SHARE, "0.15"), ("15 %", SHARE, "0.15"),
    ("0.15", SHARE, "0.15"), ("100%", SHARE, "1"), ("123456789012.000001", MONEY, None),
]  # fmt: skip

REFUSED = [
    ("NaN", KILOS, "a number"), ("inf", KILOS, "a number"), ("-Infinity", KILOS, "a number"), ("∞", KILOS, "a number"),
    ("1e400", KILOS, "amount"), ("1e9999", KILOS, "exponent"), ("9" * 29, KILOS, "one number"),
    ("1000000000001", KILOS, "in kg"), ("-1", KILOS, "0 or more"), ("0.0001", KILOS, "in kg"),
    ("", KILOS, "one number"), ("TBC", KILOS, "one number"), ("as required", KILOS, "one number"),
    ("?", KILOS, "one number"), ("12?", KILOS, "write 12"), ("12-15", KILOS, "range"), ("12–15", KILOS, "range"),
    ("12 to 15", KILOS, "range"), ("10/12", KILOS, "range"), ("~12", KILOS, "write 12"), ("c. 12", KILOS, "write 12"),
    (">12", KILOS, "write 12"), ("12kg", KILOS, "write 12, in kg"), ("1.2t", KILOS, "write 1.2"),
    ("1O0", KILOS, "write 100"), ("l2", KILOS, "write 12"), ("1,2", KILOS, "write 1.2"), ("1,23,456", KILOS, ""),
    ("1.2.3", KILOS, "one number"), ("--5", KILOS, ""), ("5p", MONEY, "write 0.05"),
    ("5 p per kg", PRICE, "write 0.05"), ("60 pence", PRICE, "write 0.6"), ("€5", MONEY, "write 5"),
    ("$5", MONEY, "write 5"), ("5 per kg", MONEY, "write 5"),
    ("£5", KILOS, "in kg"), ("5%", KILOS, "in kg"), ("15", SHARE, "0.15 for 15%"), ("150", SHARE, "1 or less"),
    ("101%", SHARE, ""), ("٣", KILOS, "write 3"), ("½", KILOS, ""), ("1⁄2", KILOS, ""), ("'5", KILOS, "write 5"),
    ("=1+1", KILOS, ""), ("0x10", KILOS, ""), ("1_000", KILOS, ""), ("1e", KILOS, ""),
]  # fmt: skip


def read_or_mend(text: str, column: Column) -> tuple | str:
    """What a cell means with its note, or how to mend it."""
    try:
        return read_value(text, column)
    except Unreadable as trouble:
        return trouble.problem and trouble.mend


@pytest.mark.parametrize(("text", "column", "value"), READ)
def test_number_is_read(text, column, value):
    assert read_number(text, column)[0] == Decimal(value or text)


@pytest.mark.parametrize(("text", "column", "mend"), REFUSED)
def test_number_is_refused(text, column, mend):
    with pytest.raises(Unreadable) as trouble:
        read_number(text, column)
    assert mend in trouble.value.mend
    assert trouble.value.mend


def test_plain_number_has_no_note_and_odd_one_has():
    assert read_number("1234.5", MONEY)[1] == ""
    assert read_number("£1,234.50", MONEY)[1] == "'£1,234.50' was read as 1234.5"


@given(st.decimals(min_value=0, max_value=10**9, places=3))
def test_number_is_exact(value):
    assert read_number(f"{value:f}", MONEY)[0] == value
    assert read_number(f"£{value:,f}", MONEY)[0] == value


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text):
    for column in (KILOS, MONEY, PRICE, SHARE):
        assert read_or_mend(text.strip() or "0", column)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["1,5", "2,25"], True),
        (["1,5", "3"], True),
        (["1.234,5", "2,25"], True),
        (["1,5", "2.5"], False),
        (["1,500", "2,5"], False),
        (["1,234", "2,000"], False),
        (["1,5", "1.234"], False),
        (["12", "15"], False),
    ],
)
def test_decimal_comma_needs_every_value_to_agree(texts, told):
    assert has_comma_decimals(texts) is told


MONTHS = {
    "all": range(1, 13), "All": range(1, 13), "all year": range(1, 13), "whole year": range(1, 13),
    "6-10": range(6, 11),
    "Jun-Oct": range(6, 11), "june - october": range(6, 11), "JUN–OCT": range(6, 11), "Jun to Oct": range(6, 11),
    "1-3;11-12": [1, 2, 3, 11, 12], "Nov-Feb": [1, 2, 11, 12], "11-2": [1, 2, 11, 12], "9": [9], "09": [9], "Sept": [9],
    "Sept.": [9], "Jan, Mar; May": [1, 3, 5], "7-7": [7], "12-11": range(1, 13), "Dec-Jan": [1, 12],
    "06-Oct": range(6, 11),
    "February": [2], "1;2;3": [1, 2, 3],
}  # fmt: skip
NO_MONTHS = ["", "0", "13", "1-13", "Q1", "wk 36", "Term 1", "mai", "Mär", "luty", "Chwefror", "1-3-5", "Jun-", "-Oct",
             ";", "1;;2", "6 10", "1-3;3", "spring", "Jun-26", "ஜன"]  # fmt: skip


@pytest.mark.parametrize("text", MONTHS)
def test_months_are_read(text):
    assert read_months(text) == tuple(MONTHS[text])


@pytest.mark.parametrize("text", NO_MONTHS)
def test_months_are_refused(text):
    with pytest.raises(Unreadable) as trouble:
        read_months(text)
    assert trouble.value.mend


@given(st.sets(st.integers(1, 12), min_size=1))
def test_months_written_are_months_read(months):
    assert read_months(write_months(months)) == tuple(sorted(months))


def column(kind: str, **more) -> Column:
    return Column("thing", kind, "a thing", **more)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("hill_1", "id", "hill_1"), ("NA", "id", "NA"), ("null", "id", "null"), ("None", "id", "None"),
        ("007", "id", "007"),
        ("TRUE", "id", "TRUE"), ("1E5", "id", "1E5"), ("hill\u200b", "id", "hill"), (" hill ", "id", "hill"),
        ("b; a;b;", "ids", ("a", "b")), ("Red  Tractor", "label", "Red Tractor"),
        ("SALSA; Red Tractor", "labels", ("Red Tractor", "SALSA")), ("=1+1", "text", "=1+1"),
        ("<b>{{ x }}</b>", "text", "<b>{{ x }}</b>"), ("Cafe\u0301", "text", "Café"),
        ("YES", "flag", True), ("true", "flag", True), ("1", "flag", True), ("No", "flag", False), ("0", "flag", False),
        ("FALSE", "flag", False), ("03221112", "cpv", "03221112"), ("03221112-4", "cpv", "03221112"),
        ("pr1  6au", "postcode", "PR1 6AU"), ("e07000123", "area", "E07000123"), ("2027-03", "year_month", "2027-03"),
        ("2027-03-31", "year_month", "2027-03"), ("9", "month", 9), ("sep", "month", 9),
    ],
)  # fmt: skip
def test_other_kinds_are_read(text, kind, value):
    assert read_value(text, column(kind))[0] == value


@pytest.mark.parametrize(
    ("text", "kind", "mend"),
    [
        ("hill farm", "id", "hill_farm"), ("O’Brien's", "id", "OBriens"), ("-", "id", "letters"), ("a-b", "id", "a_b"),
        ("ab;c d", "ids", "c_d"), ("x" * 201, "label", "200"), ("x" * 2001, "text", "2,000"),
        ("a\x00b", "text", "'ab'"),
        ("maybe", "flag", "yes or no"), ("Y", "flag", "'yes'"), ("n", "flag", "'no'"), ("✓", "flag", "'yes'"),
        ("0322111", "cpv", "00322111"), ("03221112-44", "cpv", "eight"), ("E07 123", "area", "E07000123"),
        ("03/2027", "year_month", "2027-03"), ("2027-3", "year_month", "2027-03"), ("soon", "year_month", "2027-03"),
    ],
)  # fmt: skip
def test_other_kinds_are_refused(text, kind, mend):
    with pytest.raises(Unreadable) as trouble:
        read_value(text, column(kind))
    assert mend in trouble.value.mend


def test_choice_forgives_case_and_hyphens_and_says_so():
    choices = column("choice", choices=("care_home", "school"))
    assert read_value("care_home", choices) == ("care_home", "")
    assert read_value("Care-Home", choices) == ("care_home", "'Care-Home' was read as care_home")
    with pytest.raises(Unreadable, match="did you mean 'school'"):
        read_value("schol", choices)


def test_invisible_characters_are_noted():
    assert read_value("Hill\u202eFarm", column("text")) == ("HillFarm", "invisible characters were left out")


def test_every_declared_kind_has_a_reader():
    kinds = {column.kind for table in TABLES for column in table.columns}
    assert kinds <= set(READERS) | set(NUMERIC)
    assert not set(READERS) & set(NUMERIC)


@given(st.sampled_from([c for table in TABLES for c in table.columns]), st.text(max_size=60))
def test_any_text_in_any_column_is_read_or_refused(declared, text):
    assert read_or_mend(text, declared)


@given(st.text(max_size=300))
def test_shown_values_are_short_and_on_one_line(text):
    assert len(shown(text)) <= 80
    assert "\n" not in shown(text)


@given(st.text(max_size=100))
def test_suggested_id_is_an_id(text):
    assert all(letter.isascii() and (letter.isalnum() or letter == "_") for letter in as_id(text))


def test_nearest_prefers_likeness_then_a_shared_word():
    assert nearest("hil", ["hill", "dale"]) == "hill"
    assert nearest("price", ["producer", "price_gbp_per_kg"]) == "price_gbp_per_kg"
    assert nearest("zzz", ["hill", "dale"]) == ""


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6))
def test_number_in_words_says_the_same_number(value):
    assert Decimal(number_in_words(value)) == value
    assert "E" not in number_in_words(value)
