"""Map: kitchens, producers, lots and the ways food takes, by category and month; the same facts as tables."""

from collections.abc import Sequence

import streamlit as st

from foodlots.maps.offline import map_html, map_table
from foodlots.ui.parts.downloads import file_name
from foodlots.ui.parts.frame import heading, need_plan, next_steps
from foodlots.ui.parts.tables import fact_table
from foodlots.ui.parts.waiting import at_hand
from foodlots.ui.work import Result


def show() -> None:
    """The map page."""
    heading("Map", "Where the kitchens, producers and lots are, and how food gets from one to the other. No producer's "
            "price is shown.")  # fmt: skip
    found = need_plan()
    page, tables = at_hand(f"map {found.digest}", "Drawing the map", lambda: _drawn(found))
    st.iframe(page, height=840, alt="Map of the plan. The tables below it hold the same facts.")
    st.download_button("Download the map as one file", page, file_name(found, "map", "html"), "text/html",
                       icon=":material/download:", on_click="ignore")  # fmt: skip
    st.subheader("The same facts as tables")
    for tab, table in zip(st.tabs([table.caption for table in tables]), tables, strict=True):
        with tab:
            fact_table(table)
    next_steps(("lots", "Look at each lot"), ("plan", "Back to the plan"))


def _drawn(found: Result) -> tuple[str, Sequence]:
    """The map as a page, and the same facts as tables."""
    tables = map_table(found.case, found.plan, found.settings.case.first_month)
    return map_html(found.case, found.settings, found.plan), tables


if __name__ == "__main__":
    show()
