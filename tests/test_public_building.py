"""From published files to a case: nothing of the user's own is lost, and what is assumed is marked and told."""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from published import APPROVED, ESTABLISHMENTS, GIAS, SCHOOLS, WEEKLY, csv_data, csv_file, needs_data
from typer.testing import CliRunner

from foodlots.case import Standing as Said
from foodlots.checking import check
from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.insight.grounds import grounds, say_ground, standing_of
from foodlots.insight.sensitivity import jobs_of
from foodlots.public.areas import find_area
from foodlots.public.asked import Order
from foodlots.public.assuming import COVER
from foodlots.public.builder import build, rows_of, shares_of
from foodlots.public.catalogue import catalogue, chosen
from foodlots.public.imported import Imported, Wish
from foodlots.public.merging import merge, record_of
from foodlots.public.missing import missing
from foodlots.public.schools import read_schools
from foodlots.reading import edit_table, read_case

LANCASHIRE = find_area("Lancashire")
run = CliRunner().invoke


def imported_case() -> tuple[RawCase, Imported]:
    imported = read_schools([csv_file(GIAS)], Wish(LANCASHIRE))
    return merge(RawCase("small"), imported, {}).case, imported


def with_row(rows: list[list[str]], row: int, column: str, value: str) -> list[list[str]]:
    changed = [list(one) for one in rows]
    changed[row][rows[0].index(column)] = value
    return changed


def kinds(found) -> list[tuple[str, str, str]]:
    return [(one.kind, one.key[0], one.column) for one in found.differences]


def test_the_same_file_again_changes_nothing():
    case, imported = imported_case()
    again = merge(case, imported, record_of(imported))
    assert again.differences == ()
    assert again.touched == frozenset()
    assert again.case == case


def test_a_newer_file_changes_what_the_user_left_alone_and_keeps_the_rest():
    case, old = imported_case()
    sites = case.tables["sites"]
    meals = sites.headings.index("meals_per_week")
    mine = [[*row.cells[:meals], "555", *row.cells[meals + 1 :]] for row in sites.rows[:1]] + [
        list(row.cells) for row in sites.rows[1:]]  # fmt: skip
    edited = edit_table(case, "sites", sites.headings, mine)
    newer = with_row(with_row(GIAS, 1, "NumberOfPupils", "300"), 2, "NumberOfPupils", "900")
    newer = with_row(newer, 1, "EstablishmentName", "Mill Lane Academy")
    found = merge(edited, read_schools([csv_file(newer)], Wish(LANCASHIRE)), record_of(old))
    assert kinds(found) == [
        ("changed", "school_100001", "name"),
        ("kept", "school_100001", "meals_per_week"),
        ("changed", "school_100002", "meals_per_week"),
    ]
    assert found.asks
    after = {row["site"]: row for row in rows_of(found.case, "sites")}
    assert (after["school_100001"]["meals_per_week"], after["school_100001"]["name"]) == ("555", "Mill Lane Academy")
    assert after["school_100002"]["meals_per_week"] == "1800"


def test_what_is_gone_goes_unless_it_was_edited_or_is_spoken_of():
    case, old = imported_case()
    newer = read_schools([csv_file([GIAS[0], GIAS[1]])], Wish(LANCASHIRE))
    found = merge(case, newer, record_of(old))
    assert kinds(found) == [("gone", "school_100002", "")]
    assert [row["site"] for row in rows_of(found.case, "sites")] == ["school_100001"]
    lots = edit_table(case, "lots", ("lot", "site", "product"), [("north", "school_100002", "milk")])
    held = merge(lots, newer, record_of(old))
    assert [(one.kind, one.mine) for one in held.differences] == [("kept", "still named in lots")]
    assert len(rows_of(held.case, "sites")) == 2


def test_a_row_the_user_deleted_stays_deleted():
    case, old = imported_case()
    sites = case.tables["sites"]
    without = edit_table(case, "sites", sites.headings, [row.cells for row in sites.rows[1:]])
    found = merge(without, old, record_of(old))
    assert kinds(found) == [("deleted", "school_100001", "")]
    assert len(rows_of(found.case, "sites")) == 1


def test_without_a_record_every_cell_of_the_user_stays():
    case, _ = imported_case()
    newer = read_schools([csv_file(with_row(GIAS, 1, "NumberOfPupils", "300"))], Wish(LANCASHIRE))
    found = merge(case, newer, {})
    assert kinds(found) == [("kept", "school_100001", "meals_per_week")]
    assert not found.asks


def test_shares_of_a_category_add_up_to_one_exactly():
    shares = shares_of(catalogue().values())
    for category in {entry.category for entry in catalogue().values()}:
        assert sum(shares[entry.product] for entry in catalogue().values() if entry.category == category) == 1


def built(**wishes):
    case, _ = imported_case()
    order = Order(chosen(["vegetables", "milk", "bread and flour"]), LANCASHIRE, **wishes)
    imported = build(case, order)
    return merge(case, imported, {}).case, imported


def test_a_built_case_is_valid_and_what_is_assumed_is_marked():
    raw, imported = built(growers=20, seed=3)
    checked = check(raw)
    assert checked.blocking == ()
    case, settings = checked.case, checked.settings
    assert settings.case.illustrative
    assert len(case.producers) == 20
    for producer in case.producers.values():
        assert producer.name.startswith("Assumed ")
        assert standing_of(case.provenance, "offers", producer.id, "kg_per_month").standing == "assumed"
    assert standing_of(case.provenance, "sites", "school_100001", "meals_per_week").standing == "estimated"
    assert standing_of(case.provenance, "sites", "school_100001", "name").standing == "measured"
    assert standing_of(case.provenance, "products", "leeks", "kgco2e_per_kg").standing == "estimated"
    # 2,630 meals a week × 39 weeks × £1.02, of which 25 + 22 + 9 of each £100
    assert sum(case.budgets.values()) == pytest.approx(Decimal(2630 * 39) * Decimal("1.02") * Decimal("0.56"), abs=2)
    assert "20 growers and bakers" in imported.told[1]


