"""Where money goes: stacked bars of pounds by how near those are who are paid."""

from collections.abc import Mapping, Sequence

import altair as alt

from foodlots.palette import BLUE, GREEN, ORANGE

RING_COLOURS = {"local": GREEN, "regional": BLUE, "leaking": ORANGE, "not known": "#B8BFC4"}


def rings_chart(rows: Sequence[tuple[str, Mapping[str, float]]], title: str) -> alt.Chart:
    """One bar for each name, cut by ring, £ a year: rows of (name, ring -> £)."""
    values = [
        {"name": name, "ring": ring, "gbp": round(rings[ring]), "place": place}
        for name, rings in rows
        for place, ring in enumerate(RING_COLOURS)
    ]
    about = f"{title}. " + "; ".join(
        f"{name}: " + ", ".join(f"{ring} £{rings[ring]:,.0f}" for ring in RING_COLOURS if round(rings[ring]))
        for name, rings in rows
    )
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("gbp:Q", title="£ a year", axis=alt.Axis(format=",.0f")),
            y=alt.Y("name:N", title=None, sort=[name for name, _ in rows],
                    axis=alt.Axis(labelLimit=260, labelOverlap=False)),
            color=alt.Color("ring:N", title=None, sort=list(RING_COLOURS),
                            legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=list(RING_COLOURS), range=list(RING_COLOURS.values()))),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("ring:N", title="Where"),
                     alt.Tooltip("gbp:Q", title="£ a year", format=",.0f")],
        )
        .properties(height=36 * len(rows) + 130, description=about)
    )  # fmt: skip
