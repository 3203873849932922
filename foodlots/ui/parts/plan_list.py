"""Saved plans: one line each, a name of one's own, and a way back to any of them."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from foodlots.ui import state
from foodlots.ui.desks import Draft, Made
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import pounds
from foodlots.ui.work import case_name

FORMATS = {"Spend": "pounds", "Local": "percent", "Lots": "count", "Winners": "count", "km": "count"}


def when(made: Made) -> str:
    """When a plan was made, in the clock of this machine: 22 November, 14:05."""
    return _clock(made.made)


def _clock(moment: str) -> str:
    then = datetime.fromisoformat(moment).astimezone()
    return f"{then.day} {then:%B}, {then:%H:%M}"


def draft_words(draft: Draft) -> str:
    """A case opened before, as it stands in a list."""
    return f"{case_name(draft.raw)} · {draft.source} · {_clock(draft.opened)}"


def named(made: Made) -> str:
    """A plan as it stands in a list."""
    return f"{made.label} · {when(made)} · {pounds(float(made.headline['spend_gbp']))}"


def plan_list(saved: Sequence[Made]) -> None:
    """All saved plans as a table; below it what can be done with one of them."""
    show_table(
        [
            {
                "Plan": made.label,
                "Made": when(made),
                "Spend": made.headline["spend_gbp"],
                "Local": made.headline["local_share"],
                "Lots": made.headline["lots"],
                "Winners": made.headline["winners"],
                "km": made.headline["delivery_km"],
                "Proven": "to the best" if made.headline["status"] == "optimal" else "in part",
            }
            for made in saved
        ],
        "Saved plans.", FORMATS,
    )  # fmt: skip
    with st.expander("Rename, open again or throw away", icon=":material/edit:"):
        _one(saved)


def _one(saved: Sequence[Made]) -> None:
    by_key = {made.key: made for made in saved}
    key = st.selectbox("Plan", list(by_key), format_func=lambda key: named(by_key[key]), key="one-plan")
    made = by_key[key]
    label = st.text_input("Its name", made.label, max_chars=60, key=f"label-{key}")
    with st.container(horizontal=True):
        if st.button("Rename", icon=":material/edit:", key="rename", disabled=not label.strip() or label == made.label):
            state.rename(made, label.strip())
            st.rerun()
        if st.button("Open its tables and settings again", icon=":material/folder_open:", key="reopen"):
            state.reopen(made)
            st.rerun()
        if st.button("Throw away", icon=":material/delete:", key="throw", help="The plan is deleted for good."):
            state.throw_away(made)
            st.rerun()


def nothing_saved() -> None:
    """What to do first."""
    st.info("No plan is saved yet. Every plan you make is kept by itself and can be compared here.",
            icon=":material/route:")  # fmt: skip
