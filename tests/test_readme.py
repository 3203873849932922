"""The README is true: its tour runs, its commands and links are there, its dictionary is the declarations' own."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from foodlots.cli import FAULTS, NO_PLAN, STOPPED
from foodlots.dictionary import dictionary_markdown

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BEGIN = "<!-- dictionary: written by foodlots.dictionary, checked by tests -->"
END = "<!-- end of dictionary -->"


def tour() -> list[str]:
    """The lines of the block marked `sh tour`."""
    (block,) = re.findall(r"^```sh tour\n(.*?)^```$", README, re.M | re.S)
    return block.splitlines()


def test_the_tour_runs(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "foodlots", tmp_path / "foodlots", ignore=shutil.ignore_patterns("__pycache__"))
    for line in tour():
        name, *arguments = shlex.split(line)
        assert name == "foodlots"
        done = subprocess.run(
            [sys.executable, "-m", "foodlots", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=120
        )
        assert (line, done.returncode, done.stderr) == (line, 0, "")
    assert (tmp_path / "plans" / "village" / "map.html").exists()
    assert (tmp_path / "plans" / "blank.xlsx").exists()


def test_the_tour_is_five_lines_that_use_every_command_but_the_app():
    assert {line.split()[1] for line in tour()} == {"check", "plan", "audit", "template"}
    assert len(tour()) == 5


def test_the_set_up_commands_stand_in_it_once():
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == len(set(lines)) == 2
    run, test = lines
    assert run.endswith(
        "foodlots plan data/preston --out plans/preston && .venv/bin/foodlots app data/preston --plan plans/preston"
    )
    assert test.endswith(".venv/bin/python -m pytest")
    for line in lines:
        assert "pip install -q -r .ci/lock.txt" in line
        assert README.count(line) == 1


def test_continuous_integration_runs_the_readmes_own_command():
    assert "README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_dictionary_is_that_of_the_declarations():
    assert (README.count(BEGIN), README.count(END)) == (1, 1)
    between = README.split(BEGIN)[1].split(END)[0]
    assert between.strip("\n") == dictionary_markdown().strip("\n")


def links(text: str) -> list[str]:
    """Where the links and pictures of a Markdown text lead, those within the project."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    found = re.findall(r"\]\(([^)\s]+)\)", plain)
    return [link.split("#")[0] for link in found if not re.match(r"[a-z]+:|#", link)]


PAPERS = sorted(path for path in ROOT.glob("**/*.md") if ".venv" not in path.parts and "egg-info" not in str(path))


@pytest.mark.parametrize(
    "paper", [p for p in PAPERS if links(p.read_text(encoding="utf-8"))], ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_link_within_the_project_leads_somewhere(paper):
    assert [link for link in links(paper.read_text(encoding="utf-8")) if not (paper.parent / link).exists()] == []


def test_paths_named_in_the_readme_exist():
    named = re.findall(r"`((?:foodlots|data|tests|\.ci)/[A-Za-z0-9_./]*)`", README)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_exit_codes_are_those_of_the_command_line():
    told = re.findall(
        r"Exit codes: 0 done · (\d+) faults.*?(\d+) a wrong command · (\d+) no plan.*?(\d+) stopped", README, re.S
    )
    assert told == [(str(FAULTS), "2", str(NO_PLAN), str(STOPPED))]
