"""The audit reads a case by itself: what foodlots reads where tables are plain."""

from pathlib import Path

import pytest
from audit_beside import both, said, workbook
from random_cases import draw_sample
from random_cases import write_case as write_sample
from small_case import files

from foodlots import reading
from foodlots.audit import postcodes
from foodlots.audit.case_reading import read_case
from foodlots.audit.exact import OffGrid
from foodlots.audit.workbook import column_of, read_workbook
from foodlots.plain_files import plain_files, plain_override
from foodlots.writing import write_tables

DATA = Path(__file__).parents[1] / "data"


def test_the_worked_cases_are_read_as_foodlots_reads_them():
    for folder in ("preston", "devon"):
        ours, own = both(DATA / folder)
        assert own == ours


PLAIN = {
    "its byte-order mark": {"sites.csv": lambda data: b"\xef\xbb\xbf" + data},
    "Windows line ends": {"offers.csv": lambda data: data.replace(b"\n", b"\r\n")},
    "blank lines": {"offers.csv": lambda data: data.replace(b"\n", b"\n\n")},
    "a file's name in capitals": {"OFFERS.CSV": "offers.csv"},
}
OVERRIDES = (
    "awards.max_km=60", "awards.max_km=no limit", "awards.max_km=1e2", "lots.value_gbp=[, 15000]",
    "lots.value_gbp=[100]", 'lots.seasons=["Sep-Mar", [4,5,6,7,8]]', "case.local_areas=e1;e2",
    'case.local_areas=["e1", "e2"]', 'case.local_areas={town = ["E1"]}', "case.name=Our town", "case.name=2026",
    "case.first_month=Apr", 'order.aims=["local", "cost"]', "order.aims=local;", "case.pool_buyers=no",
    "limits.winners=3",
)  # fmt: skip


