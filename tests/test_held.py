"""Awards settled beforehand: the plan keeps them, says when it cannot, and the audit holds it to them."""

import csv
import shutil
from pathlib import Path

import pytest

from foodlots.audit import audit_plan
from foodlots.errors import DataError, NoPlan
from foodlots.optimise import make_plan
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

VILLAGE = Path(__file__).parent.parent / "data" / "village"


@pytest.fixture
def by_hand(tmp_path):
    """The village with its two best lots drawn by hand."""
    case = tmp_path / "case"
    shutil.copytree(VILLAGE, case)
    cells = [("greens", product) for product in ("apples", "potatoes")] + [("milk", "milk")]
    rows = [(lot, site, product, "all") for lot, product in cells for site in ("north", "south")]
    put(case / "lots.csv", ("lot", "site", "product", "months"), rows)
    return case


def put(path: Path, headings, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])


def hold(case: Path, lot: str, bidder: str, how: str):
    put(case / "held.csv", ("lot", "bidder", "hold"), [(lot, bidder, how)])


def planned(case: Path, folder: Path):
    found, settings, _ = read_case(case)
    plan = make_plan(found, settings, run={"overrides": []})
    write_plan(plan, folder)
    return plan


@pytest.mark.parametrize(("lot", "bidder", "how", "winner"), [
    ("greens", "croft", "award", "croft"),
    ("greens", "mead", "award", "mead"),
    ("greens", "croft", "never", "mead"),
])  # fmt: skip
def test_a_held_award_is_kept_and_audited(by_hand, tmp_path, lot, bidder, how, winner):
    hold(by_hand, lot, bidder, how)
    plan = planned(by_hand, tmp_path / "plan")
    assert {line.id: line.winner for line in plan.lots}[lot] == winner
    verdict = audit_plan(by_hand, tmp_path / "plan")
    assert verdict.accepted, verdict.lines()
    assert verdict.counts["hold_awards"] == 1


def test_no_plan_says_that_the_held_award_stands_in_the_way(by_hand, tmp_path):
    hold(by_hand, "milk", "croft", "award")
    with pytest.raises(NoPlan, match="the awards held"):
        planned(by_hand, tmp_path / "plan")


@pytest.mark.parametrize(("bidder", "how"), [("croft", "never"), ("mead", "award")])
def test_the_audit_names_a_broken_hold(by_hand, tmp_path, bidder, how):
    planned(by_hand, tmp_path / "plan")
    hold(by_hand, "greens", bidder, how)
    assert audit_plan(by_hand, tmp_path / "plan").broken["hold_awards"] == 1


def test_a_hold_on_an_unknown_lot_is_a_fault_of_the_table(by_hand):
    hold(by_hand, "greans", "croft", "never")
    with pytest.raises(DataError, match="held row 2, lot: 'greans' is not in lots; did you mean 'greens'"):
        read_case(by_hand)


def test_lots_drawn_by_hand_keep_within_the_bounds_of_value(by_hand):
    found, settings, _ = read_case(by_hand, ["lots.value_gbp=[5000, 9000]"])
    with pytest.raises(NoPlan, match=r"milk \(£4,680.00\)"):
        make_plan(found, settings)
