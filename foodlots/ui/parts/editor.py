"""A table of the case as a grid to type in: every cell as it stands in the file, with help on every heading."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from foodlots.columns import Column, Table
from foodlots.dictionary import help_of
from foodlots.files.raw import RawCase
from foodlots.ui import state
from foodlots.ui.editing import headings_of, rows_of
from foodlots.ui.parts.words import md

ROW = "row"
MOST_CHOICES = 1_000  # ids in a list to choose from; with more one types
YES_NO = ("yes", "no")


def editor(table: Table, standings: Mapping[str, str]) -> None:
    """The table to edit; what is typed is kept at once. The grid stays as it is while it is being typed in."""
    ground = state.editor_ground(table.name)
    frame = _frame(ground, table.name)
    st.data_editor(
        frame,
        key=state.editor_key(table.name),
        num_rows="dynamic",
        hide_index=True,
        height=min(620, 35 * (len(frame) + 2) + 3),
        column_config=_columns(ground, table, frame, standings),
        alt=f"Table {table.name}: {table.meaning}",
        on_change=state.type_in,
        args=(table.name,),
    )


def _frame(raw: RawCase, name: str) -> pd.DataFrame:
    rows = rows_of(raw, name)
    frame = pd.DataFrame([cells for _, cells in rows], columns=list(headings_of(raw, name)), dtype="object")
    frame.insert(0, ROW, pd.Series([number for number, _ in rows], dtype="Int64"))
    return frame


def _columns(raw: RawCase, table: Table, frame: pd.DataFrame, standings: Mapping[str, str]) -> dict:
    declared = {column.name: column for column in table.columns}
    config = {
        ROW: st.column_config.NumberColumn(
            ROW, disabled=True, width="small", pinned=True, help="Row in the file or sheet; the heading is row 1."
        )
    }
    for name in headings_of(raw, table.name):
        column = declared.get(name)
        if column is None:
            config[name] = st.column_config.TextColumn(name, help="Not a column foodlots knows; it is kept as it is.")
        else:
            config[name] = _column(raw, column, frame, standings.get(name, standings.get("*", "")))
    return config


def _column(raw: RawCase, column: Column, frame: pd.DataFrame, standing: str):
    label = f"{column.name} ({column.unit})" if column.unit and column.unit not in ("share",) else column.name
    words = md(help_of(column).replace("`", "")) + (f"\n\nStanding: {md(standing)}" if standing else "")
    choices = _choices(raw, column)
    present = {cell for cell in frame[column.name] if cell}
    if choices and present <= set(choices):
        return st.column_config.SelectboxColumn(label, help=words, options=list(choices))
    return st.column_config.TextColumn(label, help=words)


def _choices(raw: RawCase, column: Column) -> tuple[str, ...]:
    if column.choices:
        return column.choices
    if column.kind == "flag":
        return YES_NO
    if column.kind == "id" and len(column.refers) == 1 and column.refers[0] in raw.tables:
        key = raw.tables[column.refers[0]]
        place = key.headings.index(column.refers[0][:-1]) if column.refers[0][:-1] in key.headings else -1
        ids = sorted({row.cells[place] for row in key.rows}) if place >= 0 else []
        return tuple(ids) if len(ids) <= MOST_CHOICES else ()
    return ()
