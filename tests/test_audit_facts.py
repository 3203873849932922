"""What the audit works out for itself: able bidders, rounds, parts of lots, settings; each on paper or at its edge."""

from dataclasses import replace
from decimal import Decimal

import pytest
from audit_builder import build, run_of, write
from audit_cases import (
    SUMMER,
    WINTER,
    Draft,
    village,
    village_draft,
    village_settings,
    with_entry,
    with_offer,
    with_section,
)

from foodlots.audit import Evidence, audit_papers
from foodlots.audit.exact import YEAR as MONTHS
from foodlots.audit.papers import read_papers
from foodlots.audit.papers_checks import same_value
from foodlots.audit.places import Roads

D = Decimal


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return write(build(village(), village_settings(), village_draft()), tmp_path_factory.mktemp("plan"))


def able(case, plan, lot, **awards):
    """Who could win a lot alone, and how many owners the lot schedule may state."""
    limits = with_section(village_settings(), "awards", **awards)
    found = Evidence(case, limits, limits, read_papers(plan, case)).able[lot]
    return found.fewest, found.most, sorted(found.bidders)


def farm(name, **changes):
    return with_entry(village(), "producers", name, **changes)


HILL, VALE = (1, 1, ["hill"]), (1, 1, ["vale"])
BOTH = (2, 2, ["hill", "vale"])
NOBODY = (0, 0, [])

ABLE = {
    "winter milk: the cooperative's 100 kg a month, not the farm's 40, is 30% of it": (village(), {}, VALE),
    "at a tenth the farm's is enough too": (village(), {"min_fill": D("0.1")}, BOTH),
    "7 x 40 kg x £2 = £560 of £2,768.11 is 20.2304%": (village(), {"min_fill": D("0.2023")}, BOTH),
    "and no more": (village(), {"min_fill": D("0.2024")}, VALE),
    "nothing to fill, but something to sell": (village(), {"min_fill": D(0)}, BOTH),
    "nothing to sell": (with_offer(village(), "hill", "milk", kg_per_month=D(0)), {"min_fill": D(0)}, VALE),
    "a gram to sell": (with_offer(village(), "hill", "milk", kg_per_month=D("0.001")), {"min_fill": D(0)}, BOTH),
    "nothing in these months": (with_offer(village(), "vale", "milk", months=SUMMER), {}, NOBODY),
    "too dear to be used": (village(), {"max_price_over_benchmark": D("0.04")}, NOBODY),
    "a member's milk helps when it may be used": (
        with_offer(village(), "vale", "milk", kg_per_month=D(60)),
        {"max_price_over_benchmark": D("0.25"), "min_fill": D("0.55")},
        VALE,
    ),
    "and not without it": (
        with_offer(village(), "vale", "milk", kg_per_month=D(60)),
        {"max_price_over_benchmark": D("0.24"), "min_fill": D("0.55")},
        NOBODY,
    ),
    "not accredited": (farm("vale", accreditations=frozenset({"organic"})), {}, NOBODY),
    "a contract as large as the lot": (farm("vale", max_contract_gbp=D("2768.11")), {}, VALE),
    "a contract a penny short": (farm("vale", max_contract_gbp=D("2768.10")), {}, NOBODY),
    "worth the drive to the hub: £2,768.11 in 90.608 drops": (farm("vale", min_drop_gbp=D("30.55")), {}, VALE),
    "not worth the drive": (farm("vale", min_drop_gbp=D("30.56")), {}, NOBODY),
    "the hub alone in reach": (farm("vale", reach_km=D(15)), {}, VALE),
    "not even the hub in reach": (farm("vale", reach_km=D("12.999")), {}, NOBODY),
    "no hub, all sites in reach": (replace(farm("vale", reach_km=D(18)), depots={}), {}, VALE),
    "no hub, one site out of reach": (replace(farm("vale", reach_km=D("17.9")), depots={}), {}, NOBODY),
    "no hub, worth 281.013 drops": (replace(farm("vale", min_drop_gbp=D("9.85")), depots={}), {}, VALE),
    "no hub, not worth it": (replace(farm("vale", min_drop_gbp=D("9.86")), depots={}), {}, NOBODY),
    "no hub, beyond the ceiling": (replace(village(), depots={}), {"max_km": D("17.9")}, NOBODY),
}  # fmt: skip


