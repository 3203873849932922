"""Faults in the tables: where each one stands, what is wrong, how to mend it, and a place to mend it at once."""

from collections.abc import Iterable, Sequence

import streamlit as st

from foodlots.columns import Column
from foodlots.dictionary import help_of
from foodlots.errors import Fault
from foodlots.settings_table import SETTINGS
from foodlots.tables import TABLES
from foodlots.ui import state
from foodlots.ui.editing import can_mend, cell_of, mend
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md, several
from foodlots.ui.work import Work

WEIGHT = {"block": "must be mended", "warn": "look at this", "note": "for information"}
SHOWN = 200


def fault_list(now: Work) -> None:
    """Every fault of the case; choosing one opens the cell it lies in."""
    faults = [fault for fault in now.faults if fault.severity != "note"]
    notes = [fault for fault in now.faults if fault.severity == "note"]
    blocking = len(now.checked.blocking)
    if blocking:
        st.error(f"{several(blocking, 'fault')} to mend before a plan can be made. Choose one to mend it here.",
                 icon=":material/error:")  # fmt: skip
    elif faults:
        st.warning(f"Nothing blocks. {several(len(faults), 'thing')} to look at.", icon=":material/warning:")
    else:
        st.success("The tables are in order.", icon=":material/check_circle:")
    if faults:
        _choose(now, faults)
    if notes:
        with st.expander(f"{several(len(notes), 'note')} on what was read", icon=":material/info:"):
            show_table(_rows(notes[:SHOWN]), "Notes on what was read.", {})


def _choose(now: Work, faults: Sequence[Fault]) -> None:
    picked = show_table(
        _rows(faults[:SHOWN]), "Faults in the tables: where, what stands there, what is wrong and how to mend it.", {},
        wide=["What is wrong"], on_select="rerun", selection_mode="single-row-required",
        height=min(300, 35 * (len(faults[:SHOWN]) + 1) + 3), key=state.stamped("faults"),
    )  # fmt: skip
    if len(faults) > SHOWN:
        st.caption(f"{len(faults) - SHOWN:,} more are not listed; mend these first.")
    rows = picked.selection.rows
    _mend(now, faults[rows[0] if rows else 0])


def _rows(faults: Iterable[Fault]) -> list[dict[str, object]]:
    return [
        {
            "Table": fault.table,
            "Row": str(fault.row or ""),
            "Column": fault.column,
            "What stands there": fault.value,
            "What is wrong": fault.problem,
            "How to mend it": fault.mend,
            "Weight": WEIGHT[fault.severity],
        }
        for fault in faults
    ]


def _mend(now: Work, fault: Fault) -> None:
    with st.container(border=True):
        st.markdown(f"**{md(fault)}**")
        if not can_mend(now.raw, fault):
            st.markdown("This is not in one cell: mend it in the grid below, or in the file and open it again.")
            return
        column = _declared(fault)
        text = st.text_input("What should stand there", cell_of(now.raw, fault), key=state.stamped("mend"),
                             help=column and md(help_of(column).replace("`", "")))  # fmt: skip
        if st.button("Mend it", type="primary", icon=":material/build:", key="mend-it"):
            state.edit(mend(now.raw, fault, text))  # what was typed last is known here, not yet when a button acts
            st.rerun()


def _declared(fault: Fault) -> Column | None:
    if fault.table == "settings":
        return next((setting for setting in SETTINGS if setting.label == fault.column), None)
    columns = (column for table in TABLES if table.name == fault.table for column in table.columns)
    return next((column for column in columns if column.name == fault.column), None)
