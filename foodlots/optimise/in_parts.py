"""All parts of a problem searched side by side: their bounds added up, their plans put together as one."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import is_
from time import monotonic

import numpy as np

from foodlots.optimise.first_plan import first_plan
from foodlots.optimise.improving import LEAST_GAIN, Improver
from foodlots.optimise.model import Model
from foodlots.optimise.part_search import PartSearch
from foodlots.optimise.parts import Part, Parts
from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, best_in, cheaper
from foodlots.optimise.solver import Effort, Infeasible, Progress, Watcher
from foodlots.optimise.turns import Turns
from foodlots.optimise.whole_search import GOOD

TYING_SECONDS = 4.0  # s to choose the columns that tie parts, most others held; takes well under one
POLL = 0.05  # s
TIED = 1 / 3  # of the time for the parts, where what ties them keeps their plans from being one
Stopped = Callable[[], bool]


@dataclass(frozen=True)
class Standing:
    """best: the cheapest plan of the whole that is known · bound: what no plan of it costs less than, £ ·
    nodes: of all searches · over: whoever watches asked to stop."""

    best: Found | None
    bound: float
    nodes: int
    over: bool

    def is_proven(self, gap_gbp: float) -> bool:
        """Whether no plan costs less by more than so much."""
        return self.best is not None and self.best.cost <= self.bound + gap_gbp


class SideBySide:
    """The searches of all parts of a problem.

    relaxed: the whole problem relaxed · begin: a plan to begin with · improver: looks for better plans meanwhile.
    """

    def __init__(
        self, model: Model, program: Program, parts: Parts, relaxed: Found, begin: Found | None = None,
        improver: Improver | None = None,
    ):  # fmt: skip
        self._model, self._program, self._parts, self._relaxed = model, program, parts, relaxed
        self._begin, self._improver = begin, improver
        self._best, self._tried, self._known = begin, None, []

    def search(self, effort: Effort, watch: Watcher) -> Standing:
        """How things stand when every part is proven, time is up, or whoever watches asks to stop.

        Raises Infeasible where a part's rows contradict each other.
        """
        began, over = monotonic(), False
        cores = (effort.threads or os.cpu_count() or 1) - (self._improver.lasting if self._improver else 0)
        turns, each = Turns(max(1, cores)), replace(effort, gap_gbp=effort.gap_gbp / len(self._parts.parts))
        searches = [self._searching(part, each, turns) for part in self._parts.parts]
        with _under_way(searches):
            while not over and (working := [search for search in searches if search.is_alive()]):
                working[0].join(POLL)
                self._put_together(searches)
                seconds = monotonic() - began
                if seconds > effort.seconds * (TIED if self._best is None else 1.0):
                    break
                over = watch(Progress(seconds, self._best and self._best.cost, self._bound(searches)))
        best = self._at_the_end(searches, effort.gap_gbp)
        return Standing(best, self._bound(searches), sum(search.nodes for search in searches), over)

    def _searching(self, part: Part, effort: Effort, turns: Turns) -> PartSearch:
        relaxed = part.found(self._relaxed.values, self._relaxed.reduced)
        near = GOOD * abs(self._relaxed.cost) / len(self._parts.parts)

        def start(stopped: Stopped) -> Found | None:
            whole = self._improver.best if self._improver else self._begin
            known = whole and part.found(whole.values)
            return known or first_plan(self._model, part.program, relaxed, stopped)

        def advice(cost: float | None) -> np.ndarray | None:
            known = self._improver.best and part.found(self._improver.best.values)
            better = known is not None and (cost is None or known.cost < cost - LEAST_GAIN)
            return known.values if better else None

        return PartSearch(part.program, relaxed.cost, effort, turns, start, near, advice if self._improver else None)

    def _bound(self, searches: Sequence[PartSearch]) -> float:
        return max(self._relaxed.cost, self._parts.constant + sum(search.bound for search in searches))

    def _put_together(self, searches: Sequence[PartSearch]) -> None:
        """The cheapest plan that is known of each part, its own or that in a plan of the whole, as one plan."""
        known = [search.best for search in searches] + [self._improver and self._improver.best]
        if len(known) == len(self._known) and all(map(is_, known, self._known)):
            return  # nothing new
        self._known = known
        if self._improver:
            self._best = cheaper(self._best, self._improver.best)
        plans = [self._cheapest(part, search.best) for part, search in zip(self._parts.parts, searches, strict=True)]
        if None not in plans and self._tried != (costs := [plan.cost for plan in plans]):
            self._tried = costs
            found = self._tied(plans)
            if found and (self._best is None or found.cost < self._best.cost - LEAST_GAIN):
                self._best = found
            if self._improver:
                self._improver.take(found)
                self._improver.begin()
                self._improver.attend_to(self._open(searches, plans))

    def _open(self, searches: Sequence[PartSearch], plans: Sequence[Found]) -> list[float]:
        """For each candidate, what is open between plan and bound in its part, for each lot drawn there, £."""
        draws = [draw.index for draw in self._model.draw]
        lots = np.full(len(draws), LEAST_GAIN)
        for part, search, plan in zip(self._parts.parts, searches, plans, strict=True):
            drawn = max(1.0, plan.values[draws] @ part.own[draws])
            lots[part.own[draws]] += max(0.0, plan.cost - search.bound) / drawn
        return lots.tolist()

    def _cheapest(self, part: Part, own: Found | None) -> Found | None:
        return cheaper(own, self._best and part.found(self._best.values))

    def _tied(self, plans: Sequence[Found]) -> Found | None:
        """The parts' own columns as they are, and the best of those that tie them; None where that is no plan.

        What stands in a row that the plans break together is chosen anew.
        """
        program, ties = self._program, self._parts.ties
        own = sum(np.where(part.own, plan.values, 0.0) for part, plan in zip(self._parts.parts, plans, strict=True))
        tied = np.where(ties, np.maximum.reduce([plan.values for plan in plans]), own)
        free = ties | program.columns_of(~program.kept(tied))
        return best_in(program, free, own, Effort(TYING_SECONDS))

    def _at_the_end(self, searches: Sequence[PartSearch], gap_gbp: float) -> Found | None:
        """The parts' last plans as one, where nothing that came up on the way is cheaper: the same in every run."""
        plans = [search.best for search in searches]
        last = None if None in plans else self._tied(plans)
        if last and (self._best is None or last.cost <= self._best.cost + gap_gbp):
            return last
        return self._best


@contextmanager
def _under_way(searches: Sequence[PartSearch]) -> Iterator[None]:
    """The searches begun, and at the end stopped; what troubled one of them is raised here."""
    for search in searches:
        search.start()
    try:
        yield
    finally:
        for search in searches:
            search.stop()
        for search in searches:
            search.join()
    for search in searches:
        if search.trouble:
            raise search.trouble
        if search.infeasible:
            raise Infeasible("the limits contradict each other")
