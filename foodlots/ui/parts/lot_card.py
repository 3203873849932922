"""One lot on screen: what is in it, who wins it, who else could, and how far each month is filled."""

import streamlit as st

from foodlots.calendar import NAMES, say_months
from foodlots.charts import fill_chart
from foodlots.insight.lot_months import lot_months, lot_products
from foodlots.maps.facts import brought, several, sites_of, winners
from foodlots.plan import Lot
from foodlots.ui.parts.contenders import contenders, reasons_of
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import capital, count, md, percent, pounds
from foodlots.ui.work import Result


def lot_card(found: Result, lot: Lot) -> None:
    """Everything about one lot."""
    case, plan, first = found.case, found.plan, found.settings.case.first_month
    st.subheader(f"{md(lot.id)} · {md(lot.name)}")
    figures = st.columns(4)
    figures[0].metric("Value a year", pounds(lot.value_gbp), border=True, help="At open-market prices, delivered.")
    figures[1].metric("Filled by the winner", percent(lot.fill), border=True)
    figures[2].metric("Able bidders", count(lot.able_bidders), border=True,
                      help="Independent owners who could each win the lot alone.")  # fmt: skip
    figures[3].metric("Kitchens", count(len(sites_of(plan)[lot.id])), border=True)
    st.markdown(
        f"**Winner** {md(capital(winners(case, lot)))} · **Brought** "
        f"{md(brought(case, [award for award in plan.awards if award.lot == lot.id]))} · "
        f"**Months** {md(say_months(lot.months, first))} · **CPV** {md(lot.cpv or 'none')} · "
        f"**Buyers** {md(several([case.buyers[buyer].name for buyer in lot.buyers]))}"
    )
    left, right = st.columns(2)
    with left:
        _months(found, lot)
    with right:
        _products(found, lot)
    _bidders(found, lot)
    _reasons(found, lot)
    _kitchens(found, lot)


def _months(found: Result, lot: Lot) -> None:
    st.markdown("**How far each month is filled**")
    months = lot_months(found.case, found.plan, lot, found.settings.case.first_month)
    rows = [(NAMES[each.month - 1][:3], float(each.filled_gbp), float(each.short_gbp)) for each in months]
    about = "; ".join(f"{name}: £{filled:,.0f} filled, £{short:,.0f} short" for name, filled, short in rows)
    show_chart(fill_chart(rows, about))


def _products(found: Result, lot: Lot) -> None:
    st.markdown("**What is in it**")
    rows = [
        {
            "Product": found.case.products[each.product].name,
            "kg a year": each.asked_kg,
            "Value": each.asked_gbp,
            "Filled": each.fill,
            "Growers": several([found.case.producers[grower].name for grower in each.growers]),
        }
        for each in lot_products(found.case, found.plan, lot)
    ]
    formats = {"kg a year": "count", "Value": "pounds", "Filled": "percent"}
    show_table(rows, "Products of the lot: kilos asked, value, how far filled and who grows them.", formats)


def _bidders(found: Result, lot: Lot) -> None:
    st.markdown("**Who could win it**")
    able = contenders(found, lot.id)
    if not able:
        st.markdown("Nobody: no producer or cooperative can be awarded this lot as it is drawn.")
        return
    rows = [
        {
            "Bidder": found.case.producers[each.bidder].name,
            "In this plan": "winner" if each.bidder in lot.winner.split(";") else "runner-up",
            "Could fill": each.fill,
            "Would bring it": f"to {found.case.depots[each.depot].name}" if each.depot else "to each kitchen",
            "Farthest, km": each.km,
            "Value of a drop": each.drop_gbp,
        }
        for each in able
    ]
    show_table(rows, "Bidders who could be awarded the lot and how much of it they could fill.",
               {"Could fill": "percent", "Farthest, km": "count", "Value of a drop": "pounds"})  # fmt: skip


def _reasons(found: Result, lot: Lot) -> None:
    with st.expander(
        "Why this lot, and what was rejected at what cost (for the buyer's file)", icon=":material/gavel:"
    ):
        for line in reasons_of(found, lot):
            st.markdown(f"- {md(line)}")


def _kitchens(found: Result, lot: Lot) -> None:
    with st.expander("Its kitchens", icon=":material/restaurant:"):
        rows = [
            {
                "Kitchen": found.case.sites[site].name,
                "Buyer": found.case.buyers[found.case.sites[site].buyer].name,
                "Meals a week": found.case.sites[site].meals_per_week,
            }
            for site in sites_of(found.plan)[lot.id]
        ]
        show_table(rows, "Kitchens of the lot.", {"Meals a week": "count"})
