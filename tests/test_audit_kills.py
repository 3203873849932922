"""Edges and words of the audit that mutants outlived: each test is for changes that no other test noticed."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from audit_builder import build, write
from audit_cases import village, village_draft, village_settings, with_entry, with_offer, with_section

from foodlots.audit import Evidence, audit_papers, margins, say
from foodlots.audit.ability import sells_into
from foodlots.audit.papers import read_papers
from foodlots.audit.policies import limit_share_per_owner
from foodlots.audit.sellers import Sellers
from foodlots.audit.summary_checks import carbon, delivery_km

D = Decimal
TINY = Fraction(1, 10**12)


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return write(build(village(), village_settings(), village_draft()), tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def evidence(plan):
    case, limits = village(), village_settings()
    return Evidence(case, limits, limits, read_papers(plan, case))


@pytest.mark.parametrize(
    ("near", "found", "by"),
    [
        (margins.near_km, Fraction(1, 2), Fraction(1, 1_000_000)),
        (margins.near_km, Fraction(3), Fraction(3, 1_000_000)),
        (margins.near_total, Fraction(1), Fraction(1, 1000)),
        (margins.near_total, Fraction(5000), Fraction(5, 1000)),
        (margins.near_pence, Fraction(10), Fraction(51, 100)),
        (margins.near_ratio, Fraction(1, 3), Fraction(1, 20_000)),
    ],
)
def test_a_figure_may_be_so_far_off_and_no_farther(near, found, by):
    for sign in (1, -1):
        assert near(found + sign * by, found)
        assert not near(found + sign * (by + TINY), found)


def test_margins_that_are_asked_elsewhere_are_those_documented():
    assert Fraction(1, 1_000_000) == margins.GAP
    assert Fraction(5001, 1_000_000) == margins.PENCE_A_MEAL
    assert Fraction(1, 10_000) == margins.PROVEN
    assert Fraction(1, 2_000_000) == margins.SHARE_PLACES
    assert (margins.REACH_KM, margins.NEAREST_TIES_KM) == (1e-9, (0.0, 1e-9))


def held_to(plan, **limits):
    return audit_papers(village(), with_section(village_settings(), "limits", **limits), plan)


def test_ceilings_stand_at_the_plan_s_own_figures_and_fall_one_unit_beyond(plan, evidence):
    spend, lots, suppliers = (evidence.papers.summary[f"{part}_gbp"] for part in ("spend", "lots", "suppliers"))
    cost, local = D(spend + lots + suppliers) / 100, D(evidence.papers.summary["local_spend_gbp"]) / 100
    penny = D("0.01")
    for name, check, at, beyond in (
        ("cost_gbp", "respect_cost_ceiling", cost, cost - penny),
        ("local_gbp", "keep_local_spend", local, local + penny),
        ("winners", "limit_winners", len(evidence.won_by), len(evidence.won_by) - 1),
    ):
        assert check not in held_to(plan, **{name: at}).broken
        assert check in held_to(plan, **{name: beyond}).broken


def test_kilometres_and_carbon_stand_within_what_they_are_known_to(plan, evidence):
    for name, check, found in (
        ("km", "respect_km_ceiling", delivery_km(evidence)),
        ("kgco2e", "respect_carbon_ceiling", min(carbon(evidence))),
    ):
        margin = max(found / 1_000_000, Fraction(1, 1000))
        for share, falls in ((Fraction(9, 10), False), (Fraction(11, 10), True)):
            most = found - share * margin
            limit = D(round(most * 10**9)) / 10**9
            assert (check in held_to(plan, **{name: limit}).broken) is falls


def test_an_owner_s_share_is_kept_by_whole_pence_or_by_exact_ones(plan, evidence):
    """Between the two ways of counting either is enough; beyond both it is not."""
    shares = []
    for owner in {evidence.case.producers[award.bidder].owner_group for award in evidence.awards}:
        won = [award for award in evidence.awards if evidence.case.producers[award.bidder].owner_group == owner]
        shares.append(tuple(
            sum(evidence.share(award) * value(evidence.lots[award.lot]) for award in won)
            / sum(value(lot) for lot in evidence.lots.values())
            for value in (lambda lot: lot.pence, lambda lot: lot.value)
        ))  # fmt: skip
    paper, exact = max(shares)
    assert paper != exact
    low, high = sorted((Fraction(paper), Fraction(exact)))
    for share, falls in (((low + high) / 2, False), (low - (high - low), True)):
        limits = with_section(village_settings(), "awards", max_share_per_owner=D(share.numerator) / share.denominator)
        assert ("limit_share_per_owner" in audit_papers(village(), limits, plan).broken) is falls


@pytest.mark.parametrize(
    ("pence", "value"), [((100, 100), (Fraction(1004, 10), 100)), ((101, 100), (Fraction(100), 100))]
)
def test_an_owner_may_win_just_its_share_by_either_way_of_counting(pence, value):
    """Half of all: by one way of counting exactly that, by the other a little more."""
    lots = {name: SimpleNamespace(pence=p, value=v) for name, p, v in zip(("L01", "L02"), pence, value, strict=True)}
    limits = with_section(village_settings(), "awards", max_share_per_owner=D("0.5"))
    won = [SimpleNamespace(lot="L01", bidder="hill")]
    facts = SimpleNamespace(case=village(), settings=limits, lots=lots, awards=won, share=lambda award: Fraction(1))
    assert list(limit_share_per_owner(facts)) == [None]
    lots["L01"].pence, lots["L01"].value = 101, Fraction(1004, 10)
    assert None not in list(limit_share_per_owner(facts))


@pytest.mark.parametrize(
    ("hold", "lot", "sentence"),
    [
        ("never", "L01", "it wins the lot but must not win it"),
        ("award", "L02", "it does not win the lot but must win it"),
    ],
)
def test_what_was_settled_is_said_as_it_was_settled(hold, lot, sentence, plan):
    verdict = audit_papers(replace(village(), held={(lot, "hill"): hold}), village_settings(), plan)
    (found,) = [breach for breach in verdict.breaches if breach.check == "hold_awards"]
    assert sentence in found.sentence
    assert found.stated == ("wins" if hold == "never" else "does not win")
    assert found.found == ("must not win" if hold == "never" else "must win")


@pytest.mark.parametrize(("lot", "owners"), [("L01", "1 independent owner"), ("L02", "3 independent owners")])
def test_able_owners_are_counted_in_words(lot, owners, plan):
    verdict = audit_papers(village(), with_section(village_settings(), "lots", min_able_bidders=4), plan)
    (found,) = [
        each for each in verdict.breaches if each.check == "require_able_bidders" and each.where == f"lot {lot}"
    ]
    assert f"awarded though {owners} could win it alone and 4 are asked for" in found.sentence


COUNTS = """
have_every_file 144 keep_to_the_grid 163 name_known_things 135 list_each_line_once 135 state_the_inputs 1
state_the_settings 45 state_what_made_it 5 cover_each_cell_once 16 award_only_drawn_lots 8 sell_no_more_than_won 49
sell_no_more_than_grown 49 sell_only_as_winner 2 sell_only_for_members 49 serve_what_goes_through_depots 4
open_depots 1 count_winners 2 keep_buyers_apart 0 respect_lot_value 4 respect_number_of_lots 2
limit_lots_per_supplier 2 limit_share_per_owner 2 require_winners 1 fill_what_is_won 2 hold_awards 0
worthwhile_drop 2 contract_within_limit 2 reach_every_site 11 hold_accreditations 2 respect_price_ceiling 49
in_season 53 require_able_bidders 3 local_floor 1 small_floor 1 organic_floor 1 respect_cost_ceiling 1
keep_local_spend 1 respect_km_ceiling 1 respect_carbon_ceiling 1 limit_winners 1 meet_all_demand 58 value_every_lot 5
describe_every_lot 28 count_able_bidders 4 state_every_fill 4 drive_every_round 5 price_every_supply 49
charge_every_collection 49 price_every_shortfall 47 value_every_award 4 charge_every_delivery 16
charge_all_handling 4 charge_every_distribution 4 count_local_money 4 find_extremes 1 add_up_the_money 10
add_up_the_figures 9 weigh_the_aims 1 prove_the_gap 5
"""


def test_so_many_things_are_examined_by_each_check(plan):
    """Four lots of which three are awarded, to two bidders, by two owners; 49 lines of supply and 16 cells."""
    told = COUNTS.split()
    counts = audit_papers(village(), village_settings(), plan).counts
    assert counts == dict(zip(told[::2], map(int, told[1::2]), strict=True))


@pytest.mark.parametrize(("pence", "stands"), [(-1, False), (0, True), (1, True), (2, False)])
def test_half_a_penny_of_spend_may_be_told_either_way(pence, stands, tmp_path):
    """Half a penny more for the depot: the spend ends in 5 tenths of a penny, and both pennies beside it are right."""
    papers = build(village(), village_settings(), village_draft())
    papers["summary"]["spend_gbp"] = round(papers["summary"]["spend_gbp"] + pence / 100, 2)
    case = with_entry(village(), "depots", "hub", fixed_gbp=D("500.005"))
    verdict = audit_papers(case, village_settings(), write(papers, tmp_path))
    assert ("add_up_the_money" not in verdict.broken) is stands


def test_whoever_sells_anything_a_lot_asks_for_sells_into_it(evidence):
    lot = evidence.lots["L01"]
    assert all(sells_into(lot, bidder, evidence.sellers) for bidder in evidence.case.producers)
    alone = replace(evidence.case, producers=with_entry(evidence.case, "producers", "dale", member_of=()).producers)
    assert not sells_into(lot, "vale", Sellers(alone, evidence.settings, evidence.roads))
    nothing = with_offer(alone, "hill", "milk", kg_per_month=D("0.0009"))
    assert not sells_into(evidence.lots["L03"], "hill", Sellers(nothing, evidence.settings, evidence.roads))


def test_a_lot_s_whole_grams_are_worth_what_it_is_worth(evidence):
    for lot in evidence.lots.values():
        assert abs(lot.in_grams - lot.value) < 1
    assert evidence.lots["L01"].in_grams == 1_170_000


def spoilt(tmp_path, spoil):
    """The verdict on the village's plan with something done to its papers."""
    papers = build(village(), village_settings(), village_draft())
    spoil(papers)
    return audit_papers(village(), village_settings(), write(papers, tmp_path))


