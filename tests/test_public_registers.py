"""Registers of schools, hospitals and food makers: the real extracts to the row, small files to the cell."""

import gzip
import io
import zipfile

import pytest
from published import (
    APPROVED,
    CENSUS,
    ERIC,
    ESTABLISHMENTS,
    GIAS,
    HOSPITALS,
    HYGIENE_XML,
    PERFORMANCE,
    SCHOOLS,
    csv_data,
    csv_file,
    needs_data,
)

from foodlots.errors import DataError
from foodlots.public.areas import Area, find_area
from foodlots.public.downloads import Download
from foodlots.public.establishments import activities, read_establishments
from foodlots.public.hospitals import read_hospitals
from foodlots.public.hygiene import read_hygiene
from foodlots.public.imported import Wish
from foodlots.public.schools import read_schools

PRESTON = find_area("Preston")
LANCASHIRE = find_area("Lancashire")


def said(imported) -> str:
    return "\n".join([*imported.told, *map(str, imported.notes)])


@needs_data
def test_every_school_of_the_extract_is_counted():
    read = read_schools([Download.at(SCHOOLS)], Wish())
    assert read.told[0].endswith(": 2,214 open state schools.")
    assert len(read.tables["sites"]) == 2213  # Callywith College states no pupils and is named
    assert "Callywith College" in said(read)
    assert sum(int(site["_pupils"]) for site in read.tables["sites"]) == 741_266


@needs_data
def test_lancashire_has_its_592_schools_and_devon_its_349():
    for area, schools in (("Lancashire", 592), ("Devon", 349), ("E06000027", 41)):
        assert len(read_schools([Download.at(SCHOOLS)], Wish(find_area(area))).tables["sites"]) == schools


@needs_data
def test_every_hospital_and_meal_of_the_extract_is_counted():
    read = read_hospitals([Download.at(HOSPITALS)], Wish())
    assert "908 hospital sites, 143,624,492 inpatient main meals and £554,991,730" in read.told[0]
    assert len(read.tables["sites"]) == 862
    assert "46 rows: neither postcode nor position" in said(read)
    assert "4 rows: meals and food cost do not fit together" in said(read)


@needs_data
def test_every_establishment_of_the_extract_is_counted():
    read = read_establishments([Download.at(ESTABLISHMENTS)], Wish())
    assert "5,184 rows, 5,182 approved establishments" in read.told[0]
    fourteen = find_area("Lancashire").codes | {"E06000008", "E06000009"}
    around = read_establishments([Download.at(ESTABLISHMENTS)], Wish(Area("", "Lancashire-14", fourteen)))
    left_out = sum(fault.problem.startswith(("1 row", "2 row", "3 row")) for fault in around.notes)
    assert 150 <= len(around.tables["producers"]) <= 163, left_out  # 163 in all, those with a hidden address left out


def test_the_schools_register_gives_open_state_schools_of_the_area():
    read = read_schools([csv_file(GIAS, "edubasealldata.csv", "cp1252")], Wish(LANCASHIRE))
    assert [(site["site"], site["name"], site["meals_per_week"]) for site in read.tables["sites"]] == [
        ("school_100001", "Mill Lane Primary School", "630"),  # 210 pupils × 5 × 60%
        ("school_100002", "Château High School", "2000"),  # 1,000 × 5 × 40%
    ]
    first = read.tables["sites"][0]
    assert (round(float(first["lat"]), 2), round(float(first["lon"]), 2)) == (53.76, -2.7)
    assert read.tables["buyers"] == (
        {"buyer": "lancashire", "name": "Lancashire council", "kind": "council", "area_code": "E10000017"},
    )
    assert "Windows-1252" in said(read)
    assert "Pupils as counted on 19-01-2023" in read.told[1]
    assert "2 rows: closed, planned or not a state school" in said(read)


def test_a_performance_table_and_the_census_are_joined_by_urn():
    files = [csv_file(PERFORMANCE, "england_ks2final.csv"), csv_file(CENSUS, "england_census.csv")]
    (site,) = read_schools(files, Wish(buyer="lcc", take_up=0.5)).tables["sites"]
    assert (site["buyer"], site["meals_per_week"]) == ("lcc", "530")  # 212 × 5 × 50%
    with pytest.raises(DataError, match="the census alone has no names"):
        read_schools(files[1:], Wish())


