"""The audit accepts right plans, runs every check, stands at every edge where the rules do, and needs no solver."""

import inspect
import pkgutil
import subprocess
import sys
import time
import tomllib
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from audit_builder import build, write
from audit_cases import (
    SUMMER,
    WINTER,
    Draft,
    village,
    village_draft,
    village_settings,
    with_entry,
    with_section,
    write_case,
)
from audit_random import county_draft, random_plans
from hypothesis import HealthCheck, given, settings

from foodlots.audit import AUDITS, Breach, Unread, Verdict, audit_papers, audit_plan
from foodlots.audit.exact import YEAR as MONTHS
from foodlots.reading import read_case

D = Decimal
ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases"


OFF = (
    "respect_lot_value",
    "respect_number_of_lots",
    "require_able_bidders",
    "limit_lots_per_supplier",
    "limit_share_per_owner",
    "require_winners",
    "fill_what_is_won",
    "respect_price_ceiling",
    "local_floor",
    "small_floor",
    "organic_floor",
)


@pytest.fixture(scope="module")
def papers():
    return build(village(), village_settings(), village_draft())


def judged(case, limits, draft, folder) -> Verdict:
    """The verdict on the right plan of these decisions."""
    return audit_papers(case, limits, write(build(case, limits, draft), folder))


def test_the_village_s_papers_are_those_worked_out_on_paper(papers):
    """Farm to schools: 2 drops a week x 39 weeks = 78 visits, 156 drops; 78 x (2 x 10 + 10) km = 2,340 km.

    2,340 km x £0.85 + 156 x £4 = £2,613. Hub to hospital and home: 3 x 52 = 156 visits, 2 x 52 more drops = 260;
    156 x (2 x 4 + 6) = 2,184 km; 2,184 x £0.85 + 260 x £4 = £2,896.40. Bulk to the hub: 104 x 30 km x £0.85 = £2,652.
    Milk: £4,420 a year; winter is 26/39 of £2,340 and 212/365 of £2,080, £2,768.11 when the penny over is shared out.
    """
    lots = {row["lot"]: row for row in papers["lots"]}
    awards = {(row["lot"], row["bidder"]): row for row in papers["awards"]}
    assert [lots[lot]["value_gbp"] for lot in sorted(lots)] == ["11700.00", "10400.00", "2768.11", "1651.89"]
    assert awards["L01", "hill"]["km"] == "2340.000000"
    assert awards["L01", "hill"]["delivery_gbp"] == "2613.00"
    assert awards["L02", "vale"]["delivery_gbp"] == "2652.00"
    assert papers["distribution"][0]["gbp"] == "2896.40"
    assert papers["summary"]["meals"] == (100 + 200) * 39 + (150 + 50) * 52


def test_a_right_plan_is_accepted_and_every_check_has_run(papers, tmp_path):
    verdict = audit_papers(village(), village_settings(), write(papers, tmp_path))
    assert verdict.breaches == ()
    assert verdict.accepted
    assert list(verdict.counts) == [audit.__name__ for audit in AUDITS]
    idle = [check for check, number in verdict.counts.items() if not number]
    assert idle == ["keep_buyers_apart", "hold_awards"]
    assert verdict.lines()[0].startswith("Accepted: ")


def test_a_policy_that_is_off_says_nought(tmp_path):
    limits = _unlimited(village_settings())
    limits = with_section(limits, "awards", max_lots_per_supplier=None, max_km=None, max_price_over_benchmark=None)
    verdict = judged(village(), limits, village_draft(), tmp_path)
    assert verdict.accepted, "\n".join(verdict.lines())
    for check in OFF:
        assert verdict.counts[check] == 0


def test_every_check_promises_something_in_words():
    for audit in AUDITS:
        first = inspect.getdoc(audit).splitlines()[0]
        assert first.endswith(".")
        assert list(inspect.signature(audit).parameters) == ["evidence"]
    assert len({audit.__name__ for audit in AUDITS}) == len(AUDITS)


def _demand_case():
    case = village()
    kilos = {
        ("ash", "carrots", 3): "10.0005",
        ("oak", "carrots", 3): "20.3",
        ("elm", "milk", 8): "7",
        ("ward", "milk", 1): "0",
    }
    return replace(case, budgets={}, demand={key: D(kg) for key, kg in kilos.items()})


def _unlimited(limits):
    limits = with_section(limits, "lots", value_gbp=(None, None), number=(None, None), min_able_bidders=0)
    limits = with_section(limits, "awards", max_share_per_owner=None, min_winners=0, min_fill=D(0))
    limits = with_section(limits, "limits", local_gbp=None)
    return with_section(limits, "floors", local=D(0), small=D(0), organic_or_higher=D(0))


