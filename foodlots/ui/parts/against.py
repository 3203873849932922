"""The plan against the one before it: what the last change of tables or settings did."""

from collections import Counter
from collections.abc import Iterable

import streamlit as st

from foodlots.compare import FIGURES, GONE, KEPT, NEW, OTHER_WINNER, Figure, LotChange, lots_gained_and_lost
from foodlots.ui import state
from foodlots.ui.parts.tables import FORMATS
from foodlots.ui.parts.words import points, pounds, several, with_sign
from foodlots.ui.work import Result

WORDS = {GONE: "gone", NEW: "new", OTHER_WINNER: "won by another", KEPT: "as before"}
DIFFERENCES = FORMATS | {"percent": points, "percent2": lambda share: points(share, 2)}
FIRST = ("With running lots and suppliers", "Paid to local producers", "Delivery, km", "Lots with a winner")


def against_the_plan_before(found: Result) -> None:
    """What changed since the plan made before this one of the same case, in a few figures."""
    before = state.plan_before(found)
    if before is None:
        return
    with st.container(border=True):
        st.markdown(f"**Against the plan before** ({pounds(before.plan.summary.spend_gbp)})")
        columns = st.columns(len(FIRST))
        for column, figure in zip(columns, [figure for figure in FIGURES if figure.title in FIRST], strict=True):
            column.metric(figure.title, said(figure, found), difference(figure, before, found),
                          **pointer(figure, change(figure, before, found)))  # fmt: skip
        st.caption(lots_in_words(lots_gained_and_lost(before.plan, found.plan)))


def lots_in_words(changes: Iterable[LotChange]) -> str:
    """How many lots are gone, new, won by another or as they were."""
    counts = Counter(change.what for change in changes)
    return ", ".join(f"{several(number, 'lot')} {WORDS[what]}" for what, number in counts.items()) + "."


def said(figure: Figure, found: Result) -> str:
    """A figure of a plan in its unit."""
    return FORMATS[figure.unit](figure.of(found.plan.summary))


def change(figure: Figure, before: Result, after: Result) -> float:
    """How much more of a figure there is."""
    return figure.of(after.plan.summary) - figure.of(before.plan.summary)


def difference(figure: Figure, before: Result, after: Result) -> str | None:
    """How a figure changed, with its sign; a share by points. None where it did not."""
    write = DIFFERENCES[figure.unit]
    words = with_sign(change(figure, before, after), write)
    return None if words == write(0) else words


def pointer(figure: Figure, more: float) -> dict[str, str]:
    """The arrow beside a change, green for what is better for a buyer."""
    better = "off" if not figure.better else "green" if figure.better * more > 0 else "red"
    return {"delta_color": better, "delta_arrow": "up" if more > 0 else "down"}
