"""A search in a process of its own: it may crash, hang, be stopped or dropped, and nothing of it is left."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from foodlots.apart import solving
from foodlots.apart.inside import LATER
from foodlots.apart.solving import make_plan_apart
from foodlots.checking import check
from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.reading import read_tables
from foodlots.ui.turns import Ticket, Turns

ROOT = Path(__file__).parents[1]
RAW = read_tables(ROOT / "data" / "village")
VILLAGE = check(RAW)
linux_only = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks for processes in /proc")


def go(command="test", look=lambda outlook: False, dropped=lambda: False, module=solving.MODULE):
    return make_plan_apart(RAW, VILLAGE.case, VILLAGE.settings, look, dropped, {"command": command}, module)


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead and not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(true, seconds=15.0) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_the_plan_is_the_one_made_without_a_process():
    seen = []
    apart = go(look=lambda outlook: bool(seen.append(outlook)))
    here = make_plan(VILLAGE.case, VILLAGE.settings)
    assert (apart.lots, apart.awards, apart.supply) == (here.lots, here.awards, here.supply)
    assert apart.summary.objective_gbp == here.summary.objective_gbp


@linux_only
def test_it_lets_pages_go_first(monkeypatch):
    """It stands behind the process that asked, by itself and as a session."""
    stood, begun, start = [], [], subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *given, **more: begun.append(start(*given, **more)) or begun[-1])

    def look(outlook):
        group = Path(f"/proc/{begun[0].pid}/autogroup")
        stood.append((os.getpriority(os.PRIO_PROCESS, begun[0].pid), group.exists() and group.read_text()))

    go(look=look)
    priority, group = stood[0]
    assert priority == min(19, os.getpriority(os.PRIO_PROCESS, 0) + LATER)
    assert not group or group.endswith(f"nice {LATER}\n")


def test_it_begins_with_an_earlier_plan(monkeypatch):
    plan = go()
    again = make_plan_apart(RAW, VILLAGE.case, VILLAGE.settings, lambda outlook: False, lambda: False, {}, last=plan)
    assert (again.lots, again.awards, again.supply) == (plan.lots, plan.awards, plan.supply)
    told = {}
    real = solving.Child
    monkeypatch.setattr(solving, "Child", lambda module, task: told.update(json.loads(task)) or real(module, task))
    make_plan_apart(RAW, VILLAGE.case, VILLAGE.settings, lambda outlook: False, lambda: False, {}, last=plan)
    assert "like" in told
    assert not Path(told["like"]).exists()


def test_limits_that_allow_no_plan_are_told_as_ever():
    raw = read_tables(ROOT / "data" / "village")
    held = check(raw, ["awards.min_winners=3"])
    with pytest.raises(NoPlan) as here:
        make_plan(held.case, held.settings)
    from foodlots.ui.editing import with_settings

    tight = with_settings(raw, {("awards", "min_winners"): "3"})
    with pytest.raises(NoPlan) as apart:
        make_plan_apart(tight, held.case, held.settings, lambda outlook: False, lambda: False, {})
    assert str(apart.value) == str(here.value)


@pytest.mark.parametrize("command", ["crash", "be_killed", "fail", "talk_nonsense", "outgrow_memory"])
def test_a_process_that_breaks_is_told_in_one_sentence_and_logged(command, caplog):
    if command == "outgrow_memory" and sys.platform == "win32":
        pytest.skip("memory is not bounded on Windows")
    with pytest.raises(NoPlan) as told:
        go(command, module="broken_child")
    assert str(told.value).startswith("the search broke off before it had a plan, and harmed nothing else")
    assert "SECRETPRICE" not in str(told.value)
    reference = str(told.value).rsplit(" ", 1)[1]
    assert reference in caplog.text


def within(seconds: str, latest: float, monkeypatch):
    """The village's settings with this long to search; a process is ended so long after."""
    monkeypatch.setattr(solving, "LATEST", latest)
    monkeypatch.setitem(globals(), "VILLAGE", check(RAW, [f"effort.seconds={seconds}"]))


