"""The trade-off curve on the village: points no plan betters, each the cheapest plan that a solve apart finds."""

import json
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from random_cases import draw_sample

from foodlots.audit import audit_plan
from foodlots.cli import main
from foodlots.compare import cost_to_buyer
from foodlots.errors import NoPlan
from foodlots.insight.aims import AIMS, cost_alone
from foodlots.insight.curve import NOTHING_TO_TRADE, between, trade_off
from foodlots.insight.front import Front
from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.runner import Refused, Runner
from foodlots.settings import overrides_between


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOODLOTS_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def curves():
    case, settings, _ = read_case(VILLAGE)
    with Runner(processes=2) as runner:
        return {
            names: trade_off(case, settings, names, runner, 9, 60)
            for names in (("km",), ("suppliers",), ("lots",), ("km", "local"))
        }


def figures(curve):
    return [(point.cost_gbp, *point.values) for point in curve.points]


def test_the_ends_are_the_plans_on_paper(curves):
    """The best cut 9,523.80 (its 2,184 km); all in one lot with Mead 9,678.80; all from the open market 11,070."""
    km = figures(curves["km",])
    assert km[0] == (Decimal("9523.80"), Decimal(2184))
    assert (Decimal("9678.80"), Decimal(1404)) in km
    assert km[-1] == (Decimal("11070.00"), Decimal(0))
    suppliers = [(str(cost), int(count)) for cost, count in figures(curves["suppliers",])]
    assert suppliers == [("9523.80", 2), ("9678.80", 1), ("11070.00", 0)]
    assert [(str(cost), int(count)) for cost, count in figures(curves["lots",])] == [("9523.80", 2), ("9678.80", 1)]


def test_no_point_is_bettered_by_another(curves):
    for curve in curves.values():
        for one in curve.points:
            for other in curve.points:
                if one is not other:
                    worse = [
                        not aim.no_worse(a, b) for aim, a, b in zip(curve.aims, one.values, other.values, strict=True)
                    ]
                    assert one.cost_gbp > other.cost_gbp or any(worse)


def test_no_plan_is_below_what_is_proven_of_all(curves):
    """Every line proven at a price on the aim lies under every point, and touches the point it was proven with."""
    case, settings, _ = read_case(VILLAGE)
    aims = (AIMS["km"],)
    with Runner(processes=2) as runner:
        front = Front(case, cost_alone(settings, aims), aims, runner)
        front.find({f"at {price}": front.under(aims[0].priced(front.base, Decimal(price))) for price in ("0.1", "0.5")})
        front.find({"held": front.holding((Decimal(1500),))})
    touched = [point for point in front.points() if point.cost_gbp - front.least_cost(point.values) < Decimal("0.02")]
    assert len(touched) >= 2
    for point in (*front.points(), *curves["km",].points):
        assert front.least_cost(point.values) <= point.cost_gbp
        assert front.least_cost(tuple(value / 2 for value in point.values)) >= front.least_cost(point.values)


def test_each_point_is_the_cheapest_plan_a_solve_apart_finds(curves):
    case, settings, _ = read_case(VILLAGE)
    nothing = replace(settings, aims=replace(settings.aims, local_spend_gbp=Decimal(0)))
    for curve in (curves["km",], curves["km", "local"]):
        for point in curve.points:
            held = nothing
            for aim, value in zip(curve.aims, point.values, strict=True):
                held = aim.held(held, value)
            assert point.proven
            assert cost_to_buyer(make_plan(case, held).summary) == point.cost_gbp


class Alone:
    """A runner that does everything here and tells of each plan's bound no more than so many £ below its cost."""

    stopped = False

    def __init__(self, loose=0):
        self.loose, self.begun = Decimal(loose), []

    def run(self, work, common, jobs):
        found = {}
        for name, (settings, last, least) in jobs.items():
            self.begun.append((settings, last))
            try:
                plan = work(common, (settings, last, least), lambda best, gap: False)
            except NoPlan as trouble:
                found[name] = Refused(str(trouble))
                continue
            told = {"bound_gbp": plan.summary.objective_gbp - self.loose, "status": "feasible"} if self.loose else {}
            found[name] = replace(plan, summary=replace(plan.summary, **told))
        return found


