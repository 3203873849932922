"""Data: every table of the case to look at and to edit, its faults, and where everything stands."""

import streamlit as st

from foodlots.charts import places_chart
from foodlots.columns import Table
from foodlots.faults_beside import faults_workbook
from foodlots.insight.whereabouts import ground, spots
from foodlots.tables import TABLES, table_named
from foodlots.ui import state
from foodlots.ui.desks import Version
from foodlots.ui.parts.downloads import XLSX, case_file_name
from foodlots.ui.parts.editor import editor
from foodlots.ui.parts.faults import fault_list
from foodlots.ui.parts.frame import heading, need_case, next_steps
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.standing import standing_of, standing_table
from foodlots.ui.parts.words import capital, count, md
from foodlots.ui.work import Work
from foodlots.writing import workbook_bytes


def show() -> None:
    """The data page."""
    heading("Data", "Everything the plan is worked out from. Type in any cell, paste from a spreadsheet, add or delete "
            "rows; what you type is kept at once and checked at once.")  # fmt: skip
    now = need_case()
    _tools(now)
    fault_list(now)
    table = _choose_table(now)
    state.enter("table", table.name)
    st.markdown(md(table.meaning))
    editor(table, standing_of(now.raw, table.name))
    st.caption("Hold the pointer over a heading to see what belongs under it, in which unit, and how well it is known.")
    if now.case:
        _positions(now)
    standing_table(now.raw)
    _versions()
    next_steps(("demand", "See what the kitchens ask for"), ("plan", "Make a plan"))


def _tools(now: Work) -> None:
    with st.container(horizontal=True):
        st.download_button("Download as Excel", lambda: workbook_bytes(now.raw), case_file_name(now, "xlsx"), XLSX,
                           icon=":material/download:", on_click="ignore", key="xlsx")  # fmt: skip
        if any(fault.severity != "note" for fault in now.faults):
            st.download_button("Download the faults beside your rows", lambda: faults_workbook(now.raw, now.faults),
                               case_file_name(now, "xlsx").replace("-case-", "-faults-"), XLSX, key="faults-xlsx",
                               icon=":material/download:", on_click="ignore",
                               help="A workbook of the tables at fault: mend it there and open it again.")  # fmt: skip
        st.button("Undo the last edit", icon=":material/undo:", key="undo", disabled=not state.can_undo(),
                  **on_press(state.undo))  # fmt: skip


def _versions() -> None:
    """Every state the case has been in, to bring one back."""
    earlier = {each.number: each for each in state.versions()[1:]}
    if not earlier:
        return
    with st.expander("Earlier versions", icon=":material/history:"):
        number = st.selectbox("Version", list(earlier), format_func=lambda number: _version_words(earlier[number]),
                              key="versions")  # fmt: skip
        st.button("Bring it back", icon=":material/restore:", key="bring-back",
                  help="It becomes the newest version; today's stays among the earlier ones.",
                  **on_press(state.bring_back, number))  # fmt: skip


def _version_words(version: Version) -> str:
    return f"Version {version.number + 1}, saved {version.saved[:16].replace('T', ' ')} UTC by {version.who}"


def _choose_table(now: Work) -> Table:
    names = [table.name for table in TABLES]
    at_fault = {fault.table for fault in now.checked.blocking}
    first = next((name for name in names if name in at_fault), names[0])
    chosen = st.pills(
        "Table", names, default=state.remembered("table", first), required=True, key="table-pills",
        format_func=lambda name: _tab(now, name, name in at_fault),
    )  # fmt: skip
    state.remember("table", chosen)
    return table_named(chosen)


def _tab(now: Work, name: str, at_fault: bool) -> str:
    rows = len(now.raw.tables[name].rows) if name in now.raw.tables else 0
    return f"{':material/error: ' if at_fault else ''}{capital(name)} · {count(rows) if rows else 'none'}"


def _positions(now: Work) -> None:
    with st.expander("Check positions on a map", icon=":material/location_on:"):
        st.markdown("A place far from the others is most likely a slip in its postcode or coordinates.")
        found = spots(now.case)
        show_chart(places_chart(found, *ground(found)), width="content")


if __name__ == "__main__":
    show()
