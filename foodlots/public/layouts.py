"""Every layout of a published file that is read: its columns, by the names publishers gave them over the years."""

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One column that is used: our name for it and the headings under which it was published."""

    name: str
    headings: tuple[str, ...]
    needed: bool = False


@dataclass(frozen=True)
class Layout:
    """One layout of one kind of file; `title` is what people call it, `known_by` what no other layout has."""

    kind: str
    title: str
    fields: tuple[Field, ...]

    @property
    def needed(self) -> tuple[Field, ...]:
        """The columns without which it is not this file."""
        return tuple(field for field in self.fields if field.needed)

    def place(self, headings: tuple[str, ...]) -> dict[str, int]:
        """Our name of each column -> where it stands among these headings; the first of equal ones."""
        where: dict[str, int] = {}
        for index, heading in enumerate(headings):
            where.setdefault(plain(heading), index)
        found = {}
        for field in self.fields:
            index = next((where[plain(heading)] for heading in field.headings if plain(heading) in where), None)
            if index is not None:
                found[field.name] = index
        return found


def plain(heading: str) -> str:
    """A heading without capitals, blanks and marks: "LA (name)" is laname, "Meals (No.)" is mealsno."""
    letters = unicodedata.normalize("NFKD", heading).lower()
    return re.sub(r"[^a-z0-9]+", "", letters)


def _need(name: str, *headings: str) -> Field:
    return Field(name, headings, needed=True)


def _may(name: str, *headings: str) -> Field:
    return Field(name, headings)


GIAS = Layout("schools", "the schools register (DfE Get Information about Schools, edubasealldata)", (
    _need("urn", "URN"),
    _need("name", "EstablishmentName"),
    _need("la_name", "LA (name)"),
    _need("status", "EstablishmentStatus (name)"),
    _need("phase", "PhaseOfEducation (name)"),
    _need("postcode", "Postcode"),
    _need("pupils", "NumberOfPupils"),
    _may("group", "EstablishmentTypeGroup (name)"),
    _may("type", "TypeOfEstablishment (name)"),
    _may("fsm", "FSM"),
    _may("town", "Town"),
    _may("easting", "Easting"),
    _may("northing", "Northing"),
    _may("area", "GSSLACode (name)", "DistrictAdministrative (code)"),
    _may("census", "CensusDate"),
))  # fmt: skip
SCHOOLS_JOINED = Layout("schools", "a list of schools with their pupils", (
    _need("urn", "urn"),
    _need("name", "name", "school_name", "SCHNAME"),
    _need("la_name", "la_name", "LANAME"),
    _need("phase", "phase"),
    _need("postcode", "postcode"),
    _need("pupils", "pupils", "NOR"),
    _may("fsm", "fsm_pupils", "NUMFSM"),
    _may("type", "school_type"),
    _may("group", "census_type"),
    _may("town", "town"),
    _may("lat", "lat", "latitude"),
    _may("lon", "lon", "longitude"),
    _may("area", "lad_code"),
))  # fmt: skip
CENSUS = Layout("schools", "the school census (DfE performance tables, england_census)", (
    _need("urn", "URN"),
    _need("pupils", "NOR"),
    _need("fsm", "NUMFSM"),
    _may("type", "SCHOOLTYPE"),
))  # fmt: skip
PERFORMANCE = Layout("schools", "a school performance table (DfE, england_ks2final, ks4final or ks5final)", (
    _need("urn", "URN"),
    _need("name", "SCHNAME"),
    _need("record", "RECTYPE"),
    _need("la_code", "LEA", "LA"),
    _need("postcode", "PCODE"),
    _may("town", "TOWN"),
    _may("pupils", "TOTPUPS", "TPUP_ALL"),
    _may("type", "NFTYPE"),
    _may("ages", "AGERANGE"),
))  # fmt: skip
ERIC = Layout("hospitals", "the hospital estates returns by site (NHS ERIC)", (
    _need("trust", "trust_code", "Trust Code", "Organisation Code"),
    _need("trust_name", "trust_name", "Trust Name", "Organisation Name"),
    _need("site", "site_code", "Site Code"),
    _need("name", "site_name", "Site Name"),
    _need("type", "site_type", "Site Type"),
    _need("meals", "inpatient_main_meals", "Inpatient main meals requested (No.)",
          "In-patient main meals requested (No.)", "Total in-patient main meals requested (No.)"),
    _need("cost", "inpatient_food_cost_gbp", "Inpatient food service cost (£)", "In-patient food services cost (£)",
          "Gross cost of in-patient services (£)", "Inpatient food services cost (£)"),
    _may("postcode", "postcode", "Post Code", "Site postcode"),
    _may("lat", "lat"),
    _may("lon", "lon"),
    _may("area", "lad_code"),
))  # fmt: skip
APPROVED = Layout("establishments", "the approved food establishments (FSA)", (
    _need("number", "AppNo"),
    _need("name", "TradingName"),
    _need("town", "Town"),
    _need("postcode", "Postcode"),
    _need("authority", "GeographicLocalAuthority"),
    _need("activities", "All_Activities"),
    _may("withheld", "AddressWithheld"),
    _may("easting", "X"),
    _may("northing", "Y"),
    _may("lat", "lat"),
    _may("lon", "lon"),
    _may("area", "lad_code"),
))  # fmt: skip
HYGIENE = Layout("hygiene", "the food hygiene register (FSA FHRS)", (
    _need("number", "FHRSID"),
    _need("name", "BusinessName"),
    _need("type", "BusinessType"),
    _need("authority", "LocalAuthorityName"),
    _need("postcode", "PostCode"),
    _may("rating", "RatingValue"),
    _may("lon", "Longitude", "Geocode.Longitude", "Geocode/Longitude"),
    _may("lat", "Latitude", "Geocode.Latitude", "Geocode/Latitude"),
))  # fmt: skip
PRICES = Layout("prices", "the wholesale fruit and vegetable prices (Defra)", (
    _need("category", "category"),
    _need("item", "item"),
    _need("variety", "variety"),
    _need("date", "date"),
    _need("price", "price"),
    _need("unit", "unit"),
))  # fmt: skip
ONSPD = Layout("postcodes", "the ONS Postcode Directory or Lookup", (
    _need("postcode", "pcds", "pcd7", "pcd8", "pcd"),
    _may("lat", "lat", "latitude"),
    _may("lon", "long", "longitude"),
    _may("easting", "oseast1m", "east1m"),
    _may("northing", "osnrth1m", "north1m"),
    _may("area", "oslaua", "laua", "lad26cd", "lad25cd", "lad24cd", "lad23cd"),
    _may("ended", "doterm"),
    _need("begun", "dointr"),
))  # fmt: skip

LAYOUTS = (GIAS, SCHOOLS_JOINED, CENSUS, PERFORMANCE, ERIC, APPROVED, HYGIENE, PRICES, ONSPD)


def layouts_of(kind: str) -> tuple[Layout, ...]:
    """The layouts in which one kind of file is published."""
    return tuple(layout for layout in LAYOUTS if layout.kind == kind)
