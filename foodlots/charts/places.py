"""Where things stand: places over the outlines of districts."""

from collections.abc import Sequence

import altair as alt

from foodlots.charts.rows import as_data

PLACE_MARKS = {"Kitchen": ("#0072B2", "circle"), "Producer": ("#D55E00", "triangle-up"), "Depot": ("#CC79A7", "square")}
LINE = ("lon", "lat", "ring", "step")


def places_chart(
    spots: Sequence, box: tuple[float, float, float, float], rings: Sequence[Sequence[tuple[float, float]]]
) -> alt.LayerChart:
    """Every place of a case over the outlines of districts: `spots` have what, name and place."""
    south, west, north, east = box
    rows = [
        {"what": spot.what, "name": spot.name, "lat": spot.place.lat, "lon": spot.place.lon,
         "off": round(spot.place.error_km, 1)}
        for spot in spots
    ]  # fmt: skip
    x = alt.X("lon:Q", title="Degrees east", scale=alt.Scale(domain=[west, east], zero=False))
    y = alt.Y("lat:Q", title="Degrees north", scale=alt.Scale(domain=[south, north], zero=False))
    marks = (
        alt.Chart(as_data(rows))
        .mark_point(clip=True, filled=True, size=70, opacity=0.85, stroke="white", strokeWidth=0.5)
        .encode(
            x=x, y=y,
            color=alt.Color("what:N", title=None, legend=alt.Legend(orient="top"),
                            scale=_scale([colour for colour, _ in PLACE_MARKS.values()])),
            shape=alt.Shape("what:N", title=None, legend=alt.Legend(orient="top"),
                            scale=_scale([shape for _, shape in PLACE_MARKS.values()])),
            tooltip=[alt.Tooltip("name:N", title="Name"), alt.Tooltip("what:N", title="What"),
                     alt.Tooltip("lat:Q", title="Degrees north", format=".4f"),
                     alt.Tooltip("lon:Q", title="Degrees east", format=".4f"),
                     alt.Tooltip("off:Q", title="May be off by, km")],
        )
    )  # fmt: skip
    words = f"Map of {len(rows)} places, from {south:.2f} to {north:.2f} degrees north."
    return alt.layer(_land(rings, x, y), marks).properties(width=760, height=520, description=words)


def weights_chart(
    spots: Sequence[tuple[object, float]],
    box: tuple[float, float, float, float],
    rings: Sequence[Sequence[tuple[float, float]]],
    title: str,
    form: str = ",.0f",
) -> alt.LayerChart:
    """Places with an amount each, written in `form`: the larger the circle, the more."""
    south, west, north, east = box
    x = alt.X("lon:Q", title=None, scale=alt.Scale(domain=[west, east], zero=False), axis=None)
    y = alt.Y("lat:Q", title=None, scale=alt.Scale(domain=[south, north], zero=False), axis=None)
    rows = [
        {"name": spot.name, "lat": spot.place.lat, "lon": spot.place.lon, "amount": round(amount, 4)}
        for spot, amount in spots
    ]
    marks = (
        alt.Chart(as_data(sorted(rows, key=lambda row: -row["amount"])))
        .mark_circle(clip=True, opacity=0.75, stroke="white", strokeWidth=0.5, color="#D55E00")
        .encode(
            x=x, y=y,
            size=alt.Size("amount:Q", title=title, scale=alt.Scale(range=[10, 700]),
                          legend=alt.Legend(orient="bottom", format=form, tickCount=4)),
            tooltip=[alt.Tooltip("name:N", title="Kitchen"), alt.Tooltip("amount:Q", title=title, format=form)],
        )
    )  # fmt: skip
    most = sorted(rows, key=lambda row: (-row["amount"], row["name"]))[:5]
    words = f"{title}. Most: " + "; ".join(f"{row['name']} {format(row['amount'], form)}" for row in most)
    return alt.layer(_land(rings, x, y), marks).properties(height=460, description=words)


def _land(rings: Sequence[Sequence[tuple[float, float]]], x: alt.X, y: alt.Y) -> alt.Chart:
    """Outlines as one text of figures: thousands of points, which Altair would else check one by one for seconds."""
    lines = [
        f"{lon},{lat},{number},{step}" for number, ring in enumerate(rings) for step, (lon, lat) in enumerate(ring)
    ]
    form = alt.CsvDataFormat(type="csv", parse=dict.fromkeys(LINE, "number"))
    return (
        alt.Chart(alt.Data(values="\n".join([",".join(LINE), *lines]), format=form))
        .mark_line(clip=True, strokeWidth=0.7, color="#8A949B")
        .encode(x=x, y=y, detail="ring:N", order="step:Q")
    )


def _scale(range_: list[str]) -> alt.Scale:
    return alt.Scale(domain=list(PLACE_MARKS), range=range_)
