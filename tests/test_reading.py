"""Files of every make: encodings, delimiters, layouts; what is read is the same case, or the trouble is named."""

import csv
import hashlib
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_case import GOOD, as_csv, checked, files, grid

from foodlots.case import Case
from foodlots.errors import DataError, Fault
from foodlots.files.raw import RawCase, RawRow, RawSetting, RawTable
from foodlots.reading import file_hashes, read_case, read_tables
from foodlots.tables import TABLES
from foodlots.writing import workbook_bytes, write_tables

SHARED = Path(__file__).parents[2] / "shared" / "cases"


@pytest.fixture(scope="module")
def good() -> Case:
    return read_case(files())[0]


def recoded(encoding: str) -> dict[str, bytes]:
    return {name: data.decode().encode(encoding) for name, data in files().items()}


def redelimited(mark: str, first: str = "") -> dict[str, bytes]:
    source = files()
    for table in GOOD:
        stream = io.StringIO()
        csv.writer(stream, delimiter=mark, lineterminator="\n").writerows(grid(table))
        source[f"{table}.csv"] = (first + stream.getvalue()).encode()
    return source


def reended(mark: str) -> dict[str, bytes]:
    return {name: data.replace(b"\n", mark.encode()) for name, data in files().items()}


SAME = {
    "UTF-8 with its mark": recoded("utf-8-sig"),
    "UTF-16": recoded("utf-16"),
    "UTF-16 without its mark": recoded("utf-16-le"),
    "UTF-16 big end first": recoded("utf-16-be"),
    "Windows-1252": recoded("cp1252"),
    "semicolons": redelimited(";"),
    "tabs": redelimited("\t"),
    "upright bars": redelimited("|"),
    "sep= line": redelimited(";", "sep=;\n"),
    "Windows line ends": reended("\r\n"),
    "old Mac line ends": reended("\r"),
    "no last line end": {name: data.rstrip(b"\n") for name, data in files().items()},
    "everything quoted": files(offers="\n".join(
        ",".join(f'"{cell}"' for cell in row) for row in grid("offers"))),
    "capital file names": {name.upper(): data for name, data in files().items()},
    "headings in capitals": files(offers=GOOD["offers"].replace("kg_per_month", " KG per Month ")),
    "titles and blank rows": files(offers="Offers 2027\n\n" + GOOD["offers"].replace("\nhill", "\n,,,,\nhill", 1)),
    "totals": files(budgets=GOOD["budgets"] + "TOTAL,,90000\n"),
    "columns in another order": files(offers=as_csv([row[::-1] for row in grid("offers")])),
    "unknown column": files(offers=as_csv([[*row, "note" if not n else "x"] for n, row in enumerate(grid("offers"))])),
    "settings as a table": files(settings=None) | {
        "settings.csv": b'section,key,value\ncase,name,Small town\nlots,value_gbp,"[1000, 60000]"\nawards,max_km,80\n'},
    "default written out": files(depots=GOOD["depots"].replace("-2.69,,", "-2.69,0.06,")),
    "per cent beside parts of 1": files(products=GOOD["products"].replace(",0.6,", ",60%,")),
    "numbers dressed up": files(budgets=GOOD["budgets"].replace("40000", '"£40,000.00"')),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_same_case_however_it_was_saved(name, good):
    case, found, notes = read_case(SAME[name])
    assert case == good
    assert case.sha256 == good.sha256
    assert (found.awards.max_km, found.case.name) == (80, "Small town")
    assert all(note.severity != "block" for note in notes)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UTF-16", "UTF-16"),
        ("semicolons", "semicolons"),
        ("headings in capitals", "was read as kg_per_month"),
        ("titles and blank rows", "'Offers 2027' stands above the headings"),
        ("titles and blank rows", "1 blank row was left out"),
        ("totals", "totals was left out"),
        ("unknown column", "'note' is not known"),
        ("numbers dressed up", "'£40,000.00' was read as 40000"),
    ],
)
def test_what_was_forgiven_is_noted(name, words):
    assert any(words in fault.problem for fault in checked(SAME[name]).faults)


