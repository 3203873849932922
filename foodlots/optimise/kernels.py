"""Kernel search: a whole part planned anew of those columns alone that the relaxed plan finds hardly dearer.

Nearly all that the best plans known of a county are made of is among them (the method: Angelelli, Mansini and
Speranza, Computers & Operations Research 37, 2010). Each part comes up at once; then again, more of its columns with
it or more time, as often as the time spent on the parts allows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event, Lock

DEAR = 2e-5  # of all demand: what one more of a column in a first kernel costs the relaxed plan at the most
FIRST_SECONDS = 15.0  # s for each part the first time
MORE = 2.0  # times as dear, or as long, the next time
SHARE = 0.5  # of all time spent on trials that may go to kernels after the first


@dataclass(frozen=True)
class Kernel:
    """products: of a part · dear: what a column of it may cost the relaxed plan, share of all demand ·
    seconds: to be planned in."""

    products: frozenset[str]
    dear: float = DEAR
    seconds: float = FIRST_SECONDS

    def after(self, seconds: float) -> "Kernel":
        """The one to be tried next: with more columns where the best of these was found, else with more time."""
        if seconds < self.seconds:
            return replace(self, dear=MORE * self.dear)
        return replace(self, seconds=MORE * self.seconds)


class Kernels:
    """The kernels that wait for a hand, and how the time was shared between them and other trials.

    tried: set once every part has been planned anew.
    """

    def __init__(self, parts: Sequence[Sequence[str]]):
        self._lock, self.tried = Lock(), Event()
        self._fresh, self._again = [Kernel(frozenset(part)) for part in parts], []
        self._parts = len(parts)
        self._spent, self._beside = 0.0, 0.0

    def take(self, open_gbp: Callable[[Kernel], float], enough_gbp: float) -> Kernel | None:
        """The next to be tried: of each part once, then that of which most is open for each second.

        None where it is another trial's turn, or no part is worth trying. open_gbp: what a better plan of the part
        could save at the most · enough_gbp: to be worth trying.
        """
        with self._lock:
            turn = self._spent < SHARE * (self._spent + self._beside)
            waiting = self._fresh or (self._again if turn else [])
            worth = [kernel for kernel in waiting if open_gbp(kernel) > enough_gbp]
            if not worth:
                return None
            kernel = max(worth, key=lambda kernel: open_gbp(kernel) / kernel.seconds)
            waiting.remove(kernel)
            return kernel

    def give_back(self, kernel: Kernel, seconds: float) -> None:
        """It took so long; the next of its part waits from now on."""
        with self._lock:
            self._spent += seconds
            self._again.append(kernel.after(seconds))
            if len(self._again) == self._parts:
                self.tried.set()

    def note(self, seconds: float) -> None:
        """Another trial took so long."""
        with self._lock:
            self._beside += seconds
