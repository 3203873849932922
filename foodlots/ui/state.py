"""The session: the desk, the case that lies open and the plan made of it. Nothing else touches session_state.

Stages stand in an order, case before plan. Storing one forgets the later ones, so that no plan ever stands
beside data it was not made of; a saved plan comes back by itself when the data are again what they were.
"""

import os
from dataclasses import replace
from typing import Any

import streamlit as st

from foodlots.errors import NotKept
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import digest_of
from foodlots.plan import Plan
from foodlots.reading import read_tables
from foodlots.roles import CHANGE
from foodlots.settings import Settings
from foodlots.store import Conflict
from foodlots.ui.check_once import check_once
from foodlots.ui.desks import (
    Desk,
    Draft,
    Import,
    Made,
    Version,
    imports_of,
    last_records,
    new_draft,
    open_desk,
    put_import,
)
from foodlots.ui.editing import retyped, with_rows
from foodlots.ui.searches import SEARCHES, Search, keep
from foodlots.ui.taking import plan_in_folder, taken_into, under_settings
from foodlots.ui.visitor import may, visitor
from foodlots.ui.work import Result, Work

STAGES = ("work", "result")
DESK, CASE = "desk", "case"
MINE, UNKEPT = "mine", "unkept"
MOST_AT_HAND = 5  # saved plans kept in memory for a visit: those side by side, and the one of what lies open
LOOK_ONLY = "your role may look at this case, not change it"


def begin() -> None:
    """Find the desk of this visit and lay out what lies on it; called once at the head of every run."""
    if DESK not in st.session_state:
        st.session_state[DESK] = open_desk(st.query_params.get(DESK, ""), visitor().name)
        _lay_out(desk())
    now = work()
    if now is None:
        return
    _put_in_address(now.draft.key)
    search = current_search()
    if search and search.made and search.made.case_digest == now.digest:
        _store("result", recall(search.made))
        SEARCHES.forget(desk(), now.draft.key)


def _put_in_address(draft: str) -> None:
    """The address of every page names the desk and the case, so that a refresh or a bookmark finds both."""
    if (st.query_params.get(DESK), st.query_params.get(CASE)) != (desk().id, draft):
        st.query_params[DESK], st.query_params[CASE] = desk().id, draft


def come_back(name: str, case: str) -> None:
    """Work on the desk this browser used before, as long as nothing lies open on a new one, and open a case of it."""
    found = open_desk(name, visitor().name)
    if work() is None and found.id == name != desk().id:
        st.session_state[DESK] = found
        open_draft(case)
        st.rerun()


def _lay_out(found: Desk) -> None:
    draft = found.draft(st.query_params.get(CASE, "")) or found.draft(found.current())
    if draft is not None and st.query_params.get(DESK) == found.id:
        _open(draft)
    elif path := os.environ.get("FOODLOTS_CASE"):
        open_case(read_tables(path), "opened from the command line")
        if plan := os.environ.get("FOODLOTS_PLAN"):
            _take_in(plan)


def _take_in(folder: str) -> None:
    """A plan that lies in a folder, made of the case that lies open."""
    now = work()
    found = plan_in_folder(folder, now) if now else None
    if found is not None:
        open_plan_under(*found, "Opened from the command line")


def desk() -> Desk:
    """The desk of this visit."""
    return st.session_state[DESK]


def drafts() -> list[Draft]:
    """Every case on this desk, the last opened first."""
    return desk().drafts()


def work() -> Work | None:
    """The case that lies open, None before one is opened."""
    return st.session_state.get("work")


def result() -> Result | None:
    """The plan made of exactly what lies open, None when there is none."""
    now = work()
    if now is None:
        return None
    if "result" not in st.session_state:
        made = next((each for each in saved_plans() if each.case_digest == now.digest), None)
        _store("result", made and recall(made))
    return st.session_state["result"]


def saved_plans() -> list[Made]:
    """Every plan saved on this desk, the last made first."""
    return desk().made()


def plan_before(found: Result) -> Result | None:
    """The plan of the same case made before this one, None when there is none."""
    key = f"before:{found.made.key}"
    if key not in st.session_state:
        earlier = (made for made in saved_plans() if made.draft == found.made.draft and made.made < found.made.made)
        made = next((made for made in earlier if made.digest != found.made.digest), None)
        st.session_state[key] = made and recall(made)
    return st.session_state[key]