def test_assumed_offers_cover_a_stated_share_of_what_is_asked():
    raw, _ = built(growers=30, budget_gbp=200_000)
    case = check(raw).case
    assert sum(case.budgets.values()) == pytest.approx(200_000, abs=3)
    product = case.products["carrots"]
    asked = case.budgets["lancashire", "vegetables"] * product.budget_share / product.benchmark_gbp_per_kg / 12
    offered = sum(offer.kg_per_month for offer in case.offers if offer.product == "carrots")
    assert float(offered) == pytest.approx(COVER * float(asked), rel=0.02)


def test_the_same_seed_builds_the_same_case_and_nothing_need_be_assumed():
    assert built(seed=5)[0].tables == built(seed=5)[0].tables
    assert built(seed=5)[0].tables != built(seed=6)[0].tables
    raw, _ = built(assume=False)
    assert rows_of(raw, "producers") == []
    assert not any(setting.key == "illustrative" for setting in raw.settings)
    assert any("No grower is known" in sentence for sentence in missing(raw))


def test_a_case_without_kitchens_cannot_be_built():
    with pytest.raises(DataError, match="import schools or hospitals first"):
        build(RawCase("empty"), Order(chosen(), LANCASHIRE))


def test_the_closest_word_on_a_cell_is_heard():
    said = (
        Said("offers", "*", "measured", ""),
        Said("offers", "kg_per_month", "estimated", ""),
        Said("offers", "*", "assumed", "", "hill_*"),
        Said("offers", "kg_per_month", "measured", "", "hill_farm"),
    )
    heard = [
        standing_of(said, "offers", row, column).standing
        for row, column in (
            ("mill", "price_gbp_per_kg"),
            ("mill", "kg_per_month"),
            ("hill_1", "kg_per_month"),
            ("hill_farm", "kg_per_month"),
        )
    ]
    assert heard == ["measured", "estimated", "assumed", "measured"]
    assert standing_of(said, "sites", "x", "name") is None


def test_grounds_add_up_and_say_their_sentence(village_plan):
    case, settings, plan = village_plan
    said = (
        Said("offers", "kg_per_month", "assumed", "", next(iter(case.producers))),
        Said("budgets", "*", "measured", ""),
    )
    parts = grounds(replace(case, provenance=said), settings, plan)
    by_name = {(part.what, part.rests): part for part in parts}
    first = next(iter(case.producers))
    supply = by_name["all supply that lots win", "capacities"]
    worth = {line: line.kg * case.products[line.product].benchmark_gbp_per_kg for line in plan.supply}
    assert supply.total_gbp == sum(worth.values())
    assert supply.gbp.get("assumed", 0) == sum(gbp for line, gbp in worth.items() if line.producer == first)
    assert by_name["the budget", "budgets"].share("measured") == 1
    assert (
        say_ground(supply) == f"{supply.share('assumed'):.0%} of all supply that lots win rests on assumed capacities."
    )
    assert set(jobs_of(replace(case, provenance=said))) == {"capacities 0.8", "capacities 1.2"}


@pytest.fixture(scope="module")
def village_plan(tmp_path_factory):
    from pathlib import Path

    from foodlots.optimise import make_plan

    case, settings, _ = read_case(Path(__file__).parents[1] / "data" / "village")
    return case, settings, make_plan(case, settings)


def test_commands_from_files_to_a_checked_case(tmp_path):
    schools, makers, case = tmp_path / "gias.csv", tmp_path / "apms.csv", tmp_path / "case"
    schools.write_bytes(csv_data(GIAS))
    makers.write_bytes(csv_data(APPROVED))
    steps = (
        ["import", "schools", str(schools), "--case", str(case), "--area", "Lancashire"],
        ["import", "establishments", str(makers), "--case", str(case), "--area", "Lancashire", "--within", "60"],
        ["build", str(case), "--area", "Lancashire", "--growers", "12", "--product", "vegetables", "--product", "milk"],
        ["check", str(case)],
    )
    for step in steps:
        result = run(app, step)
        assert result.exit_code == 0, result.output
    assert "Still missing or assumed" in run(app, steps[2]).output
    schools.write_bytes(csv_data(with_row(GIAS, 1, "NumberOfPupils", "300")))
    refresh = run(app, steps[0])
    assert refresh.exit_code == 1
    assert "Nothing was changed" in refresh.output
    assert run(app, [*steps[0], "--apply"]).exit_code == 0
    assert (read_case(case)[0]).sites["school_100001"].meals_per_week == 900


@needs_data
def test_a_whole_county_is_built_from_the_extracts_alone(tmp_path):
    case = str(tmp_path / "lancashire")
    area = ["--case", case, "--area", "Lancashire"]
    steps = (
        ["import", "schools", str(SCHOOLS), *area],
        ["import", "establishments", str(ESTABLISHMENTS), *area, "--bordering", "--within", "50"],
        ["import", "prices", str(WEEKLY), "--case", case],
        ["build", case, "--area", "Lancashire"],
    )
    for step in steps:
        result = run(app, step)
        assert result.exit_code == 0, result.output
    found, settings, _ = read_case(case)
    assert len(found.sites) == 592
    assert len(found.producers) == 440 + 74
    assert settings.case.name == "Lancashire"
    assert {one.standing for one in found.provenance} == {"measured", "estimated", "assumed"}
    assert MappingProxyType(found.budgets)["lancashire", "vegetables"] > 1_000_000
