"""The command line: what it says where, its exit codes, and Ctrl-C that keeps the best plan."""

import json
import os
import shutil
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from time import monotonic, sleep

import pytest
from golden_case import VILLAGE

from foodlots.audit import Breach, Verdict, audit_plan
from foodlots.cli import FAULTS, NO_PLAN, STOPPED, main
from foodlots.plan_files import read_plan

ROOT = Path(__file__).resolve().parent.parent
LANCASHIRE = ROOT.parent / "shared" / "cases" / "lancashire"
WRITTEN = {
    "lots.csv", "cells.csv", "awards.csv", "supply.csv", "shortfall.csv", "distribution.csv", "rounds.csv",
    "summary.json", "run.json", "map.html", "network.csv",
}  # fmt: skip


@pytest.fixture
def run(capsys):
    """Runs a command in this process: (exit code, stdout, stderr)."""

    def command(*arguments):
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err + said.out
        return end.value.code or 0, said.out, said.err

    return command


@pytest.fixture
def village(tmp_path):
    """A copy of the village that may be spoilt."""
    return Path(shutil.copytree(VILLAGE, tmp_path / "village"))


def spoil(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    assert old in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_check_says_what_is_in_the_case(run):
    code, out, err = run("check", VILLAGE)
    assert (code, err) == (0, "")
    assert out.startswith(
        "The village: 1 buyer, 2 sites, 3 products, 2 producers, 4 offers; demand worth £10,920 a year."
    )
    assert out.rstrip().endswith("The tables are in order.")


def test_check_tells_every_fault_on_stderr(run, village):
    spoil(village, "offers", "croft,potatoes", "crofft,potatoes")
    spoil(village, "products", "0.80", "8O")
    code, out, err = run("check", village)
    assert (code, out) == (FAULTS, "")
    assert "offers row 2, producer: 'crofft'" in err
    assert "did you mean 'croft'?" in err
    assert "products row 2, benchmark_gbp_per_kg" in err


def test_check_tells_notes_without_failing(run, village):
    spoil(village, "producers", "producer,name", "producer,name,colour")
    spoil(village, "producers", "Croft Farm", "Croft Farm,red")
    spoil(village, "producers", "Mead Farm", "Mead Farm,green")
    code, out, err = run("check", village)
    assert code == 0
    assert "colour" in err
    assert "in order" in out


def test_plan_writes_everything_and_tells_the_answer(run, tmp_path):
    code, out, err = run("plan", VILLAGE, "--out", tmp_path / "plan")
    assert (code, err) == (0, "")
    assert {path.name for path in (tmp_path / "plan").iterdir()} == WRITTEN
    assert read_plan(tmp_path / "plan").summary.objective_gbp == Decimal("9095.41")
    for said in ("The village: 2 lots", "Proven: ", "Croft Farm", "out of season everywhere", "Accepted: "):
        assert said in " ".join(out.split())


def test_plan_can_answer_a_program(run, tmp_path):
    code, out, _ = run("plan", VILLAGE, "--out", tmp_path / "plan", "--json")
    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "plan" / "summary.json").read_text(encoding="utf-8"))


def test_settings_of_the_command_line_go_before_the_files(run, tmp_path):
    code, out, _ = run(
        "plan", VILLAGE, "--out", tmp_path, "--json", "--set", "lots.number=[1,1]", "--set", "costs.per_lot=1",
        "--set", "costs.per_lot=2", "--seconds", "9", "--gap", "0.001",
    )  # fmt: skip
    figures, settings = json.loads(out), read_plan(tmp_path).run["settings"]
    assert (code, figures["lots"], figures["lots_gbp"]) == (0, 1, 2)
    assert (settings["effort"]["seconds"], settings["effort"]["gap"]) == ("9.0", "0.001")
    assert read_plan(tmp_path).run["overrides"][:3] == ["lots.number=[1,1]", "costs.per_lot=1", "costs.per_lot=2"]
    assert audit_plan(VILLAGE, tmp_path).accepted


