"""The proven gap of each case against time, drawn for paper."""

from collections.abc import Iterable
from typing import Protocol

import altair as alt

from foodlots.palette import BLUE

NARROWEST = 1e-5  # of spend: the foot of the picture
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])


class Searched(Protocol):
    """A search that is over: the case's name, and how it stood at each step."""

    case: str
    course: tuple


def gap_course_chart(searches: Iterable[Searched]) -> alt.Chart:
    """The gap as a share of spend (a scale of powers of ten) against seconds since planning began."""
    rows = [
        {"case": search.case, "seconds": step.seconds, "gap": max(step.gap_share, NARROWEST)}
        for search in searches
        for step in search.course
        if step.gap_share is not None
    ]
    line = alt.Chart(alt.Data(values=rows)).mark_line(interpolate="step-after", strokeWidth=2.5, color=BLUE)
    return line.encode(
        x=alt.X("seconds:Q", title="Seconds since planning began", scale=alt.Scale(domainMin=0)),
        y=alt.Y("gap:Q", title="Proven gap, share of spend", scale=alt.Scale(type="log"), axis=alt.Axis(format=".3~%")),
        strokeDash=alt.StrokeDash("case:N", title="Case", scale=alt.Scale(range=list(DASHES))),
    ).properties(width=560, height=300, description=gap_course_words(rows))  # fmt: skip


def gap_course_words(rows: list[dict]) -> str:
    """The same in words."""
    last = {row["case"]: row for row in rows}
    return "; ".join(
        f"{case}: a gap of {row['gap']:.3%} after {row['seconds']:.0f} seconds" for case, row in last.items()
    )


def gap_course_svg(searches: Iterable[Searched]) -> str:
    """The picture as SVG, made offline."""
    import vl_convert

    return vl_convert.vegalite_to_svg(gap_course_chart(searches).to_json())
