"""Saved plans: one line each, a name of one's own, and a way back to any of them."""

from collections.abc import Sequence

import streamlit as st

from foodlots.ui import state
from foodlots.ui.desks import Made
from foodlots.ui.parts.listed import named, when
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table

FORMATS = {"Spend": "pounds", "Local": "percent", "Lots": "count", "Winners": "count", "km": "count"}


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
        st.button("Rename", icon=":material/edit:", key="rename", disabled=not label.strip() or label == made.label,
                  **on_press(state.rename, made, label.strip()))  # fmt: skip
        st.button("Open its tables and settings again", icon=":material/folder_open:", key="reopen",
                  **on_press(state.reopen, made))  # fmt: skip
        st.button("Throw away", icon=":material/delete:", key="throw", help="The plan is deleted for good.",
                  **on_press(state.throw_away, made))  # fmt: skip


def nothing_saved() -> None:
    """What to do first."""
    st.info("No plan is saved yet. Every plan you make is kept by itself and can be compared here.",
            icon=":material/route:")  # fmt: skip
