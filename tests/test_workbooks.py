"""Workbooks as Excel and people make them: odd cells, odd sheets, damaged and hostile files."""

import io
import re
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_case import GOOD, checked, files, grid

from foodlots.checking import check
from foodlots.files.kinds import kind_of
from foodlots.reading import read_case, read_tables
from foodlots.writing import workbook_bytes


def workbook(**changes):
    """The small case as an openpyxl workbook, every cell as text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in GOOD:
        sheet = book.create_sheet(table)
        for row in grid(table):
            sheet.append(row)
    sheet = book.create_sheet("settings")
    for row in (("section", "key", "value"), ("case", "name", "Small town"), ("lots", "value_gbp", "[1000, 60000]"),
                ("awards", "max_km", 80)):  # fmt: skip
        sheet.append(row)
    return book


def saved(book) -> dict[str, bytes]:
    stream = io.BytesIO()
    book.save(stream)
    return {"case.xlsx": stream.getvalue()}


def rezipped(parts: dict[str, bytes], source: bytes | None = None) -> dict[str, bytes]:
    """A workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source or saved(workbook())["case.xlsx"])) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in (kept | parts).items():
            new.writestr(name, data)
    return {"case.xlsx": stream.getvalue()}


def only(source):
    blocking = checked(source).blocking
    assert len(blocking) == 1, list(map(str, blocking))
    return blocking[0]


def test_workbook_is_the_same_case_as_the_folder():
    assert read_case(saved(workbook()))[0] == read_case(files())[0]


def test_numbers_flags_and_settings_may_be_cells_of_their_kind():
    book = workbook()
    for table in GOOD:
        for row in book[table].iter_rows(min_row=2):
            for cell in row:
                if re.fullmatch(r"-?\d+\.\d+|[1-9]\d{0,5}", str(cell.value)):
                    cell.value = float(cell.value)
    book["sites"]["I2"] = True
    case, found, _ = read_case(saved(book))
    assert case.sha256 == read_case(files())[0].sha256
    assert found.awards.max_km == 80


@pytest.mark.parametrize("number", [0.1, 1.1, 0.85, 1234567.891, 1e-05, 123456789012])
def test_numbers_keep_the_digits_excel_shows(number):
    book = workbook()
    book["depots"]["F2"] = number
    text = read_tables(saved(book)).tables["depots"].rows[0].cells[5]
    assert float(text) == number
    assert "e" not in text.lower()


def test_sums_that_excel_shows_short_are_read_short():
    source = saved(workbook())["case.xlsx"]
    settings_sheet = f"xl/worksheets/sheet{len(GOOD) + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        changed = archive.read(settings_sheet).replace(b">80<", b">80.300000000000011<")
    assert read_case(rezipped({settings_sheet: changed}))[1].awards.max_km == Decimal("80.3")


def test_formula_without_result_is_named():
    book = workbook()
    book["offers"]["D3"] = "=200*2"
    fault = only(saved(book))
    assert (fault.table, fault.row, fault.column) == ("offers", 3, "kg_per_month")
    assert "open the workbook in Excel and save it" in fault.mend


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_error_cell_is_named(error):
    book = workbook()
    book["offers"]["E4"] = error
    book["offers"]["E4"].data_type = "e"
    fault = only(saved(book))
    assert (fault.table, fault.row, fault.column, fault.value) == ("offers", 4, "price_gbp_per_kg", error)


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("A4", ("offers", 4, "producer")),
        ("C2", ("offers", 2, "months")),
        ("D2", ("offers", 2, "kg_per_month")),
    ],
)
def test_date_where_none_belongs_is_named(cell, where):
    book = workbook()
    book["offers"][cell] = datetime(2026, 10, 6)
    fault = only(saved(book))
    assert (fault.table, fault.row, fault.column) == where
    assert "2026-10-06" in fault.problem
    assert "as text" in fault.mend


@pytest.mark.parametrize("from_1904", [False, True])
def test_date_in_a_column_of_months_is_read(from_1904):
    book = workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["spend"]["F2"] = date(2027, 3, 31)
    case, _, notes = read_case(saved(book))
    assert case.spend[0].contract_end == "2027-03"
    assert any("was read as 2027-03" in note.problem for note in notes)


def test_numeric_ids_are_noted():
    book = workbook()
    book["spend"].delete_rows(2)
    for sheet, cells in (("sites", ["A2"]), ("distances", ["B2"])):
        for cell in cells:
            book[sheet][cell] = 17
    notes = read_case(saved(book))[2]
    assert any("Excel may have removed noughts" in note.problem and note.table == "sites" for note in notes)


def test_merged_cells_are_named():
    book = workbook()
    book["offers"].merge_cells("A3:A4")
    fault = only(saved(book))
    assert (fault.table, fault.row, fault.value) == ("offers", 3, "A3:A4")


def test_merged_title_is_no_fault():
    book = workbook()
    book["offers"].insert_rows(1)
    book["offers"]["A1"] = "What farms offer"
    book["offers"].merge_cells("A1:E1")
    assert read_case(saved(book))[0] == read_case(files())[0]


def test_hidden_rows_and_sheets_are_read_and_said():
    book = workbook()
    book["offers"].row_dimensions[3].hidden = True
    book["spend"].sheet_state = "hidden"
    case, _, notes = read_case(saved(book))
    assert case == read_case(files())[0]
    said = {note.table: note.problem for note in notes if note.severity == "warn"}
    assert "(3)" in said["offers"]
    assert "hidden sheet" in said["spend"]