VARIATIONS = {
    "kilos given instead of budgets": (
        _demand_case,
        _unlimited,
        lambda draft: Draft(
            {"A": [("ash", "carrots", (3,)), ("oak", "carrots", MONTHS)], "B": [("elm", "milk", (8,))]},
            [("A", "hill", "", 2)],
            {"A": ["oak", "ash"], "B": ["elm"]},
        ),
    ),
    "buyers who do not pool": (
        village,
        lambda limits: _unlimited(with_section(limits, "case", pool_buyers=False)),
        lambda draft: Draft(
            draft.lots
            | {
                lot: [(site, "milk", season) for site in sites]
                for lot, sites, season in (
                    ("L03", ("ash", "oak"), WINTER),
                    ("L04", ("ash", "oak"), SUMMER),
                    ("L05", ("elm", "ward"), MONTHS),
                )
            },
            draft.awards,
            draft.orders | {lot: ["ash", "oak"] for lot in ("L03", "L04")} | {"L05": ["ward", "elm"]},
            draft.areas,
        ),
    ),
    "thirds of a lot": (
        lambda: with_entry(village(), "producers", "dale", accreditations=frozenset({"dairy"}), reach_km=D(70)),
        lambda limits: _unlimited(with_section(limits, "awards", max_winners_per_lot=3, max_price_over_benchmark=D(1))),
        lambda draft: replace(
            draft,
            awards=[("L01", "hill", "", 3), ("L03", "dale", "", 1), ("L03", "hill", "", 1), ("L03", "vale", "hub", 1)],
            orders=draft.orders | {"D01": ["ward", "elm"], "D02": ["oak", "ash"]},
            areas={"D01": ("hub", "A2", ["elm", "ward"]), "D02": ("hub", "A1", ["ash", "oak"])},
        ),
    ),
    "no distances given": (
        lambda: replace(village(), distances={}),
        _unlimited,
        lambda draft: replace(
            draft, orders=draft.orders | {lot: ["ash", "oak", "ward", "elm"] for lot in ("L03", "L04")}
        ),
    ),
    "one list of local areas for all buyers": (
        village,
        lambda limits: with_section(limits, "case", local_areas={"*": ("E1",)}),
        lambda draft: draft,
    ),
    "nothing won at all": (
        village,
        _unlimited,
        lambda draft: replace(draft, awards=[], areas={}, orders={k: v for k, v in draft.orders.items() if k != "D01"}),
    ),
    "a fifth of every penny for kilometres and carbon": (
        village,
        lambda limits: with_section(limits, "aims", km_gbp=D("0.2"), kgco2e_gbp=D("0.2")),
        lambda draft: draft,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VARIATIONS)
def test_right_plans_of_other_cases_are_accepted(name, tmp_path):
    make, change, decide = VARIATIONS[name]
    case = make()
    for producer in case.producers:
        case = with_entry(case, "producers", producer, min_drop_gbp=D(0))
    verdict = judged(case, change(village_settings()), decide(village_draft()), tmp_path)
    assert verdict.accepted, "\n".join(verdict.lines())


def test_able_bidders_count_owners_and_not_firms(papers, tmp_path):
    """Three owners could bring the trust its vegetables through the hub; with two of them under one roof, two."""
    case = with_entry(village(), "producers", "dale", owner_group="vale")
    verdict = audit_papers(case, village_settings(), write(papers, tmp_path))
    assert [(breach.check, breach.stated, breach.found) for breach in verdict.breaches] == [
        ("count_able_bidders", "3", "2")
    ]


def test_a_plan_of_a_case_on_disk_is_audited_from_the_files_alone(tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    case, limits, _ = read_case(folder)
    plan = write(build(case, limits, village_draft()), tmp_path / "plan")
    verdict = audit_plan(folder, plan)
    assert verdict.accepted, "\n".join(verdict.lines())
    stricter = audit_plan(folder, plan, ["awards.min_winners=3"])
    assert stricter.broken == {"require_winners": 1}
    assert stricter.notes == ("Held to awards.min_winners=3 besides.",)


def test_a_plan_is_read_with_the_overrides_it_states(tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    override = "costs.per_lot=1000"
    case, limits, _ = read_case(folder, [override])
    papers = build(case, limits, village_draft())
    papers["run"]["overrides"] = [override]
    verdict = audit_plan(folder, write(papers, tmp_path / "plan"))
    assert verdict.accepted, "\n".join(verdict.lines())
    assert verdict.notes == (f"Made with {override}, as the plan says.",)
    papers["run"]["overrides"] = []
    assert audit_plan(folder, write(papers, tmp_path / "plan")).breaches[0].check == "state_the_settings"


@pytest.mark.parametrize("stated", ["costs.per_lot=1000", ["costs.no_such=1"], [7], {"costs": 1}, None])
def test_overrides_that_cannot_be_read_are_a_breach(stated, tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    papers = build(*read_case(folder)[:2], village_draft())
    papers["run"]["overrides"] = stated
    verdict = audit_plan(folder, write(papers, tmp_path / "plan"))
    assert verdict.breaches[0].where == "run.json, overrides"
    assert verdict.broken == {"have_every_file": 1}


def test_a_case_that_is_not_there_is_told_as_such(tmp_path):
    with pytest.raises(Unread, match="nothing cannot be opened"):
        audit_plan(tmp_path / "nothing", tmp_path)


def test_a_changed_case_is_noticed(tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    plan = write(build(*read_case(folder)[:2], village_draft()), tmp_path / "plan")
    offers = folder / "offers.csv"
    offers.write_text(offers.read_text().replace("600.0005", "601"))
    assert audit_plan(folder, plan).breaches[0].check == "state_the_inputs"


def test_the_verdict_is_told_in_a_buyer_s_words(papers, tmp_path):
    spoilt = deepcopy(papers)
    row = next(row for row in spoilt["supply"] if row["product"] == "potatoes" and row["month"] == "3")
    row["kg"] = "960.001"
    verdict = audit_papers(village(), village_settings(), write(spoilt, tmp_path))
    told = "lot L01, Potatoes, March, Hill farm: 960.001 kg sold but 960.000 kg won (0.001 kg too much)"
    assert verdict.breaches[0] == Breach(
        "sell_no_more_than_won", "lot L01, Potatoes, March, Hill farm", "960.001 kg", "960.000 kg", told
    )
    lines = verdict.lines()
    assert lines[0].startswith("Rejected: ")
    assert f"  {told}" in lines
    assert "sell_no_more_than_won: 49 examined, 1 breach" in lines


def test_only_so_many_breaches_of_a_check_are_printed():
    verdict = Verdict(tuple(Breach("c", "w", "s", "f", f"sentence {n}") for n in range(25)), {"c": 25})
    assert "  sentence 19" in verdict.lines()
    assert "  sentence 20" not in verdict.lines()
    assert "  and 5 more" in verdict.lines()
    assert "  and 1 more" in verdict.lines(24)
    assert [line for line in verdict.lines(25) if "more" in line] == []


def test_the_audit_loads_no_solver_and_no_table_library():
    program = "import sys, foodlots.audit; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert not set(loaded) & {"pulp", "highspy", "pandas", "numpy", "networkx", "folium", "streamlit"}


def test_the_audit_uses_nothing_of_the_rest():
    program = (
        "import sys, foodlots.audit; print(' '.join(name for name in sys.modules if name.startswith('foodlots.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if not name.startswith("foodlots.audit")}
    assert ours == set()


def test_the_contract_of_imports_forbids_every_part_but_the_audit():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (contract,) = [each for each in told if each.get("source_modules") == ["foodlots.audit"]]
    parts = {part.name for part in pkgutil.iter_modules([str(ROOT / "foodlots")])} - {"audit"}
    assert parts == {name.removeprefix("foodlots.") for name in contract["forbidden_modules"] if "foodlots." in name}
    assert "allow_indirect_imports" not in contract


def _audited_in_time(name, bands, folder):
    """A plan of a real county's kitchens is accepted, in less than 3 s of this machine's work."""
    if not (CASES / name).is_dir():
        pytest.skip("../shared/cases is not on this machine")
    case, limits, _ = read_case(CASES / name)
    for producer in case.producers:
        case = with_entry(case, "producers", producer, min_drop_gbp=D(0), max_contract_gbp=None)
    limits = _unlimited(limits)
    write(build(case, limits, county_draft(case, limits, bands)), folder)
    began = time.process_time()
    verdict = audit_papers(case, limits, folder)
    assert time.process_time() - began < 3
    assert verdict.accepted, "\n".join(verdict.lines())
    assert verdict.counts["award_only_drawn_lots"] > verdict.counts["count_able_bidders"]


def test_a_town_s_plan_is_audited_in_time(tmp_path):
    _audited_in_time("preston", 3, tmp_path)


@pytest.mark.long
def test_a_county_s_plan_is_audited_in_time(tmp_path):
    _audited_in_time("lancashire", 9, tmp_path)


EXAMPLES = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@given(random_plans())
@EXAMPLES
def test_any_right_plan_is_accepted(tmp_path_factory, drawn):
    verdict = judged(*drawn, tmp_path_factory.mktemp("plan"))
    assert verdict.accepted, "\n".join(verdict.lines())


@pytest.mark.long
@given(random_plans())
@settings(EXAMPLES, max_examples=10_000)
def test_ten_thousand_right_plans_are_accepted(tmp_path, drawn):
    verdict = judged(*drawn, tmp_path)
    assert verdict.accepted, "\n".join(verdict.lines())
