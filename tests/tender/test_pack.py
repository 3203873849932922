"""The tender pack: lawful numbers, accessible Word, nothing alive, nothing confidential, the same bytes each time."""

import csv
import io
import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from hostile_names import HOSTILE
from paper_reading import OWN_FORMULAS, ElementTree, W, parts, risks, text_of, word_tables
from sample_plan import hostile_plan
from typer.testing import CliRunner
from valley import D, valley

from foodlots.cli import app
from foodlots.tender.brief import Tender
from foodlots.tender.law.table import read_law
from foodlots.tender.pack import BUYER, PUBLIC, papers, write_pack
from foodlots.tender.terms import read_terms
from foodlots.tender.text import LONGEST, file_stem, plain
from foodlots.tender.word.one_pager import sheet_for_producer

CANARY_PRICES = ("0.7311", "1.7313", "0.7317", "0.7319", "1.7321", "0.7323")
CANARY_NAMES = ("Canarywharf", "Kanarienvogel", "Canarino", "Serinus", "Kanarek", "Canariolo")


@pytest.fixture(scope="module")
def tender():
    return canaries(valley(contact="procurement@vale.example", max_lots_awarded=2))


@pytest.fixture(scope="module")
def pack(tender):
    return dict(papers(tender))


def canaries(tender: Tender) -> Tender:
    """The valley, each producer's name and price a bird that must not be heard outside."""
    names = iter(CANARY_NAMES)
    producers = {key: replace(each, name=next(names)) for key, each in tender.case.producers.items()}
    priced = zip(tender.case.offers, CANARY_PRICES, strict=True)
    offers = tuple(replace(offer, price_gbp_per_kg=D(price)) for offer, price in priced)
    case = replace(tender.case, producers=MappingProxyType(producers), offers=offers)
    return replace(tender, case=case)


def test_what_is_to_be_published_names_no_producer_and_no_price(pack):
    public = {path: data for path, data in pack.items() if path.startswith(PUBLIC)}
    assert len(public) >= 5 + 5
    for path, data in public.items():
        everything = b"".join(parts(data).values()) + data
        for bird in (*CANARY_NAMES, *CANARY_PRICES):
            assert bird.encode() not in everything, (path, bird)


def test_the_file_for_the_buyer_does_name_them(pack):
    assert any(name in text_of(pack[f"{BUYER}/reasons-for-the-file.docx"]) for name in CANARY_NAMES)


def test_two_packs_of_one_plan_are_the_same_bytes_but_for_the_stamp(tender, pack, tmp_path):
    assert dict(papers(tender)) == pack
    write_pack(tender, tmp_path, datetime(2026, 1, 2, tzinfo=UTC))
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["made"] == "2026-01-02T00:00:00+00:00"
    assert set(manifest["sha256"]) == set(pack)
    assert {p: (tmp_path / p).read_bytes() for p in pack} == pack


def test_values_and_kilos_in_word_excel_and_csv_are_those_of_the_plan(tender, pack):
    plan = tender.plan
    values = {lot.id: lot.value_gbp for lot in plan.lots}
    invitation = next(t for t in word_tables(pack[f"{PUBLIC}/invitation.docx"]) if t[0][0] == "Lot")
    told = {row[0]: Decimal(row[-1].strip("£").replace(",", "")) for row in invitation[1:]}
    assert {lot: told[lot] for lot in values} == values
    assert told[""] == sum(value for lot, value in told.items() if lot) == tender.annual_gbp
    book = openpyxl.load_workbook(io.BytesIO(pack[f"{PUBLIC}/lots-and-quantities.xlsx"]))
    assert {row[0].value: D(str(row[9].value)) for row in book["lots"].iter_rows(min_row=2, max_row=6)} == values
    lots = list(csv.DictReader(io.StringIO(pack[f"{PUBLIC}/lots.csv"].decode("utf-8"))))
    assert {row["lot"]: D(row["value_gbp"]) for row in lots} == values
    rows = csv.DictReader(io.StringIO(pack[f"{PUBLIC}/quantities.csv"].decode("utf-8")))
    kilos = {(row["lot"], row["product"], int(row["month"])): D(row["kg"]) for row in rows}
    assert {key: kg for key, kg in kilos.items() if kg} == {key: kg for key, kg in tender.asked.items() if kg}
    year = {(row[0].value, row[1].value): row[15].value for row in book["quantities"].iter_rows(min_row=2)}
    by_name = {product.id: product.name for product in tender.case.products.values()}
    for lot, product in {(lot, product) for lot, product, _ in kilos}:
        exact = sum(kg for key, kg in kilos.items() if key[:2] == (lot, product))
        assert D(str(year[lot, by_name[product]])) == exact


