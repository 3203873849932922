"""The best plan and its proof: the problem in parts side by side, then the whole where they leave something open."""

import os
from dataclasses import dataclass, replace
from time import monotonic

from foodlots.optimise.certified import certified_bound
from foodlots.optimise.first_plan import first_plan, relax
from foodlots.optimise.improving import LEAST_GAIN, Improver
from foodlots.optimise.in_parts import SideBySide
from foodlots.optimise.model import Model
from foodlots.optimise.parts import cut_in_parts
from foodlots.optimise.program import Program
from foodlots.optimise.relaxing import relax_parts
from foodlots.optimise.small_problems import Found
from foodlots.optimise.solver import Answer, Effort, Progress, Watcher
from foodlots.optimise.whole_search import OUT_OF_TIME, search_alone, search_beside, taken

OPTIMAL = "Optimal"  # HiGHS's word, also for what another of its proofs shows to be the best
LARGE = 150_000  # entries in the rows; more take HiGHS minutes to a good plan of its own
MOST_HANDS = 8  # neighbourhoods redrawn at a time; more would mostly redo each other's work
LEAST_SECONDS = 1.0  # s that a search is given where there is no plan yet


def find_best(
    model: Model,
    program: Program,
    effort: Effort,
    watch: Watcher,
    begin: Found | None = None,
    least: float = float("-inf"),
) -> Answer:
    """The best values of the model's variables within the effort, left in them; begins with a plan if given one.

    least: what no plan costs less than, £, as proven elsewhere: a plan that costs no more is the best, and the search
    ends with it. Raises as `solve` does.
    """
    began = monotonic()
    if begin and begin.cost <= least + effort.gap_gbp:
        return taken(model, Answer(OPTIMAL, True, begin.cost, min(least, begin.cost), 0.0, 0), begin)

    def look(progress: Progress) -> bool:
        reached = progress.best is not None and progress.best <= least + effort.gap_gbp
        return watch(replace(progress, seconds=monotonic() - began)) or reached

    answer = _Finding(model, program, effort, look, began).answer(begin)
    if answer.objective <= least + effort.gap_gbp:
        answer = replace(answer, status=OPTIMAL, proven=True)
    return replace(answer, bound=min(max(answer.bound, least), answer.objective), seconds=monotonic() - began)


@dataclass(frozen=True)
class _Finding:
    """One search: its problem, what it may take, who watches, and when it began."""

    model: Model
    program: Program
    effort: Effort
    watch: Watcher
    began: float

    def answer(self, begin: Found | None) -> Answer:
        """The best plan with its bound, where HiGHS ended before it had a better one that of the relaxed problem."""
        if len(self.program.index) > LARGE:
            return self._improved(begin)
        relaxed = relax(self.program, lambda: self._stopped(begin))
        return self._bounded(relaxed, self._of_parts(relaxed, None, begin))

    def _improved(self, begin: Found | None) -> Answer:
        """The same of a large problem, plans made better all the while: from before it is relaxed."""
        rough = relax_parts(self.model, self.program, self.effort.threads, lambda: self._stopped(begin))
        hands = min(MOST_HANDS, self.effort.threads or os.cpu_count() or 1)
        until = self.began + self.effort.seconds
        with Improver(self.model, self.program, rough and rough.found, begin, hands, until) as improver:
            if rough:
                improver.begin()

            def enough() -> bool:
                return self._stopped(improver.best, rough and rough.bound) or bool(improver.best and self._is_late)

            relaxed = relax(self.program, enough, rough and rough.basis)
            improver.learn(relaxed or (rough and rough.found))
            if relaxed is None and improver.best and enough():
                answer = self._out_of_time(improver.best)
            else:
                improver.plan_each_part(lambda: self._is_late or self._stopped(improver.best, relaxed and relaxed.cost))
                answer = self._of_parts(relaxed, improver, begin)
        if improver.best and improver.best.cost < answer.objective - LEAST_GAIN:  # found while the search was ending
            answer = taken(self.model, replace(answer, objective=improver.best.cost), improver.best)
        return self._bounded(relaxed, _not_below(rough.bound, answer) if rough else answer)

    def _stopped(self, best: Found | None, bound: float | None = None) -> bool:
        return self.watch(Progress(0.0, best and best.cost, bound))

    def _bounded(self, relaxed: Found | None, answer: Answer) -> Answer:
        if relaxed is None:
            return answer
        certified = None if relaxed.prices is None else certified_bound(self.program, relaxed.prices)
        return replace(_not_below(relaxed.cost, answer), certified=certified)

    def _out_of_time(self, best: Found) -> Answer:
        """A plan as it is, of which nothing is proven here."""
        return taken(self.model, Answer(OUT_OF_TIME, False, best.cost, float("-inf"), 0.0, 0), best)

    def _of_parts(self, relaxed: Found | None, improver: Improver | None, begin: Found | None) -> Answer:
        """Of the parts, where they make one plan that is proven or time is up; else of the whole."""
        parts = relaxed and relaxed.prices is not None and cut_in_parts(self.model, self.program, relaxed.prices)
        if not parts or len(parts.parts) == 1:
            return self._of_whole(relaxed, improver, begin)
        if parts.tied and begin is None and improver is None:
            begin = first_plan(self.model, self.program, relaxed)
        side_by_side = SideBySide(self.model, self.program, parts, relaxed, begin, improver)
        standing = side_by_side.search(self._left, self.watch)
        best, proven = standing.best or self._first_of(improver), standing.is_proven(self.effort.gap_gbp)
        if best and (proven or standing.over or self._is_late):
            said = OPTIMAL if proven else OUT_OF_TIME
            return taken(self.model, Answer(said, proven, best.cost, standing.bound, 0.0, standing.nodes), best)
        answer = self._above(standing.bound)._of_whole(relaxed, improver, best)
        return _not_below(standing.bound, replace(answer, nodes=answer.nodes + standing.nodes))

    def _above(self, bound: float) -> "_Finding":
        """The same search, where no plan is known to cost less than so much, £."""

        def watch(progress: Progress) -> bool:
            return self.watch(replace(progress, bound=max(progress.bound or bound, bound)))

        return replace(self, watch=watch)

    def _of_whole(self, relaxed: Found | None, improver: Improver | None, begin: Found | None) -> Answer:
        if improver and self._is_late and (best := self._first_of(improver)):
            return self._out_of_time(best)
        if improver:
            return search_beside(self.model, self.program, improver, self._left, self.watch)
        return search_alone(self.model, self.program, relaxed, self._left, self.watch, begin)

    def _first_of(self, improver: Improver | None) -> Found | None:
        """A plan is waited for: the whole of a large problem would take HiGHS far longer to any."""
        return improver and improver.first(lambda: self._stopped(None))

    @property
    def _is_late(self) -> bool:
        return self._left.seconds <= LEAST_SECONDS

    @property
    def _left(self) -> Effort:
        return replace(self.effort, seconds=max(LEAST_SECONDS, self.effort.seconds - (monotonic() - self.began)))


def _not_below(bound: float, answer: Answer) -> Answer:
    """The answer, where no plan is known to cost less than so much, £."""
    return replace(answer, bound=max(answer.bound, min(bound, answer.objective)))