def test_of_what_a_lot_does_not_ask_for_not_a_gram_is_sold(tmp_path):
    """In August the schools cook nothing."""
    verdict = spoilt(tmp_path, lambda papers: papers["supply"].append(
        papers["supply"][0] | {"month": "8", "kg": "0.001", "gbp": "0.00", "collection_gbp": "0.00"}))  # fmt: skip
    (found,) = [breach for breach in verdict.breaches if breach.check == "sell_no_more_than_won"]
    assert (found.stated, found.found) == ("0.001 kg", "0.000 kg")


def test_a_budget_of_kitchens_that_cook_nothing_buys_nothing(plan):
    """The council alone: 60% of £11,700 at £1, 40% at £0.50, and £2,340 at £2."""
    case = with_entry(with_entry(village(), "sites", "ward", meals_per_week=D(0)), "sites", "elm", meals_per_week=D(0))
    limits = village_settings()
    asked = Evidence(case, limits, limits, read_papers(plan, case)).asked.whole
    assert sum(asked.values()) == 7020 + 9360 + 1170


@pytest.mark.parametrize(("column", "value"), [("buyers", "council;town"), ("products", "carrots;leek;potatoes")])
def test_a_stranger_in_a_list_is_named_and_no_more_is_made_of_it(column, value, tmp_path):
    verdict = spoilt(tmp_path, lambda papers: papers["lots"][0].update({column: value}))
    assert set(verdict.broken) == {"name_known_things"}


