"""A plan told in words: what is said is what the summary holds, and nothing is said that is not proven."""

from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.shortage import Short
from foodlots.story import against_budget, lot_rows, pounds, proof, shortage_rows, tell, winners_of

D = Decimal


def with_figures(**figures):
    plan = sample_plan()
    return replace(plan, summary=replace(plan.summary, **figures))


def test_the_village_told():
    case, settings, _ = read_case(VILLAGE)
    told = list(tell(case, settings, make_plan(case, settings)))
    assert told[0].startswith("ILLUSTRATIVE")
    assert told[1] == "The village: 2 lots, 2 of them awarded to 2 winners."
    assert "£8,824: £2,096 less than the £10,920 the open market would charge" in told[2]
    assert "Local producers are paid £8,568, 97.1% of spend." in told
    assert "45.3 pence a meal, 2,184 km of delivery, 15 t CO₂e (food and delivery)." in told
    assert "£256 of food stays on the open market." in told
    assert told[-2].startswith("Proven: ")
    assert told[-1].startswith("Exact fractions prove, whatever the solver says, that no such choice costs less than £")


def test_a_case_that_is_not_illustrative_does_not_say_so():
    settings = sample_settings()
    settings = replace(settings, case=replace(settings.case, illustrative=False))
    assert not any("ILLUSTRATIVE" in line for line in tell(sample_case(), settings, sample_plan()))


def test_one_lot_is_not_told_as_several():
    told = " ".join(tell(sample_case(), sample_settings(), with_figures(lots=1, awarded_lots=1, winners=1)))
    assert "1 lots" not in told
    assert "1 winners" not in told


@pytest.mark.parametrize(
    ("spend", "said"),
    [
        ("8823.80", "£2,096 less than the £10,920 the open market would charge"),
        ("10920", "£0 less than the £10,920 the open market would charge"),
        ("11000", "£80 more than the £10,920 the open market would charge"),
    ],
)
def test_spend_against_the_budget(spend, said):
    assert against_budget(with_figures(spend_gbp=D(spend), budget_gbp=D(10920))) == said


def test_what_is_not_proven_is_never_called_so():
    said = proof(with_figures(status="feasible", objective_gbp=D(1050), bound_gbp=D(1000), gap_share_of_spend=0.05))
    assert "5.00% of spend" in said
    assert "at most £50 could still be saved" in said
    assert not any(word in said.lower() for word in ("optimal", "proven:", "no choice"))


def test_what_is_proven_says_within_how_much():
    said = proof(
        with_figures(status="optimal", objective_gbp=D("1000.25"), bound_gbp=D(1000), gap_share_of_spend=0.00025)
    )
    assert said.startswith("Proven: ")
    assert "£0.25 (0.0250% of spend)" in said


def test_a_bound_above_the_cost_is_not_told_as_a_debt():
    assert "£0.00" in proof(with_figures(status="optimal", objective_gbp=D("999.99"), bound_gbp=D(1000)))


def test_winners_are_named_with_their_depot():
    case, plan = sample_case(), sample_plan()
    said = {lot.id: winners_of(case, plan, lot) for lot in plan.lots}
    assert said["L2"] == "Brook Farm via Station Yard"
    assert said["L3"] == "The Box Scheme, Low Field Dairy"
    assert said["L4"] == "open market"


def test_the_table_of_lots_has_a_row_for_each():
    plan = sample_plan()
    headings, rows, numbers = lot_rows(sample_case(), sample_settings(), plan)
    assert [row[0] for row in rows] == [lot.id for lot in plan.lots]
    assert all(len(row) == len(headings) for row in rows)
    assert [headings[number] for number in numbers] == ["Value", "Able bidders", "Filled"]
    assert rows[0][2:] == ["£5,000", "2", "Valley Growers", "90%"]


@pytest.mark.parametrize("most", [1, 2, 3, 12])
def test_small_shortages_are_added_up_in_the_last_row(most):
    shorts = [Short(product, "why", (11, 12, 1), D(kg), D(gbp)) for product, kg, gbp in (
        ("leek", 3000, 900), ("milk", 2000, 80), ("potato", 1500, 7))]  # fmt: skip
    headings, rows, _ = shortage_rows(sample_case(), sample_settings(), shorts, most)
    assert len(rows) == min(len(shorts), most + 1)
    assert all(len(row) == len(headings) for row in rows)
    assert sum(int(row[1].strip("£")) for row in rows) == 987
    assert rows[0] == ["Leeks", "£900", "3.0", "November to January", "why"]
    assert rows[-1][0] == (f"{len(shorts) - most} more" if most < len(shorts) else "Potatoes")


def test_pounds():
    assert [pounds(D("1234567.5"), 2), pounds(D("1499.5")), pounds(D(0))] == ["£1,234,567.50", "£1,500", "£0"]
