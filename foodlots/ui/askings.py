"""Questions that take many solves and go on while pages come and go: one of a kind for each case as it stands."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from foodlots.errors import NoPlan
from foodlots.runner import Look, Runner, Standing
from foodlots.ui.desks import new_key
from foodlots.ui.searches import TURNS
from foodlots.ui.turns import Ticket

Question = Callable[[Runner], Any]
MOST_KEPT = 40  # answers remembered; the oldest go first, and are quickly found again among the results kept


@dataclass
class Asking:
    """One question: how its solves stand, and in the end its answer or the reason why there is none."""

    desk: str
    question: Question
    standing: Standing | None = None
    answer: Any = None
    trouble: str = ""
    over: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)

    def look(self, standing: Standing) -> bool:
        """Note how the solves stand; says whether to stop."""
        self.standing = standing
        return self.stopping.is_set()

    def run(self) -> None:
        """Find the answer; whatever goes wrong is told, never lost."""
        try:
            with TURNS.taking(Ticket(self.desk), self.stopping.is_set) as had:
                self.answer = self._in_turn(self.look) if had else None
        except NoPlan as trouble:
            self.trouble = str(trouble)
        except Exception:
            reference = new_key()[:8]
            logging.getLogger(__name__).exception("question failed, reference %s", reference)
            self.trouble = f"It ended with a fault of ours, not of your data. Its reference is {reference}."
        self.over = True

    def _in_turn(self, look: Look) -> Any:
        with Runner(look) as runner:
            return self.question(runner)


class Askings:
    """The questions asked, by desk, case as it stands, and kind."""

    def __init__(self):
        self._lock = threading.Lock()
        self._asked: dict[tuple[str, str, str], Asking] = {}

    def ask(self, desk: str, digest: str, kind: str, question: Question) -> Asking:
        """Begin with a question, unless it is being answered already."""
        key = desk, digest, kind
        with self._lock:
            under_way = self._asked.get(key)
            if under_way is not None and not under_way.over:
                return under_way
            asking = self._asked[key] = Asking(desk, question)
            for old in [each for each, found in self._asked.items() if found.over][:-MOST_KEPT]:
                del self._asked[old]
        threading.Thread(target=asking.run, name="asking", daemon=True).start()
        return asking

    def of(self, desk: str, digest: str, kind: str) -> Asking | None:
        """What was asked of this case as it stands, under way or answered."""
        with self._lock:
            return self._asked.get((desk, digest, kind))


ASKINGS = Askings()
