"""Rules that contradict each other on screen: which, and the ways out with a button for each."""

import streamlit as st

from foodlots.buyer_rules import RULES
from foodlots.insight.conflict import Conflict, Conflicts, find_conflicts
from foodlots.settings import Settings, overrides_between
from foodlots.ui import state
from foodlots.ui.editing import with_settings
from foodlots.ui.parts import choice_rows as rows
from foodlots.ui.parts.asking import answer_to
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md
from foodlots.ui.work import Work

LONGEST = 60.0  # s for one of many solves
BY_KEY = {rule.key: rule for rule in RULES}


def conflict_panel(now: Work) -> None:
    """Which rules contradict each other, and what to do."""
    found: Conflicts | None = answer_to(
        now.digest, "conflict", "Find conflicts and the cheapest ways out",
        "Finds the smallest set of your rules that no plan can meet together, and the mildest change that helps.",
        lambda runner: find_conflicts(now.case, now.settings, runner, LONGEST),
    )  # fmt: skip
    if found is None:
        return
    if found.stopped:
        st.info("Stopped: only what was found so far is told.", icon=":material/stop_circle:")
    elif found.undecided:
        st.warning("Whether the rules contradict each other, or contradict each other besides, was not decided in "
                   "time.", icon=":material/hourglass_disabled:")  # fmt: skip
    elif not found.found:
        st.success("The rules do not contradict each other: there is a plan that meets them all.",
                   icon=":material/check_circle:")  # fmt: skip
    for number, conflict in enumerate(found.found):
        st.error(md(conflict.sentence), icon=":material/call_split:")
        for line in conflict.lacks:
            st.markdown(f"- {md(line)}")
        _ways_out(now, conflict, number)
    if len(found.found) > 1:
        st.markdown("There is more than one conflict: ease one rule of each, then look again.")


def _ways_out(now: Work, conflict: Conflict, number: int) -> None:
    if not conflict.mends:
        return
    st.markdown("**Ways out, the cheapest first.** Each is enough by itself.")
    show_table(rows.mend_rows(conflict), "Ways out of the conflict.", {}, wide=["To"], height="content")
    if not all(mend.sure for mend in conflict.mends):
        st.caption("Or nearer: a plan with this much was found; whether less is enough was not decided in time.")
    with st.container(horizontal=True):
        for mend in conflict.mends:
            rule = BY_KEY.get(mend.rule)
            words = f"{mend.title}: {mend.after}"
            if rule:
                st.button(md(words), key=f"mend-{number}-{mend.rule}", icon=":material/check:",
                          **on_press(_ease, now, rule.with_value(now.settings, mend.value)))  # fmt: skip


def _ease(now: Work, eased: Settings) -> None:
    """Take the eased rule into the case and search anew."""
    state.edit(with_settings(now.raw, as_typed(overrides_between(now.settings, eased))))
    state.start_search()


def as_typed(overrides: list[str]) -> dict[tuple[str, str], str]:
    """Overrides as settings to type: (section, key) -> value."""
    parts = (override.partition("=") for override in overrides)
    return {tuple(label.split(".", 1)): value for label, _, value in parts}
