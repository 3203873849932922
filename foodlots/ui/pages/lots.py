"""Lots: each lot of the plan, what is in it, who wins it and who else could; and lots changed by hand."""

import streamlit as st

from foodlots.ui import state
from foodlots.ui.parts.frame import heading, illustrative, need_plan, need_sound_case, next_steps
from foodlots.ui.parts.lot_card import lot_card
from foodlots.ui.parts.lot_editor import lot_editor
from foodlots.ui.parts.lot_rows import FORMATS, lot_rows
from foodlots.ui.parts.tables import show_table


def show() -> None:
    """The lots page."""
    heading("Lots", "What each lot holds, who would win it, and how much of it they can fill.")
    now = need_sound_case()
    look, change = st.tabs([":material/search: Look", ":material/edit: Change by hand"])
    with change:
        lot_editor(now, state.result())
    with look:
        _look()


def _look() -> None:
    found = need_plan()
    illustrative(found)
    st.markdown("Choose a row to open the lot below.")
    picked = show_table(
        lot_rows(found),
        "The lots of the plan. Choose a row to see the lot below.",
        FORMATS,
        wide=["What it is"],
        on_select="rerun",
        selection_mode="single-row-required",
        key=f"lots-{found.digest[:8]}",
    )
    rows = picked.selection.rows
    lot_card(found, found.plan.lots[rows[0] if rows else 0])
    next_steps(("map", "See it on the map"), ("plan", "Back to the plan"))


if __name__ == "__main__":
    show()
