"""The app's server in this process, and what the pages stand on, loaded while nobody waits for it.

Streamlit would look through all memory for what nobody needs after every run of a page, which of a county's cases takes
most of a second in which no page is drawn. That is turned off in its configuration and done here, now and then.
"""

import gc
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Event, Lock, Thread
from time import sleep

FIRST = ("foodlots.store.desk", "foodlots.reading", "foodlots.template")  # what the Start page stands on
LATER = ("pandas", "foodlots.charts", "foodlots.optimise", "foodlots.audit", "foodlots.maps", "foodlots.network",
         "foodlots.insight.fit", "foodlots.insight.gap_report", "foodlots.tender.pack")  # fmt: skip
MOST = 60.0  # s to wait for a first page; a server that nobody visits loads the rest all the same
TIDY = 60.0  # s between two looks through memory
TO_DRAW = 3.0  # s a browser has to draw that page before it shares the processor

shown = Event()  # set once a first page is on the screen
_tidying = Lock()  # held once memory is looked after


def serve(door: Path, options: Sequence[str]) -> None:
    """Serve the app until it is stopped; what its pages stand on is loaded while the browser comes up."""
    Thread(target=_load, name="loading", daemon=True).start()
    from streamlit.web.cli import main as streamlit  # the server, which a page under test does without

    streamlit(["run", str(door), *options], prog_name="foodlots", standalone_mode=False)


def _load() -> None:
    """What the first page needs at once, the rest when it is shown: a second page then opens as quickly as a third."""
    for name in FIRST:
        import_module(name)
    shown.wait(MOST)
    sleep(TO_DRAW)
    for name in LATER:
        import_module(name)


def keep_tidy() -> None:
    """Look through memory now and then, from the first page on, whichever command serves the app."""
    if _tidying.acquire(blocking=False):
        Thread(target=_tidy, name="tidying", daemon=True).start()


def _tidy() -> None:
    """Let go of what nobody needs, again and again."""
    while True:
        sleep(TIDY)
        gc.collect()
