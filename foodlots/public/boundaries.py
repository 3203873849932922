"""ONS boundaries (GeoJSON) → the area of every place of a case, and the areas that count as local."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foodlots.public.amounts import name
from foodlots.public.areas import same_name, touching
from foodlots.public.assuming import inside_ring
from foodlots.public.counties import COUNTIES, districts_of
from foodlots.public.downloads import Download, cut_off, refuse, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.spots import position

SOURCE = "Office for National Statistics, Open Government Licence v3.0; contains OS data © Crown copyright"
MOST_BYTES = 120_000_000
TABLES = ("sites", "producers")
Ring = list[tuple[float, float]]


@dataclass(frozen=True)
class Shape:
    """One area: its ONS code, name, and polygons, each an outer ring and the holes in it."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies in it."""
        return any(
            inside_ring(lon, lat, rings[0]) and not any(inside_ring(lon, lat, hole) for hole in rings[1:])
            for rings in self.polygons
        )


def read_boundaries(files: Sequence[Download], wish: Wish) -> Imported:
    """The area code of each kitchen and producer that lacks one; with an area named, its local areas as well."""
    odd = Oddities(files[0].name)
    shapes = [shape for file in unwrap_all(files) for shape in read_shapes(file, odd)]
    tables = {table: tuple(_placed(wish, table, shapes)) for table in TABLES}
    told = [f"{files[0].name}: {len(shapes):,} areas.",
            f"{sum(map(len, tables.values())):,} places without an area code were given one."]  # fmt: skip
    settings: tuple[tuple[str, str, str], ...] = ()
    if wish.area is not None:
        own, around = bordering(shapes, wish.area.name, wish.area.codes | {wish.area.code}, files[0].name)
        codes = sorted(code for area in (*own, *around) for code in _districts(area.code))
        settings = (("case", "local_areas", "[" + ", ".join(f'"{code}"' for code in codes) + "]"),)
        told.append(
            f"Local to {wish.area.name}: itself and {', '.join(sorted(area.name for area in around)) or 'nothing'}."
        )
    standings = tuple(Standing(table, row[table[:-1]], "area_code", "measured", SOURCE)
                      for table in TABLES for row in tables[table])  # fmt: skip
    return Imported(tables, tuple(told), tuple(odd.notes()), standings, settings, fills=True)


def read_shapes(file: Download, odd: Oddities) -> list[Shape]:
    """The areas of a GeoJSON file in degrees. Raises DataError when it is anything else."""
    try:
        found = json.loads(file.whole(MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise refuse(file.name, "it is not in UTF-8", "download it again as GeoJSON") from None
    except (ValueError, RecursionError):
        raise cut_off(file.name, f"{file.name} breaks off or is not GeoJSON") from None
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not found.get("features"):
        raise refuse(file.name, "it is not a GeoJSON collection of areas", "expected ONS boundaries as GeoJSON (WGS84)")
    shapes = [
        shape for index, feature in enumerate(found["features"], 1) if (shape := _shape(file, feature, index, odd))
    ]
    if not shapes:
        raise refuse(file.name, "none of its areas has a code, a name and an outline", "expected ONS boundaries")
    return shapes


def _shape(file: Download, feature: object, index: int, odd: Oddities) -> Shape | None:
    try:
        code, label = _code_and_name(feature["properties"])
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        polygons = tuple(tuple([(float(x), float(y)) for x, y, *_ in ring] for ring in part) for part in parts)
    except (KeyError, TypeError, ValueError, AttributeError):
        odd.add("an area without code, name or outline, left out", index)
        return None
    points = [point for rings in polygons for ring in rings for point in ring]
    if any(not (-10 <= lon <= 3 and 49 <= lat <= 62) for lon, lat in points):
        raise refuse(file.name, f"the outline of {name(label)} is not in degrees within the United Kingdom",
                     "download it as GeoJSON in WGS84 (longitude, latitude), not on the national grid")  # fmt: skip
    whole = tuple(rings for rings in polygons if all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings))
    if len(whole) < len(polygons):
        odd.add("an outline that does not close, left out", index, name(label))
    return Shape(code, name(label), whole)


def _code_and_name(properties: Mapping[str, object]) -> tuple[str, str]:
    """The ONS code and name among the properties: LAD24CD and LAD24NM, CTYUA23CD, AREACD …"""
    codes = [str(value) for key, value in properties.items() if key.upper().endswith("CD") and value]
    names = [str(value) for key, value in properties.items() if key.upper().endswith("NM") and value]
    if not codes or not names:
        raise KeyError("code")
    return codes[0], names[0]


def _placed(wish: Wish, table: str, shapes: Sequence[Shape]) -> Iterator[dict[str, str]]:
    raw = wish.case.tables.get(table)
    for row in raw.rows if raw else ():
        cells = dict(zip(raw.headings, row.cells, strict=False))
        place = None if cells.get("area_code") else position(cells)
        holder = next((shape for shape in shapes if place and shape.holds(*place)), None)
        if holder:
            yield {table[:-1]: cells[table[:-1]], "area_code": holder.code}


def bordering(shapes: Sequence[Shape], label: str, codes: frozenset[str], file: str) -> tuple[list[Shape], list[Shape]]:
    """The shapes of an area and those that share a stretch of border with it; DataError when it is not among them."""
    own = [shape for shape in shapes if shape.code in codes or same_name(shape.name, label)]
    if not own:
        raise refuse(file, f"{label} is not among its areas", "give the boundaries of counties and unitary authorities")
    owners: dict[tuple[float, float], set[str]] = {}
    for shape in shapes:
        for point in {point for rings in shape.polygons for ring in rings for point in ring}:
            owners.setdefault(point, set()).add(shape.code)
    near = touching(owners.values())
    inside = {shape.code for shape in own}
    around = {code for shape in own for code in near.get(shape.code, ())} - inside
    return own, [shape for shape in shapes if shape.code in around]


def _districts(code: str) -> frozenset[str]:
    return districts_of(code) if code in COUNTIES else frozenset((code,))
