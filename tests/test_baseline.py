"""The baseline: rings, contract ends, the multiplier and the account, against figures worked out by hand."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from small_case import files

from foodlots.case import Spend
from foodlots.cli import FAULTS, main
from foodlots.errors import DataError
from foodlots.insight.baseline import Assumed, baseline
from foodlots.insight.multiplier import YOUR_OWN, Respending, rounds_of, shift
from foodlots.insight.paid_planned import by_ring, paid_under
from foodlots.insight.paid_today import LEAKING, LOCAL, REGIONAL, UNKNOWN, endings, paid_today, rings_by
from foodlots.optimise import make_plan
from foodlots.reading import read_case

D = Decimal


def line(supplier, gbp, category="fruit and vegetables", end="", postcode="", **more) -> Spend:
    return Spend("parish", supplier, postcode, category, D(gbp), end, **more)


@pytest.fixture(scope="module")
def village():
    return read_case(VILLAGE)[:2]


@pytest.fixture(scope="module")
def planned(village):
    return make_plan(*village)


def spent(village, *lines):
    case, settings = village
    return replace(case, spend=lines), settings


def test_each_supplier_is_local_regional_leaking_or_not_known(village):
    """The schools stand near Longridge: PR3 is next door, M1 (Manchester) some 60 road km off, E1 is London."""
    case, settings = spent(
        village, line("Next door", 4, postcode="PR3 2"), line("City", 3, postcode="M1 1"),
        line("Far", 2, postcode="E1 1"), line("Nowhere", 1, postcode="ZZ1"),
        line("Branch", 5, postcode="PR3 2", local=False), line(" croft farm ", 6),
    )  # fmt: skip
    rings = {each.supplier: each.ring for each in paid_today(case, settings)}
    assert rings == {
        "Next door": LOCAL, "City": REGIONAL, "Far": LEAKING, "Nowhere": UNKNOWN, "Branch": REGIONAL,
        " croft farm ": LOCAL,
    }  # fmt: skip
    (croft,) = [each for each in paid_today(case, settings) if "croft" in each.supplier]
    assert croft.small is True


def test_the_region_ends_where_the_buyer_says(village):
    case, settings = spent(village, line("City", 3, postcode="M1 1"))
    (city,) = paid_today(case, settings)
    assert [paid_today(case, settings, D(str(km)))[0].ring for km in (city.km, city.km - 0.1)] == [REGIONAL, LEAKING]


def test_listed_areas_decide_where_an_area_is_given():
    texts = files(
        settings='[case]\nlocal_areas = ["E07000123"]\n',
        spend="buyer,supplier,postcode,category,spend_gbp,contract_end,area_code\n"
        "town,In,E1 1,vegetables,1,,E07000123\ntown,Out,PR1 1,vegetables,1,,E07000124\ntown,Near,PR1 1,dairy,1,,\n",
    )
    case, settings, _ = read_case(texts)
    rings = {each.supplier: each.ring for each in paid_today(case, settings)}
    assert (rings["In"], rings["Out"], rings["Near"]) == (LOCAL, REGIONAL, LOCAL)


def test_what_ends_when_and_what_share_can_be_reached(village):
    """£100: 20 local. 30 (10 of it local) end in March, 50 in August, 20 never: 20 + 20 = 40%, then 90%."""
    case, settings = spent(
        village, line("A", 10, end="2027-03", local=True), line("B", 20, end="2027-03", local=False),
        line("C", 50, end="2027-08", local=False), line("D", 10, local=True), line("E", 10, local=False),
    )  # fmt: skip
    march, august, never = endings(paid_today(case, settings))
    assert (march.month, march.gbp, march.not_local_gbp, march.reachable) == ("2027-03", D(30), D(20), 0.4)
    assert (august.by_then_gbp, august.reachable) == (D(80), 0.9)
    assert (never.month, never.gbp, never.reachable) == ("", D(20), 0.9)


def test_the_multiplier_by_hand():
    """£1,000, £400 local: R2 = 304 + 216 = 520, R3 = 187.20, LM3 = 1.7072. All local: 760 + 273.60."""
    rounds = rounds_of(D(1000), D(400), Respending())
    assert (rounds.second, rounds.third, rounds.lm3) == (D(520), D("187.2"), pytest.approx(1.7072))
    move = shift(D(1000), D(400), D(1), Respending())
    assert (move.moved_gbp, move.brings_gbp) == (D(600), D("326.4"))
    assert rounds_of(D(0), D(0), Respending()).lm3 == 0


def test_an_assumption_that_was_changed_is_called_your_own():
    assert [source == YOUR_OWN for _, _, source in Respending(D("0.5")).sources()] == [True, False, False]


def test_under_the_plan_every_pound_of_spend_is_somewhere(village, planned):
    """The village: £8,567.80 to two local farms; July's apples (£256) as today's fruit: a quarter of it local."""
    case, settings = spent(village, line("A", 10, local=True), line("B", 30, local=False, postcode="E1 1"))
    today = paid_today(case, settings)
    rings = by_ring(paid_under(case, settings, planned, today, D(80)))
    assert rings[LOCAL] == planned.summary.local_spend_gbp + D(64) == D("8631.80")
    assert rings[LEAKING] == D(192)
    assert sum(rings.values()) == planned.summary.spend_gbp


def test_the_account_before_and_after(village, planned):
    case, settings = spent(village, line("A", 6240, local=True, small=True), line("B", 4680, "dairy", local=False))
    assumed = Assumed(nt18=D("0.5"), nt19=D(2))
    answer = baseline(case, settings, planned, assumed)
    figures = {figure.title: figure for figure in answer.figures}
    assert figures["Share paid to local suppliers"].today == pytest.approx(6240 / 10920)
    assert figures["TOMs NT18: local supply chain"].today == 3120
    assert figures["TOMs NT19: local small suppliers"].today == 12480
    assert figures["Cost of a meal, pence"].today == pytest.approx(56.0)
    assert figures["Cost of a meal, pence"].planned == pytest.approx(45.25, abs=0.005)
    assert figures["Delivery, km"].planned == pytest.approx(2184)
    assert answer.missing == ()


def test_km_today_are_rounds_shared_by_spend(village):
    """One supplier at South School's door: milk twice a week is 78 rounds of 8 km; half the spend is half of them."""
    case, settings = spent(village, line("A", 50, "dairy", postcode="PR3 2"), line("B", 50, "dairy"))
    (near,) = [each for each in paid_today(case, settings) if each.km is not None]
    figures = {figure.title: figure for figure in baseline(case, settings).figures}
    assert figures["Delivery, km"].today == pytest.approx(39 * (2 * near.km + 8), rel=1e-6)
    assert baseline(case, settings).missing == ("fruit and vegetables",)