@pytest.mark.parametrize("gap", ["0.00001", "1e-5", "0", "1"])
def test_any_gap_may_be_asked_for(run, tmp_path, gap):
    assert run("plan", VILLAGE, "--out", tmp_path, "--gap", gap, "--json")[0] == 0


def test_a_plan_made_again_takes_the_place_of_the_old_one(run, tmp_path):
    run("plan", VILLAGE, "--out", tmp_path)
    run("plan", VILLAGE, "--out", tmp_path, "--set", "lots.number=[1,1]")
    assert len(read_plan(tmp_path).lots) == 1
    assert {path.name for path in tmp_path.iterdir()} == WRITTEN


def test_no_plan_within_the_limits(run, tmp_path):
    code, out, err = run(
        "plan", VILLAGE, "--out", tmp_path / "plan", "--set", "lots.number=[1,1]", "--set", "awards.min_winners=2"
    )
    assert (code, out) == (NO_PLAN, "")
    assert "lots.number" in err
    assert "awards.min_winners" in err
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("lots.nummer=3", "did you mean 'lots.number'?"),
        ("nonsense", "write section.key=value"),
        ("awards.min_fill=2", "above 1"),
        ("lots.seasons=[[1,2],[3]]", "month"),
    ],
)
@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_wrong_setting_is_a_fault_with_its_mend(run, tmp_path, command, override, said):
    out = ["--out", tmp_path / "plan"] if command == "plan" else []
    code, printed, err = run(command, VILLAGE, *out, "--set", override)
    assert (code, printed) == (FAULTS, "")
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["plan"],
        ["plan", VILLAGE],
        ["plan", VILLAGE, "--out", "x", "--seconds", "0"],
        ["plan", VILLAGE, "--out", "x", "--seconds", "soon"],
        ["plan", VILLAGE, "--out", "x", "--gap", "-1"],
        ["plan", VILLAGE, "--out", "x", "--colour"],
        ["audit", VILLAGE],
        ["app", "--port", "many"],
    ],
)
def test_a_wrong_command(run, arguments):
    assert run(*arguments)[0] == 2


@pytest.mark.parametrize(
    "arguments", [["--help"], ["plan", "--help"], ["check", "--help"], ["audit", "--help"], ["app", "--help"]]
)
def test_help(run, arguments):
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert "Usage:" in out


@pytest.mark.parametrize("command", [["check"], ["plan", "--out", "x"], ["app"]])
def test_a_case_that_is_not_there(run, tmp_path, command):
    code, _, err = run(command[0], tmp_path / "nowhere", *command[1:])
    assert code == FAULTS
    assert "nowhere" in err


@pytest.mark.parametrize("command", [["plan", VILLAGE, "--out"], ["template"]])
def test_a_place_that_cannot_be_written_to(run, tmp_path, command):
    (tmp_path / "file").write_text("")
    code, _, err = run(*command, tmp_path / "file" / "plan")
    assert code == FAULTS
    assert "file" in err


def test_audit_accepts_a_plan_and_rejects_a_spoilt_one(run, tmp_path):
    run("plan", VILLAGE, "--out", tmp_path)
    assert run("audit", VILLAGE, tmp_path)[0] == 0
    spoil(tmp_path, "supply", "480.000", "480.001")
    code, out, err = run("audit", VILLAGE, tmp_path)
    assert (code, out) == (1, "")
    assert err.startswith("Rejected: ")


def test_audit_of_a_folder_without_a_plan(run, tmp_path):
    code, _, err = run("audit", VILLAGE, tmp_path / "nowhere")
    assert code == 1
    assert "lots.csv" in err


def test_a_plan_that_the_audit_rejects_is_not_called_a_success(run, tmp_path, monkeypatch):
    rejected = Verdict((Breach("in_season", "lot L01", "a", "b", "lot L01: milk in August"),), {"in_season": 1})
    module = sys.modules["foodlots.cli.planning"]
    monkeypatch.setattr(module, "audit_case", lambda case, folder: rejected)
    code, _, err = run("plan", VILLAGE, "--out", tmp_path)
    assert code == 1
    assert "milk in August" in err


