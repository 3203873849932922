"""Papers: everything to take away: the lot schedule to publish, the whole plan, the map, the tables."""

import streamlit as st

from foodlots.maps.offline import map_html
from foodlots.ui import state
from foodlots.ui.papers import archive, plan_workbook, schedule_workbook
from foodlots.ui.parts.downloads import XLSX, case_file_name, file_name
from foodlots.ui.parts.frame import heading, illustrative, need_plan, next_steps
from foodlots.ui.parts.paper_card import paper_card
from foodlots.ui.parts.tender_desk import tender_desk
from foodlots.writing import workbook_bytes


def show() -> None:
    """The papers page."""
    heading("Papers", "Files to take away. Each name ends in the fingerprint of what is in it, so that two versions "
            "are never taken for one another.")  # fmt: skip
    found = need_plan()
    now = state.work()
    illustrative(found)
    public, own = st.columns(2)
    with public:
        st.subheader("To show and to publish")
        paper_card(
            "Lot schedule", "The lots with their products, months, values and kitchens. No producer and no price.",
            lambda: schedule_workbook(found), file_name(found, "lot-schedule", "xlsx"), XLSX,
        )  # fmt: skip
        paper_card(
            "Map", "One file that opens in any browser without a network, with the same facts as tables. It names "
            "winners; no producer's price is in it.",
            lambda: map_html(found.case, found.settings, found.plan), file_name(found, "map", "html"), "text/html",
        )  # fmt: skip
    with own:
        st.subheader("For the buyer alone")
        paper_card(
            "Plan as a workbook", "Figures, lots, awards, supply month by month and what stays on the open market. "
            "Producers' prices can be worked out from it.",
            lambda: plan_workbook(found), file_name(found, "plan", "xlsx"), XLSX,
        )  # fmt: skip
        paper_card(
            "Everything in one archive", "The case, the plan's tables, its proof and the map: enough for an auditor to "
            "work the plan out again.",
            lambda: archive(found, now.raw), file_name(found, "archive", "zip"), "application/zip",
        )  # fmt: skip
        paper_card(
            "Case as a workbook", "The tables and settings as they stand, to edit in a spreadsheet and open again.",
            lambda: workbook_bytes(now.raw), case_file_name(now, "xlsx"), XLSX,
        )  # fmt: skip
    st.divider()
    tender_desk(found, now)
    next_steps(("compare", "Compare with another plan"), ("plan", "Back to the plan"))


if __name__ == "__main__":
    show()
