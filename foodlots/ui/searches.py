"""Searches that go on while pages come and go: one for each case, each in a process of its own."""

import hashlib
import logging
import os
import threading
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from foodlots.case import Case
from foodlots.errors import NoPlan, NotKept
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import digest_of
from foodlots.plan import Plan
from foodlots.plan_files import write_plan
from foodlots.settings import Settings, plainly
from foodlots.ui.desks import Desk, Made, new_key, now
from foodlots.ui.turns import Ticket, Turns

if TYPE_CHECKING:
    from foodlots.audit import Verdict
    from foodlots.optimise import Outlook

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)  # searches that run at one time; more wait their turn
TURNS = Turns(AT_ONCE)
MOST_POINTS = 1_000  # of a search's course kept; every other one goes when there are more
WAITING, SEARCHING, CHECKING, DONE, FAILED = "waiting", "searching", "checking", "done", "failed"
HEADLINE = ("spend_gbp", "budget_gbp", "local_spend_gbp", "local_share", "lots", "awarded_lots", "winners", "status",
            "lots_gbp", "suppliers_gbp", "pence_per_meal", "delivery_km", "kgco2e", "gap_share_of_spend")  # fmt: skip


@dataclass
class Search:
    """One search for a plan: its course so far, and in the end a saved plan or the reason why there is none."""

    desk: Desk
    draft: str
    raw: RawCase
    case: Case
    settings: Settings
    label: str
    last: Plan | None = None  # an earlier plan of the case to begin with
    stage: str = WAITING
    course: list["Outlook"] = field(default_factory=list)
    made: Made | None = None
    trouble: str = ""
    began: float = field(default_factory=monotonic)
    stopping: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)
    ticket: Ticket = field(init=False)

    def __post_init__(self):
        self.ticket = Ticket(self.desk.id)

    @property
    def ahead(self) -> int:
        """How many searches come before this one while it waits for its turn."""
        return TURNS.ahead(self.ticket)

    @property
    def over(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.stage in (DONE, FAILED)

    def stop(self) -> None:
        """End the search soon and keep the best plan found."""
        self.stopping.set()

    def drop(self) -> None:
        """End the search at once: what it looks for is no longer wanted."""
        self.dropped.set()

    def look(self, outlook: "Outlook") -> bool:
        """Note how the search stands; says whether to stop, which is not before there is a plan to keep."""
        self.course.append(outlook)
        if len(self.course) > MOST_POINTS:
            del self.course[1::2]
        return self.dropped.is_set() or (self.stopping.is_set() and outlook.best_gbp is not None)

    def run(self) -> None:
        """Search, check and keep the plan; whatever goes wrong is told, never lost."""
        try:
            plan = self._plan_in_turn()
            self.stage = CHECKING
            self.made = keep(self.desk, self.draft, self.raw, self.case, self.settings, plan, self.label)
            self.stage = DONE
        except NoPlan as trouble:
            self.trouble, self.stage = str(trouble), FAILED
        except NotKept as trouble:
            self.trouble, self.stage = f"A plan was found, but {trouble}", FAILED
        except Exception:
            reference = new_key()[:8]
            logging.getLogger(__name__).exception("search failed, reference %s", reference)
            self.trouble = f"The search ended with a fault of ours, not of your data. Its reference is {reference}."
            self.stage = FAILED

    def _plan_in_turn(self) -> Plan:
        from foodlots.apart.solving import make_plan_apart  # brings the solver, which no first page waits for

        with TURNS.taking(self.ticket, lambda: self.stopping.is_set() or self.dropped.is_set()) as has_turn:
            if not has_turn:
                raise NoPlan("the search was stopped while it waited for its turn")
            self.stage, self.began = SEARCHING, monotonic()
            run = {"overrides": [], "command": "app", "time": now()}
            dropped = self.dropped.is_set
            return make_plan_apart(self.raw, self.case, self.settings, self.look, dropped, run, last=self.last)


def keep(desk: Desk, draft: str, raw: RawCase, case: Case, settings: Settings, plan: Plan, label: str) -> Made:
    """Have a plan checked by the audit, from its files alone, and keep both on the desk."""
    with TemporaryDirectory(prefix="foodlots-") as there:
        folder = write_plan(plan, there)
        verdict = _verdict(raw, case, settings, plan, folder)
        headline = {name: _plain(getattr(plan.summary, name)) for name in HEADLINE}
        made = Made(
            new_key(), label, draft, digest_of(raw), plan_digest(plan), now(), verdict.accepted, _said(verdict),
            headline, case.sha256, plainly(settings),
        )  # fmt: skip
        desk.put_plan(made, raw, folder)
    return made


def _verdict(raw: RawCase, case: Case, settings: Settings, plan: Plan, folder: Path) -> "Verdict":
    """The audit's verdict; files that are the same to the last byte, beside the same tables, are checked once."""
    from foodlots.second_opinion import work_out_verdict  # not before there is a plan to check
    from foodlots.ui.answers import VERDICTS, apart_if_large

    files = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        files.update(hashlib.sha256(path.read_bytes()).digest())
    asked = raw, case, settings, str(folder)
    about = f"{digest_of(raw)} {plainly(settings)!r} {files.hexdigest()}"
    return VERDICTS.at_once(about, lambda: apart_if_large(plan, work_out_verdict, asked))


def _said(verdict: "Verdict") -> tuple[str, ...]:
    return tuple(verdict.lines(5))


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str) else str(value)


def plan_digest(plan: Plan) -> str:
    """What tells this plan from every other: the SHA-256 of all its records, the time of its search apart."""
    records = [repr(getattr(plan, part.name)) for part in fields(plan) if part.name not in ("run", "summary")]
    summary = {name: str(value) for name, value in asdict(plan.summary).items() if name != "seconds"}
    return hashlib.sha256("\n".join([*records, repr(summary)]).encode()).hexdigest()


class Searches:
    """The searches under way: one for each case on each desk."""

    def __init__(self):
        self._lock = threading.Lock()
        self._by_case: dict[tuple[str, str], Search] = {}

    def start(self, search: Search) -> None:
        """Begin this search; one that is under way for the same case is ended."""
        key = search.desk.id, search.draft
        with self._lock:
            if (other := self._by_case.get(key)) is not None:
                other.drop()
            self._by_case[key] = search
        threading.Thread(target=search.run, name="search", daemon=True).start()

    def of(self, desk: Desk, draft: str) -> Search | None:
        """The search for a case, under way or over and not yet taken in."""
        with self._lock:
            return self._by_case.get((desk.id, draft))

    def forget(self, desk: Desk, draft: str) -> None:
        """Take the search for a case off the list; one under way is ended."""
        with self._lock:
            if (search := self._by_case.pop((desk.id, draft), None)) is not None:
                search.drop()


SEARCHES = Searches()
