"""A plan's map and network drawn in a process of their own, which gets ready while the plan is still searched for.

What draws maps takes a second to load, and the drawing half a second more: beside the search, the first costs nobody
any time, and beside the audit the second does not either.
"""

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import foodlots.runner.jobs  # noqa: F401  how a case's frozen tables cross over
from foodlots.case import Case
from foodlots.plan import Plan
from foodlots.settings import Settings

COMMAND = [sys.executable, "-c", "from foodlots.cli.drawing import main; main()"]


class Draughtsman:
    """Draws one plan, where there is one; use it in a `with` statement, at whose end it is gone."""

    def __enter__(self) -> "Draughtsman":
        world = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(COMMAND, **pipes, env=world, start_new_session=True)  # Ctrl-C is not for it
        return self

    def begin(self, case: Case, settings: Settings, plan: Plan, folder: Path) -> None:
        """Have map.html and network.csv written into the plan's folder."""
        with suppress(BrokenPipeError):
            pickle.dump((case, settings, plan, folder), self._process.stdin)
            self._process.stdin.flush()

    def finish(self) -> None:
        """Wait until they are written. Raises OSError where they cannot be."""
        try:
            trouble = pickle.load(self._process.stdout)
        except EOFError:
            raise RuntimeError("the map was not drawn, for the reason above") from None
        if trouble:
            raise trouble

    def __exit__(self, *trouble: object) -> None:
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.close()


def main() -> None:
    """Load what drawing takes, wait for a plan, draw it and say that it is done; the end of the input is the end."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    from foodlots.maps.offline import write_map
    from foodlots.network import plan_network, write_network

    with suppress(EOFError):
        case, settings, plan, folder = pickle.load(sys.stdin.buffer)
        try:
            write_network(plan_network(case, settings, plan), folder)
            write_map(case, settings, plan, folder)
        except OSError as trouble:
            pickle.dump(trouble, answers)
        else:
            pickle.dump(None, answers)
    answers.close()