def test_notes_beside_and_totals_below_are_left_out():
    book = workbook()
    book["budgets"]["G3"] = "ask Sam"
    book["budgets"]["A6"] = "TOTAL"
    book["budgets"]["C6"] = 90000
    case, _, notes = read_case(saved(book))
    assert case == read_case(files())[0]
    assert {note.problem for note in notes if note.table == "budgets"} >= {
        "a row of totals was left out",
        "values to the right of the table were left out in 1 row",
    }


def test_sheet_names_are_forgiven_and_strangers_named():
    book = workbook()
    book["offers"].title = " Offers "
    book.create_sheet("offer").append(["x"])
    book.create_sheet("Read me").append(["hello"])
    book.create_sheet("Sheet1")
    stray = book.create_sheet("Sheet2")
    for row in grid("spend"):
        stray.append(row)
    case, _, notes = read_case(saved(book))
    assert case == read_case(files())[0]
    assert [(note.value, note.mend) for note in notes] == [
        ("Sheet2", "name it spend"), ("offer", "did you mean 'offers'?")]  # fmt: skip


def test_text_with_excel_escapes_is_undone():
    book = workbook()
    book["buyers"]["B3"] = "Mill_x0026_Trust_x005F_x0041_"
    assert read_tables(saved(book)).tables["buyers"].rows[1].cells[1] == "Mill&Trust_x0041_"


def test_phonetic_hints_are_no_text():
    source = workbook_bytes(read_tables(files()))
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        shared = archive.read("xl/sharedStrings.xml")
    first = re.search(rb"<si>.*?</si>", shared)[0]
    changed = shared.replace(first, first.replace(b"</t></si>", b"</t><rPh><t>TAUN</t></rPh></si>"), 1)
    assert read_tables(rezipped({"xl/sharedStrings.xml": changed}, source)).tables == read_tables(files()).tables


# disguises and damage


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DISGUISES = {
    "CSV": (b"buyer,name\n", "CSV or text"),
    "empty": (b"", "empty"),
    "old workbook": (OLE + b"Workbook", "old Excel workbook"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    "OpenDocument": (zipped(**{"mimetype": b"application/vnd.oasis", "content.xml": b""}), ".ods"),
    "binary workbook": (zipped(**{"xl__workbook.bin": b""}), ".xlsb"),
    "Word": (zipped(**{"word__document.xml": b""}), "Word"),
    "zip": (zipped(x=b""), "zip archive"),
    "PDF": (b"%PDF-1.7", "PDF"),
    "HTML": (b"\n <html><table></table></html>", "web page"),
    "XML": (b"<?xml version='1.0'?><Workbook/>", "XML"),
    "JSON": (b'{"a": 1}', "JSON"),
    "RTF": (b"{\\rtf1", "RTF"),
    "PNG": (b"\x89PNG\r\n", "picture"),
    "JPEG": (b"\xff\xd8\xff\xe0", "picture"),
    "GIF": (b"GIF89a", "picture"),
    "gzip": (b"\x1f\x8b\x08", "gzip"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "7z"),
    "RAR": (b"Rar!\x1a\x07", "RAR"),
    "SQLite": (b"SQLite format 3\x00", "SQLite"),
    "Parquet": (b"PAR1", "Parquet"),
    "cut zip": (saved(workbook())["case.xlsx"][:2000], "damaged"),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_disguised_file_is_called_what_it_is(name):
    data, words = DISGUISES[name]
    fault = only({"case.xlsx": data})
    assert words in fault.problem
    assert fault.mend


def test_workbook_named_csv_is_told():
    fault = only(files(offers=saved(workbook())["case.xlsx"]))
    assert (fault.table, fault.problem) == ("offers", "offers.csv is an Excel workbook, not a CSV file")


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 255), st.booleans())
def test_damaged_workbook_is_a_case_or_a_data_error(place, byte, cut):
    data = bytearray(saved(workbook())["case.xlsx"])
    place %= len(data)
    data[place] = byte
    found = checked({"case.xlsx": bytes(data[:place] if cut else data)})
    assert found.case or found.blocking


def test_zip_bomb_is_refused_before_it_unpacks():
    began = time.monotonic()
    sheet = b"<worksheet><sheetData>" + b" " * 150_000_000
    fault = only(rezipped({"xl/worksheets/sheet1.xml": sheet}))
    assert "unpacks to more than" in fault.problem
    assert time.monotonic() - began < 20


def test_zip_of_many_parts_is_refused():
    fault = only(rezipped({f"xl/media/{n}": b"" for n in range(2_001)}))
    assert "parts" in fault.problem


def test_far_cell_is_named():
    book = workbook()
    book["offers"]["XFD1048576"] = "x"
    began = time.monotonic()
    fault = only(saved(book))
    assert fault.value == "XFD1048576"
    assert "delete the empty rows and columns" in fault.mend
    assert time.monotonic() - began < 20


def test_far_blank_formatted_cells_are_no_fault():
    book = workbook()
    book["offers"]["ZZ90000"].font = openpyxl.styles.Font(bold=True)
    assert read_case(saved(book))[0] == read_case(files())[0]


def test_definitions_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    fault = only(rezipped({"xl/workbook.xml": bomb}))
    assert "definitions" in fault.problem


@pytest.mark.parametrize("data", [b"", b"a", b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18])
def test_kind_of_scraps(data):
    assert kind_of(data)


def test_no_cell_written_is_a_formula_or_link():
    payloads = ["=1+1", "{=1}", "+1", "@x", "http://a.example", "-1"]
    raw = read_tables(files(buyers="buyer,name\n" + "".join(f"b{n},{text}\n" for n, text in enumerate(payloads))))
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(raw)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert [row.cells[1] for row in check_again(raw).tables["buyers"].rows] == payloads


def check_again(raw):
    again = read_tables({"book.xlsx": workbook_bytes(raw)})
    assert check(again).faults == check(raw).faults
    return again