@pytest.fixture(scope="module", params=[12, 34, 58])
def four_lots(request):
    """A random case whose cheapest plan has four lots and whose fewest is one, and the cost at each most."""
    sample = draw_sample(request.param)
    base = cost_alone(sample.settings, (AIMS["lots"],))
    cheapest = {}
    for most in range(1, 5):
        with suppress(NoPlan):
            plan = make_plan(sample.case, AIMS["lots"].held(base, Decimal(most)))
            cheapest[most] = cost_to_buyer(plan.summary)
    return sample, cheapest


def test_of_a_counted_aim_each_whole_number_has_its_cheapest_plan(four_lots):
    """From the fewest lots to those of the cheapest plan, but for numbers at which one lot more saves nothing."""
    sample, cheapest = four_lots
    points = trade_off(sample.case, sample.settings, ["lots"], Alone(), 9, 60).points
    assert {int(point.values[0]): point.cost_gbp for point in points} == {
        most: cost for most, cost in cheapest.items() if cost < cheapest.get(most - 1, Decimal("inf"))
    }
    assert all(point.proven and point.gap_gbp < Decimal("0.05") for point in points)


def test_gaps_hold_against_solves_apart_where_little_is_proven(four_lots):
    """Bounds told £40 too low: no gap claims more than is true, none is wider, and neighbours' bounds count too."""
    sample, cheapest = four_lots
    for point in trade_off(sample.case, sample.settings, ["lots"], Alone(40), 9, 60).points:
        assert point.cost_gbp - point.gap_gbp <= cheapest[int(point.values[0])] + Decimal("0.05")
        assert point.gap_gbp <= 40


def test_what_is_proven_with_more_allowed_bounds_all_with_less():
    case, settings, _ = read_case(VILLAGE)
    aims = (AIMS["suppliers"],)
    front = Front(case, cost_alone(settings, aims), aims, Alone())
    front.find({"two": front.holding((Decimal(2),)), "one": front.holding((Decimal(1),))})
    assert front.least_cost((Decimal(3),)) == 0
    assert front.least_cost((Decimal(2),)) == Decimal("9523.80")
    assert front.least_cost((Decimal(1),)) == front.least_cost((Decimal(0),)) == Decimal("9678.80")


def test_each_search_begins_with_the_best_plan_known_for_it():
    case, settings, _ = read_case(VILLAGE)
    runner, aims = Alone(), (AIMS["km"],)
    front = Front(case, cost_alone(settings, aims), aims, runner)
    front.find({"any": front.under(front.base)})
    front.find({"none": front.holding((Decimal(0),))})
    front.find({"dear": front.under(aims[0].priced(front.base, Decimal(2))), "some": front.holding((Decimal(1500),))})
    km = [last and last.summary.delivery_km for _, last in runner.begun]
    assert km == [None, None, 0, 0]  # 2,184 km for 9,523.80 is no plan of few km, and at £2 a km dearer than 11,070
    front.find({"free": front.under(aims[0].priced(front.base, Decimal("0.001")))})
    assert runner.begun[-1][1].summary.delivery_km == 2184


def test_what_a_later_plan_outdoes_is_searched_once_more_from_it():
    """At £2 a km the cheapest plan, 9,523.80 and 2,184 km, is outdone by the open market, 11,070 and none."""
    case, settings, _ = read_case(VILLAGE)
    runner, aims = Alone(), (AIMS["km"],)
    front = Front(case, cost_alone(settings, aims), aims, runner)
    dear = front.under(aims[0].priced(front.base, Decimal(2)))
    front.find({"any": front.under(front.base), "none": front.holding((Decimal(0),))})
    loose = {"objective_gbp": Decimal(13892), "bound_gbp": Decimal(9000), "status": "feasible"}
    poor = replace(front.plans["any"], summary=replace(front.plans["any"].summary, **loose))
    front.asked["dear"], front.plans["dear"] = dear, poor
    assert front.outdone() == {"dear": dear}
    front.find(front.outdone())
    assert runner.begun[-1][1].summary.delivery_km == front.plans["dear"].summary.delivery_km == 0
    assert front.outdone() == {}


