"""What a button does: it acts before the page is drawn, so that a page changed in the same moment is not lost."""

import logging
from collections.abc import Callable

import streamlit as st

from foodlots.errors import NotKept
from foodlots.ui import state
from foodlots.ui.desks import new_key
from foodlots.ui.parts.words import capital, md

TROUBLE, FAULT = "trouble", "fault"


def on_press(act: Callable, *given: object) -> dict[str, object]:
    """What a button is told so that it acts when it is pressed; what goes wrong is told on the page drawn next."""
    return {"on_click": _act, "args": (act, *given)}


def _act(act: Callable, *given: object) -> None:
    try:
        act(*given)
    except NotKept as trouble:
        state.remember(TROUBLE, str(trouble))
    except Exception:
        state.remember(FAULT, noted("a button's act failed"))


def noted(what: str) -> str:
    """Log the fault that is being handled; gives the reference under which it is found."""
    reference = new_key()[:8]
    logging.getLogger(__name__).exception("%s, reference %s", what, reference)
    return reference


def tell_trouble() -> None:
    """What went wrong when the last button was pressed, once."""
    if trouble := state.remembered(TROUBLE):
        say_trouble(trouble)
        state.remember(TROUBLE, None)
    if reference := state.remembered(FAULT):
        st.error(f"What you asked for could not be done. That is a fault of ours, not of your data, and your work is "
                 f"kept. Its reference is {md(reference)}.", icon=":material/error:")  # fmt: skip
        state.remember(FAULT, None)


def say_trouble(trouble: object) -> None:
    """Why something could not be kept or read."""
    st.error(f"{capital(md(trouble))}.", icon=":material/error:")
