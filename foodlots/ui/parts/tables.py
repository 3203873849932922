"""Tables on screen: figures with their unit, columns that sort by amount, and the same words everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from foodlots.ui.parts.words import count, md, more_or_less, percent, pounds, pounds_and_pence, with_sign

FORMATS = {
    "pounds": pounds,
    "pence": pounds_and_pence,
    "count": count,
    "percent": percent,
    "percent1": lambda share: percent(share, 1),
    "percent2": lambda share: percent(share, 2),
    "one": lambda amount: f"{amount:,.1f}",
    "plus_or_minus": lambda amount: with_sign(amount, "{:,.2f}".format),
    "signed": more_or_less,
    "two": lambda amount: f"{amount:,.2f}".replace("-", "−"),
}
ROW_HEIGHT = 35  # px, as Streamlit draws a row
LETTER, BESIDE = 7, 8  # px, of a letter on the average and beside the words of a cell
LOOKED_AT = 3  # rows; Streamlit's grid measures few
WORDS = 24  # letters; longer words are cut off at the cell's edge


def show_table(
    rows: Sequence[Mapping[str, object]],
    alt: str,
    formats: Mapping[str, str],
    wide: Iterable[str] = (),
    **more,
):
    """The rows as a table that sorts by amount and shows amounts in their format; `wide` columns get room.

    The browser makes columns as wide as its first rows ask: words that are longer farther down get room too. A height
    in px is the most: a short table ends with its last row.
    """
    frame = as_frame(rows, formats)
    if isinstance(more.get("height"), int):
        more["height"] = min(more["height"], ROW_HEIGHT * (len(frame) + 1) + 3)
    wide = set(wide)
    config = {
        name: st.column_config.Column(width="large" if name in wide else _width(frame[name])) for name in frame.columns
    }
    styled = frame.style.format({name: _said(kind) for name, kind in formats.items() if name in frame.columns})
    return st.dataframe(styled, hide_index=True, alt=alt, column_config=config, **more)


def as_frame(rows: Sequence[Mapping[str, object]], formats: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a frame; amounts as numbers, so that they sort and stand to the right."""
    frame = pd.DataFrame(list(rows))
    for name in formats:
        if name in frame.columns:
            frame[name] = frame[name].astype(float)
    return frame


def _width(column: pd.Series) -> int | None:
    """Px for words of which the longest stands below the rows a browser looks at; None where it finds room itself."""
    words = [len(str(each)) for each in column if isinstance(each, str)]
    longest = max(words, default=0)
    return longest * LETTER + 2 * BESIDE if longest > max(words[:LOOKED_AT], default=0) and longest <= WORDS else None


def _said(kind: str):
    return lambda amount: "" if pd.isna(amount) else FORMATS[kind](amount)


def money_table(amounts: Iterable[tuple[str, Decimal]], total: str) -> None:
    """Amounts in pounds with their sum."""
    amounts = [(name, gbp) for name, gbp in amounts if gbp]
    rows = [{" ": name, "£ a year": pounds(gbp)} for name, gbp in amounts]
    rows.append({" ": f"**{total}**", "£ a year": f"**{pounds(sum((gbp for _, gbp in amounts), Decimal(0)))}**"})
    st.table(pd.DataFrame(rows).set_index(" "), border="horizontal")


def text_table(rows: Sequence[Mapping[str, str]]) -> None:
    """Rows of words that may be long: they wrap. The first column names the row."""
    escaped = pd.DataFrame([{name: md(text) for name, text in row.items()} for row in rows])
    st.table(escaped.set_index(escaped.columns[0]), border="horizontal")


def fact_table(table) -> None:
    """Facts that are text already, under their own headings."""
    frame = pd.DataFrame(list(table.rows), columns=list(table.headings))
    st.dataframe(frame, hide_index=True, alt=table.caption)
