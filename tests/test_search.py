"""From a case to a plan: the same whatever the order of rows, and as good as proven on the cases known to us."""

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pulp
import pytest
from golden_case import VILLAGE

from foodlots.audit import audit_plan
from foodlots.optimise import make_plan
from foodlots.optimise.search import build
from foodlots.optimise.solver import Effort, solve
from foodlots.plan_files import read_plan, write_plan
from foodlots.reading import read_case

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "cases"
PRESTON, LANCASHIRE = SHARED / "preston", SHARED / "lancashire"
EVERY_FILE = {
    "lots.csv", "cells.csv", "awards.csv", "supply.csv", "shortfall.csv", "distribution.csv", "rounds.csv",
    "summary.json", "run.json", "map.html", "network.csv",
}  # fmt: skip
A_COUNTY_TOWN_IN_SECONDS = ["lots.areas=3", "awards.max_km=25"]
LANCASHIRE_KNOWN = 11_507_238  # £, a plan found in 110 s in November 2026


def skip_without(folder: Path) -> None:
    if not folder.exists():
        pytest.skip(f"{folder} is not here")


def shuffled(folder: Path, to: Path, seed: int) -> Path:
    """The same case with the rows and the columns of every table in another order."""
    dice = random.Random(seed)
    to.mkdir()
    (to / "settings.toml").write_bytes((folder / "settings.toml").read_bytes())
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            heading, *rows = list(csv.reader(file))
        order = dice.sample(range(len(heading)), len(heading))
        dice.shuffle(rows)
        with (to / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([line[column] for column in order] for line in (heading, *rows))
    return to


def command(case: Path, out: Path, *overrides: str, seed: int = 0) -> subprocess.CompletedProcess:
    """`foodlots plan` as a process of its own, with strings hashed in another way for each seed."""
    settings = [part for override in overrides for part in ("--set", override)]
    return subprocess.run(
        [sys.executable, "-m", "foodlots", "plan", str(case), "--out", str(out), "--json", *settings],
        env=os.environ | {"PYTHONHASHSEED": str(seed)}, capture_output=True, text=True, cwd=ROOT, timeout=600,
    )  # fmt: skip


def stated(folder: Path) -> dict[str, str]:
    """Every file of a plan, but for the seconds and the time it states and the bytes of the tables it was made from."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    figures, run = json.loads(texts["summary.json"]), json.loads(texts["run.json"])
    figures.pop("seconds")
    for name in ("time", "files"):
        run.pop(name, None)
    return texts | {"summary.json": json.dumps(figures), "run.json": json.dumps(run)}


def planned(source: Path, out: Path, *overrides: str) -> dict[str, str]:
    return stated(write_plan(make_plan(*read_case(source, overrides)[:2]), out))


VILLAGES = [
    [],
    ["lots.areas=2", "lots.seasons=[[1,2,3,4,5,6],[7,8,9,10,11,12]]", "lots.value_gbp=[2280,4190]"],
    ["awards.max_winners_per_lot=3", "awards.min_winners=2", "floors.local=0.5", "costs.per_km=0.1"],
]


@pytest.mark.parametrize("overrides", VILLAGES)
def test_the_village_in_any_order_is_the_same_plan(tmp_path, overrides):
    kept = planned(VILLAGE, tmp_path / "kept", *overrides)
    for seed in range(5):
        source = shuffled(VILLAGE, tmp_path / f"case{seed}", seed)
        assert planned(source, tmp_path / f"plan{seed}", *overrides) == kept


def test_a_town_in_any_order_is_the_same_plan_to_the_byte(tmp_path):
    """Depots, cooperatives and 20 lots; in processes that hash strings differently; the map and the network too."""
    plans = []
    for seed in (1, 2):
        source = shuffled(ROOT / "data" / "preston", tmp_path / f"case{seed}", seed)
        done = command(source, tmp_path / f"plan{seed}", *A_COUNTY_TOWN_IN_SECONDS, seed=seed)
        assert done.returncode == 0, done.stderr
        plans.append(stated(tmp_path / f"plan{seed}"))
    assert set(plans[0]) == EVERY_FILE
    assert [name for name in EVERY_FILE if plans[0][name] != plans[1][name]] == []
    assert json.loads(plans[0]["summary.json"])["status"] == "optimal"


def test_preston_is_proven_while_the_user_waits(tmp_path, capsys):
    """With more patience than the usual 30 s, so that a busy machine proves as much as a quiet one."""
    skip_without(PRESTON)
    began = monotonic()
    done = command(PRESTON, tmp_path / "plan", "effort.patience=50")
    seconds = monotonic() - began
    with capsys.disabled():
        print(f"\npreston, whole process: {seconds:.1f} s (20 s on a quiet machine)")
    assert done.returncode == 0, done.stderr
    figures = read_plan(tmp_path / "plan").summary
    assert (figures.status, figures.gap_share_of_spend <= 1e-4) == ("optimal", True)
    assert figures.objective_gbp <= 1_533_000
    assert audit_plan(PRESTON, tmp_path / "plan").accepted
    assert seconds <= 60


def test_the_linear_program_of_lancashire_is_near_the_best_plan_known():
    """The bound a search starts from: within a hundredth of a plan that is known, and never above it."""
    skip_without(LANCASHIRE)
    model = build(*read_case(LANCASHIRE)[:2])
    for column in model.problem.variables():
        column.cat = pulp.LpContinuous
    bound = solve(model.problem, Effort(240)).bound
    assert 0.99 * LANCASHIRE_KNOWN <= bound <= LANCASHIRE_KNOWN


@pytest.mark.long
def test_lancashire_in_two_minutes(tmp_path, capsys):
    skip_without(LANCASHIRE)
    began = monotonic()
    done = command(LANCASHIRE, tmp_path / "plan", "effort.seconds=105")
    with capsys.disabled():
        print(f"\nlancashire, whole process: {monotonic() - began:.1f} s")
    assert done.returncode == 0, done.stderr
    figures = read_plan(tmp_path / "plan").summary
    assert figures.objective_gbp <= 11_750_000
    assert figures.bound_gbp <= LANCASHIRE_KNOWN
    assert audit_plan(LANCASHIRE, tmp_path / "plan").accepted


@pytest.mark.parametrize(("gap", "enough"), [("0.5", True), ("0", False)])
def test_a_gap_that_is_wide_enough_ends_the_search(gap, enough):
    """Patience is how long a search that is good enough still goes on to prove the rest."""
    case, settings, _ = read_case(
        ROOT / "data" / "preston", [f"effort.gap={gap}", "effort.patience=0", *A_COUNTY_TOWN_IN_SECONDS]
    )
    plan = make_plan(case, settings)
    assert (plan.summary.status == "feasible") is enough
    assert plan.summary.gap_share_of_spend <= 0.5


def test_who_looks_on_sees_the_search_and_may_stop_it():
    seen = []

    def look(outlook):
        seen.append(outlook)
        return outlook.best_gbp is not None

    case, settings, _ = read_case(ROOT / "data" / "preston", ["effort.seconds=50"])
    plan = make_plan(case, settings, look)
    assert plan.summary.status == "feasible"
    assert plan.summary.seconds < 50
    assert seen[-1].best_gbp is not None
    assert all(0 <= outlook.left <= 50 and outlook.doing for outlook in seen)
    assert all(outlook.gap_share is None or outlook.gap_share >= 0 for outlook in seen)


def test_a_run_says_how_to_make_it_again():
    case, settings, _ = read_case(VILLAGE, ["effort.seed=7"])
    run = make_plan(case, settings, run={"command": "mine"}).run
    assert (run["command"], run["seed"], run["inputs_sha256"]) == ("mine", 7, case.sha256)
    assert set(run["versions"]) == {"foodlots", "pulp", "highspy", "python"}
    assert run["solver"] == {"status": "Optimal", "proven": True, "nodes": run["solver"]["nodes"]}
    assert run["rows"]["cover_each_cell_once"] == 3
    assert (run["candidates"], run["bids"]) == (5, 8)
    assert json.loads(json.dumps(run)) == run
