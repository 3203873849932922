"""Demand: what the kitchens ask for, in kilos and pounds, and what other uptake or another menu would change."""

import streamlit as st

from foodlots.charts import months_chart
from foodlots.insight.asked import Asked, what_is_asked
from foodlots.ui import state
from foodlots.ui.parts import demand_rows as rows
from foodlots.ui.parts.frame import heading, need_sound_case, next_steps
from foodlots.ui.parts.menus import menus
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.what_if import what_if
from foodlots.ui.parts.words import count, pounds, tonnes
from foodlots.ui.work import Work


def show() -> None:
    """The demand page."""
    heading(
        "Demand", "What the kitchens ask for in a year: the budget turned into kilos of each product, month by month."
    )
    now = need_sound_case()
    asked = _asked(now.digest, now)
    figures = st.columns(4)
    figures[0].metric("Open-market value", pounds(asked.total_gbp), border=True,
                      help="The budget: what all of it would cost on the open market.")  # fmt: skip
    figures[1].metric("Food", tonnes(asked.total_kg), border=True)
    figures[2].metric("Meals a year", count(asked.meals), border=True)
    figures[3].metric("Food of a meal", f"{asked.pence_per_meal:.1f}p", border=True)
    unit = st.segmented_control("Show", [rows.GBP, rows.KG], default=rows.GBP, required=True, key="unit")
    show_chart(months_chart(rows.month_rows(now, asked, unit), unit, rows.colours(now)))
    _tables(now, asked)
    what_if(now, asked)
    menus(now, state.result())
    next_steps(("plan", "Make a plan"), ("data", "Change the tables"))


def _tables(now: Work, asked: Asked) -> None:
    category, product, month, site = st.tabs(["By category", "By product", "By month", "By kitchen"])
    with category:
        show_table(rows.category_rows(now, asked), "Kilos and pounds by category.", rows.FORMATS)
    with product:
        show_table(rows.product_rows(now, asked), "Kilos and pounds by product.", rows.FORMATS)
    with month:
        table = rows.month_table(now, asked)
        formats = dict.fromkeys([name for name in table[0] if name != "Month"], "pounds")
        show_table(table, "Pounds by month and category.", formats, height="content")
    with site:
        show_table(rows.site_rows(now, asked), "Pounds by kitchen.", rows.FORMATS)


@st.cache_data(max_entries=5, show_spinner=False, scope="session")
def _asked(digest: str, _now: Work) -> Asked:
    return what_is_asked(_now.case, _now.settings)


if __name__ == "__main__":
    show()
