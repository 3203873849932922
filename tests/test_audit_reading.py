"""The audit reads a case by itself: what foodlots reads where tables are plain, and nothing at all where they are not.

That it is independent is shown by faults put in foodlots.reading: plans made of what it misread are rejected.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from audit_builder import build, write
from audit_cases import village, village_draft, village_settings, write_case
from random_cases import draw_sample
from random_cases import write_case as write_sample
from small_case import files

from foodlots import reading
from foodlots.audit import Unread, audit_plan, postcodes
from foodlots.audit.case_reading import read_case
from foodlots.audit.exact import OffGrid
from foodlots.audit.workbook import column_of, read_workbook
from foodlots.checks import building, positions, rows
from foodlots.plain_files import plain_files, plain_override
from foodlots.second_opinion import audit_case, audit_typed
from foodlots.writing import workbook_bytes, write_tables

D = Decimal
DATA = Path(__file__).parents[1] / "data"


def both(source, *overrides):
    """What foodlots and the audit read, as values that can be compared."""
    ours, settings, _ = reading.read_case(source, overrides)
    own, own_settings = read_case(source, overrides)
    return (said(ours), said(settings), ours.sha256), (said(own), said(own_settings), own.sha256)


def said(thing):
    """An entry, or a table of them, with the names of its fields."""
    if hasattr(thing, "__dataclass_fields__"):
        return {part.name: said(getattr(thing, part.name)) for part in fields(thing)}
    if hasattr(thing, "items"):
        return {key: said(each) for key, each in thing.items()}
    return tuple(map(said, thing)) if isinstance(thing, tuple) else thing


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


def test_what_is_typed_for_no_setting_is_named(tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    with pytest.raises(Unread, match="'max_km 60' is not a setting"):
        read_case(tmp_path, ["max_km 60"])


def test_a_package_of_exact_postcodes_is_not_read(monkeypatch):
    monkeypatch.setattr(postcodes, "EVERY_POSTCODE", "json")
    assert postcodes.find("PR1 2")[3] == "PR1 2"
    with pytest.raises(OffGrid, match="a package of exact postcodes"):
        postcodes.find("PR1 2HE")


@pytest.mark.parametrize(("size", "told"), [(50_000_000, "buyers.csv cannot be"), (50_000_001, "larger than 50 MB")])
def test_a_file_is_read_up_to_its_bound(size, told, tmp_path):
    write_tables(reading.read_tables(files()), tmp_path)
    with (tmp_path / "buyers.csv").open("wb") as file:
        file.write(b'"')
        file.truncate(size)
    with pytest.raises(Unread, match=told):
        read_case(tmp_path)


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


def test_columns_are_counted_as_a_spreadsheet_names_them():
    assert [column_of(letters) for letters in ("A", "B", "Z", "AA", "AB", "BA", "ZZ", "AAA")] == [
        0, 1, 25, 26, 27, 52, 701, 702,
    ]  # fmt: skip


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


def workbook(*changes: tuple[str, str]) -> dict[str, bytes]:
    """The small case as a workbook, with something in its first sheet, buyers, put in another way."""
    kept, changed = zipfile.ZipFile(io.BytesIO(workbook_bytes(reading.read_tables(files())))), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for part in kept.namelist():
            text = kept.read(part).decode()
            for old, new in changes if part.endswith("sheet1.xml") else ():
                assert old in text
                text = text.replace(old, new, 1)
            archive.writestr(part, text)
    return {"case.xlsx": changed.getvalue()}


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


def misread_amount(monkeypatch, column: str, change: Callable[[Decimal], Decimal]):
    """One column's amounts read wrong."""
    read = rows.read_value
    monkeypatch.setattr(rows, "read_value", lambda text, of, commas=False: (
        (change(read(text, of, commas)[0]), "") if of.name == column else read(text, of, commas)
    ))  # fmt: skip


def misread_entry(monkeypatch, maker: str, **changes):
    """One column of the entries of a table made wrong."""
    make = getattr(building, maker)
    monkeypatch.setattr(building, maker, lambda *given: _changed(make(*given), changes))


def _changed(entry, changes):
    return replace(entry, **{name: change(getattr(entry, name)) for name, change in changes.items()})


def _each_offer(change):
    make = building._offers
    return lambda found: tuple(change(make(found)))


