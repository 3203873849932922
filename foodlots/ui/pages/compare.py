"""Compare: saved plans side by side: their figures, lots gained and lost, winners, and kitchens served by others."""

import streamlit as st

from foodlots.charts import weights_chart
from foodlots.insight.whereabouts import ground
from foodlots.ui import state
from foodlots.ui.desks import Made
from foodlots.ui.parts import compare_rows as rows
from foodlots.ui.parts.against import lots_in_words
from foodlots.ui.parts.frame import heading, need_case, next_steps
from foodlots.ui.parts.listed import named
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.plan_list import nothing_saved, plan_list
from foodlots.ui.parts.tables import show_table
from foodlots.ui.work import Result

MOST = 4  # plans side by side


def show() -> None:
    """The compare page."""
    heading("Compare", "Every plan you make is kept. Set two or more side by side to see what a change of tables, "
            "limits or aims does.")  # fmt: skip
    now = need_case()
    saved = [made for made in state.saved_plans() if made.draft == now.draft.key]
    if not saved:
        nothing_saved()
        return
    plan_list(saved)
    plans = _choose(saved)
    if len(plans) < 2:
        st.info("Choose at least two plans. The others are held against the first.", icon=":material/compare_arrows:")
        return
    st.subheader("Figures")
    numbered = [(f"{place}. {made.label}", found) for place, (made, found) in enumerate(plans, 1)]
    show_table(rows.figure_rows(numbered), "Figures of the plans side by side, with the difference to the first.", {},
               height="content")  # fmt: skip
    _two(plans[0][1], plans[-1][1])
    next_steps(("plan", "Back to the plan"), ("papers", "Take it with you"))


def _choose(saved: list[Made]) -> list[tuple[Made, Result]]:
    by_key = {made.key: made for made in saved}
    oldest_first = list(reversed(list(by_key)[:2]))
    chosen = st.multiselect("Plans side by side", list(by_key), oldest_first, max_selections=MOST, key="compare",
                            format_func=lambda key: named(by_key[key]))  # fmt: skip
    found = ((by_key[key], state.recall(by_key[key])) for key in chosen)
    return [(made, result) for made, result in found if result]


def _two(before: Result, after: Result) -> None:
    st.subheader("From the first to the last")
    lots, winners, kitchens = st.tabs(["Lots gained and lost", "Winners", "Kitchens served by others"])
    with lots:
        st.markdown(lots_in_words(rows.changes(before, after)))
        show_table(rows.lot_rows(before, after), "Lots of both plans and what became of them.", rows.FORMATS,
                   wide=["Lot"], height=420)  # fmt: skip
    with winners:
        show_table(rows.winner_rows(before, after), "Winners of both plans and the value they win.", rows.FORMATS,
                   height=420)  # fmt: skip
    with kitchens:
        changed = rows.changed_kitchens(before, after)
        left, right = st.columns([3, 2])
        with left:
            show_chart(weights_chart(changed, *ground([spot for spot, _ in changed]), "Share served by others", ".0%"))
        with right:
            show_table(rows.kitchen_rows(changed), "Kitchens by the share of their food that others would bring.",
                       {"Served by others": "percent"}, height=460)  # fmt: skip


if __name__ == "__main__":
    show()
