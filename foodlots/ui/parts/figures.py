"""The figures a buyer asks for first, and the sentence that says how far they can be trusted."""

import streamlit as st

from foodlots.case import Case
from foodlots.insight.today import beside_spend, parts_of_spend, saved_against_budget, spend_today, unfilled
from foodlots.story import certificate, proof
from foodlots.ui.parts.tables import money_table
from foodlots.ui.parts.words import count, md, percent, pounds, several, tonnes
from foodlots.ui.work import Result


def headline(found: Result) -> None:
    """Spend against budget, money to local producers and the other first figures, with their proof."""
    figures = found.plan.summary
    saved = saved_against_budget(figures)
    side = "less than" if saved >= 0 else "more than"
    first = st.columns(3)
    first[0].metric(
        "Spend a year", pounds(figures.spend_gbp), f"{pounds(abs(saved))} {side} budget", border=True,
        delta_color="green" if saved >= 0 else "red", delta_arrow="down" if saved >= 0 else "up",
        help=f"Food and delivery. The budget is {pounds(figures.budget_gbp)}: what the open market would charge.",
    )  # fmt: skip
    first[1].metric(
        "Paid to local producers", pounds(figures.local_spend_gbp), f"{percent(figures.local_share)} of spend",
        border=True, delta_color="off", delta_arrow="off", help="For food and delivery, where they count as local.",
    )  # fmt: skip
    first[2].metric(
        "Cost of a meal", f"{figures.pence_per_meal:.1f}p", f"{count(figures.meals)} meals a year", border=True,
        delta_color="off", delta_arrow="off", help="Spend for each meal cooked in the year.",
    )  # fmt: skip
    _second_row(found)
    _proof(found)


def _second_row(found: Result) -> None:
    figures = found.plan.summary
    second = st.columns(4)
    second[0].metric(
        "Lots", count(figures.lots), f"{count(figures.awarded_lots)} with a winner", border=True,
        delta_color="off", delta_arrow="off",
    )  # fmt: skip
    second[1].metric(
        "Winners", count(figures.winners), f"{percent(unfilled(figures))} stays on the open market", border=True,
        delta_color="off", delta_arrow="off",
        help=f"{pounds(figures.open_market_gbp)} of food is still bought on the open market, at its price.",
    )  # fmt: skip
    second[2].metric(
        "Delivery", f"{count(figures.delivery_km)} km", "driven in a year", border=True, delta_color="off",
        delta_arrow="off",
    )  # fmt: skip
    second[3].metric(
        "Greenhouse gas", f"{tonnes(figures.kgco2e)} CO₂e", "food and delivery", border=True, delta_color="off",
        delta_arrow="off",
    )  # fmt: skip


def _proof(found: Result) -> None:
    today = spend_today(found.case, found.plan)
    st.markdown(f":material/verified: {md(' '.join([proof(found.plan), *certificate(found.plan)]))}")
    if found.made.accepted:
        st.markdown(f":material/fact_check: Worked out again from its files by the audit: {md(found.made.verdict[0])}")
    else:
        st.error("The audit does not accept this plan. Do not use it; tell us.", icon=":material/error:")
        st.markdown("\n".join(f"- {md(line)}" for line in found.made.verdict))
    if today:
        st.markdown(f":material/history: {_against_today(found, today)}")


def _against_today(found: Result, today) -> str:
    who = f"Today's contracts with {several(today.suppliers, 'supplier')} cost {pounds(today.gbp)}"
    if not today.whole:
        return f"{who}, but none is given for {md(', '.join(today.missing))}, so they cannot be held against the plan."
    less = today.gbp - found.plan.summary.spend_gbp
    return f"{who}: the plan spends {pounds(abs(less))} {'less' if less >= 0 else 'more'}."


def made_of(found: Result) -> None:
    """What the spend is made of, and what running the plan costs on top."""
    figures = found.plan.summary
    left, right = st.columns(2)
    with left:
        st.markdown("**What the spend is made of**")
        money_table(parts_of_spend(figures), "Spend")
    with right:
        st.markdown("**What running the lots costs the buyer on top**")
        money_table(beside_spend(figures), "On top of spend")


def size_of(case: Case) -> str:
    """How large a case is, in a line."""
    parts = [
        several(len(case.sites), "kitchen"),
        several(len(case.products), "product"),
        several(len(case.producers), "producer"),
        *([f"{pounds(sum(case.budgets.values()))} a year"] if case.budgets else []),
    ]
    return " · ".join(parts)