def rename(made: Made, label: str) -> None:
    """Give a saved plan a name of one's own."""
    if may(CHANGE):
        desk().rename_plan(made, label)
    _forget_after("work")


def throw_away(made: Made) -> None:
    """Delete a saved plan for good."""
    if may(CHANGE):
        desk().forget_plan(made.key)
    _forget_after("work")


def reopen(made: Made) -> None:
    """Lay the tables and settings a saved plan was made of on the desk again, and the plan with them."""
    found = desk().plan(made)
    if found is None:
        return
    now = work()
    if now and made.draft == now.draft.key:
        edit(found[0])
    elif (draft := desk().draft(made.draft)) is not None:
        _open(draft)
        edit(found[0])
    else:
        open_case(found[0], f"saved plan {made.label}")


def recall(made: Made) -> Result | None:
    """A saved plan with its case, None when it can no longer be read. The last few stay at hand, by their content."""
    at_hand = st.session_state.setdefault("recalled", {})
    content = made.key, made.case_digest, made.digest
    found = at_hand.pop(content, None) or _recall(made)
    if found is None:
        return None
    at_hand[content] = replace(found, made=made)
    while len(at_hand) > MOST_AT_HAND:
        at_hand.pop(next(iter(at_hand)))
    return at_hand[content]


def _recall(made: Made) -> Result | None:
    found = desk().plan(made)
    checked = found and check_once(found[0])
    return Result(made, found[1], checked) if checked and checked.case else None


def open_case(raw: RawCase, source: str) -> None:
    """Lay a case on the desk and open it."""
    if not may(CHANGE):
        return
    _open(new_draft(raw, source))


def open_draft(key: str) -> None:
    """Open a case that lies on the desk already."""
    draft = desk().draft(key)
    if draft is not None:
        _open(draft)


def _open(draft: Draft) -> None:
    take_theirs()
    fresh_editors()
    _keep(draft)


def edit(raw: RawCase) -> None:
    """Replace the tables or settings of the open case; the plan made of the old ones no longer stands beside them."""
    _edit(raw)
    fresh_editors()


def _edit(raw: RawCase) -> None:
    now = work()
    if digest_of(raw) != now.digest:
        _replace(raw, now.draft.revision)


def _replace(raw: RawCase, back: int | None) -> None:
    """Keep other tables and settings as the next version of the open case, unless another window was first."""
    if not may(CHANGE):
        st.session_state[UNKEPT] = LOOK_ONLY
        return
    draft = work().draft
    SEARCHES.forget(desk(), draft.key)
    try:
        _keep(replace(draft, raw=raw, revision=draft.revision + 1, back=back))
        st.session_state.pop(UNKEPT, None)
    except Conflict:
        _open(desk().draft(draft.key))
        st.session_state[MINE] = raw
    except NotKept as trouble:
        st.session_state[UNKEPT] = str(trouble)
        _store("work", Work(replace(draft, raw=raw), check_once(raw)))


def unkept() -> str:
    """Why the last edit could not be kept, "" when it was; it stays on the screen and is kept with the next one."""
    return st.session_state.get(UNKEPT, "")


def mine_in_conflict() -> RawCase | None:
    """The case as this window would have it, when another window saved another version first; None when none did."""
    return st.session_state.get(MINE) if work() else None


def take_theirs() -> None:
    """Go on with the version another window saved."""
    st.session_state.pop(MINE, None)


def put_mine_on_top() -> None:
    """Save this window's version after the other one, which stays among the earlier versions."""
    edit(st.session_state.pop(MINE))


def keep_mine_as_copy() -> None:
    """Keep this window's version as a case of its own."""
    mine, source = st.session_state.pop(MINE), work().draft.source
    open_case(mine, f"{source}, your copy")


def can_undo() -> bool:
    """Whether there is an edit to take back."""
    return work() is not None and work().draft.back is not None


def undo() -> None:
    """Take back the last edit; what it was stays among the earlier versions."""
    draft = work().draft
    before = None if draft.back is None else desk().draft(draft.key, draft.back)
    if before is not None:
        fresh_editors()
        _replace(before.raw, before.back)


