"""Published instances of single-source facility location: the awards cost what the literature says is the least."""

from pathlib import Path

import pytest
from sscflp import as_case, optima

from foodlots.optimise.search import make_plan

FOLDER = Path(__file__).parents[2] / "shared" / "bench" / "sscflp"
QUICK = (1, 2, 7, 10, 13, 14, 16, 17)  # a second or two each
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the published instances are not beside the project")


def agrees(number: int) -> None:
    case, settings = as_case(FOLDER / f"p{number}")
    summary = make_plan(case, settings).summary
    published = optima(FOLDER)[f"p{number}"]
    assert summary.objective_gbp == published, f"p{number}: {summary.objective_gbp} but {published} is published"
    assert summary.gap_share_of_spend < 5e-4
    assert summary.open_market_gbp == 0


def test_every_instance_has_its_published_optimum():
    assert len(optima(FOLDER)) == 71
    assert (optima(FOLDER)["p1"], optima(FOLDER)["p71"]) == (8848, 25540)


@pytest.mark.parametrize("number", QUICK)
def test_awards_cost_what_is_published(number):
    agrees(number)


@pytest.mark.long
@pytest.mark.parametrize("number", [number for number in range(1, 72) if number not in QUICK])
def test_all_other_awards_cost_what_is_published(number):
    agrees(number)
