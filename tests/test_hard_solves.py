"""Searches that cannot end in their time: each is over by the limit and ten seconds, and leaves no process behind."""

import time
from collections import Counter
from pathlib import Path

import pytest

from foodlots.apart import child, solving
from foodlots.apart.solving import LATEST, make_plan_apart
from foodlots.checking import check
from foodlots.errors import NoPlan
from foodlots.reading import read_tables

PRESTON = read_tables(Path(__file__).parents[1] / "data" / "preston")
BROKEN = ("hang", "hang_deaf", "hang_with_children", "talk_for_ever", "be_killed")
TO_KILL = 1.0  # s to notice the time and to collect what was killed

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")


def sessions() -> Counter:
    """How many processes each session holds; a process apart has a session of its own."""
    held = Counter()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = path.read_text().rsplit(")", 1)[1].split()[:4]
        except OSError:
            continue
        held[int(session)] += state not in "ZX"
    return held


def solve(number: int, limit: int) -> tuple[float, bool]:
    """Seconds one search took, and whether it gave a plan; every third goes wrong in some way of its own."""
    found = check(PRESTON, [f"effort.seconds={limit}", "effort.gap=0", "effort.patience=600", f"effort.seed={number}"])
    goes_wrong = number % 3 == 2
    command, module = (BROKEN[number // 3 % len(BROKEN)], "broken_child") if goes_wrong else ("test", solving.MODULE)
    start = time.monotonic()
    try:
        make_plan_apart(PRESTON, found.case, found.settings, lambda outlook: False, lambda: False,
                        {"command": command}, module)  # fmt: skip
        return time.monotonic() - start, True
    except NoPlan:
        return time.monotonic() - start, False


@pytest.mark.parametrize("solves", [2, pytest.param(200, marks=pytest.mark.long)])
def test_no_search_is_later_than_its_limit_and_ten_seconds(solves, monkeypatch):
    begun, start = [], child.subprocess.Popen
    monkeypatch.setattr(
        child.subprocess, "Popen", lambda *given, **more: begun.append(start(*given, **more)) or begun[-1]
    )
    over = []
    for number in range(solves):
        limit = 3 + number % 4
        seconds, planned = solve(number, limit)
        over.append((seconds - limit, planned))
        print(
            f"search {number}: limit {limit} s, took {seconds:.1f} s, {'a plan' if planned else 'no plan'}", flush=True
        )
    assert len(begun) == solves
    assert max(late for late, _ in over) <= LATEST + TO_KILL
    assert [process.pid for process in begun if sessions()[process.pid]] == []
    print(
        f"{solves} searches, latest {max(over)[0]:+.1f} s after its limit, {sum(p for _, p in over)} plans, 0 orphans"
    )
