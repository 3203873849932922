"""From what volume on a hub pays: £ left after its fixed cost against tonnes a year."""

from collections.abc import Mapping, Sequence

import altair as alt

GREY = "#8A949B"  # in the place of their black, which dark pages swallow
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", GREY)  # Okabe and Ito
DASHES = ([1, 0], [6, 4], [2, 2], [8, 3, 2, 3], [4, 4], [1, 3], [10, 4])


Line = Sequence[tuple[float, float]]  # (tonnes, £), straight from the first to the last


def break_even_chart(lines: Mapping[str, Line], reached: Mapping[str, float]) -> alt.LayerChart:
    """One line a hub: (tonnes, £ left after its fixed cost); it pays where the line is above nothing.

    reached: hub -> tonnes that the model would send through it.
    """
    names = list(lines)
    values = [
        {"hub": name, "t": round(t, 3), "gbp": round(gbp, 2)} for name, points in lines.items() for t, gbp in points
    ]
    colours = [COLOURS[place % len(COLOURS)] for place in range(len(names))]
    dashes = [DASHES[place % len(DASHES)] for place in range(len(names))]
    x = alt.X("t:Q", title="Tonnes through the hub in a year", axis=alt.Axis(format=",.0f"))
    y = alt.Y("gbp:Q", title="£ a year left after its fixed cost", axis=alt.Axis(format=",.0f"))
    legend = alt.Legend(orient="bottom", labelLimit=0, columns=1)
    colour = alt.Color("hub:N", title=None, sort=names, legend=legend, scale=alt.Scale(domain=names, range=colours))
    drawn = (
        alt.Chart(alt.Data(values=values))
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x, y=y, color=colour,
            strokeDash=alt.StrokeDash("hub:N", sort=names, legend=None, scale=alt.Scale(domain=names, range=dashes)),
            tooltip=[alt.Tooltip("hub:N", title="Hub"), alt.Tooltip("t:Q", title="t", format=",.0f"),
                     alt.Tooltip("gbp:Q", title="£ left", format=",.0f")],
        )
    )  # fmt: skip
    nothing = alt.Chart(alt.Data(values=[{"gbp": 0}])).mark_rule(color="#5B6670").encode(y="gbp:Q")
    spots = [{"hub": name, "t": t, "gbp": _at(lines[name], t)} for name, t in reached.items()]
    marks = (
        alt.Chart(alt.Data(values=spots)).mark_point(filled=True, size=110, opacity=1).encode(x=x, y=y, color=colour)
    )
    about = "What is left of a hub's savings after its fixed cost: " + "; ".join(
        f"{name} £{_at(lines[name], t):,.0f} at {t:,.0f} t a year" for name, t in reached.items()
    )
    return alt.layer(nothing, drawn, marks).properties(height=340, description=about)


def _at(points: Line, t: float) -> float:
    """The height of a straight line at so many tonnes."""
    (first_t, first), (last_t, last) = points[0], points[-1]
    return first if last_t == first_t else first + (last - first) * (t - first_t) / (last_t - first_t)
