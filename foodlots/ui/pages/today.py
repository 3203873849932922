"""Today: where the food money goes now, what can be moved and when, and the same figures under the plan."""

from decimal import Decimal

import streamlit as st

from foodlots.charts import rings_chart
from foodlots.insight.baseline import Assumed, Baseline, baseline
from foodlots.insight.in_short import baseline_in_short
from foodlots.insight.multiplier import Respending
from foodlots.ui import state
from foodlots.ui.parts import today_rows as rows
from foodlots.ui.parts.frame import heading, in_short, need_sound_case, next_steps
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table, text_table
from foodlots.ui.parts.words import md, more_or_less, percent, pounds
from foodlots.ui.work import Result, Work


def show() -> None:
    """The page of today's contracts."""
    heading("Today", "Where today's food money goes, which of it can be moved and when, and the same figures under "
            "the plan.")  # fmt: skip
    now, found = need_sound_case(), state.result()
    if not now.case.spend:
        st.info("This case has no table of today's contracts. Add the table spend on the Data page: supplier, "
                "postcode, category, pounds a year and last month.", icon=":material/receipt_long:")  # fmt: skip
        next_steps(("data", "Add today's contracts"))
        return
    first = st.container()
    answer = _answer(now, found, _assumed())
    with first:
        _headline(answer)
        show_chart(rings_chart(rows.category_bars(answer), "Today's spend by category and by who is paid"))
        _tables(answer)
        st.subheader("Today and under the plan" if found else "Today in figures")
        text_table(rows.figure_rows(answer, found is not None))
        if not found:
            st.caption("Make a plan to see these figures before and after it.")
    next_steps(("plan", "Look at the plan" if found else "Make a plan"), ("data", "Change today's contracts"))


def _assumed() -> Assumed:
    """What the page assumes, for the buyer to change."""
    first = Respending()
    with st.expander("What this rests on, for you to change", icon=":material/tune:"):
        for words, share, source in first.sources():
            st.markdown(f"- {md(words)}: {percent(share)} of each £. Source: {md(source)}.")
        left, middle, right = st.columns(3)
        local = left.number_input("Spent again by local suppliers, %", 0, 100, int(first.local * 100), key="lm3-local")
        other = middle.number_input("By other suppliers, %", 0, 100, int(first.other * 100), key="lm3-other")
        third = right.number_input("By those they pay, %", 0, 100, int(first.third * 100), key="lm3-third")
        km = left.number_input("The region reaches to, road km", 0, 500, 80, key="regional-km")
        nt18 = middle.number_input("Your TOMs NT18 proxy, £ for each £", 0.0, 100.0, None, key="nt18")
        nt19 = right.number_input("Your TOMs NT19 proxy, £ for each £", 0.0, 100.0, None, key="nt19")
        to = left.number_input("Compare with a local share of, %", 0, 100, None, key="shift-to")
    respending = Respending(Decimal(local) / 100, Decimal(other) / 100, Decimal(third) / 100)
    return Assumed(Decimal(km), respending, None if to is None else Decimal(to) / 100, _exact(nt18), _exact(nt19))


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def _headline(answer: Baseline) -> None:
    move = answer.shift
    in_short(baseline_in_short(answer))
    figures = st.columns(3)
    figures[0].metric("Today's contracts", pounds(answer.total_gbp), border=True)
    figures[1].metric("Paid to local suppliers", percent(move.from_share), border=True)
    figures[2].metric(
        f"With {percent(move.to_share)} local", f"{more_or_less(move.moved_gbp)} moved",
        f"{more_or_less(move.brings_gbp)} spent again locally", border=True, delta_color="off", delta_arrow="off",
        help=f"The local multiplier goes from {move.before.lm3:.2f} to {move.after.lm3:.2f}.",
    )  # fmt: skip
    if answer.missing:
        st.warning(f"No contract of today is given for {md(', '.join(answer.missing))}: what follows leaves it out.",
                   icon=":material/warning:")  # fmt: skip


def _tables(answer: Baseline) -> None:
    category, supplier, end = st.tabs(["By category", "By supplier", "When contracts end"])
    with category:
        show_table(rows.ring_rows(answer, "Category", lambda line: line.category), "Pounds by category.", rows.MONEY)
    with supplier:
        show_table(rows.supplier_rows(answer), "Today's contracts.", {"£ a year": "pounds", "Road km": "count"})
    with end:
        show_table(rows.ending_rows(answer), "Contracts by their last month.", rows.ENDING)
        st.caption("The share reachable is what local suppliers would be paid if everything that has ended by then "
                   "went to them.")  # fmt: skip


def _answer(now: Work, found: Result | None, assumed: Assumed) -> Baseline:
    return _worked_out(now.digest, found.digest if found else "", assumed, now, found)


@st.cache_data(max_entries=5, show_spinner=False, scope="session", hash_funcs={Assumed: repr})
def _worked_out(case: str, plan: str, assumed: Assumed, _now: Work, _found: Result | None) -> Baseline:
    return baseline(_now.case, _now.settings, _found.plan if _found else None, assumed)


if __name__ == "__main__":
    show()
