"""A paper to take away: what it is, what is in it, and its download."""

from collections.abc import Callable

import streamlit as st


def paper_card(title: str, what: str, data: Callable[[], bytes | str], name: str, mime: str) -> None:
    """One paper, made when it is asked for."""
    with st.container(border=True):
        st.markdown(f"**{title}**")
        st.markdown(what)
        st.download_button("Download", data, name, mime, icon=":material/download:", on_click="ignore",
                           key=f"get-{name}", help=f"Downloads: {title.lower()}.")  # fmt: skip