def test_whole_kilos_of_a_row_add_up_to_its_year(pack):
    tables = [t for t in word_tables(pack[f"{PUBLIC}/lot-schedule.docx"]) if t[0][-1] == "Year"]
    assert len(tables) == 5
    for table in tables:
        for row in table[1:]:
            *months, year = (int(cell.replace(",", "")) for cell in row[1:])
            assert sum(months) == year


def test_word_papers_have_headings_header_rows_alt_texts_and_a_language(pack):
    for path, data in pack.items():
        if not path.endswith(".docx"):
            continue
        inside = parts(data)
        document, styles = (ElementTree.fromstring(inside[f"word/{name}.xml"]) for name in ("document", "styles"))
        headings = [style.get(f"{W}val") for style in document.iter(f"{W}pStyle")]
        assert headings[0] == "Title", path
        assert "Heading1" in headings, path
        for table in document.iter(f"{W}tbl"):
            first = next(table.iter(f"{W}tr"))
            assert first.find(f"{W}trPr/{W}tblHeader") is not None, path
            assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"), path
        for element in document.iter():
            if element.tag.endswith("}docPr"):
                assert element.get("descr"), path
        assert styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang").get(f"{W}val") == "en-GB", path
        assert "<dc:language>en-GB" in inside["docProps/core.xml"].decode(), path


def test_the_schedule_has_a_map_for_each_lot_and_one_of_all(pack):
    inside = parts(pack[f"{PUBLIC}/lot-schedule.docx"])
    pictures = [data for name, data in inside.items() if name.startswith("word/media/")]
    assert all(data.startswith(b"\x89PNG") for data in pictures)
    document = ElementTree.fromstring(inside["word/document.xml"])
    told = [element.get("descr") for element in document.iter() if element.tag.endswith("}docPr")]
    assert len(told) == 6
    assert any("L2" in words and "Dell School" in words for words in told)


def test_an_illustrative_case_says_so_on_every_word_paper(pack):
    for path, data in pack.items():
        if path.endswith(".docx"):
            assert "ILLUSTRATIVE" in text_of(data), path


def test_pricing_schedules_are_protected_but_for_the_yellow_cells(pack, tender):
    book = openpyxl.load_workbook(io.BytesIO(pack[f"{PUBLIC}/pricing/pricing-L1.xlsx"]))
    assert all(sheet.protection.sheet for sheet in book)
    open_cells = {
        (sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
        if not cell.protection.locked
    }  # fmt: skip
    assert {name for name, _ in open_cells} == {"bidder", "prices", "kilos"}
    assert len([1 for name, _ in open_cells if name == "prices"]) == 2
    assert len([1 for name, _ in open_cells if name == "kilos"]) == 2 * 12
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if (sheet.title, cell.coordinate) in open_cells:
                    assert cell.value is None
    assert book["prices"]["F5"].coordinate in str(book["prices"].data_validations.dataValidation[0].sqref)


def test_hostile_names_stay_text_in_every_paper():
    hold_hostile_names(0)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(1, 70))
def test_every_hostile_name_stays_text_in_every_field(turn):
    hold_hostile_names(turn)


