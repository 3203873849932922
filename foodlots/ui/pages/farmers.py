"""Farmers: which lots fit a producer, how far month by month, what stands in the way; nobody else's price is shown."""

import streamlit as st

from foodlots.charts import share_chart
from foodlots.checking import check
from foodlots.insight.fit import Fit, Market, lots_for, partners_for
from foodlots.ui import state
from foodlots.ui.newcomer import with_newcomer
from foodlots.ui.parts.fit_rows import FORMATS, fit_rows, month_shares, part_in_plan, profile
from foodlots.ui.parts.frame import heading, illustrative, need_plan, next_steps
from foodlots.ui.parts.newcomer_form import newcomer_form
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md, percent, several
from foodlots.ui.work import Result, Work

KNOWN, NEW = "Somebody in the tables", "Somebody new"


def show() -> None:
    """The farmers page."""
    heading("Farmers", "Which lots fit a producer or a cooperative, how much of each it could fill, and what stands in "
            "the way of the others. Nobody else's price is shown.")  # fmt: skip
    found, now = need_plan(), state.work()
    illustrative(found)
    who = st.segmented_control("Who", [KNOWN, NEW], default=KNOWN, required=True, key="who")
    if who == KNOWN:
        names = {key: each.name for key, each in found.case.producers.items()}
        chosen = st.selectbox(
            "Producer or cooperative", sorted(names, key=names.get), format_func=names.get, key="chosen"
        )
        _fits(Market(found.case, found.settings, found.plan), chosen)
    else:
        _somebody_new(now, found)
    next_steps(("gaps", "See what is missing"), ("lots", "Look at each lot"))


def _somebody_new(now: Work, found: Result) -> None:
    new = newcomer_form(now)
    if new is None:
        return
    raw = with_newcomer(now.raw, new)
    checked = check(raw)
    if checked.case is None:
        st.error("The tables have faults elsewhere; mend them on the Data page first.", icon=":material/error:")
        return
    _fits(Market(checked.case, checked.settings, found.plan), new.id)
    if st.button("Add to the tables", icon=":material/person_add:", key="add-newcomer",
                 help="Puts this producer and its offers into the tables; the plan is then made anew."):  # fmt: skip
        state.remember("newcomer", None)
        state.edit(raw)
        st.rerun()


def _fits(market: Market, producer: str) -> None:
    fits = lots_for(market, producer)
    fitting = [fit for fit in fits if fit.fits]
    st.markdown(md(profile(market, producer)))
    st.markdown(md(part_in_plan(market, producer)))
    if fitting:
        st.success(f"{several(len(fitting), 'lot fits', 'lots fit')} as drawn, out of {len(fits)}.",
                   icon=":material/check_circle:")  # fmt: skip
    else:
        st.warning(f"None of the {several(len(fits), 'lot')} fits as drawn. The column on the right says why, and by "
                   "how much.", icon=":material/warning:")  # fmt: skip
    picked = show_table(
        fit_rows(market, fits), "Lots by how well they fit. Choose a row to see it month by month.", FORMATS,
        wide=["What stands in the way"], on_select="rerun", selection_mode="single-row-required",
        key=f"fits-{producer}",
    )  # fmt: skip
    rows = picked.selection.rows
    _one(market, fits[rows[0] if rows else 0])


def _one(market: Market, fit: Fit) -> None:
    lot = next(lot for lot in market.plan.lots if lot.id == fit.lot)
    st.subheader(f"{md(lot.id)} · {md(lot.name)}")
    left, right = st.columns([3, 2])
    with left:
        st.markdown(f"**How much of it could be filled, month by month** ({percent(fit.fill)} of the year)")
        st.altair_chart(share_chart(month_shares(market, fit)))
    with right:
        if fit.obstacles:
            st.markdown("**What stands in the way**")
            st.markdown("\n".join(f"- {md(obstacle)}" for obstacle in fit.obstacles))
        st.markdown("**With whom more of it could be filled**")
        partners = partners_for(market, lot, fit.bidder)
        rows = [{"Partner": market.case.producers[each.producer].name, "Together": each.together} for each in partners]
        if rows:
            show_table(rows, "Partners and the share of the lot filled together.", {"Together": "percent"})
        else:
            st.markdown("Nobody within reach would add to it.")


if __name__ == "__main__":
    show()
