"""Against the plain model and the solver that comes with PuLP: the same optimum, and how much sooner.

The long form prints what it measured; processor seconds, so that other work on the machine does not count.
"""

import resource
from pathlib import Path

import pulp
import pytest
from golden_case import VILLAGE
from plain_model import plain_model
from random_cases import draw_sample

from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.runner import Runner

PRESTON = Path(__file__).parents[2].parent / "shared" / "cases" / "preston"
TIMES, GAP = 20, 1e-4  # as often as long as foodlots takes, to the same gap


def cbc(problem: pulp.LpProblem, **options) -> tuple[float, bool]:
    """Processor seconds of CBC, and whether it ended with the gap asked for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, **options))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime, problem.sol_status == pulp.LpSolutionOptimal


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_plain_model_has_the_same_optimum_on_the_village():
    case, settings, _ = read_case(VILLAGE)
    problem = plain_model(case, settings)
    cbc(problem)
    assert pulp.value(problem.objective) == pytest.approx(
        float(make_plan(case, settings).summary.objective_gbp), abs=0.05
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_plain_model_has_the_same_optimum_on_random_cases():
    compared = 0
    for seed in range(60):
        sample = draw_sample(seed)
        if _beyond_plain(sample.settings) or sample.case.held:
            continue
        problem = plain_model(sample.case, sample.settings)
        if not problem.variables():
            continue
        cbc(problem)
        if problem.sol_status == pulp.LpSolutionOptimal:
            found = make_plan(sample.case, sample.settings).summary.objective_gbp
            assert pulp.value(problem.objective) == pytest.approx(float(found), abs=0.05), seed
            compared += 1
    assert compared >= 3


def _beyond_plain(settings) -> bool:
    """Whether the settings ask for what the plain model does not know."""
    awards, floors, limits = settings.awards, settings.floors, settings.limits
    return bool(
        any(vars(floors).values()) or any(vars(limits).values()) or settings.lots.number != (None, None)
        or awards.max_lots_per_supplier or awards.min_winners or awards.max_winners_per_lot > 1
        or settings.aims.balance_gbp or settings.order.aims
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.skipif(not PRESTON.is_dir(), reason="needs ../shared/cases/preston")
def test_preston_is_planned_many_times_sooner():
    with Runner(processes=1, keep=False) as runner:
        ours = runner.run(ours_alone, None, {"preston": str(PRESTON)})["preston"]
    case, settings, _ = read_case(PRESTON)
    seconds, there = cbc(plain_model(case, settings), gapRel=GAP, timeLimit=TIMES * ours)
    ended = "there" if there else "not there"
    print(f"foodlots {ours:.1f} s to {GAP:.2%}; CBC on the plain model {seconds:.1f} s, {ended}")
    assert not there or seconds >= TIMES * ours


def ours_alone(_, folder: str, tell) -> float:
    """Processor seconds of this process to build and prove the case."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    case, settings, _ = read_case(folder)
    assert make_plan(case, settings).summary.gap_share_of_spend <= GAP
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