@pytest.mark.parametrize("override", OVERRIDES)
def test_settings_typed_are_read_as_foodlots_reads_them(override, tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    assert said(read_case(tmp_path, [override])[1]) == said(reading.read_case(tmp_path, [override])[1])


@pytest.mark.parametrize("form", PLAIN)
def test_what_the_contract_allows_is_read(form, tmp_path):
    source, expected = files(), read_case(files())[0]
    for file, change in PLAIN[form].items():
        source[file] = source.pop(change) if isinstance(change, str) else change(source[file])
    assert read_case(source)[0] == expected


def test_a_postcode_is_placed_as_foodlots_places_it():
    placed = files(**{"sites.csv": None}, sites="site,buyer,name,postcode,meals_per_week\n"
                   "mill,town,Mill,pr1 2he,400\npark,town,Park,PR1 2,250\nward,trust,Ward,PR1,900\n")  # fmt: skip
    assert both(placed)[0] == both(placed)[1]


BARE = {
    "buyers.csv": "buyer,name\ntown,Town",
    "sites.csv": "site,buyer,name,kind,lat,lon,meals_per_week\n"
    "mill,town,Mill,school,53.7,-2.7,4\npark,town,Park,,53.7,-2.7,4",
    "products.csv": "product,name,family,category,benchmark_gbp_per_kg,budget_share\nleek,Leeks,leaves,greens,1.6,1",
    "budgets.csv": "buyer,category,budget_gbp\ntown,greens,400",
    "producers.csv": "producer,name,kind,lat,lon,reach_km\nhill,Hill,farm,53.8,-2.6,40",
    "offers.csv": "producer,product,months,kg_per_month,price_gbp_per_kg\nhill,leek,all,4,1",
    "depots.csv": "depot,name,lat,lon\nhub,Hub,53.7,-2.6",
    "lots.csv": "lot,site,product\nall,mill,leek\nall,park,leek",
    "held.csv": "lot,bidder,hold\nall,hill,never",
    "spend.csv": "buyer,supplier,category,spend_gbp\ntown,Foods,greens,4",
    "provenance.csv": "table,column,standing\noffers,*,assumed",
}


def test_what_is_left_out_has_its_default():
    ours, own = both({file: text.encode() for file, text in BARE.items()})
    assert own == ours


SPELT = {
    "sept": ("offers.csv", "Jun-Oct", "Jun-Sept"),
    "months by number": ("offers.csv", "Nov-Feb", "11 - 2"),
    "a month by name": ("offers.csv", ",3,", ",March,"),
    "lines in a text": ("buyers.csv", "Town Council", '"Town\n\tCouncil"'),
    "an accent": ("buyers.csv", "Town Council", "Tówn Council"),
    "an empty part": ("producers.csv", ",grange,53", ",grange;,53"),
    "blanks": ("producers.csv", "dairy;Red Tractor", " dairy ;; Red  Tractor ; "),
    "a check digit": ("products.csv", "03221112", "03221112-3"),
    "true": ("sites.csv", ",no,", ",FALSE,"),
    "nought": ("producers.csv", ",yes,no,", ",1,0,"),
    "no nought": ("offers.csv", ",0.60", ",.6"),
    "no tenths": ("offers.csv", ",900,", ",900.,"),
    "nothing": ("offers.csv", ",900,", ",-0.0,"),
    "28 digits": ("offers.csv", "0.60", f"0.{'6' * 26}"),
}  # fmt: skip


@pytest.mark.parametrize("spelling", SPELT)
def test_a_cell_is_read_as_foodlots_reads_it(spelling):
    file, old, new = SPELT[spelling]
    text = files()[file].decode()
    assert old in text
    ours, own = both(files() | {file: text.replace(old, new).encode()})
    assert own == ours


def test_a_case_is_called_after_its_folder_or_workbook_where_it_has_no_name(tmp_path):
    bare = {file: data for file, data in files().items() if file != "settings.toml"}
    (tmp_path / "Our town").mkdir()
    for file, data in bare.items():
        (tmp_path / "Our town" / file).write_bytes(data)
    for source in (bare, tmp_path / "Our town", write_tables(reading.read_tables(bare), tmp_path / "Our book.xlsx")):
        ours, own = both(source)
        assert own == ours
    book = (tmp_path / "Our book.xlsx").read_bytes()
    assert both({"Sent.xlsx": book})[0] == both({"Sent.xlsx": book})[1]


def test_files_that_are_no_tables_are_passed_by(tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    for file in (".offers.csv", "~$offers.csv", "notes.csv", "other.toml", "offers.txt"):
        (tmp_path / file).write_bytes(b"\xff")
    (tmp_path / "demand.csv").mkdir()
    assert read_case(tmp_path)[0] == read_case(files())[0]


def test_the_last_setting_told_counts(tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    assert read_case(tmp_path, ["awards.max_km=60", "awards.max_km=70"])[1].awards.max_km == 70


def test_a_package_of_exact_postcodes_is_not_read(monkeypatch):
    monkeypatch.setattr(postcodes, "EVERY_POSTCODE", "json")
    assert postcodes.find("PR1 2")[3] == "PR1 2"
    with pytest.raises(OffGrid, match="a package of exact postcodes"):
        postcodes.find("PR1 2HE")


def test_columns_are_counted_as_a_spreadsheet_names_them():
    assert [column_of(letters) for letters in ("A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA")] == [
        0, 1, 25, 26, 27, 52, 701, 702,
    ]  # fmt: skip


def test_a_workbook_s_cells_are_read_as_a_spreadsheet_shows_them():
    """In columns that a case does not know and does not use; without an address a cell stands next to the last."""
    own = {"number": "1500", "flag": "true", "no": "false", "own": "ac", "told": "text", "none": "", "near": "0.8"}
    heads = "".join(f'<c t="str"><v>{kind}</v></c>' for kind in own)
    cells = (
        '<c r="E2"><v>1.5E3</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="inlineStr"><is><t>a</t><rPh><t>b</t>'
        '</rPh><t>c</t></is></c><c t="str"><f>B2</f><v>text</v></c><c t="str"><f>B3</f><v></v></c>'
        "<c><v>0.7999999999999999</v></c>"
    )
    rows = ("</row>", f"{heads}</rom>"), ("</row>", f"{cells}</row>"), ("</rom>", "</row>")
    book = workbook(*rows, *((f' r="{address}"', "") for address in ("2", "3", "A3", "B3", "C3")))
    (buyers,) = list(read_workbook("case.xlsx", book["case.xlsx"], {"buyers"}))
    assert {heading: buyers.rows[0][1][heading] for heading in buyers.headings[4:]} == own
    assert [number for number, _ in buyers.rows] == [2, 3]
    assert read_case(book)[0] == read_case(files())[0]


@pytest.mark.parametrize(("typed", "plain"), [
    ("awards.min_fill = 30%", "awards.min_fill=0.3"), ("costs.per_lot=£1,500", "costs.per_lot=1500"),
    ("limits.winners=3", "limits.winners=3"), ("awards.max_km=no limit", "awards.max_km=no limit"),
    ("lots.number=[1,1]", "lots.number=[1,1]"), ("case.name=30%", "case.name=30%"),
])  # fmt: skip
def test_an_amount_typed_for_a_setting_is_stated_as_a_plain_number(typed, plain, tmp_path):
    assert plain_override(typed) == plain
    write_tables(reading.read_tables(files()), tmp_path)
    assert said(read_case(tmp_path, [plain])[1]) == said(reading.read_case(tmp_path, [typed])[1])


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_random_cases_are_read_as_foodlots_reads_them(seed, tmp_path):
    sample = draw_sample(seed)
    ours, own = both(write_sample(sample.case, sample.settings, tmp_path / "case"))
    assert own == ours
    book = write_tables(reading.read_tables(tmp_path / "case"), tmp_path / "case.xlsx")
    ours, own = both(book)
    assert own == ours
    assert read_case(plain_files(sample.case, sample.settings))[0].sha256 == ours[2]
