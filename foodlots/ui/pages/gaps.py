"""Gaps: what nobody supplies, by product, month and place, why, and how much it is worth."""

import streamlit as st

from foodlots.calendar import NAMES, contract_year
from foodlots.charts import cause_chart, gap_chart, wanted_chart, weights_chart
from foodlots.insight.gaps import short_by_kitchen, short_by_product_and_month, wanted
from foodlots.insight.whereabouts import Spot, ground
from foodlots.ui.answers import apart
from foodlots.ui.parts import cause_rows
from foodlots.ui.parts import gap_rows as rows
from foodlots.ui.parts.frame import heading, illustrative, need_plan, next_steps
from foodlots.ui.parts.hub_panel import hub_panel
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.waiting import at_hand, worked_out
from foodlots.ui.parts.words import md, percent, pounds, several
from foodlots.ui.work import Result


def show() -> None:
    """The gaps page."""
    heading("Gaps", "What no winner supplies under the plan and is bought on the open market: where a new grower, a "
            "longer season or a hub would find a market.")  # fmt: skip
    found = need_plan()
    illustrative(found)
    short = short_by_product_and_month(found.plan)
    if not short:
        st.success("Nothing is short: the winners supply everything that is asked for.", icon=":material/check_circle:")
        return
    _size(found)
    _heat_map(found, short)
    tables = worked_out(f"causes {found.digest}", "Finding the cause of every gap",
                        lambda: apart(cause_rows.find_causes, found))  # fmt: skip
    why, signals, product, place, hub = st.tabs(
        ["Why", "What to grow, store or certify", "What a grower could bring", "Where", "Next hub"]
    )
    with why:
        _why(tables)
    with signals:
        _signals(tables)
    with product:
        _product(found, short, tables)
    with place:
        _place(found, tables)
    with hub:
        hub_panel(found)
    next_steps(("farmers", "See who could fill it"), ("map", "See the gaps on the map"))


def _why(tables: cause_rows.CauseTables) -> None:
    st.markdown("Each kilo has one cause. A cause is found by lifting it, and nothing else, from the tables and seeing "
                "what could then be supplied.")  # fmt: skip
    show_chart(cause_chart(tables.bars))
    show_table(tables.causes, "What is short by cause.", cause_rows.FORMATS, wide=["Cause"])
    st.caption(md(tables.about_alone))
    show_table(tables.products, "What is short by product and cause, pounds a year.",
               cause_rows.product_formats(tables), height="content")  # fmt: skip


def _signals(tables: cause_rows.CauseTables) -> None:
    if not tables.signals:
        st.info("Nothing that is grown more, stored or certified would by itself fill a gap.", icon=":material/info:")
        return
    st.markdown("What would be sold into the plan's lots if that alone changed, by its value at open-market prices.")
    show_table(tables.signals, "The ten things best worth growing, storing or certifying.", cause_rows.FORMATS,
               wide=["What", "Who could first"])  # fmt: skip


def _size(found: Result) -> None:
    figures = found.plan.summary
    st.markdown(
        f"**{pounds(figures.open_market_gbp)}** of food a year stays on the open market, "
        f"{percent(figures.open_market_gbp / figures.budget_gbp)} of the budget. All values are at open-market prices, "
        "delivered."
    )


def _heat_map(found: Result, short: rows.Short) -> None:
    names = list(rows.products_short(found, short).values())
    show_chart(gap_chart(rows.heat_rows(found, short), names, rows.month_names(found)))
    with st.expander("The same as a table", icon=":material/table:"):
        table = rows.month_table(found, short)
        formats = dict.fromkeys([name for name in table[0] if name != "Product"], "pounds")
        show_table(table, "Pounds short by product and month.", formats, height="content")


def _product(found: Result, short: rows.Short, tables: cause_rows.CauseTables) -> None:
    names = rows.products_short(found, short)
    product = st.selectbox("Product", list(names), format_func=names.get, key="gap-product")
    gap = wanted(found.case, found.settings, found.plan, product)
    st.markdown(
        f"{md(names[product])}: {pounds(gap.gbp)} a year is short. "
        f"{several(gap.growers, 'producer')} {'offers' if gap.growers == 1 else 'offer'} it within the price ceiling."
    )
    order = contract_year(found.settings.case.first_month)
    show_chart(wanted_chart([(NAMES[m - 1][:3], float(gap.months[m]), float(gap.unused[m])) for m in order]))
    st.caption("Food that is offered but not used is held back by distance, price, accreditation or the size of the "
               "lots, not by want of it.")  # fmt: skip
    worth = cause_rows.worth_rows(found, tables, product)
    if worth:
        show_table(worth, "What a further kilo is worth at the gate, by month.", cause_rows.FORMATS, height="content")
        st.caption("The most that is worth paying for one kilo more, lots and awards as they are: the dual of the plan "
                   "with its awards held, a few of them confirmed by solving again with one kilo more.")  # fmt: skip
        with st.expander("How this was confirmed", icon=":material/fact_check:"):
            st.markdown("\n".join(f"- {md(line)}" for line in tables.about_worth))


def _place(found: Result, tables: cause_rows.CauseTables) -> None:
    short = at_hand(f"short by kitchen {found.digest}", "",
                    lambda: short_by_kitchen(found.case, found.settings, found.plan))  # fmt: skip
    sites = [(Spot("Kitchen", site.name, site.place), short[site.id]) for site in found.case.sites.values()]
    left, right = st.columns(2)
    with left:
        show_chart(weights_chart(sites, *ground([spot for spot, _ in sites]), "£ short a year"))
    with right:
        show_table(rows.kitchen_rows(found, short), "Kitchens by what they are short of.", rows.FORMATS, height=460)
    show_table(tables.areas, "Small areas by what they are short of.", cause_rows.FORMATS, height="content")


if __name__ == "__main__":
    show()
