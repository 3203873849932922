"""Cores in turn: more searches than cores may be under way, but only so many work at a time."""

from collections import deque
from threading import Event, Lock

ALL = 1_000_000  # more than there are


class Turns:
    """Whoever has taken a turn works until it gives it back; who waits longest goes next."""

    def __init__(self, cores: int):
        self._lock, self._free, self._waiting = Lock(), cores, deque[Event]()

    def take(self) -> None:
        """Wait for a turn."""
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

    def pass_on(self) -> None:
        """Let somebody else work for a while, where anybody waits."""
        if self._waiting:
            self.give_back()
            self.take()

    def end(self) -> None:
        """Let all work at once from now on: they are about to stop."""
        with self._lock:
            self._free = ALL
            while self._waiting:
                self._waiting.popleft().set()
