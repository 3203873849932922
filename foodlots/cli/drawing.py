"""A plan's map and network drawn in a process of their own, which gets ready while the plan is still searched for.

What draws maps takes a second to load, and the drawing half a second more: beside the search, the first costs nobody
any time, and beside the audit the second does not either.
"""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

from foodlots.case import Case
from foodlots.plan import Plan
from foodlots.runner.jobs import Tell, Work, WorkFailed, name_of
from foodlots.runner.processes import Processes
from foodlots.runner.worker import DONE, FAILED
from foodlots.settings import Settings

Asked = tuple[Case, Settings, Plan, Path]
TOOLS = ("foodlots.maps.offline", "foodlots.network")


class Draughtsman:
    """Draws one plan, where there is one; use it in a `with` statement, at whose end it is gone."""

    def __enter__(self) -> "Draughtsman":
        self._crew, self._hand = Processes(1), ThreadPoolExecutor(1)
        self._crew.hire(1)
        self._hand.submit(self._have, get_ready, None)
        return self

    def begin(self, case: Case, settings: Settings, plan: Plan, folder: Path) -> None:
        """Have map.html and network.csv written into the plan's folder."""
        self._drawn = self._hand.submit(self._have, draw, (case, settings, plan, folder))

    def finish(self) -> None:
        """Wait until they are written. Raises OSError where they cannot be."""
        if trouble := self._drawn.result():
            raise trouble

    def _have(self, work: Work, given: Any) -> Any:
        said = []

        def hear(answer: tuple) -> bool:
            if answer[0] == FAILED:
                raise WorkFailed(answer[2])
            said.extend(answer[2:] if answer[0] == DONE else ())
            return False

        self._crew.run(name_of(work), ("drawing", None), [(0, given)], hear)
        return said[0]

    def __exit__(self, *trouble: object) -> None:
        self._crew.close()
        self._hand.shutdown(cancel_futures=True)


def get_ready(common: None, given: None, tell: Tell) -> None:
    """Load what drawing takes."""
    for tool in TOOLS:
        import_module(tool)


def draw(common: None, given: Asked, tell: Tell) -> OSError | None:
    """Draw the plan into its folder; the trouble where that cannot be written."""
    case, settings, plan, folder = given
    maps, network = map(import_module, TOOLS)
    try:
        network.write_network(network.plan_network(case, settings, plan), folder)
        maps.write_map(case, settings, plan, folder)
    except OSError as trouble:
        return trouble
    return None
