"""Live progress of a search on a terminal, and Ctrl-C that keeps the best plan."""

import signal
from types import FrameType

from rich.live import Live
from rich.text import Text

from foodlots.cli.screen import err, pounds
from foodlots.optimise import Outlook


class Waiting:
    """Shows the best plan so far, the proven gap and the time left, on stderr; the first Ctrl-C asks to stop.

    A second Ctrl-C stops at once, with whatever that loses.
    """

    def __init__(self):
        self.stopping = False
        self._live = Live(Text("reading and laying out the problem …"), console=err, transient=True, auto_refresh=False)
        self._before = None

    def __enter__(self) -> "Waiting":
        self._before = signal.signal(signal.SIGINT, self._stop)
        self._live.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        self._live.stop()
        signal.signal(signal.SIGINT, self._before)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopping:
            raise KeyboardInterrupt
        self.stopping = True

    def look(self, outlook: Outlook) -> bool:
        """Show how the search stands; True once the user asked to stop and there is a plan to keep."""
        self._live.update(Text(said(outlook, self.stopping)), refresh=True)
        return self.stopping and outlook.best_gbp is not None


def said(outlook: Outlook, stopping: bool = False) -> str:
    """How a search stands, in one line."""
    best = "no plan yet" if outlook.best_gbp is None else f"best plan {pounds(outlook.best_gbp)}"
    gap = "" if outlook.gap_share is None else f", proven within {outlook.gap_share:.2%} of spend"
    left = " – stopping, the best plan is kept" if stopping else f" – {outlook.left:.0f} s left, Ctrl-C keeps the best"
    return f"{outlook.seconds:.0f} s: {best}{gap}{left}"