def versions() -> list[Version]:
    """Every state the open case has been in, the last first."""
    return desk().versions(work().draft.key) if work() else []


def bring_back(number: int) -> None:
    """Make an earlier version of the open case its next one."""
    earlier = desk().draft(work().draft.key, number)
    if earlier is not None:
        edit(earlier.raw)


def _keep(draft: Draft) -> None:
    if may(CHANGE):
        draft = desk().put_draft(draft)
        desk().put_current(draft.key)
    _store("work", Work(draft, check_once(draft.raw)))


def keep_import(kind: str, scope: str, files: dict[str, str], record: str) -> None:
    """Remember with the open case which files were taken into it and what they wrote."""
    try:
        put_import(desk(), work().draft.key, kind, scope, files, record)
    except NotKept as trouble:
        st.session_state[UNKEPT] = str(trouble)


def imports() -> list[Import]:
    """What was taken into the open case from published files, the last first."""
    return imports_of(desk(), work().draft.key) if work() else []


def import_records() -> dict[tuple[str, str], str]:
    """(kind, area) -> what the last such import into the open case wrote."""
    return last_records(desk(), work().draft.key) if work() else {}


def start_search() -> None:
    """Begin to search for a plan of what lies open."""
    if not may(CHANGE):
        return
    now = work()
    earlier = [made for made in saved_plans() if made.draft == now.draft.key]
    label = f"Plan {len(earlier) + 1}" + (", lots by hand" if now.case.lots else "")
    last = desk().plan(earlier[0]) if earlier else None
    _forget_after("work")
    SEARCHES.start(Search(desk(), now.draft.key, now.raw, now.case, now.settings, label, last and last[1]))


def open_plan_under(plan: Plan, settings: Settings, label: str) -> None:
    """Take a plan and the settings it was made with into the open case, and keep it among the saved plans.

    The case keeps its own effort of search; the plan notes with what effort it was found.
    """
    if not may(CHANGE):
        return
    edit(under_settings(work(), settings))
    found = work()
    plan = taken_into(plan, found, settings)
    keep(desk(), found.draft.key, found.raw, found.case, found.settings, plan, label)
    _forget_after("work")


def current_search() -> Search | None:
    """The search under way for the open case, or the last one that found nothing."""
    return SEARCHES.of(desk(), work().draft.key) if work() else None


def _store(stage: str, value: Any) -> None:
    st.session_state[stage] = value
    _forget_after(stage)


def _forget_after(stage: str) -> None:
    for later in STAGES[STAGES.index(stage) + 1 :]:
        st.session_state.pop(later, None)


def remembered(name: str, first: Any = None) -> Any:
    """A choice made on a page earlier in this visit."""
    return st.session_state.get(f"choice:{name}", first)


def remember(name: str, value: Any) -> None:
    """Keep a choice made on a page for when it is opened again."""
    st.session_state[f"choice:{name}"] = value


def enter(what: str, name: str) -> None:
    """Say which page is shown, or which table on it; one not shown in the run before starts from what is stored."""
    if st.session_state.get(f"shown:{what}") != name:
        st.session_state[f"shown:{what}"] = name
        fresh_editors()


def fresh_editors() -> None:
    """Let every grid start again from what is stored."""
    st.session_state["ground"] = {}
    st.session_state["stamp"] = st.session_state.get("stamp", 0) + 1


def stamped(name: str) -> str:
    """A widget's key that changes when the grids start again."""
    return f"{name}-{st.session_state.get('stamp', 0)}"


def editor_key(table: str) -> str:
    """The key of a table's grid."""
    return stamped(f"editor-{table}")


def editor_ground(table: str) -> RawCase:
    """What a table's grid shows before anything is typed in it: it stays the same while somebody types."""
    return st.session_state.setdefault("ground", {}).setdefault(table, work().raw)


def type_in(table: str) -> None:
    """Keep what was typed in a table's grid. Called before a page is drawn, so no page change can come between."""
    edits = st.session_state[editor_key(table)]
    _edit(with_rows(work().raw, table, *retyped(editor_ground(table), table, edits)))
