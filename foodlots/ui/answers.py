"""Answers that take a page a while: worked out once for all who ask the same, the long ones behind the page."""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from foodlots.plan import Plan
from foodlots.runner import Runner, Work, nobody
from foodlots.ui.work import Result

LONG = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))  # long answers worked out at one time
LARGE = 5_000  # lines of a plan's cells and supply; a city has fewer
MOST_KEPT, MOST_QUICK = 40, 400  # answers at hand, long and quick ones; the oldest go first


def apart(work: Work, found: Result) -> Any:
    """What a piece of work finds of a plan; of a large one in another process, so that this one goes on drawing."""
    return apart_if_large(found.plan, work, found)


def apart_if_large(plan: Plan, work: Work, common: Any) -> Any:
    """The same of anything that goes with a plan."""
    if len(plan.cells) + len(plan.supply) < LARGE:
        return work(common, None, nobody)
    with Runner(processes=1, keep=False) as runner:
        return runner.run(work, common, {"": None})[""]


class Answer:
    """One answer: `there` is set once it is known, or what stood in its way is."""

    def __init__(self, work: Callable[[], Any]):
        self.there = threading.Event()
        self._work, self._found, self._trouble = work, None, None

    def find(self, turn: AbstractContextManager) -> None:
        """Work it out, when it is its turn."""
        with turn:
            try:
                self._found = self._work()
            except Exception as trouble:
                self._trouble = trouble
        self.there.set()

    def given(self) -> Any:
        """The answer; raises what stood in its way."""
        if self._trouble is not None:
            raise self._trouble
        return self._found


class Answers:
    """The answers at hand, by what each rests on: who asks the same again has all of it before him already.

    turn: what has to be held to work one out · most: how many are kept.
    """

    def __init__(self, turn: AbstractContextManager = LONG, most: int = MOST_KEPT):
        self._turn, self._most = turn, most
        self._lock = threading.Lock()
        self._kept: dict[str, Answer] = {}

    def to(self, about: str, work: Callable[[], Any]) -> Answer:
        """The answer to what `about` tells from everything else; it is begun when nobody has asked before."""
        with self._lock:
            known = self._kept.get(about)
            if known is not None:
                return known
            answer = self._kept[about] = Answer(work)
            for old in [each for each, kept in self._kept.items() if kept.there.is_set()][: -self._most]:
                del self._kept[old]
        threading.Thread(target=answer.find, args=(self._turn,), name="answer", daemon=True).start()
        return answer

    def at_once(self, about: str, work: Callable[[], Any]) -> Any:
        """The answer, waited for; what stood in its way is raised, and tried again when asked again."""
        answer = self.to(about, work)
        answer.there.wait()
        try:
            return answer.given()
        except Exception:
            with self._lock:
                self._kept.pop(about, None)
            raise


ANSWERS = Answers()
QUICK = Answers(nullcontext(), MOST_QUICK)
VERDICTS = Answers(nullcontext())
