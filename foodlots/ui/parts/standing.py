"""How well the figures are known: measured, estimated or assumed, column by column."""

import streamlit as st

from foodlots.files.raw import RawCase
from foodlots.ui.parts.tables import show_table


def standing_of(raw: RawCase, table: str) -> dict[str, str]:
    """Column -> its standing and source, as the provenance table says; `*` is the whole table."""
    return {
        row["column"]: f"{row['standing']} ({row['source']})" if row["source"] else row["standing"]
        for row in _rows(raw)
        if row["table"] == table and row["standing"] and not row["rows"]
    }


def standing_table(raw: RawCase) -> None:
    """Every standing given, as a table."""
    rows = _rows(raw)
    with st.expander("How well the figures are known", icon=":material/verified:"):
        if not rows:
            st.markdown("Nobody has said yet. The table provenance holds, for each column, whether it was measured, "
                        "estimated or assumed, and by whom.")  # fmt: skip
            return
        show_table(
            [
                {"Table": row["table"], "Rows": row["rows"] or "all",
                 "Column": "all" if row["column"] == "*" else row["column"],
                 "Standing": row["standing"], "Source": row["source"]}
                for row in rows
            ],
            "Standing of each column.", {}, wide=["Source"],
        )  # fmt: skip


def _rows(raw: RawCase) -> list[dict[str, str]]:
    table = raw.tables.get("provenance")
    if table is None:
        return []
    names = ("table", "rows", "column", "standing", "source")
    cells = (dict(zip(table.headings, row.cells, strict=False)) for row in table.rows)
    return [{name: row.get(name, "") for name in names} for row in cells]
