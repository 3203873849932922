"""How far a producer could fill each lot, month by month: a picture of its whole fit list."""

from collections.abc import Sequence

import altair as alt

from foodlots.charts.months import DARK

FILLS = ["#FFFFFF", "#D3ECE3", "#8FD0B9", "#4DB391"]  # the darkest still carries dark letters


def fit_chart(
    rows: Sequence[tuple[str, str, float, str]], lots: Sequence[str], months: Sequence[str], about: str
) -> alt.Chart:
    """Rows of (lot, month, share of its value, standing); the share stands in every cell. Lots and months in order."""
    values = [
        {"lot": lot, "month": month, "share": share, "standing": standing, "words": f"{share:.0%}" if share else ""}
        for lot, month, share, standing in rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("month:N", title=None, sort=list(months), axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("lot:N", title=None, sort=list(lots), axis=alt.Axis(labelLimit=300, labelOverlap=False)),
        tooltip=[alt.Tooltip("lot:N", title="Lot"), alt.Tooltip("month:N", title="Month"),
                 alt.Tooltip("share:Q", title="Could fill", format=".0%"),
                 alt.Tooltip("standing:N", title="As drawn")],
    )  # fmt: skip
    cells = base.mark_rect(stroke="#C9D1C6", strokeWidth=0.5).encode(
        color=alt.Color("share:Q", title="Share of the month it could fill",
                        legend=alt.Legend(orient="bottom", format="%"),
                        scale=alt.Scale(range=FILLS, domain=[0, 1], interpolate="rgb"))
    )  # fmt: skip
    words = base.mark_text(fontSize=11, color=DARK).encode(text="words:N")
    return alt.layer(cells, words).properties(height=alt.Step(28), description=about)