def hold_hostile_names(turn):
    """Each name stands in another field each turn; nothing made of it may live."""
    names = [each.encode("utf-8", "surrogatepass").decode("utf-8", "replace") for each in (*HOSTILE, *FORMULAS)]
    start = turn % len(names)
    case, settings, plan = hostile_plan((names[start:] + names[:start]) * 2)
    demand = {(cell.site, cell.product, month): D(10) for cell in plan.cells for month in cell.months}
    case = replace(case, demand=MappingProxyType(demand))
    settings = replace(settings, case=replace(settings.case, name=names[start]))
    terms = replace(read_terms(settings, plan, None, ["publish=2026-06-01"]), contact=names[start - 1],
                    reference=names[start - 2], how_to_bid=names[start - 3])  # fmt: skip
    made = dict(papers(Tender(case, settings, plan, terms, read_law())))
    for path, data in made.items():
        assert risks(data, OWN_FORMULAS) == [], path
        assert "49" not in re.findall(r"Farm (\d+) Ltd", text_of(data)), path
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(data.decode("utf-8"))):
                assert not any(re.match(r"\s*[=+@\t\r\0＝＋＠]|\s*-\D", cell) for cell in row), path
    assert plain(next(iter(case.sites.values())).name).strip() in text_of(made[f"{PUBLIC}/lots-and-quantities.xlsx"])


FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "{=1+1}", "=HYPERLINK(\"http://evil.example\")", "http://evil.example",
            "mailto:a@evil.example", "\\\\evil.example\\share", "＝1+1", " =1+1", "'=1+1", "\t=1+1")  # fmt: skip


def test_a_text_too_long_says_what_is_left_out():
    assert plain("x" * LONGEST) == "x" * LONGEST
    assert plain("x" * (LONGEST + 7)).endswith("… (7 characters more)")


def test_file_names_are_safe_and_never_meet():
    taken = set()
    assert [file_stem(name, taken) for name in ("L1", "l1", "L1", "../x", "")] == ["L1", "l1-2", "L1-3", "x", "paper"]


def test_the_record_tells_the_proof_and_what_else_was_considered(tender, pack):
    record = json.loads(pack[f"{BUYER}/record/decision-record.json"])
    assert record["plan"] == tender.fingerprint
    assert {lot["lot"]: D(lot["value_gbp"]) for lot in record["lots"]} == {
        lot.id: lot.value_gbp for lot in tender.plan.lots
    }
    assert set(record["considered"]) == {lot.id for lot in tender.plan.lots}
    assert record["audit"]["accepted"] is False  # the valley is drawn by hand: it must not be called proven
    words = text_of(pack[f"{BUYER}/record/decision-record.docx"])
    assert tender.fingerprint in words
    assert "Rejected" in words


def test_the_record_of_a_real_plan_is_audited_again_from_its_own_folder(tmp_path):
    run = CliRunner()
    plan, out = tmp_path / "plan", tmp_path / "pack"
    assert run.invoke(app, ["plan", "data/village", "--out", str(plan)]).exit_code == 0
    done = run.invoke(app, ["tender", "data/village", str(plan), "--out", str(out), "--producers",
                            "--set", "decided_by=Cabinet, 3 March"])  # fmt: skip
    assert done.exit_code == 0, done.output
    again = run.invoke(app, ["audit", str(out / "buyer-only/record/case"), str(out / "buyer-only/record/plan")])
    assert again.exit_code == 0, again.output
    record = json.loads((out / "buyer-only/record/decision-record.json").read_text(encoding="utf-8"))
    assert record["audit"]["accepted"] is True
    assert record["decided_by"] == "Cabinet, 3 March"
    assert record["run"]["inputs_sha256"]
    mead = text_of((out / "to-producers/mead.docx").read_bytes())
    assert "L01" in mead
    assert "FOR Mead Farm ALONE" in mead
    for price in ("0.50", "1.10"):
        assert price not in mead


def test_a_producers_sheet_holds_no_price_of_others_and_no_winner(tender):
    run = {**tender.plan.run, "inputs_sha256": tender.case.sha256}
    tender = replace(tender, plan=replace(tender.plan, run=run))
    for producer in ("hill", "brook", "dairy", "spare"):
        words = text_of(sheet_for_producer(tender, producer))
        assert not any(price in words for price in CANARY_PRICES)
        assert not re.search(r"beaten|wins|winner", words)


def test_the_page_of_a_lot_says_how_much_and_when(pack):
    tables = word_tables(pack[f"{PUBLIC}/lots-for-farmers.docx"])
    amounts = [table for table in tables if table[0][1] == "Most in a month"]
    assert len(amounts) == 5
    assert amounts[3][1] == ["Beef mince", "125 kg (Sep)", "1,500 kg"]
