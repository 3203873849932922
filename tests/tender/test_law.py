"""The law checks, each on both sides of its edge: value, date, kind of buyer, country, limits."""

import json
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from sample_plan import sample_settings
from typer.testing import CliRunner
from valley import D, found, valley

from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.tender.law.checks import LAW, as_rows, check_law
from foodlots.tender.law.conduct import mechanism
from foodlots.tender.law.finding import BROKEN, IN_ORDER, NOT_COVERED, TO_DO
from foodlots.tender.law.table import RULES, SHIPPED, read_law
from foodlots.tender.terms import read_terms, write_terms


def statuses(tender, check):
    return [finding.status for finding in found(tender, check)]


def words(tender, check):
    return " ".join(finding.words for finding in found(tender, check))


@pytest.mark.parametrize(
    ("kind", "day", "edge"),
    [
        ("council", date(2025, 12, 31), "214904"),
        ("council", date(2026, 1, 1), "207720"),
        ("academy_trust", date(2026, 1, 1), "207720"),
        ("university", date(2027, 12, 31), "207720"),
        ("nhs_trust", date(2025, 12, 31), "139688"),
        ("nhs_trust", date(2026, 1, 1), "135018"),
    ],
)
def test_a_contract_is_public_from_the_threshold_on_by_kind_and_day(kind, day, edge):
    at = words(valley(kind, worth=edge, publish=day), "regime_of_each_buyer")
    below = words(valley(kind, worth=D(edge) - D("0.01"), publish=day), "regime_of_each_buyer")
    assert "public contract" in at
    assert "notifiable" not in at
    assert "notifiable below-threshold contract" in below


@pytest.mark.parametrize(("kind", "edge"), [("council", "30000"), ("nhs_trust", "12000")])
def test_a_smaller_contract_is_notifiable_from_its_own_edge_on(kind, edge):
    assert statuses(valley(kind, worth=edge), "regime_of_each_buyer") == [TO_DO]
    assert statuses(valley(kind, worth=D(edge) - D("0.01")), "regime_of_each_buyer") == [IN_ORDER]


def test_what_decides_says_how_well_it_is_known():
    """The thresholds are read from the law, the notifiable ones recalled: findings that turn on them say so."""
    (public,), (notifiable,), (small,) = (
        found(valley(worth=worth), "regime_of_each_buyer") for worth in ("207720", "207719.99", "29999.99")
    )
    assert (public.standing, public.caution) == ("H", "")
    assert notifiable.standing == small.standing == "L"
    assert "written from memory" in notifiable.with_caution
    checked = check_law(valley(worth="207719.99"))
    assert all(("written from memory" in each.with_caution) == (each.standing == "L") for each in checked.findings)
    assert {row["caution"] for row in as_rows(checked)} == {each.caution for each in checked.findings}


@pytest.mark.parametrize(
    ("inside", "outside"),
    [(date(2025, 2, 24), date(2025, 2, 23)), (date(2027, 12, 31), date(2028, 1, 1))],
)
def test_a_day_outside_the_table_is_not_covered_and_nothing_is_said_of_the_regime(inside, outside):
    assert statuses(valley(publish=inside), "day_within_the_table") == [IN_ORDER]
    assert statuses(valley(publish=outside), "day_within_the_table") == [NOT_COVERED]
    assert found(valley(publish=outside), "regime_of_each_buyer") == []


def test_vat_extensions_and_uplift_each_carry_a_tender_over_the_edge():
    assert "public contract" not in words(valley(worth="173100", vat=D("0.19")), "regime_of_each_buyer")
    assert "public contract" in words(valley(worth="173100", vat=D("0.2")), "regime_of_each_buyer")
    half = D("103860")
    assert "public contract" not in words(valley(worth=half, years=D(1)), "regime_of_each_buyer")
    assert "public contract" in words(valley(worth=half, extension_years=D(1)), "regime_of_each_buyer")
    assert "public contract" in words(valley(worth=half, uplift=D(1)), "regime_of_each_buyer")


def test_vat_is_said_to_matter_only_where_it_decides():
    assert statuses(valley(worth="173099.99"), "vat_changes_nothing") == [IN_ORDER]
    assert statuses(valley(worth="173100"), "vat_changes_nothing") == [TO_DO]
    assert statuses(valley(worth="207720"), "vat_changes_nothing") == [IN_ORDER]


def test_cutting_into_lots_does_not_bring_them_below_the_threshold():
    over, under = valley(worth="207720"), valley(worth="207719.99")
    assert "cutting does not bring any of them below the threshold" in words(over, "value_together")
    assert "even together they are below it" in words(under, "value_together")


def test_the_value_of_the_lots_is_that_of_the_longest_term():
    tender = valley(worth="23200", years=D(2), extension_years=D("1.5"), vat=D("0.2"), uplift=D("0.1"))
    assert tender.contract_gbp(D("1000")) == D("4620.00")
    assert "£4,620 to £41,580" not in words(tender, "value_each_lot")
    assert "£5,544 to £41,580" in words(tender, "value_each_lot")


