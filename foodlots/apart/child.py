"""The parent's side: a process started for one piece of work, listened to, and always ended."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

LAST_WORDS = 2_000  # characters of what a broken process wrote, kept for the log


class Broken(Exception):
    """The process ended without an answer; the message is for the log, not for the screen."""


class Child:
    """A module of ours at work in a process and a folder of its own; both are gone when the block ends."""

    def __init__(self, module: str, task: str, files: Iterable[bytes] = ()):
        self._module, self._task, self._files = module, task, files

    def __enter__(self) -> "Child":
        self._kept = tempfile.TemporaryDirectory(prefix="foodlots-", ignore_cleanup_errors=True)
        self.folder = Path(self._kept.name)
        (self.folder / "task.json").write_text(self._task, encoding="utf-8", errors="surrogatepass")
        for number, data in enumerate(self._files):
            (self.folder / f"{number}.bin").write_bytes(data)
        with open(self.folder / "words.txt", "wb") as words:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, str(self.folder)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=words, start_new_session=True,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )  # fmt: skip
        self._told: SimpleQueue = SimpleQueue()
        Thread(target=self._listen, name="listen", daemon=True).start()
        return self

    def __exit__(self, *trouble) -> None:
        """Whatever happened, nothing of it goes on: the process and all it started are killed."""
        if self._process.poll() is None:
            _kill(self._process)
        self._process.wait()
        with suppress(OSError):
            self._process.stdin.close()
        self._kept.cleanup()

    def _listen(self) -> None:
        for line in self._process.stdout:
            self._told.put(line)
        self._process.stdout.close()
        self._told.put(None)

    def next_word(self, wait: float) -> dict | None:
        """What the process says next, None when it says nothing within so many seconds. Raises Broken at its end."""
        try:
            line = self._told.get(timeout=wait)
        except Empty:
            return None
        if line is None:
            raise Broken(f"exit code {self._process.wait()}; {self._last_words()}")
        try:
            return dict(json.loads(line))
        except ValueError:
            raise Broken(f"it said {line[:80]!r}") from None

    def ask_to_stop(self) -> None:
        """Ask it to come to an end with what it has."""
        with suppress(OSError):
            self._process.stdin.write(b"stop\n")
            self._process.stdin.flush()

    def _last_words(self) -> str:
        return (self.folder / "words.txt").read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]


def _kill(process: subprocess.Popen) -> None:
    """End the process and whatever it started itself."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