def test_hospitals_keep_their_trust_and_the_year_is_divided_by_weeks():
    read = read_hospitals([csv_file(ERIC)], Wish())
    assert "2 hospital sites, 525,200 inpatient main meals" in read.told[0]
    (site,) = read.tables["sites"]
    assert (site["site"], site["buyer"], site["meals_per_week"]) == ("hospital_rxn_rxn02", "trust_rxn", "10000")
    assert "Aggregate Site, 5,200 meals a year" in said(read)
    assert read.tables["buyers"][0]["kind"] == "nhs_trust"


def test_establishments_become_producers_with_what_they_are_approved_for():
    read = read_establishments([csv_file(APPROVED)], Wish(LANCASHIRE, bordering=True))
    found = {row["producer"]: row for row in read.tables["producers"]}
    assert {key: (row["kind"], row["_makes"]) for key, row in found.items()} == {
        "fsa_2001": ("processor", "dairy"),
        "fsa_2002": ("processor", "red_meat;mince_and_preparations"),
        "fsa_2003": ("wholesaler", ""),
    }
    assert found["fsa_2003"]["area_code"] == "E06000008"
    assert "the address is withheld" in said(read)
    assert len(read_establishments([csv_file(APPROVED)], Wish(PRESTON)).tables["producers"]) == 1


def test_activities_are_told_by_their_words():
    assert activities("Packing Centre (Egg) Processing Plant (Fish)") == ("eggs", "fish")
    assert activities("Cold Store") == ()


def test_the_hygiene_register_gives_growers_and_makers_only():
    read = read_hygiene([Download.of("FHRS857en-GB.xml", HYGIENE_XML.encode())], Wish())
    rows = [(row["producer"], row["name"], row["kind"], row["accreditations"]) for row in read.tables["producers"]]
    assert rows == [("fhrs_11", "Moss Farm", "farm", "food_hygiene_5"), ("fhrs_13", "Pie Works", "processor", "")]
    assert "3 businesses, 2 of which" in read.told[0]


def test_a_hygiene_file_that_breaks_off_or_lies_about_its_count_is_refused():
    for text in (HYGIENE_XML[:900], HYGIENE_XML.replace("<ItemCount>3", "<ItemCount>400")):
        with pytest.raises(DataError, match="download it again"):
            read_hygiene([Download.of("fhrs.xml", text.encode())], Wish())
    bomb = HYGIENE_XML.replace("<FHRSEstablishment>", '<!DOCTYPE x [<!ENTITY a "aaaa">]><FHRSEstablishment>', 1)
    with pytest.raises(DataError, match="definitions the register does not need"):
        read_hygiene([Download.of("fhrs.xml", bomb.encode())], Wish())


def test_gzip_and_zip_are_opened_and_a_cut_one_is_named():
    data = csv_data(GIAS)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("edubasealldata20260801.csv", data)
    for name, content in (("a.csv.gz", gzip.compress(data)), ("a.zip", packed.getvalue())):
        assert len(read_schools([Download.of(name, content)], Wish(LANCASHIRE)).tables["sites"]) == 2
    with pytest.raises(DataError, match="cut off"):
        read_schools([Download.of("a.csv.gz", gzip.compress(data)[:-40])], Wish())


def test_the_wrong_file_is_named_for_what_it_is():
    with pytest.raises(DataError, match=r"looks like the hospital estates returns .* import it as hospitals"):
        read_schools([csv_file(ERIC)], Wish())
    renamed = [[cell.replace("NumberOfPupils", "Number of pupils on roll") for cell in GIAS[0]], *GIAS[1:]]
    with pytest.raises(DataError, match=r"lacks NumberOfPupils.*perhaps 'Number of pupils on roll' was NumberOfPupils"):
        read_schools([csv_file(renamed)], Wish())
    with pytest.raises(DataError, match="is a web page"):
        read_schools([Download.of("edubase.csv", b"<!doctype html><title>Error</title>")], Wish())


def test_areas_are_found_by_name_and_code_and_know_their_neighbours():
    assert find_area("e10000017") == LANCASHIRE == find_area("Lancashire County Council")
    assert find_area("Bristol").code == find_area("City of Bristol").code == "E06000023"
    assert len(LANCASHIRE.codes) == 12
    assert {"E06000008", "E06000009", "E06000065"} <= LANCASHIRE.bordering
    with pytest.raises(DataError, match="did you mean 'Lancaster'"):
        find_area("Lancastr")
