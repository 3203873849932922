"""Exact positions from the postcode directory, areas from boundaries, and the map of who is local."""

import json
import resource
import sys

import pytest
from published import BOUNDARIES, csv_file, needs_data

from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.public.areas import find_area
from foodlots.public.boundaries import read_boundaries, read_shapes
from foodlots.public.downloads import Download
from foodlots.public.imported import Oddities, Wish
from foodlots.public.merging import merge
from foodlots.public.postcodes import read_postcodes
from foodlots.reading import edit_table

SITES = ("site", "buyer", "name", "meals_per_week", "postcode", "lat", "lon", "area_code")
CASE = edit_table(RawCase("small"), "sites", SITES, [
    ("mill", "lcc", "Mill School", "100", "PR1 2HE", "", "", ""),
    ("hall", "lcc", "Hall School", "100", "pr1 9zz", "", "", ""),
    ("known", "lcc", "Known School", "100", "PR1 2HE", "53.9", "-2.9", "E07000127"),
])  # fmt: skip
ONSPD = [
    ["pcd", "pcd2", "pcds", "dointr", "doterm", "oslaua", "oseast1m", "osnrth1m", "lat", "long"],
    ["PR1 2HE", "PR1  2HE", "PR1 2HE", "198001", "", "E07000123", "354100", "429800", "53.7618", "-2.6981"],
    ["PR1 2HF", "PR1  2HF", "PR1 2HF", "198001", "199606", "E07000123", "", "", "99.999999", "0.000000"],
]
CODE_POINT = [["PR1 2HE", "10", "354100", "429800", "E92000001", "", "", "", "E07000123", "E05"],
              ["PR1 2HF", "10", "354200", "429900", "E92000001", "", "", "", "E07000123", "E05"]]  # fmt: skip


@pytest.mark.parametrize("rows", [ONSPD, CODE_POINT], ids=["onspd", "code point"])
def test_only_the_cases_own_postcodes_are_placed_and_given_positions_stay(rows):
    read = read_postcodes([csv_file(rows, "codes.csv")], Wish(case=CASE))
    (row,) = read.tables["sites"]
    assert (row["site"], row["area_code"]) == ("mill", "E07000123")
    assert (float(row["lat"]), float(row["lon"])) == pytest.approx((53.762, -2.698), abs=0.002)
    assert "2 postcodes, 1 of the 2 that the case uses" in read.told[0]
    assert "PR19ZZ" in read.told[1]
    after = merge(CASE, read, {})
    assert {one.kind for one in after.differences} == {"filled"}
    assert [line.cells[5] for line in after.case.tables["sites"].rows][1:] == ["", "53.9"]


def test_a_postcode_without_position_is_named_and_a_case_without_postcodes_said():
    wants = edit_table(CASE, "sites", SITES, [("mill", "lcc", "Mill", "1", "PR1 2HF", "", "", "")])
    read = read_postcodes([csv_file(ONSPD)], Wish(case=wants))
    assert read.tables["sites"] == ()
    assert "the position cannot be used" in str(read.notes[0])
    with pytest.raises(DataError, match="no postcode to look up"):
        read_postcodes([csv_file(ONSPD)], Wish())


def test_a_directory_cut_off_in_a_row_is_named():
    data = "\n".join(",".join(row) for row in ONSPD)[:-30].encode()
    with pytest.raises(DataError, match="breaks off in row 3"):
        read_postcodes([Download.of("ONSPD.csv", data)], Wish(case=CASE))


@pytest.mark.long
def test_millions_of_postcodes_go_by_in_bounded_memory(tmp_path):
    path = tmp_path / "ONSPD.csv"
    with path.open("w") as stream:
        stream.write(",".join(ONSPD[0]) + "\n")
        for number in range(2_700_000):
            stream.write(f"AB{number % 90} 1AA,x,ZZ{number} 9ZZ,198001,,E07000123,354100,429800,53.7618,-2.6981\n")
        stream.write(",".join(ONSPD[1]) + "\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read = read_postcodes([Download.at(path)], Wish(case=CASE))
    unit = 1024 if sys.platform != "darwin" else 1
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit < 150_000_000
    assert "2,700,001 postcodes, 1 of the 2" in read.told[0]


def square(code: str, name: str, west: float, south: float) -> dict:
    ring = [[west, south], [west + 0.5, south], [west + 0.5, south + 0.5], [west, south + 0.5], [west, south]]
    return {"type": "Feature", "properties": {"LAD24CD": code, "LAD24NM": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip


def geojson(*features: dict) -> Download:
    return Download.of("lad.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


PRESTON = square("E07000123", "Preston", -3.0, 53.5)
BESIDE = square("E07000126", "South Ribble", -2.5, 53.5)
FAR = square("E07000242", "East Hertfordshire", 0.0, 51.5)


def test_places_get_the_area_they_stand_in_and_neighbours_count_as_local():
    read = read_boundaries([geojson(PRESTON, BESIDE, FAR)], Wish(find_area("Preston"), case=CASE))
    assert read.tables["sites"] == (
        {"site": "mill", "area_code": "E07000123"},
        {"site": "hall", "area_code": "E07000123"},
    )
    assert read.settings == (("case", "local_areas", '["E07000123", "E07000126"]'),)
    assert "itself and South Ribble" in read.told[-1]


def test_files_that_are_not_boundaries_in_degrees_are_refused():
    grid = square("E1", "Preston", 354100, 429800)
    for file, words in (
        (geojson(grid), "not in degrees"),
        (Download.of("x.geojson", b'{"type": "FeatureCollection", "features": [{"type'), "breaks off"),
        (Download.of("x.geojson", b'{"type": "Topology"}'), "not a GeoJSON collection"),
    ):
        with pytest.raises(DataError, match=words):
            read_boundaries([file], Wish(case=CASE))
    with pytest.raises(DataError, match="Devon is not among its areas"):
        read_boundaries([geojson(PRESTON)], Wish(find_area("Devon"), case=CASE))


@needs_data
@pytest.mark.parametrize(
    ("name", "areas"),
    [("lad_dec2024_uk_buc", 361), ("ctyua_dec2024_uk_buc", 218), ("lad_lancashire14", 14), ("lad_southwest", 20)],
)
def test_every_area_of_the_extracts_is_read(name, areas):
    file = Download.at(BOUNDARIES / f"{name}.geojson")
    assert len(read_shapes(file, Oddities(file.name))) == areas


@needs_data
def test_the_published_neighbours_of_lancashire_are_those_of_the_shipped_outlines():
    read = read_boundaries([Download.at(BOUNDARIES / "ctyua_dec2024_uk_buc.geojson")], Wish(find_area("Lancashire")))
    codes = set(json.loads(read.settings[0][2]))
    lancashire = find_area("Lancashire")
    assert codes == lancashire.codes | lancashire.bordering
