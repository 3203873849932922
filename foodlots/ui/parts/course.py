"""A search on screen: how it stands, second by second, and the button that ends it."""

import streamlit as st

from foodlots.charts import course_chart
from foodlots.ui import state
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.words import percent, pounds, several
from foodlots.ui.searches import CHECKING, SEARCHING, WAITING, Search

SAID = {
    WAITING: "Waiting for its turn: other searches are running on this machine. Everybody gets a turn.",
    SEARCHING: "Drawing lots and awarding them. You can leave this page; the search goes on.",
    CHECKING: "A plan is found. The audit is working it out again from its files.",
}
EVERY = 1.0  # seconds between two looks


@st.fragment(run_every=EVERY)
def watch() -> None:
    """The search as it stands now; when it is over the whole page is drawn again."""
    search = state.current_search()
    if search is None or search.over:
        st.rerun(scope="app")
    st.markdown(f":material/hourglass_top: {SAID.get(search.stage, '')}")
    if search.stage == WAITING and search.ahead:
        st.caption(f"{several(search.ahead, 'search comes', 'searches come')} before it.")
    _figures(search)
    show_chart(course_chart(_points(search)))
    if st.button("Stop and keep the best plan", icon=":material/stop_circle:", key="stop",
                 disabled=search.stopping.is_set() or search.stage == CHECKING):  # fmt: skip
        search.stop()
        st.rerun(scope="fragment")
    if search.stopping.is_set():
        st.caption("Stopping: the best plan found is being kept.")


def _figures(search: Search) -> None:
    latest = search.course[-1] if search.course else None
    best, left, proven = st.columns(3)
    best.metric(
        "Best plan so far",
        pounds(latest.best_gbp) if latest and latest.best_gbp is not None else "none yet",
        border=True,
        help="Spend and running costs, less what money spent locally is worth to you.",
    )
    proven.metric(
        "Could still be saved, at most",
        percent(latest.gap_share, 2) if latest and latest.gap_share is not None else "not known yet",
        border=True,
        help="The proven gap: no plan at all is better than this one by more, as a share of the budget.",
    )
    left.metric(
        "Time left, at most", f"{latest.left:.0f} s" if latest else f"{search.settings.effort.seconds} s", border=True
    )


def course_of(search: Search) -> None:
    """The whole course of a search that is over."""
    show_chart(course_chart(_points(search)))


def _points(search: Search) -> list[tuple[float, float | None, float | None]]:
    return [(each.seconds, each.best_gbp, each.bound_gbp) for each in tuple(search.course)]
