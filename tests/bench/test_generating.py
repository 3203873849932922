"""Invented cases read back without a fault, are the same each time, and keep to the size asked for."""

import pytest

from foodlots.bench import Size, generate
from foodlots.checking import check
from foodlots.geo import great_circle_km
from foodlots.optimise import make_plan
from foodlots.reading import read_case, read_tables

SIZES = [Size(1, 1, 1), Size(40, 25, 8), Size(40, 25, 8, seed=3), Size(300, 200, 30), Size(60, 10, 60)]


def texts(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_an_invented_case_has_no_faults_and_its_size(size, tmp_path):
    checked = check(read_tables(generate(size, tmp_path / "case")))
    assert checked.faults == ()
    case = checked.case
    assert (len(case.sites), len(case.producers), len(case.products)) == (size.sites, size.producers, size.products)
    assert checked.settings.case.illustrative
    assert {standing.standing for standing in case.provenance} == {"assumed"}


def test_the_same_size_and_seed_is_the_same_case(tmp_path):
    one, other, third = (
        texts(generate(size, tmp_path / name)) for name, size in zip("abc", (SIZES[1], SIZES[1], SIZES[2]), strict=True)
    )
    assert one == other
    assert one["sites.csv"] != third["sites.csv"]


def test_a_small_case_lies_together_and_a_large_one_all_over_the_country(tmp_path):
    def span(size):
        case = read_case(generate(size, tmp_path / str(size.sites)))[0]
        places = [site.place for site in case.sites.values()]
        return max(great_circle_km(places[0], place) for place in places), len(case.buyers)

    assert span(Size(100, 5, 2))[0] < 60
    far, buyers = span(Size(20_000, 5, 2))
    assert far > 400
    assert buyers > 90


def test_an_invented_case_can_be_planned(tmp_path):
    folder = generate(Size(60, 40, 6), tmp_path / "case")
    case, settings, _ = read_case(folder, ["effort.seconds=10"])
    summary = make_plan(case, settings).summary
    assert summary.awarded_lots > 0
    assert float(summary.bound_gbp) <= float(summary.objective_gbp) + 0.05  # rounding to pence may save some
