"""Plan: search for the best lots and awards, see how good they are, and set what the buyer is after."""

import streamlit as st

from foodlots.ui import state
from foodlots.ui.parts.against import against_the_plan_before
from foodlots.ui.parts.choices import all_levers, presets, setting_faults
from foodlots.ui.parts.conflict_panel import conflict_panel
from foodlots.ui.parts.course import watch
from foodlots.ui.parts.figures import headline, made_of, size_of
from foodlots.ui.parts.frame import heading, illustrative, need_case, need_sound_case, next_steps
from foodlots.ui.parts.grounds import rests_on
from foodlots.ui.parts.lot_rows import FORMATS, lot_rows
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md, several
from foodlots.ui.work import Result, Work


def show() -> None:
    """The plan page."""
    heading("Plan", "Draws the lots and awards them in one search, and proves how good the plan is.")
    if setting_faults(need_case()):
        return
    now = need_sound_case()
    search, found = state.current_search(), state.result()
    if search and not search.over:
        watch()
        return
    if search and search.trouble:
        st.warning(f"No plan: {md(search.trouble)}", icon=":material/warning:")
        conflict_panel(now)
    if found is None:
        _first_search(now)
    else:
        _result(now, found)


def _first_search(now: Work) -> None:
    st.markdown(size_of(now.case))
    st.button("Find the best plan", type="primary", icon=":material/play_arrow:", key="find",
              **on_press(state.start_search))  # fmt: skip
    st.caption(
        f"The search takes {now.settings.effort.seconds} seconds at the most; you can stop it at any time and keep the "
        "best plan so far."
    )
    if state.saved_plans():
        st.caption("Plans made before are kept; see them under Compare.")
    _choices(now, None)


def _result(now: Work, found: Result) -> None:
    headline(found)
    illustrative(found)
    against_the_plan_before(found)
    st.subheader(f"{several(found.plan.summary.lots, 'lot')} and who would win them")
    show_table(
        lot_rows(found),
        "The lots of the plan with their value, winner and how far they are filled.",
        FORMATS,
        wide=["What it is"],
        height="content",
    )
    made_of(found)
    rests_on(found)
    _choices(now, found)
    next_steps(("lots", "Look at each lot"), ("map", "See it on the map"), ("gaps", "See what is missing"))


def _choices(now: Work, found: Result | None) -> None:
    st.subheader("What are you after?")
    presets(now)
    with st.expander("Every limit, floor, cost and aim", icon=":material/tune:"):
        all_levers(now, found)


if __name__ == "__main__":
    show()
