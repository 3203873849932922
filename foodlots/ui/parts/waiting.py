"""An answer that may take some seconds, on screen: at once where it is quick, else with a line until it is there."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

import streamlit as st

from foodlots.ui.answers import ANSWERS, QUICK, Answer

PATIENCE = 1.0  # s a page waits before it shows what it has so far
EVERY = 1.0  # s between two looks
Found = TypeVar("Found")


def worked_out(about: str, words: str, work: Callable[[], Found]) -> Found:
    """What `work` finds. Until it is there the page says so and ends; it is drawn anew by itself.

    about: tells all that the answer rests on from everything else, by digests · words: what is being done.
    """
    answer = ANSWERS.to(about, work)
    if not answer.there.wait(PATIENCE):
        _watch(answer, words)
        st.stop()
    return answer.given()


def at_hand(about: str, words: str, work: Callable[[], Found]) -> Found:
    """What `work` finds within a second or two, worked out once for all who ask it; the page waits for it.

    about, words: as above; the words are shown while the page waits, "" for none.
    """
    answer = QUICK.to(about, work)
    with st.spinner(words) if words and not answer.there.is_set() else nullcontext():
        answer.there.wait()
    return answer.given()


@st.fragment(run_every=EVERY)
def _watch(answer: Answer, words: str) -> None:
    if answer.there.is_set():
        st.rerun(scope="app")
    st.markdown(f":material/hourglass_top: {words} … You can leave this page; it goes on.")
