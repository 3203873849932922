"""With whom to bid for a lot: the search, the set found, and the way into the next plan."""

import streamlit as st

from foodlots.insight.consortium import Consortium, Gathered, consortia
from foodlots.insight.consortium_bidder import as_bidder
from foodlots.insight.consortium_words import SEEN, SHARED, UNSEEN, headline
from foodlots.insight.fits import Inquiry
from foodlots.insight.standing import BUYER
from foodlots.ui import state
from foodlots.ui.parts import partner_rows as rows
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md, percent


def partners(inquiry: Inquiry, digest: str, bidder: str, lot: str, may_bid: bool) -> None:
    """The section on partners for one lot; `may_bid`: whether the set can be put into the tables."""
    st.markdown("**With whom to bid for it**")
    st.caption("The smallest set of producers that together could serve the lot: their kilos month by month, within "
               "reach of the lead, their accreditations counted together.")  # fmt: skip
    left, middle, right = st.columns([2, 2, 1], vertical_alignment="bottom")
    with left:
        least = round(float(inquiry.settings.awards.min_fill) * 100)
        fill = st.slider("Of the lot's value they fill together at least", 0, 100, least, 5, "%d%%", key=f"fill-{lot}")
    with middle:
        mine = st.checkbox("Only sets with this producer", value=True, key=f"mine-{lot}-{bidder}")
    with right:
        asked = st.button("Find partners", icon=":material/group_add:", key="find-partners")
    name = f"partners-{digest}-{inquiry.view}-{lot}-{bidder}-{fill}-{mine}"
    if asked:
        with st.spinner("Looking for the smallest set"):
            state.remember(name, consortia(inquiry, lot, [bidder] if mine else [], fill / 100))
    found = state.remembered(name)
    if found is not None:
        _found(inquiry, found, may_bid)


def _found(inquiry: Inquiry, found: Gathered, may_bid: bool) -> None:
    if not found.sets:
        st.warning(f"Nobody reaches {percent(found.fill)} of the lot, not even everybody together.",
                   icon=":material/warning:")  # fmt: skip
        return
    best = found.sets[0]
    st.success(md(headline(inquiry.case, best)), icon=":material/groups:")
    show_table(rows.part_rows(inquiry, best), "Partners, and how the money left is shared.", rows.FORMATS)
    kilos = rows.kilo_rows(inquiry, best)
    months = [name for name in (kilos[0] if kilos else {}) if name not in ("Partner", "Product")]
    show_table(kilos, "Who brings what in which month, kilos.", dict.fromkeys(months, "count"))
    reserves = rows.reserve_rows(inquiry, best)
    if reserves:
        show_table(reserves, "Who could join as well.", rows.FORMATS)
    if len(found.sets) > 1:
        show_table(rows.set_rows(inquiry, found.sets), "The best set and its alternatives.", rows.FORMATS,
                   wide=["Partners"])  # fmt: skip
    st.caption(f"{SEEN if inquiry.view == BUYER else UNSEEN} {SHARED}")
    if may_bid and len(best.partners) > 1:
        _bid(inquiry, best)


def _bid(inquiry: Inquiry, best: Consortium) -> None:
    words = "Puts the set into the tables as a cooperative at the lead's place; the plan is then made anew."
    st.button("Let them bid in the next plan", icon=":material/handshake:", key="bid-together", help=words,
              **on_press(_put_in, inquiry, best))  # fmt: skip


def _put_in(inquiry: Inquiry, best: Consortium) -> None:
    changed, _ = as_bidder(state.work().raw, inquiry.case, best)
    state.edit(changed)
