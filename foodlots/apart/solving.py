"""A search for a plan in a process of its own: it can be ended at any time, and takes nobody with it."""

import json
import logging
import secrets
from collections.abc import Callable, Mapping
from tempfile import TemporaryDirectory
from time import monotonic

from foodlots.apart.child import Broken, Child
from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import to_json
from foodlots.optimise import Onlooker, Outlook
from foodlots.plan import Plan
from foodlots.plan_files import read_plan, write_plan
from foodlots.settings import Settings

MODULE = "foodlots.apart.solve"
LATEST = 10.0  # s beyond the time allowed, reading and drawing up included, at which the process is ended
TO_DRAW_UP = 0.1  # of the time allowed, kept for drawing up the best plan found
LOOK_EVERY = 0.2  # s


def make_plan_apart(
    raw: RawCase, case: Case, settings: Settings, look: Onlooker, dropped: Callable[[], bool], run: Mapping,
    module: str = MODULE, last: Plan | None = None,
) -> Plan:  # fmt: skip
    """The plan `make_plan` would give, made in a process of its own; it begins with the plan `last` where one is given.

    `look` sees how it stands and says whether to stop with the best plan; `dropped`: whether nobody wants it any more.
    Raises NoPlan when there is none, and when the process broke, hung or was dropped: it is gone by then. It is never
    waited for longer than `settings.effort.seconds` and LATEST.
    """
    began = monotonic()
    task = {"raw": json.loads(to_json(raw)), "run": dict(run)}
    with TemporaryDirectory(prefix="foodlots-") as like, Child(module, json.dumps(task | _begin(last, like))) as child:
        try:
            _follow(child, began, float(settings.effort.seconds), look, dropped)
        except Broken as trouble:
            raise _broke_off(str(trouble)) from None
        plan = read_plan(child.folder / "plan")
    if plan.run.get("inputs_sha256") != case.sha256:
        raise _broke_off("the plan was made of another case")
    return plan


def _begin(last: Plan | None, folder: str) -> dict[str, str]:
    """Where the process finds the plan to begin with."""
    if last is None:
        return {}
    write_plan(last, folder)
    return {"like": folder}


def _follow(child: Child, began: float, limit: float, look: Onlooker, dropped: Callable[[], bool]) -> None:
    """Listen until the plan is made; ask for the best one in time, and wait for no process that is late."""
    asked = False
    while True:
        word = child.next_word(LOOK_EVERY) or {}
        took = monotonic() - began
        if dropped():
            raise NoPlan("the search was stopped")
        if "no_plan" in word:
            raise NoPlan(word["no_plan"])
        if "done" in word:
            return
        if took > limit + LATEST:
            raise _too_late(limit)
        enough = "outlook" in word and look(Outlook(**word["outlook"]))
        if not asked and (enough or took > limit * (1 - TO_DRAW_UP)):
            asked = True
            child.ask_to_stop()


def _too_late(limit: float) -> NoPlan:
    return NoPlan(f"no plan was ready in the {limit:,.0f} seconds allowed, and the search was ended; allow it more "
                  "time (effort.seconds, the longest search)")  # fmt: skip


def _broke_off(why: str) -> NoPlan:
    reference = secrets.token_urlsafe(6)
    logging.getLogger(__name__).error("a search broke off, reference %s: %s", reference, why)
    return NoPlan("the search broke off before it had a plan, and harmed nothing else; run it again, and if it breaks "
                  f"off again tell whoever looks after foodlots the reference {reference}")  # fmt: skip
