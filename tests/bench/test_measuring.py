"""What is measured is what happened: the plan's own figures, and times that can be."""

import csv
import json
import xml.etree.ElementTree as ET

import pytest
from golden_case import VILLAGE
from typer.testing import CliRunner

from foodlots.bench import measure
from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.optimise import make_plan
from foodlots.reading import read_case


@pytest.fixture(scope="module")
def measured():
    return measure(VILLAGE)


def test_figures_are_those_of_the_plan(measured):
    case, settings, _ = read_case(VILLAGE)
    plan = make_plan(case, settings)
    assert (measured.status, measured.lots) == (plan.summary.status, plan.summary.lots)
    assert measured.best_gbp == float(plan.summary.objective_gbp)
    assert (measured.kitchens, measured.producers) == (len(case.sites), len(case.producers))
    assert measured.entries > measured.columns > measured.lots_possible == plan.run["candidates"]


def test_times_follow_each_other(measured):
    times = [step.seconds for step in measured.course]
    assert times == sorted(times)
    assert 0 < measured.first_plan <= measured.within(0.0001) <= measured.planning
    assert measured.within(-1) is None
    assert 20 < measured.memory_mb < 4000


def test_the_command_tells_a_table_and_writes_what_it_measured(tmp_path):
    done = CliRunner().invoke(app, ["bench", str(VILLAGE), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "first plan" in done.stdout
    rows = list(csv.DictReader((tmp_path / "out" / "bench.csv").read_text("utf-8-sig").splitlines()))
    assert [row["case"] for row in rows] == ["village"]
    assert rows[0]["gap"] == "0.0000%"
    assert ET.fromstring((tmp_path / "out" / "course.svg").read_text()).tag.endswith("svg")


def test_as_json():
    done = CliRunner().invoke(app, ["bench", str(VILLAGE), "--json"])
    answer = json.loads(done.stdout)
    assert answer["measured"][0]["best_gbp"] == 9095.41
    assert "cores" in answer["machine"]


def test_a_case_with_faults_is_not_measured(tmp_path):
    with pytest.raises(DataError):
        measure(tmp_path)


def test_generate_overwrites_nothing(tmp_path):
    wanted = ["generate", "--out", str(tmp_path / "case"), "--sites", "5", "--producers", "4", "--products", "3"]
    assert CliRunner().invoke(app, wanted).exit_code == 0
    again = CliRunner().invoke(app, wanted)
    assert isinstance(again.exception, DataError)
    assert "choose a new folder" in str(again.exception)