@pytest.mark.parametrize("name", ABLE)
def test_a_lot_is_won_alone_by_those_who_may_and_can(name, plan):
    case, awards, expected = ABLE[name]
    assert able(case, plan, "L03", **awards) == expected


def test_one_roof_is_one_owner(plan):
    assert able(farm("hill", owner_group="vale"), plan, "L03", min_fill=D("0.1")) == (1, 1, ["hill", "vale"])


def roads(**pairs) -> Roads:
    distances = {tuple(pair.split("_")): D(km) for pair, km in pairs.items()}
    return Roads(replace(village(), distances=distances | {(b, a): km for (a, b), km in distances.items()}), 1.4)


def test_the_nearest_site_comes_next_and_of_equals_the_first_by_id():
    """From ash: elm and oak lie 4 km off, elm comes first; then ward in 1, oak in 9 and home in 4: 4 + 1 + 9 + 4."""
    found = roads(ash_elm=4, ash_oak=4, ash_ward=6, elm_oak=7, elm_ward=1, oak_ward=9)
    assert found.nearest_neighbour(["ward", "oak", "elm", "ash"]) == 4 + 1 + 9 + 4
    assert found.nearest_neighbour(["oak", "elm", "ash"]) == 4 + 7 + 4
    assert found.nearest_neighbour(["oak"]) == 0
    assert found.around(["ash", "oak", "ward"]) == 4 + 9 + 6
    nearly = roads(ash_elm="4.0000000001", ash_oak=4, ash_ward=6, elm_oak=7, elm_ward=1, oak_ward=9)
    assert nearly.nearest_neighbour(["ward", "oak", "elm", "ash"]) == pytest.approx(4 + 7 + 1 + 6)
    assert nearly.nearest_neighbour(["ward", "oak", "elm", "ash"], 1e-9) == pytest.approx(18.0000000001)


def test_a_degree_of_a_meridian_is_as_long_as_it_is():
    """One degree of a sphere of 6,371 km: 6371 x pi / 180 = 111.194927 km, x 1.4 by road."""
    case = with_entry(
        replace(village(), distances={}), "sites", "ash", place=replace(village().sites["oak"].place, lat=54.72)
    )
    far = Roads(case, 1.4)
    assert far.km(far.sites["ash"], far.sites["oak"]) == pytest.approx(111.194927 * 1.4, abs=1e-5)


def test_a_third_of_a_lot_is_filled_when_all_its_whole_grams_are(tmp_path):
    """10 kg in thirds: 3.333 kg is all of a third that comes in whole grams, 3.332 kg is not; 3.334 kg is its most."""
    case = replace(village(), budgets={}, demand={("ash", "carrots", 1): D(10)}, depots={})
    case = with_entry(case, "producers", "hill", min_drop_gbp=D(0))
    limits = with_section(village_settings(), "lots", value_gbp=(None, None), number=(None, None), min_able_bidders=0)
    limits = with_section(
        limits, "awards", min_fill=D(1), max_winners_per_lot=3, max_share_per_owner=None, min_winners=0
    )
    limits = with_section(limits, "floors", organic_or_higher=D(0))
    draft = Draft({"L01": [("ash", "carrots", (1,))]}, [("L01", "hill", "", 1)], {"L01": ["ash"]})
    assert audit_papers(case, limits, write(build(case, limits, draft), tmp_path)).accepted
    less = build(case, limits, draft)
    less["supply"][0]["kg"], less["shortfall"][0]["kg"] = "3.332", "6.668"
    assert audit_papers(case, limits, write(less, tmp_path)).breaches[0].check == "fill_what_is_won"
    for kg, short, falls in (("3.334", "6.666", False), ("3.335", "6.665", True)):
        more = build(case, limits, draft)
        more["supply"][0]["kg"], more["shortfall"][0]["kg"] = kg, short
        found = audit_papers(case, limits, write(more, tmp_path))
        assert ("sell_no_more_than_won" in found.broken) is falls
    less["awards"][0]["share"] = "0.333334"
    assert audit_papers(case, limits, write(less, tmp_path)).breaches[0].check == "award_only_drawn_lots"