@pytest.mark.parametrize(("more", "stands"), [(-0.35, False), (0, True), (0.35, False), (0.7, True), (1.05, False)])
def test_either_way_to_count_carbon_weighs_the_aims(more, stands, tmp_path):
    """Exact kilos and whole grams tell 1.4 g of carbon apart: 70 pence at £500 a kilo."""
    limits = with_section(village_settings(), "aims", kgco2e_gbp=D(500))
    papers = build(village(), limits, village_draft())
    papers["summary"]["objective_gbp"] = round(papers["summary"]["objective_gbp"] + more, 2)
    verdict = audit_papers(village(), limits, write(papers, tmp_path))
    assert ("weigh_the_aims" not in verdict.broken) is stands


def test_a_lot_is_worth_its_exact_value_or_its_whole_pence_whichever_is_kinder(evidence):
    """L03 and L04, the milk: of £4,420 in all L03 has 276,810.96 pence and is told £2,768.11."""
    lot = evidence.lots["L03"]
    assert lot.value < lot.pence == 276_811
    assert (lot.least, lot.most) == (lot.value, lot.pence)
    other = evidence.lots["L04"]
    assert other.pence < other.value
    assert (other.least, other.most) == (other.pence, other.value)


def test_a_value_is_echoed_up_to_eighty_characters():
    assert say.echo("a" * 80) == f"'{'a' * 80}'"
    assert say.echo("a" * 81) == f"'{'a' * 80}…'"


