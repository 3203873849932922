"""The village: trying every plan, the model, and the answer that data/village/README.md works out on paper agree."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import oracle_lots
import pytest
from oracle import FINE, Decided, Oracle, Way, awards_of

from foodlots.optimise import make_plan
from foodlots.optimise.candidates import Candidate, make_candidate
from foodlots.optimise.ground import Ground
from foodlots.reading import read_case

VILLAGE = Path(__file__).resolve().parent.parent / "data" / "village"
HALF_PENNY = Decimal("0.005")

pytestmark = pytest.mark.skipif(not VILLAGE.exists(), reason="data/village is not here")


@pytest.fixture(scope="module")
def paper() -> dict[str, str]:
    """The rows of the answer at the top of the paper."""
    rows = re.findall(r"^\| ([^|]*?) \| ([^|]*?) \|$", (VILLAGE / "README.md").read_text(encoding="utf-8"), re.M)
    return dict(rows)


@pytest.fixture(scope="module")
def oracle() -> Iterator[Oracle]:
    """An oracle that may draw any set of products as a lot, not only those that belong together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle_lots, "draw_candidates", _every_lot)
        yield Oracle(*read_case(VILLAGE)[:2])


def _every_lot(ground: Ground) -> tuple[Candidate, ...]:
    sets = (cells for number in range(1, len(ground.cells) + 1) for cells in combinations(ground.cells, number))
    return tuple(make_candidate(ground, 0, frozenset(cells)) for cells in sets)


@pytest.fixture(scope="module")
def plan():
    return make_plan(*read_case(VILLAGE)[:2])


@pytest.fixture(scope="module")
def every_plan(oracle) -> list[tuple[Decimal, Decided]]:
    """Every way to cut the work and to award it, with its cost, £; none left out by any bound."""
    oracle.best()
    plans = [(oracle.cost(decided), decided) for decided in _all_plans(oracle, frozenset(oracle.over))]
    return sorted(((in_pounds(cost), decided) for cost, decided in plans), key=lambda each: each[0])


def _all_plans(oracle: Oracle, free: frozenset) -> Iterator[Decided]:
    if not free:
        yield []
        return
    for work in oracle.over[min(free, key=str)]:
        if work.cells.keys() <= free:
            for way in oracle.ways[work]:
                yield from ([(work, way), *rest] for rest in _all_plans(oracle, free - work.cells.keys()))


def in_pounds(cost: Fraction) -> Decimal:
    """To the hundredth of a penny."""
    return round(Decimal(round(cost / FINE * 10_000)) / 10_000, 4)


def said(way: Way) -> str:
    return ";".join(sorted(award.bidder for award in way.awards)) or "open market"


def test_the_model_finds_the_answer_on_paper(plan, paper):
    assert str(plan.summary.objective_gbp) == paper["objective_gbp"]
    assert str(plan.summary.spend_gbp) == paper["spend_gbp"]
    assert plan.summary.bound_gbp == plan.summary.objective_gbp
    assert plan.summary.status == "optimal"


def test_the_lots_and_winners_are_those_on_paper(plan, paper):
    lots = {frozenset(lot.products): lot.winner for lot in plan.lots}
    drawn = [frozenset(lot.split("+")) for lot in paper["lots"].split("; ")]
    winners = [row.split(": ") for row in paper["winners"].split("; ")]
    assert set(lots) == set(drawn)
    assert lots == {frozenset(lot.split("+")): winner for lot, winner in winners}


def test_the_shortfall_is_that_on_paper(plan, paper):
    (line,) = plan.shortfall
    assert paper["shortfall"] == f"{line.product} in month {line.month}: {line.kg} kg, £{line.gbp:.2f}"


def test_trying_every_plan_finds_the_same(every_plan, oracle, plan):
    cost, decided = every_plan[0]
    assert abs(cost - plan.summary.objective_gbp) <= HALF_PENNY
    assert every_plan[1][0] > cost + 100
    assert in_pounds(oracle.best().cost) == cost
    assert in_pounds(oracle.cost(oracle.decided_by(plan))) == cost
    assert {(work.products, said(way)) for work, way in decided} == {(lot.products, lot.winner) for lot in plan.lots}


def test_there_are_as_many_plans_as_on_paper(every_plan):
    paper = re.search(r"there are (\d+) plans in all", _flowing())
    assert len(every_plan) == int(paper[1])


def test_every_cost_of_a_way_to_cut_is_that_on_paper(every_plan):
    """The last table of the paper: the cheapest winners of each way to cut the three products into lots."""
    rows = re.findall(r"^\|[* ]*([a-z+, ]+?)[* ]*\|.*\|[* ]*([\d,]+\.\d\d)[* ]*\|[^|]*\|$", _paper(), re.M)
    told = {_cut(lots): Decimal(gbp.replace(",", "")) for lots, gbp in rows}
    found: dict[frozenset, Decimal] = {}
    for cost, decided in every_plan:
        found.setdefault(frozenset(frozenset(work.products) for work, _ in decided), cost)
    assert len(told) == 5
    assert set(found) == set(told)
    assert all(abs(found[cut] - told[cut]) <= HALF_PENNY for cut in told)


def test_every_plan_on_paper_under_the_line_it_draws_is_there(every_plan):
    """The paper names every plan below a certain cost."""
    line = Decimal(re.search(r"Every one below £([\d,]+) is named", _flowing())[1].replace(",", ""))
    below = [cost for cost, _ in every_plan if cost < line]
    named = {Decimal(gbp.replace(",", "")) for gbp in re.findall(r"[\d,]+\.\d\d", _flowing())}
    assert [cost for cost in below if not any(abs(cost - gbp) <= HALF_PENNY for gbp in named)] == []


def test_the_harness_sees_a_wrong_paper(every_plan, plan):
    assert abs(every_plan[0][0] - (plan.summary.objective_gbp + Decimal("0.01"))) > HALF_PENNY
    assert len(list(awards_of(every_plan[0][1]))) == len(plan.awards) == 2


def _paper() -> str:
    return (VILLAGE / "README.md").read_text(encoding="utf-8")


def _flowing() -> str:
    return " ".join(_paper().split())


def _cut(lots: str) -> frozenset:
    everything = frozenset(("apples", "milk", "potatoes"))
    return frozenset(everything if lot == "all three" else frozenset(lot.split("+")) for lot in lots.split(", "))
