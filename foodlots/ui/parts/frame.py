"""What stands around every page: its heading, the case that lies open, and what to do first when nothing does."""

from collections.abc import Iterable

import streamlit as st

from foodlots.ui import state
from foodlots.ui.contents import ENTRY, by_part, page
from foodlots.ui.parts.logo import LOGO
from foodlots.ui.parts.plan_words import plan_words
from foodlots.ui.parts.words import md, several
from foodlots.ui.visitor import may, sees_prices
from foodlots.ui.work import Result, Work


def heading(title: str, promise: str) -> None:
    """The page's title and, in a line, what it answers."""
    st.title(title)
    st.markdown(promise)


def sidebar() -> None:
    """The way to every page, the name of the case that lies open and how far it has come."""
    st.logo(LOGO, size="large")
    now = state.work()
    with st.sidebar:
        for part, entries in by_part().items():
            if part:
                st.caption(part)
            with st.container(gap="xsmall"):
                for entry in entries:
                    st.page_link(page(entry.name), label=entry.title, icon=f":material/{entry.icon}:", width="stretch")
        st.divider()
        if now is None:
            st.caption("No case is open yet.")
            return
        st.markdown(f"**{md(now.name)}**")
        _badges(now)
        _standing(now)


def _badges(now: Work) -> None:
    if now.settings and now.settings.case.illustrative:
        st.badge("Illustrative: not a real tender", icon=":material/science:", color="orange")


def _standing(now: Work) -> None:
    blocking, search, found = len(now.checked.blocking), state.current_search(), state.result()
    if blocking:
        st.markdown(f":material/error: {several(blocking, 'fault')} to mend")
    elif search and not search.over:
        st.markdown(":material/hourglass_top: Searching for a plan")
    elif found:
        st.markdown(f":material/task_alt: {plan_words(found)}")
    else:
        st.markdown(":material/check: Tables in order, no plan yet")


def illustrative(found: Result) -> None:
    """A line under figures that are only an example."""
    if found.settings.case.illustrative:
        st.caption(":material/science: Illustrative: an example, not a real tender, offer or award.")


def need_case() -> Work:
    """The case that lies open; where there is none, the page says what to do first and ends."""
    now = state.work()
    if now is None:
        st.info("Open a case first: an example, or your own tables.", icon=":material/folder_open:")
        st.page_link(page("start"), label="Go to Start", icon=":material/arrow_forward:")
        st.stop()
    return now


def need_sound_case() -> Work:
    """The case that lies open, once no fault blocks it."""
    now = need_case()
    if now.case is None:
        say_faults(now)
        st.stop()
    return now


def say_faults(now: Work) -> None:
    """The faults that stand between the tables and a plan, and where to mend them.

    A fault quotes the cell it found, which may hold a price: whoever may see no price is told only that there are some.
    """
    blocking = now.checked.blocking
    if not sees_prices():
        st.info("The buyer is mending the tables; look again later.", icon=":material/info:")
        return
    st.error(f"{several(len(blocking), 'fault')} in the tables must be mended before anything can be worked out.",
             icon=":material/error:")  # fmt: skip
    for fault in blocking[:5]:
        st.markdown(f"- {md(fault)}")
    if len(blocking) > 5:
        st.markdown(f"and {len(blocking) - 5:,} more.")
    if "data" in ENTRY:
        st.page_link(page("data"), label="Mend them on the Data page", icon=":material/arrow_forward:")


def need_plan() -> Result:
    """The plan of what lies open; where there is none, the page says what to do first and ends."""
    need_sound_case()
    found = state.result()
    if found is None:
        st.info("There is no plan for these tables and settings yet. Make one first; it takes about a minute.",
                icon=":material/route:")  # fmt: skip
        if may("plan"):
            st.page_link(page("plan"), label="Go to Plan", icon=":material/arrow_forward:")
        st.stop()
    return found


def in_short(lines: Iterable[str]) -> None:
    """The answer before its picture."""
    first, *others = [*lines, ""]
    st.markdown(f"**{md(first)}** {md(' '.join(others))}" if first else "")


def next_steps(*steps: tuple[str, str]) -> None:
    """Where to go from here: pages by name, with the words of the link."""
    st.divider()
    with st.container(horizontal=True, gap="medium"):
        st.markdown("**Next**")
        for name, words in steps:
            if name in ENTRY and may(name):
                st.page_link(page(name), label=words, icon=f":material/{ENTRY[name].icon}:")
