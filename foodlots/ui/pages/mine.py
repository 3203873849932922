"""Mine: what a producer offers and what the plan would buy of it, seen by that producer alone."""

import streamlit as st

from foodlots.insight.own_part import own_part
from foodlots.ui import state
from foodlots.ui.parts.frame import heading, next_steps
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md
from foodlots.ui.visitor import visitor

FORMATS = {"Kilos a year": "count", "Your price, £ a kilo": "pence", "Kilos the plan would buy": "count",
           "£ at your price": "pounds"}  # fmt: skip


def show() -> None:
    """The producer's page."""
    heading(
        "Your part", "What you offer, and what would be bought of it. Nobody but you and the buyer sees your price."
    )
    now, who = state.work(), visitor().producer
    if now is None or now.case is None or who not in now.case.producers:
        st.info("The buyer has not shown you a case you stand in. Ask for its address.", icon=":material/info:")
        return
    st.subheader(md(now.case.producers[who].name))
    found = state.result()
    rows = [
        {"Product": each.product, "Kilos a year": each.kg, "Your price, £ a kilo": each.price_gbp_per_kg,
         "Kilos the plan would buy": each.bought_kg, "£ at your price": each.bought_gbp}
        for each in own_part(now.case, found and found.plan, who)
    ]  # fmt: skip
    if rows:
        show_table(rows, "What you offer, by product, and what the plan would buy of it.", FORMATS)
    else:
        st.info("You offer nothing in this case yet.", icon=":material/info:")
    if found is None:
        st.caption("There is no plan yet.")
    next_steps(("map", "See the lots on the map"))


if __name__ == "__main__":
    show()