MISREAD: dict[str, Callable] = {
    "a month late": lambda patch: patch.setattr(building, "_offers", _each_offer(
        lambda offers: (replace(each, months=tuple(month % 12 + 1 for month in each.months)) for each in offers))),
    "tenfold kilos": lambda patch: misread_amount(patch, "kg_per_month", lambda kg: kg / 10),
    "pence for pounds": lambda patch: misread_amount(patch, "price_gbp_per_kg", lambda gbp: gbp / 100),
    "a price to the penny below": lambda patch: misread_amount(patch, "price_gbp_per_kg", lambda gbp: round(gbp, 1)),
    "a budget a month": lambda patch: misread_amount(patch, "budget_gbp", lambda gbp: gbp / 12),
    "a benchmark doubled": lambda patch: misread_amount(patch, "benchmark_gbp_per_kg", lambda gbp: gbp * 2),
    "meals a day": lambda patch: misread_amount(patch, "meals_per_week", lambda meals: meals + 1),
    "km for miles": lambda patch: misread_amount(patch, "km", lambda km: km * D("1.6")),
    "carbon in tonnes": lambda patch: misread_amount(patch, "kgco2e_per_kg", lambda kg: kg / 1000),
    "handling forgotten": lambda patch: misread_amount(patch, "handling_gbp_per_kg", lambda gbp: D(0)),
    "drops a fortnight": lambda patch: misread_amount(patch, "drops_per_week", lambda often: often / 2),
    "term for all the year": lambda patch: misread_entry(patch, "_site", term_time=lambda term: not term),
    "small for large": lambda patch: misread_entry(patch, "_producer", small=lambda small: not small),
    "members forgotten": lambda patch: misread_entry(patch, "_producer", member_of=lambda of: ()),
    "a shorter budget share": lambda patch: misread_entry(patch, "_product", budget_share=lambda share: share / 2),
    "half a degree south": lambda patch: patch.setattr(
        positions, "Place", lambda lat, lon, *more, make=positions.Place: make(lat - 0.5, lon, *more)),
    "an offer dropped": lambda patch: patch.setattr(building, "_offers", _each_offer(lambda offers: offers[1:])),
    "distances one way": lambda patch: patch.setattr(building, "_both_ways", lambda given: {
        pair: km for pair, km in given.items() if pair[0] > pair[1]}),
}  # fmt: skip


@pytest.mark.parametrize("fault", MISREAD)
def test_a_plan_of_a_case_misread_is_rejected(fault, tmp_path, monkeypatch):
    """By its figures alone: the fingerprint stated is made to be that of the tables as they stand."""
    folder = write_case(village(), village_settings(), tmp_path / "case")
    right = build(*reading.read_case(folder)[:2], village_draft())
    assert audit_plan(folder, write(right, tmp_path / "right")).accepted
    MISREAD[fault](monkeypatch)
    wrong = build(*reading.read_case(folder)[:2], village_draft())
    fingerprint = wrong["run"].pop("inputs_sha256")
    wrong["run"] |= {"inputs_sha256": right["run"]["inputs_sha256"]}
    assert fingerprint != wrong["run"]["inputs_sha256"]
    verdict = audit_plan(folder, write(wrong, tmp_path / "wrong"))
    assert set(verdict.broken) - {"state_the_inputs"}


def test_tables_that_foodlots_forgives_are_audited_as_it_read_them_and_the_verdict_says_so(tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    plan = write(build(*reading.read_case(folder)[:2], village_draft()), tmp_path / "plan")
    assert audit_case(folder, plan).caveat == ""
    offers = folder / "offers.csv"
    offers.write_text(offers.read_text().replace(",0.9\n", ",£0.90\n"))
    verdict = audit_case(folder, plan)
    assert verdict.accepted
    told = "The tables were not read by the audit itself, but as foodlots understood them: offers row "
    assert verdict.caveat.startswith(told)
    assert verdict.caveat.endswith("price_gbp_per_kg: '£0.90' cannot be read here: it is not a plain number.")
    assert verdict.lines()[0].endswith(f"no breach. {verdict.caveat}")
    typed = reading.read_tables(folder)
    case, settings, _ = reading.read_case(folder)
    assert audit_typed(typed, case, settings, plan).caveat == verdict.caveat
    assert audit_typed(None, case, settings, plan).caveat == ""


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
