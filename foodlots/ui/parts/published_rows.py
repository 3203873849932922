"""What reading published files found, as rows for the screen."""

import streamlit as st

from foodlots.public.kinds import KINDS
from foodlots.public.merging import Difference, Merge
from foodlots.ui.desks import Import
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import capital, md, several

SAID = {"new": "new", "filled": "filled in", "changed": "changed by the file", "gone": "gone from the file",
        "kept": "left as you have it", "deleted": "left out, you deleted it"}  # fmt: skip
LISTED = ("changed", "gone", "kept", "deleted", "filled")
KIND_WORDS = {kind.name: kind.title for kind in KINDS} | {"build": "Completed from the catalogue"}
MOST = 500  # rows listed


def differences(found: Merge) -> None:
    """What an import would do to each table, and every row it would change, remove or leave alone."""
    for table in sorted({one.table for one in found.differences}):
        counts = {kind: found.count(table, kind) for kind in SAID}
        said = ", ".join(f"{number:,} {SAID[kind]}" for kind, number in counts.items() if number)
        st.markdown(f"- **{md(capital(table))}**: {md(said)}")
    rows = [_row(one) for one in found.differences if one.kind in LISTED]
    if rows:
        show_table(rows[:MOST], f"{several(len(rows), 'difference')}: yours beside the file's.", {}, wide=["Row"])
    if not found.differences:
        st.markdown("Your tables already say all that is in the files.")


def show_imports(found: list[Import]) -> None:
    """What was taken into the case when, by whom and from which file: a row for each file."""
    rows = [
        {"When (UTC)": one.at.replace("T", " ")[:16], "Who": one.who, "What": KIND_WORDS.get(one.kind, one.kind),
         "Area": one.scope or "all of it", "File": name, "SHA-256": sha256}
        for one in found for name, sha256 in (one.files or {"none": ""}).items()
    ]  # fmt: skip
    if rows:
        st.subheader("What was taken in")
        show_table(rows, "Imports into this case, the last first, with the SHA-256 of each file.", {}, wide=["SHA-256"])


def _row(one: Difference) -> dict[str, str]:
    return {"What": capital(SAID[one.kind]), "Table": one.table, "Row": one.label, "Column": one.column,
            "Yours": one.mine, "The file's": one.theirs}  # fmt: skip
