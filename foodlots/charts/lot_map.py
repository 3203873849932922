"""Where the kitchens of a lot are: a still map for print, in which nothing is told by colour alone."""

from collections.abc import Sequence
from math import cos, radians

import altair as alt

from foodlots.charts.places import land

WIDTH = 460  # units of the drawing
MOST_HIGH, LEAST_HIGH = 460, 200
LOT_MARKS = {
    "Other kitchen": ("#B8BFC4", "circle", 22),
    "Kitchen": ("#0072B2", "circle", 70),
    "Depot": ("#000000", "square", 110),
}


def lots_map(
    spots: Sequence, box: tuple[float, float, float, float], rings: Sequence[Sequence[tuple[float, float]]], words: str
) -> alt.LayerChart:
    """Kitchens and depots over the outlines of districts, true to scale: `spots` have what, name and place."""
    south, west, north, east = box
    across = (east - west) * cos(radians((north + south) / 2))
    high = min(MOST_HIGH, max(LEAST_HIGH, round(WIDTH * (north - south) / across))) if across else MOST_HIGH
    x = alt.X("lon:Q", title=None, axis=None, scale=alt.Scale(domain=[west, east], zero=False, nice=False))
    y = alt.Y("lat:Q", title=None, axis=None, scale=alt.Scale(domain=[south, north], zero=False, nice=False))
    shown = [what for what in LOT_MARKS if any(spot.what == what for spot in spots)]
    layers = [land(rings, x, y)]
    for what in shown:
        colour, shape, size = LOT_MARKS[what]
        rows = [{"what": what, "lat": s.place.lat, "lon": s.place.lon} for s in spots if s.what == what]
        marks = alt.Chart(alt.Data(values=rows)).mark_point(clip=True, filled=True, size=size, stroke="white",
                                                            strokeWidth=0.8, opacity=1)  # fmt: skip
        layers.append(marks.encode(x=x, y=y, color=_colours(shown), shape=_shapes(shown)))
    return alt.layer(*layers).properties(width=WIDTH, height=high, description=words, background="white")


def _colours(shown: list[str]) -> alt.Color:
    scale = alt.Scale(domain=shown, range=[LOT_MARKS[what][0] for what in shown])
    return alt.Color("what:N", title=None, scale=scale, legend=alt.Legend(orient="bottom"))


def _shapes(shown: list[str]) -> alt.Shape:
    scale = alt.Scale(domain=shown, range=[LOT_MARKS[what][1] for what in shown])
    return alt.Shape("what:N", title=None, scale=scale, legend=alt.Legend(orient="bottom"))
