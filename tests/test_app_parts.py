"""What stands beneath the pages: edits of a case as text, comparisons, what-ifs, fits; no screen needed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.checking import check
from foodlots.compare import GONE, KEPT, NEW, OTHER_WINNER, lots_gained_and_lost, only_difference, winners_beside
from foodlots.errors import Fault
from foodlots.insight.asked import what_is_asked
from foodlots.insight.could_win import could_win
from foodlots.insight.instead import Table
from foodlots.insight.lot_months import lot_months, lot_products
from foodlots.insight.presets import PRESETS
from foodlots.insight.today import spend_today
from foodlots.insight.what_if import shares_with, with_share, with_uptake
from foodlots.insight.whereabouts import LEAST, ground, spots
from foodlots.reading import read_case, read_tables
from foodlots.settings import plainly
from foodlots.settings_table import SETTINGS
from foodlots.ui.editing import (
    cell_of,
    headings_of,
    mend,
    retyped,
    rows_of,
    setting_of,
    with_amounts_of,
    with_rows,
    with_settings,
)
from foodlots.ui.parts.lever_words import GROUPS, TITLES

VILLAGE = Path(__file__).parents[1] / "data" / "village"


def test_a_cell_at_fault_is_mended():
    raw = read_tables(VILLAGE)
    headings = headings_of(raw, "sites")
    place = headings.index("meals_per_week")
    broken = with_rows(raw, "sites", headings, [(*cells[:place], "ten", *cells[place + 1 :])
                                                for _, cells in rows_of(raw, "sites")])  # fmt: skip
    fault = next(fault for fault in check(broken).blocking if fault.column == "meals_per_week")
    assert cell_of(broken, fault) == "ten"
    mended = mend(broken, fault, "250")
    assert fault not in check(mended).faults
    assert rows_of(mended, "sites")[fault.row - 2][1][place] == "250"


def test_columns_that_stay_empty_are_not_added():
    raw = read_tables(VILLAGE)
    headings = headings_of(raw, "sites")
    assert set(headings) > set(raw.tables["sites"].headings)
    again = with_rows(raw, "sites", headings, [cells for _, cells in rows_of(raw, "sites")])
    assert again.tables["sites"].headings == raw.tables["sites"].headings


def test_a_table_without_rows_is_taken_out():
    raw = read_tables(VILLAGE)
    assert "distances" not in with_rows(raw, "distances", headings_of(raw, "distances"), []).tables


def test_settings_change_and_go_back_to_the_default():
    raw = read_tables(VILLAGE)
    changed = with_settings(raw, {("awards", "max_km"): "30", ("costs", "per_km"): ""})
    assert setting_of(changed, "awards", "max_km") == "30"
    assert setting_of(changed, "costs", "per_km") == ""
    assert check(changed).settings.awards.max_km == 30
    fault = Fault("settings", 0, "awards.max_km", "30", "", "")
    assert check(mend(changed, fault, "45")).settings.awards.max_km == 45


def test_every_setting_has_a_lever_with_a_title():
    shown = [label for group in GROUPS for label in group.labels]
    assert len(shown) == len(set(shown))
    assert set(shown) == set(TITLES)
    assert {setting.label for setting in SETTINGS} - set(shown) == {"case.name", "case.illustrative"}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_can_be_read(preset):
    assert not check(with_settings(read_tables(VILLAGE), preset.settings)).blocking


def test_more_meals_ask_for_more_food():
    case, settings, _ = read_case(VILLAGE)
    before, after = what_is_asked(case, settings), what_is_asked(with_uptake(case, Decimal("1.1")), settings)
    assert after.total_kg == pytest.approx(before.total_kg * 1.1)
    assert after.pence_per_meal == pytest.approx(before.pence_per_meal)
    assert before.total_gbp == pytest.approx(sum(before.sites.values()))
    assert before.total_gbp == pytest.approx(float(sum(case.budgets.values())))


def test_another_share_leaves_the_shares_adding_up():
    case = read_case(VILLAGE.parent / "preston")[0]
    shares = shares_with(case, "carrots", Decimal("0.3"))
    assert sum(shares.values()) == 1
    assert shares["carrots"] == Decimal("0.3")
    assert all(share >= 0 for share in shares.values())


def test_a_what_if_is_taken_over_into_the_tables():
    raw = read_tables(VILLAGE.parent / "preston")
    before = check(raw).case
    after = with_share(with_uptake(before, Decimal("0.9")), "carrots", Decimal("0.2"))
    taken = check(with_amounts_of(raw, before, after))
    assert not taken.blocking
    assert replace(taken.case, sha256="") == replace(after, sha256="")


def test_the_lots_of_a_plan_are_told_from_those_of_another():
    plan = sample_plan()
    same = lots_gained_and_lost(plan, plan)
    assert {change.what for change in same} == {KEPT}
    won = replace(plan, lots=(replace(plan.lots[0], winner="hill"), *plan.lots[1:]))
    assert [change.after.id for change in lots_gained_and_lost(plan, won) if change.what == OTHER_WINNER] == ["L1"]
    fewer = replace(plan, lots=plan.lots[:-1], cells=tuple(cell for cell in plan.cells if cell.lot != "L5"))
    assert [change.before.id for change in lots_gained_and_lost(plan, fewer) if change.what == GONE] == ["L5"]
    assert [change.after.id for change in lots_gained_and_lost(fewer, plan) if change.what == NEW] == ["L5"]


def test_winners_are_held_against_each_other():
    plan = sample_plan()
    without = replace(plan, awards=tuple(award for award in plan.awards if award.bidder != "hill"))
    assert winners_beside(plan, without)[0] == ("hill", Decimal(1200), Decimal(0))


def test_the_one_setting_that_differs_is_found():
    settings = plainly(sample_settings())
    other = {**settings, "aims": {**settings["aims"], "km_gbp": "1"}}
    assert only_difference(settings, other) == "aims.km_gbp"
    assert only_difference(settings, {**other, "effort": {}}) == "aims.km_gbp"
    assert only_difference(settings, settings) is None
    assert only_difference(settings, {**other, "floors": {**settings["floors"], "local": "1"}}) is None


def test_winners_are_among_those_who_could_win():
    table = Table(sample_case(), sample_settings(), sample_plan())
    assert {each.bidder for each in could_win(table, "L3")} >= {"box", "dairy"}


def test_months_and_products_of_a_lot_add_up():
    case, plan = sample_case(), sample_plan()
    lot = plan.lots[3]
    months = lot_months(case, plan, lot, 9)
    assert [each.month for each in months][:2] == [9, 10]
    assert sum(each.short_gbp for each in months) == 9000
    assert lot_products(case, plan, lot)[0].asked_kg == 1500


def test_no_spend_table_means_nothing_is_said_of_today():
    assert spend_today(sample_case(), sample_plan()) is None


def test_what_is_typed_in_a_grid_becomes_the_table():
    raw = read_tables(VILLAGE)
    rows = [cells for _, cells in rows_of(raw, "budgets")]
    edits = {
        "edited_rows": {0: {"budget_gbp": "4321"}, 1: {"category": None}},
        "deleted_rows": [],
        "added_rows": [{"buyer": "parish", "budget_gbp": "5", "row": None}],
    }
    headings, typed = retyped(raw, "budgets", edits)
    assert headings == ("buyer", "category", "budget_gbp")
    assert typed == [("parish", rows[0][1], "4321"), ("parish", "", rows[1][2]), ("parish", "", "5")]


def test_rows_taken_out_of_a_grid_are_gone_and_nothing_typed_changes_nothing():
    raw = read_tables(VILLAGE)
    rows = [cells for _, cells in rows_of(raw, "budgets")]
    nothing = {"edited_rows": {}, "deleted_rows": [], "added_rows": []}
    assert retyped(raw, "budgets", nothing)[1] == rows
    assert retyped(raw, "budgets", nothing | {"deleted_rows": [0]})[1] == rows[1:]


def test_the_ground_has_room_where_all_places_stand_in_a_line():
    kitchens = [spot for spot in spots(read_case(VILLAGE)[0]) if spot.what == "Kitchen"]
    assert len({spot.place.lon for spot in kitchens}) == 1
    (south, west, north, east), _ = ground(kitchens)
    assert east - west == pytest.approx(LEAST)
    assert north - south == pytest.approx(LEAST)
