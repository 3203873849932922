"""What each strength of the formulation is worth: every way has the same optimum, none a better bound than ours."""

from pathlib import Path

import pytest
from formulations import AS_IT_IS, KILOS_AS_ASKED, WAYS, WINNERS_UNTIED, build_so, root
from golden_case import VILLAGE

from foodlots.optimise import make_plan
from foodlots.optimise.solver import Effort, solve
from foodlots.reading import read_case

PRESTON = Path(__file__).parents[2].parent / "shared" / "cases" / "preston"
TIE = 0.05  # £


@pytest.mark.parametrize("way", WAYS)
def test_every_way_has_the_same_optimum(way):
    case, settings, _ = read_case(VILLAGE)
    found = solve(build_so(case, settings, way).problem, Effort(60, threads=1))
    assert found.objective == pytest.approx(float(make_plan(case, settings).summary.objective_gbp), abs=TIE)


@pytest.mark.long
@pytest.mark.skipif(not PRESTON.is_dir(), reason="needs ../shared/cases/preston")
def test_what_each_is_worth_on_preston():
    case, settings, _ = read_case(PRESTON)
    roots = {way: root(case, settings, way) for way in WAYS}
    for way, found in roots.items():
        print(f"{way}: {found.columns:,} columns, {found.entries:,} entries, root bound £{found.bound_gbp:,.0f}, "
              f"built in {found.building:.1f} s, relaxed in {found.relaxing:.1f} s of processor")  # fmt: skip
    ours = roots[AS_IT_IS].bound_gbp
    assert all(found.bound_gbp <= ours + TIE for found in roots.values())
    assert roots[KILOS_AS_ASKED].bound_gbp < ours - 1000
    assert roots[WINNERS_UNTIED].bound_gbp < ours - 1000