def test_without_proxies_there_is_no_toms_line(village):
    case, settings = spent(village, line("A", 1))
    assert not [figure for figure in baseline(case, settings).figures if "TOMs" in figure.title]


def test_without_a_spend_table_the_mend_is_named(village):
    with pytest.raises(DataError, match=r"no table of today's contracts; add spend\.csv"):
        baseline(*village)


def test_categories_and_suppliers_add_up(village):
    case, settings = spent(village, line("A", 3), line("A", 4, "dairy"), line("B", 5))
    paid = paid_today(case, settings)
    assert {name: sum(rings.values()) for name, rings in rings_by(paid, lambda each: each.supplier).items()} == {
        "A": D(7), "B": D(5),
    }  # fmt: skip


def test_the_command_speaks_and_gives_json(capsys):
    preston = VILLAGE.parent / "preston"
    with pytest.raises(SystemExit) as end:
        main(["baseline", str(preston), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert not end.value.code
    assert answer["total_gbp"] == 1600000
    assert answer["suppliers"]["Town bakery (illustrative)"]["local"] == 30000
    with pytest.raises(SystemExit) as end:
        main(["baseline", str(VILLAGE)])
    assert end.value.code == FAULTS
    assert capsys.readouterr().err.startswith("spend: the case has no table")