@pytest.mark.parametrize("command", ["hang", "hang_deaf", "talk_for_ever"])
def test_a_search_that_hangs_is_ended_when_its_time_is_over(command, monkeypatch):
    within("1", 0.5, monkeypatch)
    began = time.monotonic()
    with pytest.raises(NoPlan, match="no plan was ready in the 1 seconds allowed"):
        go(command, module="broken_child")
    assert 1.5 <= time.monotonic() - began < 1.5 + 10


def test_the_best_plan_is_asked_for_before_time_is_over(monkeypatch):
    """A search that would go on for ever, but listens: its plan comes back within the time."""
    within("4", 60.0, monkeypatch)
    seen = []
    with pytest.raises(NoPlan, match="it listened"):
        go("listen", lambda outlook: bool(seen.append(outlook)), module="broken_child")
    assert seen


@linux_only
def test_a_dropped_search_and_all_it_started_are_gone():
    seen = []

    def look(outlook):
        seen.append(int(outlook.doing))
        return False

    with pytest.raises(NoPlan, match="was stopped"):
        go("hang_with_children", look, lambda: bool(seen), "broken_child")
    assert wait_until(lambda: not alive(seen[0]))


@linux_only
def test_no_orphan_is_left_when_the_app_itself_is_killed(tmp_path):
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from foodlots.apart.child import Child\n"
        'with Child(\'broken_child\', \'{"run": {"command": "hang"}}\') as child:\n'
        "    while child.next_word(1) is None: pass\n"
        "    print(child._process.pid, flush=True)\n"
        "    import time; time.sleep(600)\n"
    )
    app = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    pid = int(app.stdout.readline())
    assert alive(pid)
    app.kill()
    app.wait()
    app.stdout.close()
    assert wait_until(lambda: not alive(pid))


def test_stop_is_passed_on_and_the_best_plan_comes_back(monkeypatch):
    plan = go(look=lambda outlook: True)
    assert plan.summary.lots >= 1


def test_many_searches_leave_no_process_and_no_folder_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    for command in ("crash", "fail"):
        with pytest.raises(NoPlan):
            go(command, module="broken_child")
    assert os.listdir(tmp_path) == []


def served(turns: Turns, wishes: list[str]) -> list[str]:
    """The desks in the order they are served, all asking while one other search is under way."""
    order, begun, threads = [], threading.Event(), []

    def ask(ticket):
        with turns.taking(ticket, lambda: False):
            order.append(ticket.desk)

    with turns.taking(Ticket("busy"), lambda: False):
        for number, desk in enumerate(wishes, 1):
            threads.append(threading.Thread(target=ask, args=(Ticket(desk),)))
            threads[-1].start()
            assert wait_until(lambda number=number: len(turns._waiting) == number)
        begun.set()
    for thread in threads:
        thread.join()
    return order


def test_a_desk_with_many_searches_does_not_keep_others_waiting():
    assert served(Turns(1), ["a", "a", "a", "b", "c", "b"]) == ["a", "b", "c", "a", "b", "a"]


def test_no_more_run_than_are_allowed_and_everybody_is_served():
    turns, running, most, lock = Turns(2), [], [], threading.Lock()

    def ask(desk):
        with turns.taking(Ticket(desk), lambda: False):
            with lock:
                running.append(desk)
                most.append(len(running))
            time.sleep(0.005)
            with lock:
                running.remove(desk)

    threads = [threading.Thread(target=ask, args=(desk,)) for desk in "abcde" * 8]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (40, 2)
    assert (turns._waiting, turns._running) == ([], [])


def test_who_waits_knows_how_many_come_before_and_may_give_up():
    turns = Turns(1)
    gone = threading.Event()
    answers = []
    first, second = Ticket("b"), Ticket("c")

    def ask(ticket):
        with turns.taking(ticket, gone.is_set) as had:
            answers.append(had)

    with turns.taking(Ticket("a"), lambda: False):
        threads = [threading.Thread(target=ask, args=(ticket,)) for ticket in (first, second)]
        for number, thread in enumerate(threads, 1):
            thread.start()
            assert wait_until(lambda number=number: len(turns._waiting) == number)
        assert (turns.ahead(first), turns.ahead(second)) == (0, 1)
        gone.set()
        for thread in threads:
            thread.join()
    assert answers == [False, False]
