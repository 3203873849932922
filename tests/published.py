"""Small files in the published layouts, made here, and the real extracts where they are."""

import csv
import io
from pathlib import Path

import pytest

from foodlots.public.downloads import Download

DATA = Path(__file__).parents[2] / "shared" / "data"
SCHOOLS = DATA / "schools" / "schools_sw_lancashire_2019_20.csv"
HOSPITALS = DATA / "nhs" / "eric_sites_england.csv"
ESTABLISHMENTS = DATA / "producers" / "fsa_approved_establishments_2025-04.csv"
PRICES = DATA / "prices" / "defra_fruitvegprices_2017-11_2022-04_as_published.csv"
WEEKLY = DATA / "prices" / "defra_wholesale_fruit_veg_2018_2026.csv.gz"
SEASONS = DATA / "prices" / "uk_home_grown_seasonality_from_defra.csv"
CPV = DATA / "products" / "cpv_food.csv"
EMISSIONS = DATA / "products" / "food_emissions_poore_nemecek_owid.csv"
BOUNDARIES = DATA / "boundaries"

needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the published extracts (../shared/data) are not here")


def csv_file(rows: list[list[str]], name: str = "file.csv", encoding: str = "utf-8") -> Download:
    """Rows as a CSV file of that name."""
    return Download.of(name, csv_data(rows, encoding))


def csv_data(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    """Rows as the bytes of a CSV file."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


GIAS = [
    ["URN", "LA (code)", "LA (name)", "EstablishmentName", "EstablishmentTypeGroup (name)",
     "EstablishmentStatus (name)", "PhaseOfEducation (name)", "CensusDate", "NumberOfPupils", "FSM", "Town",
     "Postcode", "Easting", "Northing", "GSSLACode (name)"],
    ["100001", "888", "Lancashire", "Mill Lane Primary School", "Local authority maintained schools", "Open", "Primary",
     "19-01-2023", "210", "45", "Preston", "PR1 2HE", "354100", "429800", "E07000123"],
    ["100002", "888", "Lancashire", "Château High School", "Academies", "Open, but proposed to close", "Secondary",
     "19-01-2023", "1000", "150", "Preston", "PR2 3AB", "", "", "E07000123"],
    ["100003", "888", "Lancashire", "Old School", "Academies", "Closed", "Primary", "", "90", "", "Preston", "PR1 2HE",
     "354100", "429800", "E07000123"],
    ["100004", "888", "Lancashire", "Hall College", "Independent schools", "Open", "Not applicable", "", "300", "",
     "Preston", "PR1 2HE", "354100", "429800", "E07000123"],
    ["100005", "889", "Blackburn with Darwen", "Brook School", "Academies", "Open", "Primary", "", "100", "20",
     "Blackburn", "BB1 1AA", "", "", "E06000008"],
]  # fmt: skip
CENSUS = [["URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NUMFSM"], ["100001", "888", "2001", "State", "212", "46"]]
PERFORMANCE = [
    ["RECTYPE", "LEA", "ESTAB", "URN", "SCHNAME", "TOWN", "PCODE", "NFTYPE", "AGERANGE"],
    ["1", "888", "2001", "100001", "Mill Lane Primary School", "Preston", "PR1 2HE", "CY", "5-11"],
    ["4", "888", "", "", "", "", "", "", ""],
]
ERIC = [
    ["Trust Code", "Trust Name", "Site Code", "Site Name", "Site Type", "Post Code", "Inpatient food service cost (£)",
     "Inpatient main meals requested (No.)"],
    ["RXN", "LANCASHIRE TEACHING NHS TRUST", "RXN02", "ROYAL HOSPITAL", "1. General acute hospital", "PR2 9HT",
     "1,040,000", "520,000"],
    ["RXN", "LANCASHIRE TEACHING NHS TRUST", "RXN01", "DAY UNIT", "8. Other", "PR7 1PP", "0", "0"],
    ["RXN", "LANCASHIRE TEACHING NHS TRUST", "AGGRE", "AGGREGATE SITE", "Aggregate Site", "", "5,200", "5,200"],
]  # fmt: skip
APPROVED = [
    ["AppNo", "TradingName", "Address1", "Town", "Postcode", "Country", "All_Activities", "GeographicLocalAuthority",
     "X", "Y", "AddressWithheld"],
    ["2001", "Fell Dairy Ltd", "Unit 1", "Preston", "PR3 2AA", "England", "Processing Plant (Dairy) Cold Store",
     "Preston", "", "", "No"],
    ["2002", "Moss Meats", "", "Leyland", "PR25 1AA", "England", "Cutting Plant (Red) Mince Meat Establishment",
     "South Ribble", "", "", ""],
    ["2003", "Frost Stores", "", "Blackburn", "BB1 1AA", "England", "Cold Store", "Blackburn with Darwen Borough",
     "", "", "No"],
    ["2004", "Hidden Eggs", "", "", "", "England", "Packing Centre (Egg)", "Preston", "", "", "Yes"],
]  # fmt: skip
HYGIENE_XML = """<?xml version="1.0" encoding="utf-8"?>
<FHRSEstablishment><Header><ExtractDate>2026-08-19</ExtractDate><ItemCount>3</ItemCount></Header>
<EstablishmentCollection>
<EstablishmentDetail><FHRSID>11</FHRSID><BusinessName>@Moss Farm</BusinessName>
<BusinessType>Farmers/growers</BusinessType>
<PostCode>PR4 6AA</PostCode><RatingValue>5</RatingValue><LocalAuthorityName>South Ribble</LocalAuthorityName>
<Geocode><Longitude>-2.78</Longitude><Latitude>53.70</Latitude></Geocode></EstablishmentDetail>
<EstablishmentDetail><FHRSID>12</FHRSID><BusinessName>Corner Shop</BusinessName>
<BusinessType>Retailers - other</BusinessType>
<PostCode>PR1 2HE</PostCode><RatingValue>4</RatingValue>
<LocalAuthorityName>Preston</LocalAuthorityName><Geocode />
</EstablishmentDetail>
<EstablishmentDetail><FHRSID>13</FHRSID><BusinessName>Pie Works</BusinessName>
<BusinessType>Manufacturers/packers</BusinessType>
<PostCode>PR1 2HE</PostCode><RatingValue>AwaitingInspection</RatingValue>
<LocalAuthorityName>Preston</LocalAuthorityName>
<Geocode /></EstablishmentDetail>
</EstablishmentCollection></FHRSEstablishment>
"""
