"""Cores in turn: more searches than cores may be under way, but only so many work at a time."""

from collections import deque
from threading import Event, Lock, local
from time import monotonic

ALL = 1_000_000  # more than there are
LEAST_SECONDS = 4.0  # s of a turn: who is sent away sooner finds all it had at hand gone from the processor's cache


class Turns:
    """Whoever has taken a turn works until it gives it back; who waits longest goes next.

    least: s that a turn lasts before it is passed on.
    """

    def __init__(self, cores: int, least: float = LEAST_SECONDS):
        self._lock, self._free, self._waiting = Lock(), cores, deque[Event]()
        self._least, self._mine = least, local()

    def take(self) -> None:
        """Wait for a turn."""
        self._wait()
        self._mine.since = monotonic()

    def _wait(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = Event()
            self._waiting.append(called)
        called.wait()

    def give_back(self) -> None:
        """Let the next one work."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    def pass_on(self, at_once: bool = False) -> None:
        """Let somebody else work for a while, where anybody waits and this turn has lasted long enough, or at once."""
        if self._waiting and (at_once or monotonic() - self._mine.since >= self._least):
            self.give_back()
            self.take()

    def end(self) -> None:
        """Let all work at once from now on: they are about to stop."""
        with self._lock:
            self._free = ALL
            while self._waiting:
                self._waiting.popleft().set()
