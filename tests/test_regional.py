"""A case planned region by region: growers never oversold, a bound that holds, failures of workers made good."""

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
import runner_work
from random_cases import draw_sample

from foodlots.audit import audit_papers
from foodlots.errors import DataError, NoPlan
from foodlots.optimise import make_plan
from foodlots.optimise.tolls import relax_with_tolls
from foodlots.plan_files import write_plan
from foodlots.regional import Pace, plan_by_region, planning
from foodlots.regional.part import Shares, part_of
from foodlots.regional.planning import Country, _all_of
from foodlots.regional.regions import cut_in_regions
from foodlots.runner import Runner

D = Decimal
PACE = Pace(kitchens=1, rounds=3, seconds=20)
RUN = {"overrides": [], "files": {}, "time": ""}
PENNIES = D("0.05")  # £: rounding of a plan's lines


@cache
def apart(seed: int):
    """A random case of several buyers who do not pool, under settings that regions can keep; None where it is none."""
    sample = draw_sample(seed)
    case, settings = sample.case, sample.settings
    settings = replace(
        settings,
        case=replace(settings.case, pool_buyers=False),
        lots=replace(settings.lots, number=(None, None)),
        awards=replace(settings.awards, max_lots_per_supplier=None, min_winners=0),
        aims=replace(settings.aims, balance_gbp=D(0)),
    )
    several = not case.lots and len(cut_in_regions(case, settings, 1)) > 1
    return (case, settings) if several else None


def alike(settings):
    """The same settings without rules that a whole plan may keep in one region at the cost of another."""
    awards = replace(settings.awards, min_fill=D(0), max_share_per_owner=None)
    return replace(
        settings, awards=awards, floors=replace(settings.floors, local=D(0), small=D(0), organic_or_higher=D(0))
    )


SEEDS = [seed for seed in range(400) if apart(seed)]


@pytest.fixture(scope="module")
def crew():
    with Runner(processes=2, keep=False) as runner:
        yield runner


def joined(case, settings, crew, tmp_path):
    """The plan of all regions, accepted by the audit; None where some region has none."""
    try:
        plan = plan_by_region(case, settings, crew, PACE, RUN)
    except NoPlan:
        return None
    verdict = audit_papers(case, settings, write_plan(plan, tmp_path))
    assert verdict.accepted, verdict.lines()[:6]
    return plan


@pytest.mark.parametrize("seed", SEEDS[:6])
def test_no_whole_plan_costs_less_than_the_bound(seed, crew, tmp_path):
    case, settings = apart(seed)[0], alike(apart(seed)[1])
    plan = joined(case, settings, crew, tmp_path)
    try:
        whole = make_plan(case, settings).summary
    except NoPlan:
        assert plan is None
        return
    if plan is not None:
        assert plan.summary.bound_gbp <= whole.objective_gbp + PENNIES
        assert plan.summary.objective_gbp >= whole.bound_gbp - PENNIES


@pytest.mark.parametrize("seed", SEEDS[6:16])
def test_what_is_joined_keeps_every_rule_of_the_whole_case(seed, crew, tmp_path):
    plan = joined(*apart(seed), crew, tmp_path)
    if plan is not None:
        assert plan.summary.bound_gbp <= plan.summary.objective_gbp + PENNIES
        assert len(plan.run["by_region"]["regions"]) > 1
        assert plan.summary.status == "feasible"


def test_a_toll_never_lowers_what_a_region_costs_and_never_raises_what_it_buys():
    for seed in SEEDS[:10]:
        case, settings = apart(seed)
        everything = {(o.producer, o.product, month): 0.5 for o in case.offers for month in o.months}
        try:
            free, charged = relax_with_tolls(case, settings, {}), relax_with_tolls(case, settings, everything)
        except NoPlan:
            continue
        assert free.bound_gbp <= charged.bound_gbp + 1e-6
        assert sum(charged.sold.values()) <= sum(free.sold.values()) + 1e-6


def test_regions_hold_every_kitchen_once_and_no_buyer_is_cut():
    case, settings = apart(SEEDS[0])
    regions = cut_in_regions(case, settings, 1)
    assert sorted(site for region in regions for site in region.sites) == sorted(
        site for site in case.sites if any(site in region.sites for region in regions)
    )
    buyers = [buyer for region in regions for buyer in region.buyers]
    assert len(buyers) == len(set(buyers))
    assert cut_in_regions(case, replace(settings, case=replace(settings.case, pool_buyers=True)), 1)[1:] == ()


def test_a_part_has_the_kilos_and_the_cost_that_fall_to_it():
    case, settings = apart(SEEDS[0])
    region = cut_in_regions(case, settings, 1)[0]
    bare = part_of(case, settings, region)
    offer = next(iter(bare.offers))
    lode = offer.producer, offer.product, offer.months[0]
    part = part_of(case, settings, region, Shares({lode: D("1.25")}, {offer.producer: 0.5}, {}))
    assert [o.kg_per_month for o in part.offers if (o.producer, o.product, o.months[0]) == lode] == [D("1.25")]
    whole = case.producers[offer.producer].setup_gbp
    whole = settings.costs.per_supplier if whole is None else whole
    assert whole / 2 - D("0.01") < part.producers[offer.producer].setup_gbp <= whole / 2


def test_what_holds_for_the_whole_plan_is_refused_with_a_mend():
    case, settings = apart(SEEDS[0])
    wrong = replace(settings, awards=replace(settings.awards, min_winners=2, max_lots_per_supplier=1))
    with pytest.raises(DataError) as told:
        cut_in_regions(case, wrong, 1)
    assert {fault.column for fault in told.value.faults} == {"awards.min_winners", "awards.max_lots_per_supplier"}
    assert all("plan the case whole" in fault.mend for fault in told.value.faults)


def test_what_a_failing_worker_leaves_undone_is_begun_again(tmp_path, crew):
    jobs = {f"job {number}": (str(tmp_path / "fell"), number) for number in range(5)}
    assert _all_of(crew, runner_work.falls_once, {"of": "all"}, jobs) == [0, 1, 2, 3, 4]
    assert (tmp_path / "fell").exists()


def test_a_country_tells_its_regions_apart_by_name():
    case, settings = apart(SEEDS[0])
    country = Country(case, settings, cut_in_regions(case, settings, 1))
    names = [country.settings_of(number).case.name for number in range(len(country.regions))]
    assert names == [case.buyers[region.buyers[0]].name for region in country.regions]


def test_a_region_that_has_no_plan_in_time_is_given_more(monkeypatch):
    case, settings = apart(SEEDS[0])
    country = Country(case, settings, cut_in_regions(case, settings, 1))
    given, real = [], planning.make_plan

    def slow(part, settings, look):
        given.append(settings.effort.seconds)
        if len(given) == 1:
            raise NoPlan("too late")
        return real(part, settings, look)

    monkeypatch.setattr(planning, "make_plan", slow)
    planning.plan_region(country, (0, Shares({}, {}, {}), D(20)), lambda best, gap: False)
    assert given == [20, 20 * planning.LONGER]
