"""What the plan rests on, in sentences and as a table: measured, estimated, assumed or unsaid."""

import streamlit as st

from foodlots.insight.grounds import STANDINGS, grounds, say_ground
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.waiting import at_hand
from foodlots.ui.parts.words import capital, md, pounds
from foodlots.ui.work import Result


def rests_on(found: Result) -> None:
    """How much of each part of the answer is known, and how well."""
    parts = at_hand(f"grounds {found.digest}", "", lambda: grounds(found.case, found.settings, found.plan))
    with st.expander("What this answer rests on", icon=":material/foundation:"):
        for part in parts:
            if part.gbp.get("assumed"):
                st.markdown(f"- {md(say_ground(part))}")
        rows = [
            {"Part": capital(part.what), "By its": part.rests, "£ a year": pounds(part.total_gbp),
             **{capital(standing): part.share(standing) for standing in STANDINGS}}
            for part in parts
        ]  # fmt: skip
        show_table(rows, "Shares of each part of the answer by how well they are known.",
                   {capital(standing): "percent" for standing in STANDINGS}, wide=["Part"])  # fmt: skip
        st.caption("Unsaid: the table provenance says nothing of it. foodlots grounds with --rerun shows how far "
                   "the answer moves when what is assumed is off.")  # fmt: skip
