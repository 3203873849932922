"""Two windows changed one case: both sides of every difference, and three ways on, none of which loses anything."""

import streamlit as st

from foodlots.ui import state
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.words import md, several
from foodlots.ui.two_cases import differences

SHOWN = 200
WAYS = (
    ("Go on with theirs", "theirs", state.take_theirs, "Your change is dropped."),
    ("Put mine in its place", "mine", state.put_mine_on_top, "Theirs stays among the earlier versions."),
    ("Keep mine as a copy", "copy", state.keep_mine_as_copy, "Both go on, as two cases."),
)


def unkept() -> None:
    """Why the last edit could not be kept, where it could not."""
    if trouble := state.unkept():
        st.error(f"Your last edit is on the screen but not kept yet: {md(trouble)}.", icon=":material/error:")


def two_sides() -> None:
    """What differs, when another window saved this case first, and what to do about it."""
    mine = state.mine_in_conflict()
    if mine is None:
        return
    from foodlots.ui.parts.tables import show_table  # on every page's way, so nobody waits for it without a conflict

    last = state.versions()[0]
    found = differences(mine, state.work().raw)
    st.warning(
        f"Another window saved version {last.number + 1:,} of this case before yours. It is shown below; yours "
        f"differs from it in {several(len(found), 'place')}. Neither is lost.",
        icon=":material/sync_problem:",
    )
    show_table([vars(each) for each in found[:SHOWN]], "Where the two versions differ: yours and theirs.", {})
    with st.container(horizontal=True):
        for label, key, act, what in WAYS:
            st.button(label, key=f"conflict-{key}", help=what, **on_press(act))