def test_windows_letters_are_read_right():
    case, _, notes = read_case(files(buyers=GOOD["buyers"].replace("Mill Trust", "Mill’s Café").encode("cp1252")))
    assert case.buyers["trust"].name == "Mill’s Café"
    assert "Windows-1252" in notes[0].problem


def test_decimal_commas_are_read_when_all_agree(good):
    text = "origin;destination;km\nhill;mill;16,5\n"
    assert read_case(files(distances=text))[0] == good


def test_folder_workbook_and_bytes_are_one_case(tmp_path, good):
    for name, data in files().items():
        (tmp_path / name).write_bytes(data)
    book = write_tables(read_tables(tmp_path), tmp_path / "book.xlsx")
    assert read_case(tmp_path)[0] == good
    assert read_case(book)[0] == good
    assert read_case({"book.xlsx": book.read_bytes()})[0].sha256 == good.sha256


def test_case_is_called_after_its_folder_until_it_is_named(tmp_path):
    folder = tmp_path / "Nether Wallop"
    write_tables(read_tables(files(settings=None)), folder)
    assert read_case(folder)[1].case.name == "Nether Wallop"
    assert read_case(folder, ["case.name=Over Wallop"])[1].case.name == "Over Wallop"


def test_hashes_are_of_the_files_as_they_are(tmp_path):
    write_tables(read_tables(files()), tmp_path)
    (tmp_path / "SOURCES.md").write_text("not a table")
    hashes = file_hashes(tmp_path)
    assert set(hashes) == set(files())
    assert hashes["buyers.csv"] == hashlib.sha256((tmp_path / "buyers.csv").read_bytes()).hexdigest()


def test_nothing_to_read_is_said(tmp_path):
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(DataError) as trouble:
            read_case(path)
        assert trouble.value.faults
    with pytest.raises(DataError, match="there is no"):
        file_hashes(tmp_path / "nowhere")


def test_two_files_of_one_table_are_named():
    faults = checked(files() | {"Offers.csv": GOOD["offers"].encode()}).blocking
    assert [(fault.table, fault.problem) for fault in faults] == [
        ("offers", "Offers.csv and offers.csv are both the table offers")
    ]


@pytest.mark.parametrize("slot", [table.name for table in TABLES if table.name in GOOD])
@pytest.mark.parametrize("other", list(GOOD))
def test_table_in_a_wrong_slot_is_recognised_or_blocked(slot, other):
    if slot == other:
        return
    faults = [fault for fault in read_tables(files(**{slot: GOOD[other]})).faults if fault.table == slot]
    blocking = [fault for fault in faults if fault.severity == "block"]
    assert blocking
    looks = [fault for fault in blocking if "looks like" in fault.problem]
    if looks:
        assert f"put it in {other}" == looks[0].mend


def test_too_many_rows_are_refused_quickly():
    text = "producer,product,months,kg_per_month,price_gbp_per_kg\n" + "hill,carrot,6,1,1\n" * 100_001
    fault = checked(files(offers=text)).blocking[0]
    assert "100,000 rows" in fault.problem


def test_ten_thousand_bad_rows_are_told_within_seconds():
    began = time.monotonic()
    text = GOOD["offers"] + "".join(f"farm{n},crop{n},Q1,TBC,?\n" for n in range(10_000))
    assert len(checked(files(offers=text)).blocking) > 30_000
    assert time.monotonic() - began < 20


# properties


LABELS = ["lots.value_gbp", "lots.seasons", "case.term_weeks", "case.local_areas", "awards.max_km", "x.y", ""]
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "hill", "1", "-1", "all", "yes", "1e5", '"', '"a', "a,b", "a\nb", "\x00", "53.7", "PR1 6AU"]),
)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_any_change_of_cells_is_a_case_or_a_data_error(data):
    changed = {}
    for table in data.draw(st.sets(st.sampled_from(sorted(GOOD)), min_size=1, max_size=2)):
        rows = grid(table)
        for _ in range(data.draw(st.integers(1, 3))):
            row = data.draw(st.integers(0, len(rows) - 1))
            rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(CELLS)
        changed[table] = as_csv(rows).encode("utf-8", "replace")
    expect_case_or_faults(files(**changed))


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_any_change_of_bytes_is_a_case_or_a_data_error(table, data):
    content = bytearray(GOOD[table].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content)))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    expect_case_or_faults(files(**{table: bytes(content)}))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_any_settings_are_read_or_a_data_error(content):
    expect_case_or_faults(files(settings=content if isinstance(content, bytes) else content.encode("utf-8", "replace")))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LABELS), st.text(max_size=40))
