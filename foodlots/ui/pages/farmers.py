"""Farmers: which lots fit a producer, what stands in the way, what it would take, and with whom to bid."""

from dataclasses import replace

import streamlit as st

from foodlots.case import Case
from foodlots.charts import fit_chart, share_chart
from foodlots.checking import check
from foodlots.files.raw import RawCase
from foodlots.insight.fits import HELD, Inquiry, LotFit, fits, fits_undrawn
from foodlots.insight.standing import BUYER, PRODUCER
from foodlots.insight.winning import Contest, ways_to_win
from foodlots.plan import Plan
from foodlots.settings import Settings
from foodlots.ui import state
from foodlots.ui.newcomer import with_newcomer
from foodlots.ui.parts import fit_rows as rows
from foodlots.ui.parts.frame import heading, illustrative, need_plan, next_steps
from foodlots.ui.parts.newcomer_form import newcomer_form
from foodlots.ui.parts.partners import partners
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.waiting import worked_out
from foodlots.ui.parts.words import capital, md, percent, several
from foodlots.ui.work import Result, Work

KNOWN, NEW = "Somebody in the tables", "Somebody new"
EYES = {PRODUCER: "The producer's eyes", BUYER: "The buyer's eyes"}


def show() -> None:
    """The farmers page."""
    heading("Farmers", "Which lots fit a producer or a cooperative, what stands in the way of the others, what it "
            "would take, and with whom to bid.")  # fmt: skip
    found, now = need_plan(), state.work()
    illustrative(found)
    who = st.segmented_control("Who", [KNOWN, NEW], default=KNOWN, required=True, key="who")
    if who == KNOWN:
        left, right = st.columns([3, 2])
        names = {key: each.name for key, each in found.case.producers.items()}
        with left:
            chosen = st.selectbox(
                "Producer or cooperative", sorted(names, key=names.get), format_func=names.get, key="chosen"
            )
        with right:
            view = st.segmented_control(
                "For", list(EYES), format_func=EYES.get, default=PRODUCER, required=True, key="eyes",
                help="Only the buyer sees what depends on others' prices.",
            )  # fmt: skip
        inquiry = _inquiry(found.digest, view, found.case, found.settings, found.plan)
        _fits(inquiry, found.digest, chosen, may_bid=True)
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
    case = replace(checked.case, sha256=found.case.sha256)
    digest = f"{found.digest} {checked.case.sha256}"
    _fits(_inquiry(digest, PRODUCER, case, checked.settings, found.plan), digest, new.id, may_bid=False)
    st.button("Add to the tables", icon=":material/person_add:", key="add-newcomer",
              help="Puts this producer and its offers into the tables; the plan is then made anew.",
              **on_press(_add, raw))  # fmt: skip


def _add(raw: RawCase) -> None:
    state.remember("newcomer", None)
    state.edit(raw)


@st.cache_resource(max_entries=4, show_spinner=False, scope="session")
def _inquiry(digest: str, view: str, _case: Case, _settings: Settings, _plan: Plan) -> Inquiry:
    """One inquiry for all producers asked about: the lots are laid out once."""
    return Inquiry(_case, _settings, _plan, view)


def _fits(inquiry: Inquiry, digest: str, producer: str, may_bid: bool) -> None:
    drawn, others = worked_out(f"fits {digest} {inquiry.view} {producer}", "Looking at every lot",
                               lambda: (fits(inquiry, producer), fits_undrawn(inquiry, producer)))  # fmt: skip
    drawn = rows.in_order(drawn)
    able = [fit for fit in drawn if fit.able]
    st.markdown(md(rows.profile(inquiry, producer)))
    st.markdown(md(rows.part_in_plan(inquiry, producer)))
    if able:
        st.success(f"{several(len(able), 'lot fits', 'lots fit')} as drawn, out of {len(drawn)}.",
                   icon=":material/check_circle:")  # fmt: skip
    else:
        st.warning(f"None of the {several(len(drawn), 'lot')} fits as drawn. The table says why, by how much, and what "
                   "it would take.", icon=":material/warning:")  # fmt: skip
    _picture(inquiry, rows.offered(drawn))
    picked = show_table(
        rows.fit_rows(inquiry, drawn), "Lots by how well they fit. Choose a row to see it in full.", rows.FORMATS,
        wide=["What stands in the way", "What it would take to fit"], on_select="rerun",
        selection_mode="single-row-required", key=f"fits-{producer}",
    )  # fmt: skip
    chosen = picked.selection.rows
    if drawn:
        _one(inquiry, digest, producer, drawn[chosen[0] if chosen else 0], may_bid)
    if others:
        st.subheader("Not drawn, but a lot like this would fit")
        show_table(rows.undrawn_rows(inquiry, others), "Lots that were not drawn and would fit.", rows.FORMATS)


def _picture(inquiry: Inquiry, shown: list[LotFit]) -> None:
    if not shown:
        return
    show_chart(fit_chart(rows.heat_rows(inquiry, shown), list(map(rows.label, shown)), rows.month_names(inquiry),
                              rows.heat_words(shown)))  # fmt: skip
    with st.expander("The same as a table", icon=":material/table:"):
        formats = dict.fromkeys(rows.month_names(inquiry), "percent")
        show_table(rows.month_rows(inquiry, shown), "Share of each month it could fill.", formats, height="content")


def _one(inquiry: Inquiry, digest: str, producer: str, fit: LotFit, may_bid: bool) -> None:
    st.subheader(f"{md(fit.lot)} · {md(fit.name)}")
    left, right = st.columns([3, 2])
    with left:
        st.markdown(f"**How much of it could be filled, month by month** ({percent(fit.fill)} of the year)")
        show_chart(share_chart(rows.month_shares(inquiry, fit)))
    with right:
        if fit.reasons:
            st.markdown("**What stands in the way**")
            st.markdown("\n".join(f"- {md(capital(reason.says))}" for reason in fit.reasons))
        if takes := rows.takes_words(inquiry, fit):
            st.markdown("**What it would take to fit**")
            st.markdown(md(takes))
        if fit.money.kg:
            st.markdown("**What is left after delivery**")
            show_table(rows.money_rows(fit), "The money left, step by step.", {"£ a year": "pounds"})
        if inquiry.view == BUYER and not fit.wins:
            _to_win(inquiry, digest, producer, fit)
    partners(inquiry, digest, producer, fit.lot, may_bid)


def _to_win(inquiry: Inquiry, digest: str, producer: str, fit: LotFit) -> None:
    """What it would take to win the lot, solved anew when asked."""
    name = f"win-{digest}-{producer}-{fit.lot}"
    if st.button("What would it take to win it?", icon=":material/emoji_events:", key="to-win"):
        with st.spinner("Solving the plan again with one change at a time"):
            state.remember(name, ways_to_win(Contest(inquiry, producer, fit.lot), fit))
    ways = state.remembered(name)
    if ways is None:
        return
    if ways:
        st.markdown("\n".join(f"- {md(way)}" for way in rows.say_ways(inquiry, ways)))
    else:
        st.markdown("No change of one kind by this bidder would win it.")
    st.caption(HELD)


if __name__ == "__main__":
    show()
