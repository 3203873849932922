"""Start: what foodlots does, and three ways in: an example, your own tables, or a blank template."""

import streamlit as st

from foodlots.apart.uploads import read_uploads
from foodlots.reading import read_tables
from foodlots.roles import CHANGE
from foodlots.template import template_workbook
from foodlots.ui import state
from foodlots.ui.contents import page
from foodlots.ui.examples import Example, examples
from foodlots.ui.parts.downloads import XLSX
from foodlots.ui.parts.frame import heading
from foodlots.ui.parts.listed import draft_words
from foodlots.ui.parts.picture import show_picture
from foodlots.ui.parts.plan_words import plan_words
from foodlots.ui.parts.words import md
from foodlots.ui.visitor import may


def show() -> None:
    """The start page."""
    heading(
        "Split a food budget into lots local farms can win",
        "foodlots draws the lots and awards them in one search, proves how good the plan is, shows it on a map, and "
        "says what nobody can supply yet and what closing each gap is worth.",
    )
    show_picture()
    _where_you_left_off()
    if not may(CHANGE):
        if state.work() is None:
            st.info("Ask the buyer for the address of the case you are to see.", icon=":material/info:")
        return
    st.subheader("Open an example")
    for column, example in zip(st.columns(3), examples(), strict=False):
        with column:
            _example(example)
    left, right = st.columns(2)
    with left:
        _upload()
    with right:
        _template()


def _example(example: Example) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{md(example.title)}**")
        st.markdown(md(example.what))
        if st.button("Open", key=f"open-{example.name}", icon=":material/folder_open:", help=f"Opens {example.title}"):
            state.open_case(read_tables(example.folder), f"example {example.title}")
            st.switch_page(page("plan"))


def _upload() -> None:
    st.subheader("Open your own tables")
    files = st.file_uploader(
        "One Excel workbook, or all the CSV files of a case together", ["xlsx", "csv", "toml"],
        accept_multiple_files=True, key="upload",
        help="A workbook with a sheet for each table, or a CSV file for each table and settings.toml. At most 20 MB.",
    )  # fmt: skip
    if files and st.button("Open these files", type="primary", icon=":material/folder_open:", key="open-upload"):
        with st.spinner("Reading the files"):
            raw = read_uploads({file.name: file.getvalue() for file in files})
        state.open_case(raw, "your files")
        st.switch_page(page("plan"))


def _template() -> None:
    st.subheader("Start from nothing")
    st.markdown(
        "A blank workbook with a sheet for each table. Every heading says what belongs under it, in which unit, "
        "and what an empty cell stands for."
    )
    st.download_button("Download the blank workbook", template_workbook, "foodlots-template.xlsx", XLSX,
                       icon=":material/download:", on_click="ignore", key="template")  # fmt: skip


def _where_you_left_off() -> None:
    now = state.work()
    if now is None:
        _earlier("")
        return
    st.subheader("Where you left off")
    with st.container(border=True):
        st.markdown(f"**{md(now.name)}** ({md(now.draft.source)})")
        if found := state.result():
            st.markdown(f"{plan_words(found)}.")
        onward = next(name for name in ("plan", "mine", "map") if may(name))
        st.page_link(page(onward), label="Go on", icon=":material/arrow_forward:")
        st.caption("This browser finds the work again. To find it from another one, keep the address of this page; "
                   "whoever has the address sees the work, prices and all.")  # fmt: skip
    _earlier(now.draft.key)


def _earlier(open_key: str) -> None:
    """Other cases on this desk, the last opened first."""
    others = {draft.key: draft for draft in state.drafts() if draft.key != open_key}
    if not others:
        return
    with st.expander("Cases opened before", icon=":material/history:", expanded=not open_key):
        key = st.selectbox("Case", list(others), format_func=lambda key: draft_words(others[key]), key="earlier")
        if st.button("Open it again", icon=":material/folder_open:", key="open-earlier"):
            state.open_draft(key)
            st.switch_page(page("plan"))


if __name__ == "__main__":
    show()
