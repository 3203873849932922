"""On a Dask cluster of two workers the runner behaves as on this machine, and every figure is the same."""

import time

import pytest
import runner_work as work
from golden_case import VILLAGE
from test_regional import PACE, RUN, SEEDS, apart
from two_workers import two_workers

from foodlots.insight.curve import trade_off
from foodlots.insight.harvests import Weather
from foodlots.insight.price import price_rules
from foodlots.insight.stress import jobs_for, years_work
from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.regional import plan_by_region
from foodlots.runner import Refused, Runner, WorkFailed

pytest.importorskip("distributed", reason="needs foodlots[cluster]")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with two_workers(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def there(address):
    with Runner(cluster=address, keep=False) as runner:
        yield runner


@pytest.fixture(scope="module")
def here():
    with Runner(processes=1, keep=False) as runner:
        yield runner


def test_results_stand_in_the_order_of_the_jobs(there):
    found = there.run(work.power, {"base": 7}, {f"job {n}": n for n in range(6)})
    assert list(found) == [f"job {n}" for n in range(6)]
    assert [value for value, _ in found.values()] == [7**n for n in range(6)]


def test_refusals_and_our_own_faults_are_told(there):
    assert there.run(work.troubled, None, {"a": 1, "b": 2})["b"] == Refused("two is not allowed")
    with pytest.raises(WorkFailed, match="three is our fault"):
        there.run(work.troubled, None, {"a": 3})


def test_stop_ends_what_is_under_way(there):
    there.look = lambda standing: bool(standing.under_way)
    began = time.monotonic()
    assert set(there.run(work.patient, 60.0, {str(n): n for n in range(4)}).values()) <= {"stopped"}
    assert time.monotonic() - began < 30


def test_prices_are_the_same(here, there):
    case, settings, _ = read_case(VILLAGE, ["lots.number=[1,1]"])
    assert price_rules(case, settings, there, 60).steps == price_rules(case, settings, here, 60).steps


def test_a_curve_is_the_same(here, there):
    case, settings, _ = read_case(VILLAGE)
    one, other = (trade_off(case, settings, ["suppliers"], runner, 3, 60) for runner in (here, there))
    assert [(p.cost_gbp, p.values, p.proven) for p in one.points] == [
        (p.cost_gbp, p.values, p.proven) for p in other.points
    ]
    assert len(one.points) == 3


def test_years_of_harvest_are_the_same(here, there):
    case, settings, _ = read_case(VILLAGE)
    common = case, settings, make_plan(case, settings), Weather(seed=3)
    assert there.run(years_work, common, jobs_for(60)) == here.run(years_work, common, jobs_for(60))


def test_regions_are_planned_the_same(here, there):
    case, settings = apart(SEEDS[6])
    one, other = (plan_by_region(case, settings, runner, PACE, RUN) for runner in (here, there))
    assert one.awards
    assert (one.lots, one.awards, one.supply) == (other.lots, other.awards, other.supply)
    assert one.summary.bound_gbp == other.summary.bound_gbp