def test_a_case_with_nothing_to_buy_has_a_right_plan_of_no_lots(tmp_path):
    case, limits = replace(village(), budgets=dict.fromkeys(village().budgets, D(0))), village_settings()
    limits = with_section(with_section(limits, "lots", number=(None, None)), "awards", min_winners=0)
    limits = with_section(limits, "limits", local_gbp=None)
    papers = build(village(), limits, village_draft())
    nothing = {name: [] for name in papers} | {
        "summary": dict.fromkeys(papers["summary"], 0),
        "run": run_of(case, limits),
    }
    nothing["summary"] |= {"status": "optimal", "meals": papers["summary"]["meals"]}
    verdict = audit_papers(case, limits, write(nothing, tmp_path))
    assert verdict.accepted, "\n".join(verdict.lines())


def test_a_buyer_without_a_budget_asks_for_nothing(tmp_path):
    budgets = {key: gbp for key, gbp in village().budgets.items() if key != ("trust", "dairy")}
    case, limits = replace(village(), budgets=budgets), with_section(village_settings(), "lots", value_gbp=(None, None))
    schools = ("ash", "oak")
    lots = village_draft().lots | {
        lot: [(s, "milk", m) for s in schools] for lot, m in (("L03", WINTER), ("L04", SUMMER))
    }
    draft = replace(village_draft(), lots=lots, orders=village_draft().orders | dict.fromkeys(("L03", "L04"), schools))
    limits = with_section(limits, "awards", min_fill=D(0))
    verdict = audit_papers(case, limits, write(build(case, limits, draft), tmp_path))
    assert verdict.accepted, "\n".join(verdict.lines())


@pytest.mark.parametrize(("stated", "found", "same"), [
    ("0.30", D("0.3"), True), (0, D(0), True), (D("0.3"), D("0.3"), True), ("0.31", D("0.3"), False),
    (True, D(1), False), ("NaN", D(1), False), ("many", D(1), False), (None, D(0), False), ([1], 1, False),
    (None, None, True), ("", None, True), ("5", None, False), (0, None, False),
    (True, True, True), ("true", True, True), ("no", True, False), (1, True, False), (False, False, True),
    ([1, 2], (1, 2), True), ([1, 3], (1, 2), False), ([1], (1, 2), False), ("1;2", (1, 2), False),
    ([[1], ["2.0"]], ((1,), (D(2),)), True), ([None, "7"], (None, D(7)), True),
    ({"*": ["E1"]}, {"*": ("E1",)}, True), ({"*": ["E2"]}, {"*": ("E1",)}, False), ({}, {"*": ("E1",)}, False),
    ("Village", "Village", True), ("village", "Village", False),
])  # fmt: skip
def test_settings_are_the_same_by_value(stated, found, same):
    assert same_value(stated, found) is same


HELD = [
    ("L01", "hill", "award", True),
    ("L01", "hill", "never", False),
    ("L02", "hill", "award", False),
    ("L02", "hill", "never", True),
]


@pytest.mark.parametrize(("lot", "bidder", "hold", "kept"), HELD)
def test_what_was_settled_beforehand_is_kept(lot, bidder, hold, kept, plan):
    verdict = audit_papers(replace(village(), held={(lot, bidder): hold}), village_settings(), plan)
    assert ("hold_awards" not in verdict.broken) is kept
    assert verdict.counts["hold_awards"] == 1


def test_months_of_a_cell_are_the_months_of_its_lot(plan):
    """A lot of cells in different months is asked in all of them together."""
    case = village()
    papers = read_papers(plan, case)
    cells = tuple(replace(cell, months=MONTHS[:3]) if cell.site == "ash" else cell for cell in papers.cells)
    lot = Evidence(case, village_settings(), village_settings(), replace(papers, cells=cells)).lots["L01"]
    assert lot.months == MONTHS
    assert lot.grams["carrots", 1] == (60 + 120) * 4 * 1000
    assert lot.grams["carrots", 4] == 120 * 2 * 1000
