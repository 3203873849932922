"""`python -m broken_child FOLDER`: a search that goes wrong in the way its task asks for."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from foodlots.apart.inside import Parent, hold_within, run

OUTLOOK = {"seconds": 0.1, "left": 0.1, "best_gbp": 10.0, "bound_gbp": 9.0, "gap_share": 0.1, "doing": "searching"}


def crash(parent: Parent) -> None:
    parent.tell({"outlook": OUTLOOK})
    os.kill(os.getpid(), signal.SIGSEGV)


def be_killed(parent: Parent) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(parent: Parent) -> None:
    raise ValueError("SECRETPRICE 1.23")


def hang(parent: Parent) -> None:
    parent.tell({"outlook": OUTLOOK})
    time.sleep(600)


def hang_deaf(parent: Parent) -> None:
    """Not one word, and no signal but the last one is heard."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def talk_for_ever(parent: Parent) -> None:
    while True:
        parent.tell({"outlook": OUTLOOK})
        time.sleep(0.01)


def listen(parent: Parent) -> None:
    parent.tell({"outlook": OUTLOOK})
    parent.stopping.wait(600)
    parent.tell({"no_plan": "it listened"})


def hang_with_children(parent: Parent) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    parent.tell({"outlook": OUTLOOK | {"doing": str(child.pid)}})
    time.sleep(600)


def talk_nonsense(parent: Parent) -> None:
    os.write(parent._line.fileno(), b"\xff not a word\n")
    time.sleep(600)


def outgrow_memory(parent: Parent) -> None:
    hold_within(300_000_000, 0)
    bytearray(2_000_000_000)


def work(parent: Parent, folder: Path) -> None:
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    globals()[task["run"]["command"]](parent)


if __name__ == "__main__":
    run(work)
