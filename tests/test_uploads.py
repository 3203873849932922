"""Files somebody sent: read apart, within bounds, and put aside with one sentence when they are made to do harm."""

import io
import zipfile
from pathlib import Path

import pytest

from foodlots.apart import uploads
from foodlots.apart.uploads import read_uploads
from foodlots.checking import check
from foodlots.faults_beside import faults_workbook
from foodlots.reading import read_tables
from foodlots.writing import workbook_bytes

ROOT = Path(__file__).parents[1]
VILLAGE = {path.name: path.read_bytes() for path in sorted((ROOT / "data" / "village").iterdir())
           if path.suffix in (".csv", ".toml")}  # fmt: skip


def told(raw) -> str:
    """The one sentence that says why nothing was read."""
    (fault,) = raw.faults
    assert fault.severity == "block"
    assert raw.tables == {}
    return str(fault)


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes that unpacks to 400 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 1_000_000)
    return stream.getvalue()


def test_files_are_read_as_they_are_here():
    assert read_uploads(VILLAGE) == read_tables(VILLAGE)


def test_a_workbook_and_its_faults_are_the_same_as_read_here():
    raw = read_tables(VILLAGE)
    book = {"village.xlsx": workbook_bytes(raw)}
    assert read_uploads(book) == read_tables(book)


def test_a_bomb_is_put_aside():
    assert "village.xlsx" in (words := told(read_uploads({"village.xlsx": bomb()})))
    assert "unpacks to more than" in words or "damaged" in words


@pytest.mark.parametrize("harm", ["be_killed", "outgrow_memory", "fail"])
def test_a_reader_that_breaks_harms_nobody(harm, tmp_path, monkeypatch):
    text = f"import broken_child\nfrom foodlots.apart.inside import run\nrun(lambda parent, folder: {harm}(parent))\n"
    (tmp_path / "harmed_reader.py").write_text(text.replace(harm, f"broken_child.{harm}"))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "could not be read safely" in told(read_uploads({"sites.csv": b"site"}, "harmed_reader"))


def test_a_reader_that_never_ends_is_not_waited_for(tmp_path, monkeypatch):
    (tmp_path / "slow_reader.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(uploads, "SECONDS", 0.5)
    assert "takes too long" in told(read_uploads({"sites.csv": b"site"}, "slow_reader"))


@pytest.mark.parametrize(
    "name", ["../../etc/sites.csv", "..\\..\\sites.csv", "/sites.csv", "C:\\x\\sites.csv", "a/b/sites.csv"]
)
def test_a_name_leads_nowhere(name):
    raw = read_uploads({name: VILLAGE["sites.csv"]})
    assert list(raw.tables) == ["sites"]


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.csv", "CON.csv", "a" * 300 + ".csv", "\u202e.csv"])
def test_an_odd_name_is_only_words(name):
    (warning,) = read_uploads({name: b"a,b\n1,2\n"}).faults
    assert len(warning.value) <= 81
    assert warning.severity == "warn"


def test_too_much_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1_000)
    assert "the most taken is" in told(read_uploads({"sites.csv": b"x" * 1_001}))
    assert "41 files" in told(read_uploads({f"{number}.csv": b"" for number in range(41)}))
    assert "same name" in told(read_uploads({"a/sites.csv": b"", "b/sites.csv": b""}))


def with_cell(file: str, before: str, after: str) -> dict[str, bytes]:
    """The village with one text in one file changed, where it first stands."""
    assert before.encode() in VILLAGE[file]
    return VILLAGE | {file: VILLAGE[file].replace(before.encode(), after.encode(), 1)}


def sheets_of(data: bytes) -> dict:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: sheet for sheet in book}


def test_the_faults_stand_beside_the_rows_and_the_cell_stands_out():
    head, first, *_ = VILLAGE["offers.csv"].decode().splitlines()
    place = head.split(",").index("price_gbp_per_kg")
    cells = first.split(",")
    broken = ",".join([*cells[:place], "=1+1", *cells[place + 1 :]])
    raw = read_tables(with_cell("offers.csv", first, broken))
    sheets = sheets_of(faults_workbook(raw, check(raw).faults))
    offers = sheets["offers"]
    top = [cell.value for cell in offers[1]]
    assert top[-2:] == ["fault", "how to mend it"]
    assert [cell.value for cell in offers[2]][place] == "=1+1"
    assert offers[2][place].data_type == "s"
    assert offers[2][place].fill.fgColor.rgb == "FFFFE3C2"
    assert offers[2][len(top) - 2].value in str(check(raw).blocking[0])
    assert (sheets["faults"]["A2"].value, sheets["faults"]["B2"].value) == ("offers", "2")


def test_a_workbook_of_faults_made_of_another_has_its_columns_once():
    raw = read_tables(with_cell("offers.csv", "mead", "nobody"))
    again = read_tables({"faults.xlsx": faults_workbook(raw, check(raw).faults)})
    top = [cell.value for cell in sheets_of(faults_workbook(again, check(again).faults))["offers"][1]]
    assert top.count("fault") == 1


def test_the_workbook_of_faults_opens_as_the_same_case():
    raw = read_tables(with_cell("settings.toml", "[lots]", "[awards]\nmin_winners = -1\n\n[lots]"))
    blocking = check(raw).blocking
    assert [fault.column for fault in blocking] == ["awards.min_winners"]
    again = read_tables({"faults.xlsx": faults_workbook(raw, check(raw).faults)})
    assert [(fault.table, fault.column, fault.value) for fault in check(again).blocking] == [
        (fault.table, fault.column, fault.value) for fault in blocking
    ]
    assert {name: table.headings for name, table in again.tables.items()} == {
        name: table.headings for name, table in raw.tables.items()
    }
