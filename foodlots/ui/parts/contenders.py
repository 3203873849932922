"""Who could win a lot of the plan on screen, worked out once a lot."""

import streamlit as st

from foodlots.insight.could_win import Contender, could_win
from foodlots.insight.instead import Table
from foodlots.ui.work import Result


def contenders(found: Result, lot: str) -> list[Contender]:
    """Everyone who could be awarded the lot as it stands, who could fill most of it first."""
    return _contenders(found.digest, lot, found)


@st.cache_data(max_entries=50, show_spinner=False, scope="session")
def _contenders(digest: str, lot: str, _found: Result) -> list[Contender]:
    return could_win(Table(_found.case, _found.settings, _found.plan), lot)
