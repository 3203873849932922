"""Plans made better: the kernel of a part planned anew, or some lots redrawn, all others held as they are.

Runs beside HiGHS, which goes on with the whole problem and its bound, and is told of every better plan.
"""

from collections.abc import Callable, Sequence
from random import Random
from threading import Event, Lock, Thread
from time import monotonic

import numpy as np

from foodlots.optimise.first_plan import HOPELESS, first_plan, promising
from foodlots.optimise.kernels import Kernel, Kernels
from foodlots.optimise.model import Model
from foodlots.optimise.neighbourhood import Neighbourhoods
from foodlots.optimise.parts import groups_of_products
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, best_in
from foodlots.optimise.solver import Effort

TRIAL_SECONDS = 4.0  # s for one neighbourhood
QUICK, SLOW = 1.0, 3.0  # s: a trial quicker than this may take in more lots next time, a slower one fewer
FEWEST, MOST = 4, 60  # lots redrawn at a time
LEAST_GAIN = 0.01  # £
NEAR_ENOUGH = 1e-5  # of all demand: so near the best a trial may end; proving the rest is not worth its time
MENDING_SECONDS = 2.0  # s to make one plan of two changes that touch; takes well under one
ROUGHLY = 1e-2  # of all demand: awards of a first plan that is made better at once need not be nearer the best
ROUGHLY_DEAR = 5e-5  # of all demand: awards dearer than this are not tried for such a plan, which is there in seconds
WAIT_SECONDS = 0.05  # s between looks for a plan to begin with


class Improver:
    """Looks for better plans until stopped; `better_than` tells the best so far.

    It goes on from any plan it is given (`take`); told to, it makes the first itself (`begin`).
    hands: how many trials are made at a time, until every part has been planned anew; then every other hand ends ·
    until: when time is up, in seconds of `monotonic`: HiGHS looks to its time more often than to who stops it.
    """

    def __init__(
        self, model: Model, program: Program, relaxed: Found | None, start: Found | None = None, hands: int = 1,
        until: float = float("inf"),
    ):  # fmt: skip
        self._around, self._kernels = Neighbourhoods(model), Kernels(groups_of_products(model))
        self._model, self._program = model, program
        self._lock, self._best, self._over, self._until = Lock(), start, False, until
        self._alone, self._known = Event(), Event()
        self._relaxed = relaxed
        self._attention = [model.ground.value_gbp] * len(model.candidates)
        self._hands = [
            Thread(target=self._work, args=(number,), name="improver", daemon=True) for number in range(hands)
        ]

    def __enter__(self) -> "Improver":
        for hand in self._hands:
            hand.start()
        return self

    def __exit__(self, *trouble) -> None:
        self._over = True
        self._known.set()
        for hand in self._hands:
            hand.join()

    @property
    def lasting(self) -> int:
        """How many hands go on when every part has been planned anew."""
        return (len(self._hands) + 1) // 2

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

    def plan_each_part(self, stopped: Callable[[], bool]) -> None:
        """Wait until every part has been planned anew once, where there is a plan to go on from or can be made."""
        self.begin()
        while self._hands[0].is_alive() and not stopped():
            if self._kernels.tried.wait(WAIT_SECONDS):
                return

    def learn(self, relaxed: Found | None) -> None:
        """From now on try the columns worth trying after this relaxed plan; all of them where there is none."""
        self._relaxed = relaxed
        self._known.set()

    def _promising(self, dear: float = HOPELESS) -> np.ndarray:
        """Columns that are worth trying: all of them where nothing is known of a relaxed plan."""
        if self._relaxed is None:
            return np.ones(len(self._program.cost), dtype=bool)
        return promising(self._model, self._relaxed, dear)

    def attend_to(self, lots: Sequence[float]) -> None:
        """What is open of each candidate, where it is drawn, £, all above 0: where most is, most is tried."""
        self._attention = lots

    def _work(self, number: int) -> None:
        """From when there is a plan, try kernels and neighbourhoods of the best; one hand may make the first."""
        (self._wait_for_first if number else self._make_first)()
        if number == len(self._hands) - 1:  # until then the relaxed problem needs its core
            self._known.wait()
        lots, dice = 8, Random(self._model.settings.effort.seed + number)
        while self.best is not None and not self._over and not (number % 2 and self._kernels.tried.is_set()):
            began, kernel = monotonic(), self._kernels.take(self._open, NEAR_ENOUGH * self._model.ground.value_gbp)
            if kernel:
                self._plan_anew(kernel)
                self._kernels.give_back(kernel, monotonic() - began)
            else:
                self._redraw(lots, dice)
                lots = _next_size(lots, monotonic() - began)
                self._kernels.note(monotonic() - began)

    def _wait_for_first(self) -> None:
        while self.best is None and self._hands[0].is_alive() and not self._over:
            self._hands[0].join(WAIT_SECONDS)

    def _make_first(self) -> None:
        """A first plan, when told to, where nobody gives one before."""
        while self.best is None and not self._over:
            if self._alone.wait(WAIT_SECONDS):
                self.take(self._first_of(ROUGHLY_DEAR) or self._first_of(HOPELESS))
                return

    def _first_of(self, dear: float) -> Found | None:
        return first_plan(self._model, self._program, self._relaxed, self._unwanted, ROUGHLY, dear)

    def _unwanted(self) -> bool:
        return self._over

    def take(self, found: Found | None) -> None:
        """Go on from a plan where it is cheaper than the best so far."""
        with self._lock:
            if found is not None and (self._best is None or found.cost < self._best.cost - LEAST_GAIN):
                self._best = found

    def _plan_anew(self, kernel: Kernel) -> None:
        before = self.best.values
        free = self._around.free(self._lots_of(kernel), self._promising(kernel.dear) | (before > 0.5))
        self._try(before, free, kernel.seconds)

    def _open(self, kernel: Kernel) -> float:
        return sum(self._attention[lot] for lot in self._lots_of(kernel))

    def _lots_of(self, kernel: Kernel) -> list[int]:
        drawn, candidates = self._around.drawn(self.best.values), self._model.candidates
        return [lot for lot in drawn if kernel.products.issuperset(candidates[lot].products)]

    def _redraw(self, lots: int, dice: Random) -> None:
        before = self.best.values
        drawn = self._around.drawn(before)
        [first] = dice.choices(drawn, [self._attention[lot] for lot in drawn])
        chosen = self._around.around(first, before, lots, dice)
        self._try(before, self._around.free(chosen, self._promising() | (before > 0.5)), TRIAL_SECONDS)

    def _try(self, before: np.ndarray, free: np.ndarray, seconds: float) -> None:
        """Go on with the best plan that differs from the one before in these columns alone, where that is better."""
        effort = Effort(min(seconds, self._until - monotonic()), NEAR_ENOUGH * self._model.ground.value_gbp)
        found = best_in(self._program, free, before, effort, self._unwanted, before)
        self.take(found if found is None or self.best.values is before else self._besides(before, found))

    def _besides(self, before: np.ndarray, found: Found) -> Found | None:
        """What was changed here done to the best plan, where that was made better elsewhere meanwhile."""
        values = np.where(found.values == before, self.best.values, found.values)
        free = self._around.ties | self._program.columns_of(~self._program.kept(values))
        return best_in(self._program, free, values, Effort(MENDING_SECONDS))


def _next_size(lots: int, seconds: float) -> int:
    if seconds < QUICK:
        return min(lots + 2, MOST)
    return max(lots - 2, FEWEST) if seconds > SLOW else lots