def test_the_rounds_of_a_depot_count_with_the_lots():
    tender = valley()
    assert [each.depot for each in tender.rounds] == ["yard"]
    assert tender.annual_gbp == D("23200") + D("1077.43") + D("500") + D("12")


@pytest.mark.parametrize(("worth", "said"), [
    ("9999.99", "one quotation from a local supplier"),
    ("10000", "at least two local suppliers"),
    ("24999.99", "at least two local suppliers"),
    ("25000", "above every quotation rule"),
    ("207720", "Does not apply"),
])  # fmt: skip
def test_quotation_rules_of_the_house(worth, said):
    assert said in words(valley(worth=worth), "quotations_of_the_house")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, TO_DO),
        ({"publish": date(2026, 2, 4)}, TO_DO),
        ({"publish": date(2026, 2, 3)}, BROKEN),
        ({"kind": "nhs_trust", "worth": "1000"}, BROKEN),
        ({"kind": "academy_trust"}, BROKEN),
        ({"area": "W06000015"}, BROKEN),
        ({"area": "S12000035"}, BROKEN),
        ({"worth": "207720"}, BROKEN),
        ({"worth": "207719.99"}, TO_DO),
    ],
)
def test_only_an_english_council_below_the_threshold_may_reserve(changed, status):
    tender = valley(**{"worth": "100000", "reserved": "local"} | changed)
    assert statuses(tender, "reservation") == [status]
    if status == TO_DO:
        assert "not by miles" in words(tender, "reservation")


def test_without_a_reservation_nothing_is_broken_but_the_reason_is_given():
    assert "It could be" in words(valley(worth="100000"), "reservation")
    assert "could not be: all lots together" in words(valley(worth="300000"), "reservation")


def test_each_country_is_covered_or_said_not_to_be():
    assert statuses(valley(area="E10000017"), "country_of_each_buyer") == [IN_ORDER]
    assert statuses(valley(area=""), "country_of_each_buyer") == [TO_DO]
    for area, name in (("W06000015", "Wales"), ("S12000035", "Scotland"), ("N09000003", "Northern Ireland")):
        assert statuses(valley(area=area), "country_of_each_buyer") == [NOT_COVERED]
        assert name in words(valley(area=area), "country_of_each_buyer")


def test_catering_services_and_schools_are_said_not_to_be_covered():
    assert found(valley(), "not_covered") == []
    assert statuses(valley("academy_trust"), "not_covered") == [NOT_COVERED]
    assert "central authorities" in words(valley("nhs_trust"), "not_covered")
    tender = valley()
    lots = (replace(tender.plan.lots[0], cpv="55524000"), *tender.plan.lots[1:])
    catering = replace(tender, plan=replace(tender.plan, lots=lots))
    assert found(catering, "not_covered")[0].about == "L1"


def test_one_lot_asks_for_reasons_and_several_have_theirs_drafted():
    several = valley()
    assert statuses(several, "lots_considered") == [IN_ORDER]
    assert "5 lots of £1,200 to £9,000 a year" in found(several, "lots_considered")[0].drafted
    one = replace(several, plan=replace(several.plan, lots=several.plan.lots[:1]))
    assert statuses(one, "lots_considered") == [TO_DO]


def test_a_limit_on_awards_comes_with_its_mechanism_and_tie_rule():
    assert statuses(valley(max_lots_awarded=None), "limit_on_awards") == [IN_ORDER]
    limited = found(valley(max_lots_awarded=2), "limit_on_awards")[0]
    assert limited.status == TO_DO
    assert "more than 2 lots" in limited.drafted
    assert "to the penny" in limited.drafted
    assert "credited" not in mechanism(valley())
    assert "30%" in mechanism(valley(quality_weight=D("0.3")))


def test_a_limit_on_bids_below_that_on_awards_is_a_contradiction():
    assert statuses(valley(max_lots_bid=None), "limit_on_bids") == [IN_ORDER]
    assert statuses(valley(max_lots_bid=2, max_lots_awarded=2), "limit_on_bids") == [TO_DO]
    assert statuses(valley(max_lots_bid=1, max_lots_awarded=2), "limit_on_bids") == [BROKEN]


def test_certificates_are_asked_for_or_equivalent():
    tender = valley()
    assert statuses(tender, "conditions") == [IN_ORDER]
    milk = replace(tender.case.products["milk"], accreditations=frozenset({"red_tractor"}))
    asking = replace(tender, case=replace(tender.case, products=dict(tender.case.products) | {"milk": milk}))
    assert "red tractor or equivalent" in found(asking, "conditions")[0].drafted
    assert "1 lot; 0 of 6 producers hold it" in words(asking, "conditions")


def test_engagement_is_noted_where_offers_were_gathered():
    assert "set engaged = true" in words(valley(), "engagement")
    assert "publish the engagement notice" in words(valley(engaged=True), "engagement")
    silent = valley()
    assert statuses(replace(silent, case=replace(silent.case, offers=())), "engagement") == [IN_ORDER]


