"""The search for the best plan of one part, beside those for the others: a start, then HiGHS until it is proven."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from time import monotonic

import highspy
import numpy as np

from foodlots.optimise.program import Program
from foodlots.optimise.small_problems import Found, prepared
from foodlots.optimise.solver import (
    CALLBACKS,
    STATUS,
    STOPPED,
    Adviser,
    Effort,
    Progress,
    begin_with,
    reporter,
)
from foodlots.optimise.turns import Turns

Begin = Callable[[Callable[[], bool]], Found | None]  # (whether to stop) -> a plan to begin with


class PartSearch(Thread):
    """best: the best plan of the part so far · bound: no plan of it costs less, £ · proven: none costs less than best.

    near: how much dearer than the bound a plan may be, £, to leave HiGHS without ideas of its own for better ones.
    `stop()` ends it with what it has; `infeasible` where the part's rows contradict each other.
    """

    def __init__(
        self, program: Program, bound: float, effort: Effort, turns: Turns, begin: Begin, near: float,
        advice: Adviser | None = None,
    ):  # fmt: skip
        super().__init__(name="part", daemon=True)
        self.best: Found | None = None
        self.bound, self.nodes, self.proven, self.infeasible = bound, 0, False, False
        self.trouble: BaseException | None = None
        self._program, self._effort, self._turns = program, effort, turns
        self._begin, self._near, self._advice = begin, near, advice
        self._over = False

    def stop(self) -> None:
        self._over = True
        self._turns.end()

    def run(self) -> None:
        self._turns.take()
        try:
            self._search()
        except BaseException as trouble:  # told to whoever asked for the search, in the thread that did
            self.trouble = trouble
        finally:
            self._turns.give_back()

    def _search(self) -> None:
        began, start = monotonic(), self._begin(lambda: self._over)
        self.best = start
        self._turns.pass_on(at_once=True)  # a plan of each part makes one of the whole
        left = self._effort.seconds - (monotonic() - began)
        if self._over or left <= 0:
            return
        ideas = self._effort.own_ideas and (start is None or start.cost > self.bound + self._near)
        effort = replace(self._effort, own_ideas=ideas, restarts=self._advice is not None)
        highs = prepared(self._program, effort, left)
        if start is not None:
            begin_with(highs, self._program, start.values)
        highs.setCallback(self._listener(), None)
        kinds = [CALLBACKS.kCallbackMipInterrupt, CALLBACKS.kCallbackMipLogging, CALLBACKS.kCallbackSimplexInterrupt]
        kinds += [CALLBACKS.kCallbackMipImprovingSolution] + [CALLBACKS.kCallbackMipUserSolution] * bool(self._advice)
        for kind in kinds:
            highs.startCallback(kind)
        highs.run()
        self._take(highs)

    def _listener(self):
        report = reporter(self._watch, self._advice, monotonic())

        def listen(kind, message, data_out, data_in, data):
            if kind == CALLBACKS.kCallbackMipImprovingSolution:
                self._keep(np.array(data_out.mip_solution))
            report(kind, message, data_out, data_in, data)

        return listen

    def _watch(self, progress: Progress) -> bool:
        if progress.bound is not None:
            self.bound = max(self.bound, progress.bound)
        return self._unwanted()

    def _unwanted(self) -> bool:
        self._turns.pass_on()
        return self._over

    def _keep(self, values: np.ndarray) -> None:
        values = np.where(self._program.whole, np.round(values), values)
        cost = self._program.costs(values)
        if self.best is None or cost < self.best.cost:
            self.best = Found(cost, values)

    def _take(self, highs: highspy.Highs) -> None:
        status, info = highs.getModelStatus(), highs.getInfo()
        if status in (STATUS.kInfeasible, STATUS.kUnboundedOrInfeasible):
            self.infeasible = True
        elif status in (STATUS.kOptimal, *STOPPED) and info.primal_solution_status == 2:
            self._keep(np.array(highs.getSolution().col_value))
            self.proven = status == STATUS.kOptimal
            whole = self._program.whole.any()
            if whole or self.proven:
                bound = info.mip_dual_bound if whole else info.objective_function_value
                self.bound = max(self.bound, min(bound, self.best.cost))
            self.nodes = int(info.mip_node_count) if whole else 0
