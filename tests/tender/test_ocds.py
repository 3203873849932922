"""Open data out and in: the release package holds against the official schemas, and its lots read back as they were."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from typer.testing import CliRunner
from valley import D, valley

from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.plan_files import read_plan
from foodlots.public.downloads import Download
from foodlots.public.imported import Wish
from foodlots.public.notice import REST, read_notice
from foodlots.reading import read_case, read_tables
from foodlots.tender.ocds import _after, release_package

SHARED = Path("../shared/data/ocds")
LIMITS = {"max_lots_bid": 3, "max_lots_awarded": 2, "max_share_per_owner": D("0.25"), "vat": D("0.2"),
          "years": D(2), "extension_years": D("1.5"), "contact": "Procurement", "how_to_bid": "By the portal",
          "reference": "R-1", "quality_weight": D("0.1")}  # fmt: skip


def release(tender):
    package = json.loads(release_package(tender))
    return package["releases"][0]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the official OCDS schemas are not here")
@pytest.mark.parametrize("terms", [{}, LIMITS])
def test_the_package_holds_against_the_official_schemas(terms):
    jsonschema = pytest.importorskip("jsonschema")
    package = json.loads(release_package(valley(**terms)))
    rules = json.loads((SHARED / "schema/release-package-schema.json").read_text(encoding="utf-8"))
    rules["properties"]["releases"] = {"type": "array"}
    checker = jsonschema.FormatChecker()
    assert list(jsonschema.Draft4Validator(rules, format_checker=checker).iter_errors(package)) == []
    rules = json.loads((SHARED / "schema/release-schema.uk-patched.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(rules, format_checker=checker)
    assert list(validator.iter_errors(package["releases"][0])) == []
    broken = dict(package["releases"][0], ocid=5)
    assert list(validator.iter_errors(broken)) != []
    assert _unknown(package["releases"][0], rules, rules) == []


def _unknown(value, rule, root, where=""):
    """Fields that the schema does not know: typing errors that a lenient schema lets pass."""
    rule = root["definitions"][rule["$ref"].rsplit("/", 1)[-1]] if "$ref" in rule else rule
    if isinstance(value, dict) and rule.get("properties"):
        found = [f"{where}.{key}" for key in value if key not in rule["properties"]]
        inside = ((key, each) for key, each in value.items() if key in rule["properties"])
        return found + [
            x for key, each in inside for x in _unknown(each, rule["properties"][key], root, f"{where}.{key}")
        ]
    if isinstance(value, list) and "items" in rule:
        return [x for each in value for x in _unknown(each, rule["items"], root, where)]
    return []


def test_values_kilos_and_lots_are_those_of_the_plan():
    tender = valley()
    told = release(tender)["tender"]
    lots = {lot["id"]: lot for lot in told["lots"]}
    assert set(lots) == {"L1", "L2", "L3", "L4", "L5", "D_yard"}
    for lot in tender.plan.lots:
        assert D(str(lots[lot.id]["value"]["amount"])) == lot.value_gbp
    assert sum(D(str(lot["value"]["amount"])) for lot in told["lots"]) == D(str(told["value"]["amount"]))
    for item in told["items"]:
        lot, product = item["id"].split("-", 1)
        asked = sum(kg for key, kg in tender.asked.items() if key[:2] == (lot, product))
        assert D(str(item["quantity"])) == asked
        assert item["relatedLot"] == lot
    ids = [item["id"] for item in told["items"]]
    assert len(ids) == len(set(ids)) == 7


def test_limits_terms_and_vat_stand_where_ocds_has_them():
    told = release(valley(**LIMITS))["tender"]
    assert told["lotDetails"]["maximumLotsBidPerSupplier"] == 3
    assert told["lotDetails"]["maximumLotsAwardedPerSupplier"] == 2
    assert "to the penny" in told["lotDetails"]["awardCriteriaDetails"]
    assert told["awardCriteria"] == "ratedCriteria"
    first = told["lots"][0]["value"]
    assert (first["amount"], first["amountGross"]) == (17500.0, 21000.0)  # 5,000 × 3.5 years, 20% VAT
    assert (
        told["contractPeriod"]["startDate"] == "2026-11-01T00:00:00Z"
        or told["contractPeriod"]["startDate"][4:] == "-09-01T00:00:00Z"
    )
    assert "lotDetails" in release(valley(max_lots_awarded=None))["tender"]


def test_a_contract_ends_on_the_day_before_its_anniversary():
    from datetime import date

    assert _after(date(2027, 9, 1), D(1)) == date(2028, 8, 31)
    assert _after(date(2028, 2, 29), D(1)) == date(2029, 2, 27)
    assert _after(date(2027, 9, 1), D("1.5")) == date(2029, 2, 28)


def test_no_producer_is_in_it():
    text = release_package(valley()).decode()
    for name in ("Hill Farm", "Brook Farm", "Valley Growers", "Low Field Dairy", "Box Scheme", "growers", "tenderers"):
        assert name not in text


@pytest.fixture(scope="module")
def village(tmp_path_factory):
    folder = tmp_path_factory.mktemp("village")
    run = CliRunner()
    assert run.invoke(app, ["plan", "data/village", "--out", str(folder / "plan")]).exit_code == 0
    done = run.invoke(app, ["tender", "data/village", str(folder / "plan"), "--out", str(folder / "pack")])
    assert done.exit_code == 0, done.output
    return folder


def test_its_own_lots_read_back_as_they_were(village):
    wish = Wish(case=read_tables("data/village"))
    found = read_notice([Download.at(village / "pack/publish/release-package.json")], wish)
    drawn = {(row["lot"], row["site"], row["product"]) for row in found.tables["lots"]}
    assert drawn == {(cell.lot, cell.site, cell.product) for cell in read_plan(village / "plan").cells}
    assert found.notes == ()


def test_the_imported_lots_plan_to_the_same_plan(village, tmp_path):
    run = CliRunner()
    case = tmp_path / "case"
    case.mkdir()
    for file in Path("data/village").glob("*.*"):
        if file.suffix in (".csv", ".toml"):
            (case / file.name).write_bytes(file.read_bytes())
    notice = village / "pack/publish/release-package.json"
    done = run.invoke(app, ["import", "notice", str(notice), "--case", str(case)])
    assert done.exit_code == 0, done.output
    again = run.invoke(app, ["plan", str(case), "--out", str(tmp_path / "again")])
    assert again.exit_code == 0, again.output
    assert read_plan(tmp_path / "again").summary.objective_gbp == read_plan(village / "plan").summary.objective_gbp


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published notices are not here")
@pytest.mark.parametrize("file", sorted((SHARED / "examples").glob("*.json")), ids=lambda path: path.name[:8])
def test_published_notices_become_lots_that_cover_all_demand_once(file):
    raw = read_tables("data/preston")
    case, _, _ = read_case("data/preston")
    found = read_notice([Download.at(file)], Wish(case=raw))
    pieces = [(row["site"], row["product"]) for row in found.tables["lots"]]
    assert len(pieces) == len(set(pieces)) == len(case.sites) * len(case.products)
    assert all(found.told)


def test_lots_are_matched_by_cpv_then_by_the_name_of_a_place(village):
    lots = [
        {"id": "1", "title": "Roots to North School", "value": {"amount": 5000, "currency": "GBP"}},
        {"id": "2", "title": "Roots to South School"},
        {"id": "3", "title": "All food"},
        {"id": "4", "title": "Books"},
    ]
    code = {"1": "03212100", "2": "03212100", "3": "15000000", "4": "22100000"}
    items = [{"id": n, "relatedLot": n, "classification": {"scheme": "CPV", "id": code[n]}} for n in code]
    notice = {"ocid": "x", "tender": {"title": "Food", "lots": lots, "items": items}}
    wish = Wish(case=read_tables("data/village"))
    found = read_notice([Download.of("n.json", json.dumps(notice).encode())], wish)
    drawn = {(row["product"], row["site"]): row["lot"] for row in found.tables["lots"]}
    assert drawn == {
        ("potatoes", "north"): "1", ("potatoes", "south"): "2", ("milk", "north"): "3", ("milk", "south"): "3",
        ("apples", "north"): REST, ("apples", "south"): REST,
    }  # fmt: skip
    notes = " ".join(map(str, found.notes))
    assert "Books" in notes
    assert "rest" in notes
    assert any("£5,000.00" in told for told in found.told)


WRONG = {
    "not json": b"<html>",
    "no release": b"{}",
    "a list": b"[1]",
    "no code": json.dumps({"tender": {"lots": [{"id": "1"}], "items": [{"id": "1"}]}}).encode(),
    "odd types": json.dumps({"tender": {"lots": {"id": 1}, "items": "x", "value": 5}}).encode(),
    "deep": b"[" * 100_000,
    "empty": b"",
}


@pytest.mark.parametrize("what", WRONG)
def test_files_that_are_no_notices_are_refused_in_a_sentence(what):
    with pytest.raises(DataError) as trouble:
        read_notice([Download.of("n.json", WRONG[what])], Wish(case=read_tables("data/village")))
    assert len(trouble.value.faults) == 1


def test_a_case_without_kitchens_is_said_to_need_them():
    with pytest.raises(DataError, match="needs kitchens"):
        read_notice([Download.of("n.json", release_package(valley()))], Wish())


def test_two_lots_of_one_id_are_told_apart():
    tender = valley()
    text = json.loads(release_package(replace(tender)))
    for lot in text["releases"][0]["tender"]["lots"]:
        lot["id"] = "A/B" if lot["id"] == "L1" else "A B" if lot["id"] == "L2" else lot["id"]
    for item in text["releases"][0]["tender"]["items"]:
        item["relatedLot"] = {"L1": "A/B", "L2": "A B"}.get(item["relatedLot"], item["relatedLot"])
        item["classification"] = {"scheme": "CPV", "id": "03212100"}
    found = read_notice([Download.of("n.json", json.dumps(text).encode())], Wish(case=read_tables("data/village")))
    assert all(row["lot"] for row in found.tables["lots"])