def test_lots_are_held_against_the_number_of_able_owners():
    tender = valley()  # able: box, brook, dairy, growers, hill: five owners, five lots
    assert statuses(tender, "fewer_lots_than_bidders") == [TO_DO]
    kept = {"L1", "L2", "L3"}
    cells = tuple(cell for cell in tender.plan.cells if cell.lot in kept)
    fewer = replace(tender, plan=replace(tender.plan, lots=tender.plan.lots[:3], cells=cells))
    assert "3 lots, 5 independent able bidders" in words(fewer, "fewer_lots_than_bidders")
    assert statuses(fewer, "fewer_lots_than_bidders") == [IN_ORDER]
    group = {key: replace(each, owner_group="one") for key, each in fewer.case.producers.items()}
    assert "1 independent able bidder" in words(replace(fewer, case=replace(fewer.case, producers=group)),
                                                "fewer_lots_than_bidders")  # fmt: skip


def test_lots_with_one_able_bidder_or_none_are_named():
    assert [(each.about, each.status) for each in found(valley(), "competition_in_each_lot")] == [
        ("L5", TO_DO), ("L4", TO_DO)]  # fmt: skip


def test_every_finding_has_its_rule_with_source_and_standing():
    rows = as_rows(check_law(valley("academy_trust", area="")))
    assert all(row["source"] and row["law"] and row["standing"] in "HML" and row["finding"] for row in rows)
    law = read_law()
    assert set(law.rules) == set(RULES)
    assert law.advice.startswith("Not legal advice")
    assert len(LAW) == len({check.__name__ for check in LAW})


def test_the_table_is_the_users_to_change(tmp_path):
    text = SHIPPED.read_text(encoding="utf-8").replace("gbp = 207720", "gbp = 1000")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    tender = replace(valley(worth="1000"), law=read_law(tmp_path / "mine.toml"))
    assert "public contract" in words(tender, "regime_of_each_buyer")
    changed = (("gbp = 1000", 'gbp = "much"'), ('standing = "H"', 'standing = "X"'), ("[rules.vat]", "[rules.tax]"))
    for broken in ("stated = 1", "= =", *(text.replace(old, new) for old, new in changed)):
        (tmp_path / "mine.toml").write_text(broken, encoding="utf-8")
        with pytest.raises(DataError, match=r"mine\.toml cannot be used"):
            read_law(tmp_path / "mine.toml")


def test_terms_read_back_as_they_were_written(tmp_path):
    tender = valley()
    terms = replace(tender.terms, reference='R "1" \\ 2\nnext', max_lots_awarded=3, max_share_per_owner=D("0.25"))
    (tmp_path / "terms.toml").write_text(write_terms(terms), encoding="utf-8")
    assert read_terms(sample_settings(), tender.plan, tmp_path / "terms.toml") == terms


def test_terms_take_what_the_case_says_where_they_are_silent():
    settings = sample_settings()
    settings = replace(settings, awards=replace(settings.awards, max_lots_per_supplier=4,
                                                max_price_over_benchmark=Decimal("0.15")))  # fmt: skip
    terms = read_terms(settings, valley().plan, None)
    assert (terms.max_lots_awarded, terms.uplift) == (4, D("0.15"))
    assert terms.start.month == settings.case.first_month
    assert terms.start.day == 1


WRONG = ("years=0.2", "years=ten", "vat=1.1", "reserved=all", "engaged=maybe", "yeers=1", "publish=2026-13-01",
         "max_lots_bid=1.5", "max_lots_bid=0", "deadline=2020-01-01")  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_terms_are_named(wrong):
    with pytest.raises(DataError) as trouble:
        read_terms(sample_settings(), valley().plan, None, [wrong])
    assert str(trouble.value)


def test_the_command_prints_findings_and_refuses_the_plan_of_another_case(tmp_path):
    run = CliRunner()
    plan = tmp_path / "plan"
    assert run.invoke(app, ["plan", "data/village", "--out", str(plan)]).exit_code == 0
    made = run.invoke(app, ["law", "data/village", str(plan), "--json", "--set", "publish=2026-06-01"])
    assert made.exit_code == 0
    findings = json.loads(made.stdout)
    assert "Not legal advice" in findings["advice"]
    assert any("£10,920 is below £25,000" in each["finding"] for each in findings["findings"])
    broken = run.invoke(app, ["law", "data/village", str(plan), "--set", "reserved=uk", "--set", "years=20"])
    assert broken.exit_code != 0
    other = run.invoke(app, ["law", "data/preston", str(plan)])
    assert isinstance(other.exception, DataError)
    assert "other tables" in str(other.exception)


def test_suppliers_may_always_bid_together_and_the_words_are_drafted():
    (finding,) = found(valley(), "bidding_together")
    assert (finding.status, finding.standing) == (IN_ORDER, "H")
    assert "consortium" in finding.drafted
    assert "s.22(8) and (9)" in finding.rule.source


def test_no_check_goes_untested():
    here = Path(__file__).read_text(encoding="utf-8")
    assert [check.__name__ for check in LAW if f'"{check.__name__}"' not in here] == []
