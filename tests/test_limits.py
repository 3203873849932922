"""Ceilings of a whole year and aims in a strict order, on the village: both sides of each edge, each plan audited."""

from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.audit import audit_papers, audit_plan
from foodlots.compare import cost_to_buyer
from foodlots.errors import DataError, NoPlan
from foodlots.optimise import make_plan
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

RUN = {"overrides": [], "command": "test", "time": "2026-11-25T00:00:00+00:00"}
BEST = {"cost": Decimal("9523.80"), "local": Decimal("8567.80"), "km": Decimal(2184), "winners": 2}


def plan(tmp_path, *overrides):
    """The village's plan, accepted by the audit of its own files."""
    case, settings, _ = read_case(VILLAGE, overrides)
    made = make_plan(case, settings, None, RUN | {"overrides": list(overrides)})
    verdict = audit_papers(case, settings, write_plan(made, tmp_path / "plan"))
    assert verdict.accepted, verdict.lines()
    return made.summary


def test_the_plan_without_ceilings_is_the_one_on_paper(tmp_path):
    found = plan(tmp_path)
    assert (cost_to_buyer(found), found.local_spend_gbp, found.delivery_km, found.winners) == tuple(BEST.values())


@pytest.mark.parametrize(
    "fits", ["limits.cost_gbp=9523.80", "limits.local_gbp=8567.80", "limits.km=2184", "limits.winners=2"]
)
def test_a_limit_the_best_plan_just_keeps_changes_nothing(tmp_path, fits):
    assert plan(tmp_path, fits).objective_gbp == Decimal("9095.41")


@pytest.mark.parametrize(
    ("binds", "objective"),
    [
        (
            "limits.km=2183",
            "9368.36",
        ),  # all three in one lot, 1,404 km
        ("limits.winners=1", "9368.36"),
        ("limits.local_gbp=8567.81", "9764.11"),  # each alone; the paper's second joins what the trees keep apart
    ],
)
def test_a_penny_or_a_km_less_gives_the_next_plan_on_paper(tmp_path, binds, objective):
    assert plan(tmp_path, binds).objective_gbp == Decimal(objective)


@pytest.mark.parametrize(
    "broken", ["limits.cost_gbp=9523.79", "limits.local_gbp=8567.81", "limits.km=2183", "limits.winners=1"]
)
def test_the_audit_sees_the_other_side_of_the_edge(tmp_path, broken):
    case, settings, _ = read_case(VILLAGE)
    folder = write_plan(make_plan(case, settings, None, RUN), tmp_path / "plan")
    held = audit_plan(VILLAGE, folder, [broken])
    assert len(held.breaches) == 1
    assert held.counts[held.breaches[0].check] == 1


def test_the_audit_sees_too_much_greenhouse_gas(tmp_path):
    case, settings, _ = read_case(VILLAGE)
    made = make_plan(case, settings, None, RUN)
    folder = write_plan(made, tmp_path / "plan")
    assert audit_plan(VILLAGE, folder, [f"limits.kgco2e={made.summary.kgco2e}"]).accepted
    assert not audit_plan(VILLAGE, folder, [f"limits.kgco2e={made.summary.kgco2e - Decimal('0.1')}"]).accepted


def test_a_cost_nobody_can_keep_to_is_told():
    with pytest.raises(NoPlan, match=r"limits\.cost_gbp"):
        make_plan(*read_case(VILLAGE, ["limits.cost_gbp=9000"])[:2])


@pytest.mark.parametrize(
    ("order", "figures"),
    [
        ("km", (0, 0, 1)),  # everything from the open market, in one lot
        ("suppliers", (0, 0, 1)),
        ("lots", (1404, 1, 1)),
        ("cost;local", (2184, 2, 2)),
    ],
)
def test_aims_in_a_strict_order(tmp_path, order, figures):
    found = plan(tmp_path, f"order.aims={order}")
    assert (found.delivery_km, found.winners, found.lots) == figures
    assert found.status == "optimal" or order.startswith("cost")


def test_what_comes_first_is_as_good_as_can_be_but_for_the_slack(tmp_path):
    most = plan(tmp_path, "order.aims=local", "order.slack=0")
    eased = plan(tmp_path, "order.aims=local", "order.slack=0.05")
    assert most.local_spend_gbp > eased.local_spend_gbp >= most.local_spend_gbp * Decimal("0.95") - 1
    assert most.objective_gbp > eased.objective_gbp


@pytest.mark.parametrize(
    ("given", "said"), [("speed", "is not an aim"), ("local;local", "twice"), ("[1]", "not an order of aims")]
)
def test_an_order_that_is_none_is_told(given, said):
    with pytest.raises(DataError, match=said):
        read_case(VILLAGE, [f"order.aims={given}"])
