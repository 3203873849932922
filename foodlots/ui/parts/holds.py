"""Awards settled beforehand: this bidder wins this lot, or never does, whatever the search would choose."""

import streamlit as st

from foodlots.insight.hand_lots import Drawn
from foodlots.ui import state
from foodlots.ui.parts.contenders import contenders
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.words import md
from foodlots.ui.redrawing import AWARD, NEVER, with_hold, with_lots, without_hold
from foodlots.ui.work import Result, Work

SAID = {AWARD: "must win", NEVER: "must not win"}


def hold_award(now: Work, found: Result | None, drawn: Drawn, lot: str) -> None:
    """Choose who must or must not win a lot; what is settled already stands below."""
    bidder = st.selectbox("Bidder", _bidders(now, found, lot), key=state.stamped(f"hold-bidder-{lot}"),
                          format_func=lambda each: now.case.producers[each].name)  # fmt: skip
    hold = st.radio("This bidder", list(SAID), format_func=SAID.get, horizontal=True, key=state.stamped("hold-how"))
    st.button("Settle it", icon=":material/lock:", key="hold", disabled=bidder is None,
              **on_press(_settle, now, drawn, lot, bidder, hold))  # fmt: skip
    _settled(now)


def _settle(now: Work, drawn: Drawn, lot: str, bidder: str, hold: str) -> None:
    raw = now.raw if now.case.lots else with_lots(now.raw, drawn)
    state.edit(with_hold(raw, lot, bidder, hold))


def _bidders(now: Work, found: Result | None, lot: str) -> list[str]:
    """Those who could win the lot first, then everybody, by name."""
    able: list[str] = []
    if found:
        drawn = any(each.id == lot for each in found.plan.lots)
        able = [each.bidder for each in contenders(found, lot)] if drawn else []
    by_name = sorted(now.case.producers, key=lambda key: now.case.producers[key].name)
    return list(dict.fromkeys([*able, *by_name]))


def _settled(now: Work) -> None:
    if now.case.held:
        st.markdown("**Settled now**")
    for (lot, bidder), hold in now.case.held.items():
        words, release = st.columns([4, 1])
        words.markdown(f"{md(now.case.producers[bidder].name)} {SAID[hold]} lot {md(lot)}.")
        release.button("Release", icon=":material/lock_open:", key=f"release-{lot}-{bidder}",
                       **on_press(_release, now, lot, bidder))  # fmt: skip


def _release(now: Work, lot: str, bidder: str) -> None:
    state.edit(without_hold(now.raw, lot, bidder))