@pytest.mark.parametrize(("reach", "ceiling", "limit"), [(9, 80, 9), (60, 9, 9)])
def test_too_far_is_farther_than_the_nearer_of_both_limits(reach, ceiling, limit, plan):
    limits = with_section(village_settings(), "awards", max_km=D(ceiling))
    case = with_entry(village(), "producers", "hill", reach_km=D(reach))
    found = [each for each in audit_papers(case, limits, plan).breaches if each.check == "reach_every_site"]
    assert {each.found for each in found if "Hill" in each.where} == {f"at most {limit}.000000 km"}


@pytest.mark.parametrize(("code", "stands"), [
    ("03221112;03212100", True), ("03212100", True), ("03200000", True), ("03200000-8", True), ("03000000", True),
    ("", False), ("15511000", False), ("03221112;15511000", False), ("0322", False), ("03221000;0322", False),
])  # fmt: skip
def test_a_lot_of_several_codes_states_some_of_them_or_of_their_classes(code, stands, tmp_path):
    """Carrots are 03221112, potatoes 03212100."""
    papers = build(village(), village_settings(), village_draft())
    papers["lots"][0]["cpv"] = code
    verdict = audit_papers(village(), village_settings(), write(papers, tmp_path))
    assert ("describe_every_lot" not in verdict.broken) is stands


@pytest.mark.parametrize(("code", "stands"), [("loose carrots", True), ("loose", False), ("03221112", False)])
def test_a_code_that_is_none_stands_for_itself_alone(code, stands, tmp_path):
    case = with_entry(village(), "products", "carrots", cpv="loose carrots")
    case = with_entry(case, "products", "potatoes", cpv="loose potatoes")
    papers = build(village(), village_settings(), village_draft())
    for lot in papers["lots"]:
        lot["cpv"] = code if lot["lot"] in ("L01", "L02") else lot["cpv"]
    verdict = audit_papers(case, village_settings(), write(papers, tmp_path))
    assert ("describe_every_lot" not in verdict.broken) is stands


@pytest.mark.parametrize(("pooled", "buyers"), [(True, {"council", "trust"}), (False, {"council"})])
def test_a_lot_is_bought_for_all_buyers_where_they_pool(pooled, buyers, evidence):
    limits = with_section(village_settings(), "case", pool_buyers=pooled)
    assert replace(evidence, settings=limits).pool("L01") == buyers