@pytest.mark.parametrize("name", ["blank", "blank.xlsx"])
def test_template_writes_a_case_to_fill_in(run, tmp_path, name):
    code, _, err = run("template", tmp_path / name)
    assert (code, err) == (0, "")
    assert (tmp_path / name).exists()
    code, _, err = run("check", tmp_path / name)
    assert code == FAULTS
    assert "buyers" in err


def test_app_is_opened_on_this_machine_alone(run, monkeypatch, tmp_path):
    served = []
    monkeypatch.setattr("foodlots.ui.serving.serve", lambda door, options: served.extend(options))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.chdir(tmp_path)
    assert run("app", VILLAGE, "--plan", tmp_path, "--port", "8765", "--no-browser")[0] == 0
    assert {"--server.address=127.0.0.1", "--server.port=8765", "--server.headless=true"} <= set(served)
    assert os.environ["FOODLOTS_CASE"] == str(VILLAGE.resolve())
    assert os.environ["FOODLOTS_PLAN"] == str(tmp_path.resolve())


def test_words_of_the_tables_are_text_and_never_markup(run, village):
    name = "[bold red]Croft[/bold red] [link=http://x]{y}[/]"
    spoil(village, "producers", "Croft Farm", name)
    code, out, _ = run("plan", village, "--out", village / "plan", "--set", 'case.name="[blink]The [/]village"')
    assert code == 0
    assert "[blink]The [/]village: 2 lots" in out
    assert "[bold red]Croft" in " ".join(out.split())


def test_stopping_before_there_is_a_plan_is_said(run, monkeypatch, tmp_path):
    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["foodlots.cli.planning"], "make_plan", interrupted)
    code, out, err = run("plan", VILLAGE, "--out", tmp_path / "plan")
    assert (code, out) == (STOPPED, "")
    assert "stopped before there was any plan" in err
    assert not (tmp_path / "plan").exists()


def start(case: Path, out: Path, *more: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "foodlots", "plan", str(case), "--out", str(out), "--json", *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def work_for(process: subprocess.Popen, seconds: float) -> None:
    """Wait until a process has worked for so many seconds of a processor, on a busy machine longer by the clock."""
    stat, until = Path(f"/proc/{process.pid}/stat"), monotonic() + 100
    if not stat.exists():
        sleep(seconds)
    while stat.exists() and process.poll() is None and monotonic() < until:
        used = sum(map(int, stat.read_text().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        if used >= seconds:
            return
        sleep(0.1)


def interrupt(process: subprocess.Popen, after: float) -> tuple[str, str]:
    """Ctrl-C after so many seconds of work, and what was said by the end."""
    work_for(process, after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=150)
    assert "Traceback" not in err
    return out, err


def test_ctrl_c_keeps_the_best_plan_and_writes_it(tmp_path):
    """Lancashire in six areas, which HiGHS would search for minutes."""
    if not LANCASHIRE.exists():
        pytest.skip("lancashire is not here")
    began = monotonic()
    process = start(LANCASHIRE, tmp_path / "plan", "--seconds", "300", "--gap", "0", "--set", "lots.areas=6")
    out, err = interrupt(process, after=8)
    assert process.returncode == 0, err
    assert monotonic() - began < 120
    assert {path.name for path in (tmp_path / "plan").iterdir()} == WRITTEN
    figures = json.loads(out)
    assert figures["status"] == "feasible"
    assert figures["seconds"] < 120
    assert figures["bound_gbp"] <= figures["objective_gbp"]
    assert audit_plan(LANCASHIRE, tmp_path / "plan").accepted


def test_a_second_ctrl_c_stops_at_once(tmp_path):
    if not LANCASHIRE.exists():
        pytest.skip("lancashire is not here")
    process = start(LANCASHIRE, tmp_path / "plan", "--seconds", "300")
    work_for(process, 4)
    process.send_signal(signal.SIGINT)
    sleep(2)
    out, err = interrupt(process, after=0)
    assert (process.returncode, out) == (STOPPED, "")
    assert "stopped" in err
    assert not (tmp_path / "plan").exists()
