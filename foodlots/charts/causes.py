"""Why food is short: the value of each cause, and whether lifting it alone would be enough."""

from collections.abc import Sequence

import altair as alt

ENOUGH, WITH_OTHERS = "Lifting it is enough", "Only with those above it lifted too"
FILLS = {ENOUGH: "#0072B2", WITH_OTHERS: "#B8BFC4"}


def cause_chart(rows: Sequence[tuple[str, float, float]]) -> alt.Chart:
    """One bar a cause, in their order: rows of (cause, £ for which lifting it is enough, £ of the rest)."""
    order = [cause for cause, _, _ in rows]
    values = [
        {"cause": cause, "gbp": round(gbp), "part": part, "place": place}
        for cause, enough, rest in rows
        for place, (part, gbp) in enumerate(((ENOUGH, enough), (WITH_OTHERS, rest)))
    ]
    about = "Why food is short, £ a year: " + "; ".join(
        f"{cause} £{enough + rest:,.0f}, of which £{enough:,.0f} by lifting it alone" for cause, enough, rest in rows
    )
    return (
        alt.Chart(alt.Data(values=values))
        .mark_bar(stroke="#5B6670", strokeWidth=0.5)
        .encode(
            y=alt.Y("cause:N", title=None, sort=order, axis=alt.Axis(labelLimit=260, labelOverlap=False)),
            x=alt.X("gbp:Q", title="£ a year at open-market prices", axis=alt.Axis(format=",.0f")),
            color=alt.Color("part:N", title=None, sort=list(FILLS), legend=alt.Legend(orient="top", labelLimit=0),
                            scale=alt.Scale(domain=list(FILLS), range=list(FILLS.values()))),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("cause:N", title="Cause"), alt.Tooltip("part:N", title=" "),
                     alt.Tooltip("gbp:Q", title="£", format=",.0f")],
        )
        .properties(height=34 * len(rows) + 120, description=about)
    )  # fmt: skip
