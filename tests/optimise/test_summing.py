"""The figures of a plan: added up from its tables, told as optimal only when it is proven."""

from dataclasses import replace
from decimal import Decimal

import pytest
from golden_case import VILLAGE

from foodlots.optimise import make_plan, search
from foodlots.reading import read_case

D = Decimal


def summary_of(*overrides):
    case, settings, _ = read_case(VILLAGE, overrides)
    return make_plan(case, settings).summary


def with_answer(monkeypatch, **said):
    """The village's summary when the solver says something else of the same plan."""
    real = search.find_best

    def find_best(*arguments):
        return replace(real(*arguments), **said)

    monkeypatch.setattr(search, "find_best", find_best)
    return summary_of()


def test_the_villages_figures_are_those_of_its_paper():
    figures = summary_of()
    assert (figures.objective_gbp, figures.spend_gbp, figures.budget_gbp) == (D("9095.41"), D("8823.80"), D(10920))
    assert (figures.food_gbp, figures.delivery_gbp, figures.open_market_gbp) == (D("7007.80"), D(1560), D(256))
    assert (figures.lots, figures.awarded_lots, figures.winners) == (2, 2, 2)
    assert (figures.lots_gbp, figures.suppliers_gbp, figures.local_spend_gbp) == (D(300), D(400), D("8567.80"))
    assert (figures.delivery_km, figures.kgco2e, figures.meals) == (D(2184), D(15405), D(19500))
    assert figures.pence_per_meal == pytest.approx(45.25, abs=0.005)
    assert (figures.status, figures.bound_gbp, figures.gap_share_of_spend) == ("optimal", D("9095.41"), 0)


@pytest.mark.parametrize(
    ("proven", "bound", "status"),
    [
        (True, 9095.41, "optimal"),
        (True, 9094.53, "optimal"),
        (True, 9094.52, "feasible"),
        (False, 9095.41, "feasible"),
        (False, 4000.0, "feasible"),
    ],
)
def test_optimal_is_said_only_when_proven_to_a_hundredth_of_a_percent(monkeypatch, proven, bound, status):
    """0.01% of £8,823.80 is 88p."""
    figures = with_answer(monkeypatch, proven=proven, bound=bound)
    assert figures.status == status
    assert figures.bound_gbp == D(repr(bound))
    assert figures.gap_share_of_spend == pytest.approx((9095.41 - bound) / 8823.80, abs=1e-8)


def test_a_bound_above_the_plan_is_no_gap_below_nought(monkeypatch):
    assert with_answer(monkeypatch, bound=9095.42).gap_share_of_spend == 0


@pytest.mark.parametrize(
    ("overrides", "objective"),
    [
        (["aims.local_spend_gbp=0"], "9523.80"),
        (["aims.km_gbp=0.1"], "9313.81"),
        (["aims.kgco2e_gbp=0.01"], "9249.46"),
        (["costs.per_lot=150.005"], "9095.42"),
    ],
)
def test_the_objective_counts_each_aim(overrides, objective):
    assert summary_of(*overrides).objective_gbp == D(objective)


def test_winners_are_paid_for_once_with_their_own_setup():
    case, settings, _ = read_case(VILLAGE)
    producers = {**case.producers, "mead": replace(case.producers["mead"], setup_gbp=D("123.45"))}
    assert make_plan(replace(case, producers=producers), settings).summary.suppliers_gbp == D("323.45")
    hand = {p: tuple((s, p, tuple(range(1, 13))) for s in case.sites) for p in case.products}
    figures = make_plan(replace(case, lots=hand), settings).summary
    assert (figures.lots, figures.winners, figures.suppliers_gbp) == (3, 2, D(400))


def test_a_plan_of_the_open_market_alone():
    case, settings, _ = read_case(VILLAGE)
    figures = make_plan(replace(case, offers=()), settings).summary
    assert (figures.spend_gbp, figures.open_market_gbp) == (D(10920), D(10920))
    assert (figures.awarded_lots, figures.winners, figures.local_share, figures.delivery_km) == (0, 0, 0, 0)
    assert figures.objective_gbp == D(11070)


@pytest.mark.parametrize("kind", ["small", "organic", "local"])
def test_shares_of_spend_are_of_those_paid(kind):
    """Croft is paid £4,465 of £8,823.80, for food and delivery."""
    case, settings, _ = read_case(VILLAGE, ["aims.local_spend_gbp=0"])
    producers = {key: replace(each, **{kind: key == "croft"}) for key, each in case.producers.items()}
    figures = make_plan(replace(case, producers=producers), settings).summary
    assert getattr(figures, f"{kind}_share") == round(4465 / 8823.80, 6)
