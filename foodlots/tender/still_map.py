"""A still map for print, drawn offline as SVG and turned into a PNG: dots over outlines, told apart by shape and size.

Only numbers and words of our own are in it: no name of the data is drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from foodlots.palette import BLACK, BLUE

WIDTH, MOST_HIGH, LEAST_HIGH, LEGEND = 620, 560, 240, 34  # units of the drawing
SCALE = 1.5  # pixels for each unit: sharp in print
GREY, LINE = "#B8BFC4", "#8A949B"
OTHER, KITCHEN, DEPOT = "Other kitchen", "Kitchen", "Depot"
MARKS = (OTHER, KITCHEN, DEPOT)  # drawn in this order, the last on top

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Frame:
    """The stretch of map that is drawn, true to scale: degrees to units of the drawing."""

    south: float
    west: float
    north: float
    east: float

    @property
    def high(self) -> float:
        """Height of the map, units."""
        across = (self.east - self.west) * cos(radians((self.north + self.south) / 2))
        return min(MOST_HIGH, max(LEAST_HIGH, WIDTH * (self.north - self.south) / across)) if across else LEAST_HIGH

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place is drawn."""
        tall, wide = (self.north - self.south) or 1.0, (self.east - self.west) or 1.0
        return round((lon - self.west) / wide * WIDTH, 1), round((self.north - lat) / tall * self.high, 1)


def still_map(frame: Frame, rings: Iterable[Ring], spots: Iterable[tuple[str, float, float]]) -> bytes:
    """The map as a PNG: `rings` of (lon, lat), `spots` of (mark, lat, lon)."""
    import vl_convert

    return vl_convert.svg_to_png(drawn(frame, rings, sorted(spots, key=lambda spot: MARKS.index(spot[0]))), scale=SCALE)


def drawn(frame: Frame, rings: Iterable[Ring], spots: Sequence[tuple[str, float, float]]) -> str:
    """The map as SVG."""
    tall = frame.high
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall + LEGEND:.0f}" '
        f'viewBox="0 0 {WIDTH} {tall + LEGEND:.0f}">',
        f'<rect width="{WIDTH}" height="{tall + LEGEND:.0f}" fill="#FFFFFF"/>',
        *(_outline(frame, ring) for ring in rings),
        *(_mark(mark, *frame.at(lat, lon)) for mark, lat, lon in spots),
        f'<rect y="{tall:.1f}" width="{WIDTH}" height="{LEGEND}" fill="#FFFFFF"/>',  # covers lines that run on below
        f'<rect width="{WIDTH}" height="{tall:.1f}" fill="none" stroke="{LINE}"/>',
        *_legend([mark for mark in MARKS if any(spot[0] == mark for spot in spots)], tall + LEGEND / 2),
        "</svg>",
    ]
    return "".join(parts)


def _outline(frame: Frame, ring: Ring) -> str:
    points = " ".join("{},{}".format(*frame.at(lat, lon)) for lon, lat in ring)
    return f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="1.1"/>'


def _mark(mark: str, x: float, y: float) -> str:
    if mark == DEPOT:
        return f'<rect x="{x - 7}" y="{y - 7}" width="14" height="14" fill="{BLACK}" stroke="#FFFFFF"/>'
    size, colour = (7, BLUE) if mark == KITCHEN else (3.4, GREY)
    return f'<circle cx="{x}" cy="{y}" r="{size}" fill="{colour}" stroke="#FFFFFF"/>'


def _legend(marks: Sequence[str], y: float) -> Iterable[str]:
    for place, mark in enumerate(marks):
        x = 14 + place * 150
        yield _mark(mark, x, y)
        yield f'<text x="{x + 14}" y="{y + 5}" font-family="Arial, sans-serif" font-size="15">{mark}</text>'
