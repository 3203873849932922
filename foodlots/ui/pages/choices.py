"""Choices: what each rule costs, what more of an aim costs, and other ways to draw the lots, side by side."""

import streamlit as st

from foodlots.charts import price_chart, trade_off_chart
from foodlots.insight.aims import AIMS
from foodlots.insight.curve import Curve, trade_off
from foodlots.insight.in_short import curve_in_short, prices_in_short, strategies_in_short
from foodlots.insight.price import price_rules
from foodlots.insight.strategies import side_by_side
from foodlots.ui import state
from foodlots.ui.parts import choice_rows as rows
from foodlots.ui.parts.asking import answer_to
from foodlots.ui.parts.conflict_panel import conflict_panel
from foodlots.ui.parts.frame import heading, in_short, need_sound_case, next_steps
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md
from foodlots.ui.work import Work

LONGEST = 60.0  # s for one of many solves
A_POINT = 10.0  # s for each point of a curve, of which there are many
NO_RULE = "No rule is set that could be lifted. Set one on the Plan page, and see here what it costs."
NO_PLAN = "There is no plan to hold prices against. The tab Conflicts tells which rules stand in the way."
BUYER_ONLY = ":material/lock: For the buyer: these figures rest on producers' prices."


def show() -> None:
    """The choices page."""
    heading("Choices", "What each rule costs, what more of an aim costs, and other ways to draw the lots. Every figure "
            "is a plan of its own, proven as far as it says and checked by the audit.")  # fmt: skip
    now = need_sound_case()
    st.caption(BUYER_ONLY)
    price, curve, strategies, conflict = st.tabs(
        [":material/sell: Price of each rule", ":material/show_chart: Trade-off", ":material/view_column: Strategies",
         ":material/call_split: Conflicts"]
    )  # fmt: skip
    with price:
        _price(now)
    with curve:
        _curve(now)
    with strategies:
        _strategies(now)
    with conflict:
        conflict_panel(now)
    next_steps(("plan", "Change a rule and plan again"), ("compare", "Hold plans side by side"))


def _price(now: Work) -> None:
    found = answer_to(
        now.digest, "price", "Price each rule",
        "Each rule of yours is lifted alone, then tightened one step, and the case planned anew each time.",
        lambda runner: price_rules(now.case, now.settings, runner, LONGEST),
    )  # fmt: skip
    if found is None:
        return
    if not found.steps:
        st.info(NO_RULE if found.plan else NO_PLAN, icon=":material/info:")
        return
    in_short(prices_in_short(found))
    show_chart(price_chart(rows.price_bars(found)))
    show_table(rows.price_rows(found), "What each rule costs when it is lifted or tightened.", rows.PRICE_FORMATS,
               height="content")  # fmt: skip
    st.caption("Cost is what the buyer pays more; below £0 it is saved. Counted with the aims also weighs what you set "
               "as aims, which is what the search makes as small as it can.")  # fmt: skip


def _curve(now: Work) -> None:
    names = st.multiselect("Cost against", list(AIMS), ["local"], max_selections=2, key="curve-aims",
                           format_func=lambda name: AIMS[name].title)  # fmt: skip
    number = st.slider("Plans on the curve, at the most", 3, 25, 9, key="curve-points")
    if not names:
        st.info("Choose one aim or two.", icon=":material/info:")
        return
    found = answer_to(
        now.digest, f"curve-{'-'.join(names)}-{number}", "Draw the curve",
        "The cheapest plan, the best one for the aim, and the cheapest plans between them.",
        lambda runner: trade_off(now.case, now.settings, names, runner, number, A_POINT),
    )  # fmt: skip
    if found is not None and found.points:
        _drawn(now, found)
    elif found is not None:
        st.info(f"There is no plan to begin a curve with: {md(found.refusal)}.", icon=":material/info:")


def _drawn(now: Work, curve: Curve) -> None:
    in_short(curve_in_short(curve))
    show_chart(trade_off_chart(rows.curve_dots(curve), [aim.label for aim in curve.aims]))
    show_table(rows.curve_rows(curve), "The plans on the curve.", rows.curve_formats(curve), height="content")
    for remark in rows.curve_remarks(curve):
        st.caption(md(remark))
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    point = left.selectbox("Point", range(1, len(curve.points) + 1), key=f"point-{len(curve.points)}")
    chosen = curve.points[point - 1]
    label = f"Point {point} of cost against {' and '.join(aim.title.lower() for aim in curve.aims)}"
    right.button("Open this point as a plan", icon=":material/open_in_new:", key="open-point",
                 **on_press(state.open_plan_under, chosen.plan, chosen.settings, label))  # fmt: skip
    st.caption("Its settings are then those of the case; what stood there before can be taken back on the Data page.")


def _strategies(now: Work) -> None:
    found = answer_to(
        now.digest, "strategies", "Hold strategies side by side",
        "A few big lots as today, lots by product, by area, by season, through the depot alone, and the joint optimum: "
        "each awarded as well as can be.",
        lambda runner: side_by_side(now.case, now.settings, runner, LONGEST),
    )  # fmt: skip
    if found is None:
        return
    in_short(strategies_in_short(found))
    show_table(rows.strategy_rows(found), "Strategies side by side.", rows.STRATEGY_FORMATS, height="content")
    for remark in rows.strategy_remarks(found):
        st.markdown(f"- {md(remark)}")


if __name__ == "__main__":
    show()