def test_where_there_is_no_plan_at_all_its_reason_is_told(capsys):
    with pytest.raises(SystemExit, match="3"):
        main(["curve", str(VILLAGE), "--aim", "local", "--set", "limits.cost_gbp=1"])
    assert "no plan: most it may cost, £1 (limits.cost_gbp) cannot be met" in capsys.readouterr().err


def test_a_curve_stopped_before_its_first_plan_says_so():
    case, settings, _ = read_case(VILLAGE)
    with Runner(look=lambda standing: True, keep=False) as runner:
        curve = trade_off(case, settings, ["local"], runner)
    assert (curve.points, curve.stopped, curve.refusal) == ((), True, "stopped before there was any plan")


def test_two_aims_span_the_front_between_them(curves):
    found = figures(curves["km", "local"])
    assert (Decimal("9523.80"), Decimal(2184), Decimal("8567.80")) in found
    assert (Decimal("9901.00"), Decimal(780), Decimal("4465.00")) in found  # the greens from Croft, milk bought
    assert found[-1] == (Decimal("11070.00"), 0, 0)
    assert curves["km", "local"].unmet > 0


def test_one_plan_at_both_ends_is_said_to_be(capsys):
    """No £ paid locally is worth more than a £: what the village pays locally at the least cost is the most."""
    with pytest.raises(SystemExit):
        main(["curve", str(VILLAGE), "--aim", "local"])
    assert NOTHING_TO_TRADE in " ".join(capsys.readouterr().out.split())


def test_steps_are_equal_and_never_ask_for_more_than_the_best():
    km, local = AIMS["km"], AIMS["local"]
    assert between(local, Decimal("10.5"), Decimal("20.5"), 5) == [Decimal("10.5"), 13, 15, 18, Decimal("20.5")]
    assert between(km, Decimal("20.5"), Decimal("10.5"), 5) == [Decimal("20.5"), 18, 16, 13, Decimal("10.5")]
    assert between(AIMS["lots"], Decimal(3), Decimal(1), 9) == [3, 2, 1]
    assert between(km, Decimal(5), Decimal(5), 4) == [5]


def test_a_point_opens_as_a_plan_and_passes_the_audit(capsys, tmp_path):
    with pytest.raises(SystemExit) as end:
        main(["curve", str(VILLAGE), "--aim", "suppliers", "--out", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert not end.value.code
    assert [point["suppliers"] for point in told["points"]] == ["2", "1", "0"]
    for point in told["points"]:
        assert audit_plan(VILLAGE, point["folder"]).accepted


def test_the_table_says_what_is_proven(capsys):
    with pytest.raises(SystemExit):
        main(["curve", str(VILLAGE), "--aim", "km"])
    out = " ".join(capsys.readouterr().out.split())
    assert "Every point is proven" in out
    assert "wholesalers is not known" in out
    with pytest.raises(SystemExit) as end:
        main(["curve", str(VILLAGE), "--aim", "speed"])
    assert end.value.code == 2


def test_overrides_say_what_changed():
    _, before, _ = read_case(VILLAGE, ["limits.km=9", "lots.value_gbp=[1,2]"])
    given = [
        "limits.km=",
        "lots.number=[2, 6]",
        'order.aims=["km"]',
        "lots.value_gbp=[, 9000]",
        "case.pool_buyers=false",
    ]
    _, after, _ = read_case(VILLAGE, given)
    said = overrides_between(before, after)
    assert read_case(VILLAGE, ["limits.km=9", "lots.value_gbp=[1,2]", *said])[1] == after
    assert overrides_between(after, after) == []
