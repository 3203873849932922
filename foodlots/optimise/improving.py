"""Plans made better a neighbourhood at a time: some lots redrawn and awarded anew, all others held as they are.

Runs beside HiGHS, which goes on with the whole problem and its bound, and is told of every better plan.
"""

from collections.abc import Callable, Sequence
from random import Random
from threading import Event, Lock, Thread
from time import monotonic

import numpy as np

from foodlots.optimise.first_plan import first_plan, promising
from foodlots.optimise.model import Model
from foodlots.optimise.neighbourhood import Neighbourhoods
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, best_in
from foodlots.optimise.solver import Effort

TRIAL_SECONDS = 4.0  # s for one neighbourhood
QUICK, SLOW = 1.0, 3.0  # s: a trial quicker than this may take in more lots next time, a slower one fewer
FEWEST, MOST = 4, 60  # lots redrawn at a time
LEAST_GAIN = 0.01  # £
WAIT_SECONDS = 0.05  # s between looks for a plan to begin with


class Improver(Thread):
    """Looks for better plans until stopped; `better_than` tells the best so far.

    It goes on from any plan it is given (`take`); told to, it makes the first itself (`begin`).
    """

    def __init__(self, model: Model, program: Program, relaxed: Found | None, start: Found | None = None):
        super().__init__(name="improver", daemon=True)
        self._around = Neighbourhoods(model)
        self._model, self._program = model, program
        self._lock, self._best, self._over = Lock(), start, False
        self._alone = Event()
        self.learn(relaxed)
        self._attention = [1.0] * len(model.candidates)
        self._dice = Random(model.settings.effort.seed)

    def __enter__(self) -> "Improver":
        self.start()
        return self

    def __exit__(self, *trouble) -> None:
        self._over = True
        self.join()

    @property
    def best(self) -> Found | None:
        """The best plan so far."""
        with self._lock:
            return self._best

    def better_than(self, cost: float | None) -> np.ndarray | None:
        """The best plan so far where it costs less than this, £; None where it does not."""
        best = self.best
        cheaper = best is not None and (cost is None or best.cost < cost - LEAST_GAIN)
        return best.values if cheaper else None

    def begin(self) -> None:
        """Make a first plan, where nobody has given one."""
        self._alone.set()

    def first(self, stopped: Callable[[], bool]) -> Found | None:
        """The best plan so far; where there is none yet, the one that is then made: None where it cannot be."""
        self.begin()
        while self.best is None and self.is_alive() and not stopped():
            self.join(WAIT_SECONDS)
        return self.best

    def learn(self, relaxed: Found | None) -> None:
        """From now on try the columns worth trying after this relaxed plan; all of them where there is none."""
        everything = np.ones(len(self._program.cost), dtype=bool)
        self._relaxed, self._promising = relaxed, everything if relaxed is None else promising(self._model, relaxed)

    def attend_to(self, lots: Sequence[float]) -> None:
        """How likely a redrawing is to begin with each candidate, where it is drawn: in any unit, all above 0."""
        self._attention = lots

    def run(self) -> None:
        """From a first plan on, redraw some of its lots again and again."""
        while self.best is None and not self._over:
            if self._alone.wait(WAIT_SECONDS):
                self.take(first_plan(self._model, self._program, self._relaxed, self._unwanted))
                break
        lots = 8
        while self.best is not None and not self._over:
            began = monotonic()
            self.take(self._redraw(lots))
            lots = _next_size(lots, monotonic() - began)

    def _unwanted(self) -> bool:
        return self._over

    def take(self, found: Found | None) -> None:
        """Go on from a plan where it is cheaper than the best so far."""
        with self._lock:
            if found is not None and (self._best is None or found.cost < self._best.cost - LEAST_GAIN):
                self._best = found

    def _redraw(self, lots: int) -> Found | None:
        values = self.best.values
        drawn = self._around.drawn(values)
        [first] = self._dice.choices(drawn, [self._attention[lot] for lot in drawn])
        chosen = self._around.around(first, values, lots, self._dice)
        free = self._around.free(chosen, self._promising | (values > 0.5))
        return best_in(self._program, free, values, Effort(TRIAL_SECONDS), self._unwanted, values)


def _next_size(lots: int, seconds: float) -> int:
    if seconds < QUICK:
        return min(lots + 2, MOST)
    return max(lots - 2, FEWEST) if seconds > SLOW else lots