def test_any_override_is_read_or_a_data_error(label, value):
    expect_case_or_faults(files(), [f"{label}={value}"])


def expect_case_or_faults(source, overrides=()) -> None:
    try:
        case, _, found = read_case(source, overrides)
    except DataError as trouble:
        case, found = None, trouble.faults
    assert case or found
    assert all(isinstance(fault, Fault) and fault.problem for fault in found)
    assert all((fault.severity == "block") == (case is None) for fault in found)
    assert all(fault.mend for fault in found if fault.severity == "block")


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_changes_nothing(dice):
    source = files()
    for table in GOOD:
        rows = grid(table)
        columns = list(range(len(rows[0])))
        dice.shuffle(columns)
        body = rows[1:]
        dice.shuffle(body)
        source[f"{table}.csv"] = as_csv([[row[column] for column in columns] for row in [rows[0], *body]]).encode()
    case = read_case(source)[0]
    assert case == read_case(files())[0]
    assert case.sha256 == read_case(files())[0].sha256


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("budgets", "40000", "40000.01"),
        ("sites", "53.75", "53.7501"),
        ("producers", "Hill Farm", "Hill farm"),
        ("offers", "Jun-Oct", "Jun-Sep"),
        ("distances", "16.5", "16.6"),
    ],
)
def test_fingerprint_sees_every_change(table, old, new, good):
    case = read_case(files(**{table: GOOD[table].replace(old, new)}))[0]
    assert case.sha256 != good.sha256


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
LINES = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufeff\ufffe\uffff"), max_size=20)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(LINES, LINES), max_size=5), st.booleans(), TEXT.filter(lambda text: text.strip() != ""))
def test_what_is_written_is_read_again(tmp_path_factory, pairs, as_workbook, value):
    """Any texts in cells and settings come back the same, from CSV and from a workbook."""
    rows = [("town", "Town", *pair) for pair in pairs] + [("last", "Last", "", "")]
    table = RawTable("buyers", ("buyer", "name", "kind", "a note"), tuple(
        RawRow(number, row) for number, row in enumerate(rows, 2)))  # fmt: skip
    raw = RawCase("x", {"buyers": table}, (RawSetting("case", "name", value, 0),))
    folder = tmp_path_factory.mktemp("round")
    again = read_tables(write_tables(raw, folder / ("book.xlsx" if as_workbook else "folder")))
    assert again.tables["buyers"] == table
    assert [(s.section, s.key, s.value) for s in again.settings] == [("case", "name", value)]


def test_written_files_are_the_same_bytes_each_time():
    raw = read_tables(files())
    assert workbook_bytes(raw) == workbook_bytes(raw)


# the larger cases


@pytest.mark.parametrize("name", ["preston", "lancashire"])
def test_shared_case_reads_cleanly(name):
    if not (SHARED / name).is_dir():
        pytest.skip("the shared cases are not beside the project")
    case, _, notes = read_case(SHARED / name)
    assert case.sites
    assert case.producers
    assert not [note for note in notes if note.severity == "block"]


def test_large_case_reads_in_a_second():
    if not (SHARED / "lancashire").is_dir():
        pytest.skip("the shared cases are not beside the project")
    read_case(SHARED / "preston")
    began = time.process_time()
    read_case(SHARED / "lancashire")
    assert time.process_time() - began < 1.0


def test_reading_is_light_to_import():
    heavy = {"numpy", "pandas", "openpyxl", "xlsxwriter", "pulp"}
    words = "import sys, foodlots.reading; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[1])  # fmt: skip
    assert not heavy & set(done.stdout.split())
