"""What is in another form than the contract's, or past its bounds, the audit does not read and names."""

import io
import struct
import zipfile

import pytest
from audit_beside import workbook
from small_case import files

from foodlots import reading
from foodlots.audit import Unread
from foodlots.audit.case_reading import read_case
from foodlots.writing import write_tables


def test_what_is_typed_for_no_setting_is_named(tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    with pytest.raises(Unread, match="'max_km 60' is not a setting"):
        read_case(tmp_path, ["max_km 60"])


@pytest.mark.parametrize(("size", "told"), [(50_000_000, "buyers.csv cannot be"), (50_000_001, "larger than 50 MB")])
def test_a_file_is_read_up_to_its_bound(size, told, tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    with (tmp_path / "buyers.csv").open("wb") as file:
        file.write(b'"')
        file.truncate(size)
    with pytest.raises(Unread, match=told):
        read_case(tmp_path)


def test_a_file_that_is_no_table_may_be_of_any_size(tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    with (tmp_path / "notes.txt").open("wb") as file:
        file.truncate(50_000_001)
    assert read_case(tmp_path)[0] == read_case(files())[0]


@pytest.mark.parametrize(("size", "read"), [(500_000_000, True), (500_000_001, False)])
def test_a_workbook_is_unpacked_up_to_its_bound(size, read):
    """The directory of the archive is made to say so much of a part that no table is in."""
    data = bytearray(workbook()["case.xlsx"])
    parts = {part.filename: part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    name = "docProps/app.xml"
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    struct.pack_into("<I", data, entry + 24, size - sum(parts.values()) + parts[name])
    if read:
        assert read_case({"case.xlsx": bytes(data)})[0] == read_case(files())[0]
    else:
        with pytest.raises(Unread, match="larger unpacked than 500 MB"):
            read_case({"case.xlsx": bytes(data)})


BEYOND = {  # what is spoilt: in which file, what becomes what, and what is said of it
    "another delimiter": ("buyers.csv", ",", ";", "buyers has no column buyer"),
    "a title above": ("buyers.csv", "buyer,name", "Our buyers,,,\nbuyer,name", "headings that are empty"),
    "a heading in capitals": ("buyers.csv", ",name", ",Name", "buyers has no column name"),
    "a heading twice": ("buyers.csv", "kind", "name", "stand twice: area_code, buyer, name"),
    "a row too short": ("buyers.csv", "nhs_trust,", "nhs_trust", "buyers row 3 has 3 values but there are 4"),
    "an open quotation mark": ("buyers.csv", "Town C", '"Town C', "buyers.csv cannot be read as CSV"),
    "a pound sign": ("offers.csv", "0.60", "£0.60", "offers row 2, price_gbp_per_kg: '£0.60'"),
    "thousands marked": ("offers.csv", ",900,", ',"1,900",', "offers row 2, kg_per_month"),
    "a number without end": ("offers.csv", ",900,", f",{'9' * 29},", "it is not a plain number"),
    "less than nothing": ("offers.csv", ",900,", ",-900,", "it is less than nothing"),
    "for nothing": ("products.csv", ",0.80,", ",0,", "benchmark_gbp_per_kg: '0' cannot"),
    "a month named twice": ("offers.csv", "1-3;11-12", "1-3;3", "a month stands twice"),
    "no month": ("offers.csv", "1-3;11-12", "13", "offers row 6, months: '13'"),
    "a month misspelt": ("offers.csv", "Jun-Oct", "Jun-Okt", "offers row 2, months: 'Jun-Okt'"),
    "not yes or no": ("sites.csv", ",no,", ",maybe,", "sites row 4, term_time: 'maybe'"),
    "an id unknown": ("offers.csv", "dale", "dael", "offers, producer: dael is not in producers"),
    "a cooperative unknown": ("producers.csv", ",grange,53", ",grunge,53", "producers, member_of: grunge is not in"),
    "an id that is none": ("offers.csv", "dale", "dale farm", "an id has letters"),
    "an id told twice": ("depots.csv", "hub,", "hub,Hub,53.7,-2.6,,\nhub,", "depots tells twice of hub"),
    "an empty cell": ("products.csv", ",0.80,", ",,", "'' cannot be read here: the cell is empty"),
    "half a position": ("sites.csv", ",-2.71,", ",,", "sites row 4 has only one of lat and lon"),
    "the other half": ("sites.csv", ",53.80,", ",,", "sites row 4 has only one of lat and lon"),
    "no position": ("sites.csv", ",53.80,-2.71,", ",,,", "sites row 4, postcode: ''"),
    "a hidden mark": ("buyers.csv", "Town C", "Town\u200b C", "marks that are not plain"),
    "an accent in two": ("buyers.csv", "Town C", "Towne\u0301 C", "marks that are not plain"),
    "a kind in words": ("buyers.csv", "nhs_trust", "NHS Trust", "not one word in small letters"),
    "a code that is none": ("products.csv", "03221112", "3221112", "a CPV code has eight digits"),
    "a day of a year": ("spend.csv", "2027-03", "31/03/2027", "spend row 2, contract_end"),
    "an area in words": ("buyers.csv", "E07000123", "E07 000123", "an area code has letters"),
    "settings that are not": ("settings.toml", "[case]", "[case", "settings.toml cannot be read"),
    "a setting unknown": ("settings.toml", "max_km", "max_kms", "awards.max_kms is not a setting"),
    "a section unknown": ("settings.toml", "[awards]", "[rewards]", "rewards.max_km is not a setting"),
    "a setting in no section": ("settings.toml", "[case]", "km = 3\n[case]", "km stands in no section"),
    "a share in per cent": ("settings.toml", "max_km = 80", 'min_fill = "30%"', "settings awards.min_fill: '30%'"),
    "half a winner": ("settings.toml", "max_km = 80", "min_winners = 1.5", "it is not a whole number"),
    "no ends": ("settings.toml", "[1000, 60000]", "[]", "not a least and a most"),
    "three ends": ("settings.toml", "60000]", "60000, 7]", "not a least and a most"),
    "a list for one value": ("settings.toml", "max_km = 80", "max_km = [80]", "it is not one value"),
    "one value for a list": ("settings.toml", "[lots]", "[order]\naims = 3\n[lots]", "it is not a list"),
    "a month in no season": ("settings.toml", "[lots]", "[lots]\nseasons = [[1]]", "hold each month once"),
    "too few weeks": ("settings.toml", "[case]", "[case]\nterm_weeks = [1]", "an amount for each month"),
    "no week": ("settings.toml", "[case]", f"[case]\nterm_weeks = {[0] * 12}", "an amount for each month"),
}  # fmt: skip
FILES = {
    "another encoding": ({"buyers.csv": "buyer,name\ntown,Tówn".encode("cp1252")}, "buyers.csv is not in UTF-8"),
    "an empty file": ({"buyers.csv": b""}, "buyers is empty"),
    "a table twice": ({"Buyers.csv": files()["buyers.csv"]}, "the case tells twice of buyers"),
    "no demand at all": ({"budgets.csv": files()["budgets.csv"].splitlines()[0]}, "either budgets or demand"),
    "both of them": ({"demand.csv": b"site,product,month,kg\nmill,leek,1,5"}, "either budgets or demand"),
}


@pytest.mark.parametrize("form", BEYOND)
def test_what_is_in_another_form_is_not_read_and_named(form):
    file, old, new, told = BEYOND[form]
    text = files()[file].decode()
    assert old in text
    with pytest.raises(Unread) as trouble:
        read_case(files() | {file: text.replace(old, new).encode()})
    assert told in str(trouble.value)


@pytest.mark.parametrize("form", FILES)
def test_files_that_do_not_make_a_case_are_named(form):
    changes, told = FILES[form]
    with pytest.raises(Unread) as trouble:
        read_case(files() | changes)
    assert told in str(trouble.value)


@pytest.mark.parametrize("data", [b"", b"PK", b"buyer,name"])
def test_what_is_no_workbook_is_named(data):
    with pytest.raises(Unread, match="is not a whole workbook"):
        read_case({"case.xlsx": data})


A2 = '<c r="A2" '
ODD_CELLS = {
    "a formula without a result": (A2, f'<c r="A2"><f>1+1</f></c>{A2}', "a formula without a stored result"),
    "an error": (A2, f'<c r="E2" t="e"><v>#N/A</v></c>{A2}', "neither text nor number: #N/A"),
    "no number": (A2, f'<c r="E2"><v>many</v></c>{A2}', "a number that cannot be read: many"),
    "an escaped mark": (A2, f'<c r="E2" t="str"><v>a_x000D_</v></c>{A2}', "marks that are not plain text"),
    "merged cells": ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>', "merged cells"),
    "definitions": ("<worksheet", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet", "definitions of its own"),
    "an end too soon": ("</sheetData>", "", "not a whole workbook"),
}


@pytest.mark.parametrize("name", ODD_CELLS)
def test_a_workbook_in_another_form_is_not_read_and_named(name):
    old, new, told = ODD_CELLS[name]
    with pytest.raises(Unread) as trouble:
        read_case(workbook((old, new)))
    assert told in str(trouble.value)
