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
NEAR_ENOUGH = 1e-5  # of all demand: so near the best a trial may end; proving the rest is not worth its time
WAIT_SECONDS = 0.05  # s between looks for a plan to begin with


class Improver:
    """Looks for better plans until stopped; `better_than` tells the best so far.

    It goes on from any plan it is given (`take`); told to, it makes the first itself (`begin`).
    hands: how many neighbourhoods are redrawn at a time.
    """

    def __init__(
        self, model: Model, program: Program, relaxed: Found | None, start: Found | None = None, hands: int = 1
    ):  # fmt: skip
        self._around = Neighbourhoods(model)
        self._model, self._program = model, program
        self._lock, self._best, self._over = Lock(), start, False
        self._alone = Event()
        self.learn(relaxed)
        self._attention = [1.0] * len(model.candidates)
        self._hands = [
            Thread(target=self._work, args=(number,), name="improver", daemon=True) for number in range(hands)
        ]

    def __enter__(self) -> "Improver":
        for hand in self._hands:
            hand.start()
        return self

    def __exit__(self, *trouble) -> None:
        self._over = True
        for hand in self._hands:
            hand.join()

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
        while self.best is None and self._hands[0].is_alive() and not stopped():
            self._hands[0].join(WAIT_SECONDS)
        return self.best

    def learn(self, relaxed: Found | None) -> None:
        """From now on try the columns worth trying after this relaxed plan; all of them where there is none."""
        everything = np.ones(len(self._program.cost), dtype=bool)
        self._relaxed, self._promising = relaxed, everything if relaxed is None else promising(self._model, relaxed)

    def attend_to(self, lots: Sequence[float]) -> None:
        """How likely a redrawing is to begin with each candidate, where it is drawn: in any unit, all above 0."""
        self._attention = lots

    def _work(self, number: int) -> None:
        """From when there is a plan, redraw some lots of the best again and again; one hand may make the first."""
        (self._wait_for_first if number else self._make_first)()
        lots, dice = 8, Random(self._model.settings.effort.seed + number)
        while self.best is not None and not self._over:
            began = monotonic()
            self._redraw(lots, dice)
            lots = _next_size(lots, monotonic() - began)

    def _wait_for_first(self) -> None:
        while self.best is None and self._hands[0].is_alive() and not self._over:
            self._hands[0].join(WAIT_SECONDS)

    def _make_first(self) -> None:
        """A first plan, when told to, where nobody gives one before."""
        while self.best is None and not self._over:
            if self._alone.wait(WAIT_SECONDS):
                self.take(first_plan(self._model, self._program, self._relaxed, self._unwanted))
                return

    def _unwanted(self) -> bool:
        return self._over

    def take(self, found: Found | None) -> None:
        """Go on from a plan where it is cheaper than the best so far."""
        with self._lock:
            if found is not None and (self._best is None or found.cost < self._best.cost - LEAST_GAIN):
                self._best = found

    def _redraw(self, lots: int, dice: Random) -> None:
        before = self.best.values
        drawn = self._around.drawn(before)
        [first] = dice.choices(drawn, [self._attention[lot] for lot in drawn])
        chosen = self._around.around(first, before, lots, dice)
        free = self._around.free(chosen, self._promising | (before > 0.5))
        effort = Effort(TRIAL_SECONDS, NEAR_ENOUGH * self._model.ground.value_gbp)
        found = best_in(self._program, free, before, effort, self._unwanted, before)
        self.take(found if found is None or self.best.values is before else self._besides(before, found))

    def _besides(self, before: np.ndarray, found: Found) -> Found | None:
        """What was changed here done to the best plan, where that was made better elsewhere meanwhile."""
        values = np.where(found.values == before, self.best.values, found.values)
        return Found(self._program.costs(values), values) if self._program.kept(values).all() else None


def _next_size(lots: int, seconds: float) -> int:
    if seconds < QUICK:
        return min(lots + 2, MOST)
    return max(lots - 2, FEWEST) if seconds > SLOW else lots
