"""Streams of food from stage to stage: a band for every stream, as wide as its kilos."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from foodlots.charts.rows import as_data

STEPS = 14  # points along a band
BAR = 0.06  # width of a stop, of the distance between stages
ROOM = 0.012  # gap between stops, of the height
LINE = 0.023  # least distance between two names, of the height


@dataclass(frozen=True)
class Bar:
    """A stop of a stage: where it begins and ends, from 0 at the foot to 1 at the head."""

    stage: int
    name: str
    low: float
    high: float
    kg: float


def flow_chart(
    streams: Sequence[tuple[tuple[str, ...], float]],
    stages: Sequence[str],
    colours: Mapping[str, str],
    ink: str,
    paper: str,
) -> alt.LayerChart:
    """The streams, coloured by their last stop; rows of (stops, kg). Names are written in `ink` on `paper`."""
    bars = _bars(streams, len(stages))
    bands = _bands(streams, bars)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.08, len(stages) - 0.35]))
    y = alt.Y("low:Q", axis=None, scale=alt.Scale(domain=[-0.05, 1.05]))
    colour = alt.Color("last:N", title=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())),
                       legend=alt.Legend(orient="bottom"))  # fmt: skip
    ribbons = (
        alt.Chart(as_data(bands))
        .mark_area(opacity=0.55, interpolate="linear")
        .encode(x=x, y=y, y2="high:Q", color=colour, detail="band:N",
                tooltip=[alt.Tooltip("origin:N", title="From"), alt.Tooltip("destination:N", title="To"),
                         alt.Tooltip("last:N", title="Category"),
                         alt.Tooltip("kg:Q", title="kg a year", format=",.0f")])
    )  # fmt: skip
    middle = _label_places(bars)
    rows = [
        {"x": bar.stage, "x2": bar.stage + BAR, "low": bar.low, "high": bar.high, "middle": middle[key],
         "name": bar.name, "kg": round(bar.kg), "said": bar.stage + BAR + 0.02}
        for key, bar in bars.items()
    ]  # fmt: skip
    tips = [alt.Tooltip("name:N", title=" "), alt.Tooltip("kg:Q", title="kg a year", format=",.0f")]
    base = alt.Chart(as_data(rows))
    stops = base.mark_rect(color="#5B6670").encode(x=x, x2="x2:Q", y=y, y2="high:Q", tooltip=tips)
    place = {"x": alt.X("said:Q", axis=None), "y": alt.Y("middle:Q", axis=None), "text": "name:N"}
    halo = base.mark_text(align="left", fontSize=11, limit=190, stroke=paper, strokeWidth=3, opacity=0.85)
    words = base.mark_text(align="left", fontSize=11, limit=190, color=ink)
    heads = (
        alt.Chart(alt.Data(values=[{"x": place, "low": 1.03, "words": words} for place, words in enumerate(stages)]))
        .mark_text(align="left", fontSize=12, fontWeight="bold", color=ink)
        .encode(x=x, y=y, text="words:N")
    )
    layers = (ribbons, stops, halo.encode(**place), words.encode(**place, tooltip=tips), heads)
    return alt.layer(*layers).properties(height=700, description=_said(streams, bars, stages))


def _bars(streams: Sequence[tuple[tuple[str, ...], float]], stages: int) -> dict[tuple[int, str], Bar]:
    """(stage, name) -> its bar; the largest stands at the head."""
    total = sum(kg for _, kg in streams) or 1.0
    bars: dict[tuple[int, str], Bar] = {}
    for stage in range(stages):
        kilos: dict[str, float] = defaultdict(float)
        for stops, kg in streams:
            kilos[stops[stage]] += kg
        room = ROOM * (len(kilos) - 1)
        head = 1.0
        for name, kg in sorted(kilos.items(), key=lambda item: (-item[1], item[0])):
            height = kg / total * (1 - room)
            bars[stage, name] = Bar(stage, name, head - height, head, kg)
            head -= height + ROOM
    return bars


def _label_places(bars: Mapping[tuple[int, str], Bar]) -> dict[tuple[int, str], float]:
    """Where each bar's name is written: at its middle, or lower where it would stand on the name above."""
    places: dict[tuple[int, str], float] = {}
    last: dict[int, float] = {}
    for key, bar in bars.items():
        places[key] = min((bar.low + bar.high) / 2, last.get(bar.stage, 2.0) - LINE)
        last[bar.stage] = places[key]
    return places


def _bands(streams: Sequence[tuple[tuple[str, ...], float]], bars: Mapping[tuple[int, str], Bar]) -> list[dict]:
    """Points of every band between two stages; bands leave and reach a bar in the order of the bars they join."""
    pairs: dict[tuple[int, str, str, str], float] = defaultdict(float)
    for stops, kg in streams:
        for stage in range(len(stops) - 1):
            pairs[stage, stops[stage], stops[stage + 1], stops[-1]] += kg
    order = sorted(pairs, key=lambda key: (key[0], -bars[key[0], key[1]].high, -bars[key[0] + 1, key[2]].high, key[3]))
    arrivals = sorted(
        pairs, key=lambda key: (key[0], -bars[key[0] + 1, key[2]].high, -bars[key[0], key[1]].high, key[3])
    )
    leaves = _stacked(order, pairs, bars, 0)
    reaches = _stacked(arrivals, pairs, bars, 1)
    return [
        point
        for number, key in enumerate(order)
        for point in _points(number, key, pairs[key], leaves[key], reaches[key])
    ]


def _stacked(order, pairs, bars, end: int) -> dict[tuple, tuple[float, float]]:
    """Where each band stands on its bar: at its beginning (end 0) or its end (end 1)."""
    used: dict[tuple[int, str], float] = defaultdict(float)
    places = {}
    for key in order:
        bar = bars[key[0] + end, key[1 + end]]
        height = (bar.high - bar.low) * pairs[key] / bar.kg
        top = bar.high - used[bar.stage, bar.name]
        used[bar.stage, bar.name] += height
        places[key] = top - height, top
    return places


def _points(number: int, key: tuple, kg: float, start: tuple[float, float], end: tuple[float, float]) -> list[dict]:
    stage, origin, destination, last = key
    points = []
    for step in range(STEPS + 1):
        share = step / STEPS
        eased = share * share * (3 - 2 * share)
        points.append(
            {
                "x": stage + BAR + share * (1 - BAR),
                "low": start[0] + (end[0] - start[0]) * eased,
                "high": start[1] + (end[1] - start[1]) * eased,
                "band": number,
                "origin": origin,
                "destination": destination,
                "last": last,
                "kg": round(kg),
            }
        )
    return points


def _said(streams, bars: Mapping[tuple[int, str], Bar], stages: Sequence[str]) -> str:
    total = sum(kg for _, kg in streams)
    parts = []
    for stage, words in enumerate(stages):
        largest = max((bar for bar in bars.values() if bar.stage == stage), key=lambda bar: bar.kg)
        parts.append(f"{words}: {sum(bar.stage == stage for bar in bars.values())}, the largest {largest.name} with "
                     f"{largest.kg:,.0f} kg")  # fmt: skip
    return f"{total:,.0f} kg of food a year. " + "; ".join(parts) + "."
