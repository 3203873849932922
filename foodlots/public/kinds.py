"""The kinds of published file that can be imported: to add one, write its reader and one line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foodlots.public.boundaries import read_boundaries
from foodlots.public.downloads import Download
from foodlots.public.establishments import read_establishments
from foodlots.public.hospitals import read_hospitals
from foodlots.public.hygiene import read_hygiene
from foodlots.public.imported import Imported, Wish
from foodlots.public.notice import read_notice
from foodlots.public.postcodes import read_postcodes
from foodlots.public.prices import read_prices
from foodlots.public.schools import read_schools
from foodlots.public.spend import read_spend
from foodlots.public.survey import read_survey


@dataclass(frozen=True)
class Kind:
    """One kind of file: its name on the command line, its title, where to get it, and its reader."""

    name: str
    title: str
    where: str
    gives: str
    read: Callable[[Sequence[Download], Wish], Imported]


KINDS = (
    Kind("schools", "Schools register", "get-information-schools.service.gov.uk, Downloads, All establishment data; or "
         "the DfE performance tables with the census", "kitchens with meals a week", read_schools),
    Kind("hospitals", "Hospital estates returns (ERIC)", "digital.nhs.uk, Estates Returns Information Collection, site "
         "data", "hospital kitchens with meals a week", read_hospitals),
    Kind("establishments", "Approved food establishments", "food.gov.uk or data.gov.uk, Approved food establishments",
         "makers of meat, dairy, eggs and fish", read_establishments),
    Kind("hygiene", "Food hygiene register", "ratings.food.gov.uk, Open data, XML or CSV of an authority",
         "farms, growers, makers and distributors", read_hygiene),
    Kind("prices", "Wholesale fruit and vegetable prices", "gov.uk, Wholesale fruit and vegetable prices, CSV or ODS",
         "open-market prices and a season calendar", read_prices),
    Kind("spend", "Council payments over £500", "the council's website, Transparency, Spending over £500, a year of "
         "files", "today's spending on food by supplier", read_spend),
    Kind("notice", "Tender notice (OCDS JSON)", "find-tender.service.gov.uk or contractsfinder.service.gov.uk, as OCDS "
         "JSON", "the notice's lots, drawn by hand on the kitchens and products of the case", read_notice),
    Kind("boundaries", "ONS boundaries", "geoportal.statistics.gov.uk, Boundaries, counties and unitary authorities "
         "or districts, GeoJSON", "areas of places, and which areas count as local", read_boundaries),
    Kind("postcodes", "Postcode directory", "geoportal.statistics.gov.uk, ONS Postcode Directory; or Code-Point Open",
         "exact positions of the case's postcodes", read_postcodes),
    Kind("survey", "Survey forms of producers", "the form that foodlots survey writes, filled in and sent back",
         "producers and what they can supply, month by month", read_survey),
)  # fmt: skip


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    return next(kind for kind in KINDS if kind.name == name)
