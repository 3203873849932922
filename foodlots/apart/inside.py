"""The child's side: it tells its parent how it stands, hears a wish to stop, and never outlives its parent."""

import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

ORPHANED = 3  # exit code of a process whose parent is gone
LATER = 10  # how far a process that gives way stands behind the others; 0 is as they do, 19 the last


class Parent:
    """The line to the parent. Only `tell` reaches it: whatever else prints goes to the log."""

    def __init__(self):
        self._line = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self.stopping = threading.Event()
        threading.Thread(target=self._hear, name="hear", daemon=True).start()

    def tell(self, word: Mapping) -> None:
        """Say one thing to the parent."""
        self._line.write(json.dumps(word) + "\n")
        self._line.flush()

    def _hear(self) -> None:
        while os.read(0, 1024):
            self.stopping.set()
        os._exit(ORPHANED)


def hold_within(memory: int, seconds: int) -> None:
    """Bound this process: bytes of memory and seconds of processor (0: no bound), where the system can do so."""
    try:
        import resource
    except ImportError:
        return
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def give_way() -> None:
    """Let whoever waits for a page go first: this process works with what the others leave of the machine."""
    with suppress(AttributeError, OSError):
        os.nice(LATER)
    with suppress(OSError):  # Linux shares the processor between sessions first, and this process has one of its own
        Path("/proc/self/autogroup").write_text(str(LATER))


def run(work: Callable[[Parent, Path], None]) -> None:
    """Do a piece of work in the folder named on the command line, and end."""
    parent = Parent()
    work(parent, Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
