"""The app: the list of pages, what stands around every page, and what happens when a page fails."""

import streamlit as st

from foodlots.errors import NotKept
from foodlots.ui import serving, state
from foodlots.ui.contents import pages
from foodlots.ui.parts.browser_memory import remember_address, remember_desk
from foodlots.ui.parts.frame import sidebar
from foodlots.ui.parts.last_cell import keep_last_cell
from foodlots.ui.parts.logo import LOGO
from foodlots.ui.parts.pressing import noted, say_trouble, tell_trouble
from foodlots.ui.parts.theme import legible
from foodlots.ui.parts.two_sides import two_sides, unkept
from foodlots.ui.visitor import let_in


def show() -> None:
    """The page asked for, inside the frame every page has."""
    st.set_page_config(page_title="foodlots", page_icon=LOGO, layout="wide")
    legible()
    if not let_in():
        remember_address()
        return
    serving.keep_tidy()
    state.begin()
    chosen = st.navigation(pages(), position="hidden")
    state.enter("page", chosen.title)
    sidebar()
    with st.sidebar:
        remember_desk()
        keep_last_cell()
    try:
        two_sides()
        unkept()
        tell_trouble()
        chosen.run()
        serving.shown.set()
    except NotKept as trouble:
        say_trouble(trouble)
    except Exception:
        st.error(
            f"This page could not be shown. That is a fault of ours, not of your data, and your work is kept. "
            f"Its reference is {noted('page failed')}.",
            icon=":material/error:",
        )


if __name__ == "__main__":
    show()
