"""A question of many solves on screen: the button that asks it, how it stands second by second, and Stop."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from foodlots.runner import Runner
from foodlots.ui import state
from foodlots.ui.askings import ASKINGS, Asking
from foodlots.ui.parts.words import md, percent, pounds

EVERY = 1.0  # s between two looks
GO_ON = ("Go on", ":material/replay:", "again")  # a button: its words, its icon, the beginning of its key


def answer_to(digest: str, kind: str, button: str, about: str, question: Callable[[Runner], Any]) -> Any:
    """The answer, None before it is there; until then the button, or how the solves stand.

    digest: what tells the case, or the plan, that is asked about from all others.
    """
    asking = ASKINGS.of(state.desk().id, digest, kind)
    if asking is None:
        asking = _asked(digest, kind, (button, ":material/play_arrow:", "ask"), question, about)
    if asking is None:
        return None
    if not asking.over:
        _watch(asking, kind)
        return None
    if asking.trouble:
        st.warning(md(asking.trouble), icon=":material/warning:")
    unfinished = asking.trouble or asking.stopping.is_set()
    if unfinished and (again := _asked(digest, kind, GO_ON, question)):
        _watch(again, kind)
        return None
    return asking.answer


def _asked(digest: str, kind: str, button: tuple[str, str, str], question: Callable[[Runner], Any], about: str = ""):
    """What is being asked now that the button was pressed, with whatever was typed last; None while it is not."""
    words, icon, name = button
    place = st.empty()
    with place.container():
        if about:
            st.caption(about)
        pressed = st.button(words, icon=icon, key=f"{name}-{kind}")
    if not pressed:
        return None
    place.empty()
    return ASKINGS.ask(state.desk().id, digest, kind, question)


@st.fragment(run_every=EVERY)
def _watch(asking: Asking, kind: str) -> None:
    if asking.over:
        st.rerun(scope="app")
    standing = asking.standing
    if standing is None:
        st.markdown(":material/hourglass_top: Getting ready; other searches on this machine may come first.")
    else:
        st.progress(standing.done / max(1, standing.total), f"{standing.done} of {standing.total} solved. You can "
                    "leave this page; it goes on.")  # fmt: skip
        for name, (best, gap) in standing.under_way.items():
            found = "no plan yet" if best is None else f"best {pounds(best)}"
            st.caption(f"{md(name)}: {md(found)}" + ("" if gap is None else f", proven within {percent(gap, 2)}"))
    if st.button("Stop and show what is solved", icon=":material/stop_circle:", key=f"stop-{kind}",
                 disabled=asking.stopping.is_set()):  # fmt: skip
        asking.stopping.set()
        st.rerun(scope="fragment")
