"""The food hygiene register (FHRS, as XML or CSV) → farms, growers, makers and distributors."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from foodlots.files.kinds import kind_of
from foodlots.public.amounts import name
from foodlots.public.areas import district_named
from foodlots.public.downloads import DAMAGE, Download, cut_off, refuse, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.placing import place_cells
from foodlots.public.rows import Record, read_records
from foodlots.values.texts import as_id

SOURCE = "Food Standards Agency, Food Hygiene Rating Scheme, Open Government Licence v3.0"
KINDS = {"farmers/growers": "farm", "manufacturers/packers": "processor", "distributors/transporters": "wholesaler"}
REACH_KM = {"farm": "40", "processor": "60", "wholesaler": "80"}  # assumed
FIELDS = {"FHRSID": "number", "BusinessName": "name", "BusinessType": "type", "PostCode": "postcode",
          "LocalAuthorityName": "authority", "RatingValue": "rating"}  # fmt: skip


def read_hygiene(files: Sequence[Download], wish: Wish) -> Imported:
    """The businesses of the area that grow, make or distribute food; shops and restaurants are only counted."""
    odd = Oddities(files[0].name)
    found: dict[str, tuple[int, Record]] = {}
    others = 0
    for file in unwrap_all(files):
        for number, row in _rows(file, odd):
            if row.get("type", "").lower() not in KINDS:
                others += 1
            else:
                _gather(found, number, row, odd)
    producers = [cells for key, one in sorted(found.items()) if (cells := _producer(key, *one, wish, odd))]
    where = f" in {wish.scope}" if wish.scope else ""
    told = (
        f"{files[0].name}: {len(found) + others:,} businesses, {len(found):,} of which grow, make or distribute food.",
        f"{len(producers):,} producers{where}; the register says nothing of products, kilos, prices or reach.",
    )
    return Imported({"producers": tuple(producers)}, told, tuple(odd.notes()), STANDINGS)


def _rows(file: Download, odd: Oddities) -> Iterator[tuple[int, Record]]:
    if kind_of(file.start()) == "an XML file":
        yield from _xml_rows(file)
        return
    records = read_records(file, "hygiene")
    yield from records.rows
    odd.read_notes += records.notes


def _xml_rows(file: Download) -> Iterator[tuple[int, Record]]:
    """Every business of an XML file as our columns; its own count of items must be met."""
    expected = seen = 0
    try:
        with file.open() as stream:
            for _, element in iterparse(stream, forbid_dtd=True):
                if element.tag == "ItemCount":
                    expected = int(element.text or 0)
                elif element.tag == "EstablishmentDetail":
                    seen += 1
                    yield seen, _business(element)
                    element.clear()
    except (ParseError, DefusedXmlException, ValueError, *DAMAGE) as trouble:
        if isinstance(trouble, DefusedXmlException):
            raise refuse(file.name, f"{file.name} holds definitions the register does not need",
                         "download it again from the FSA") from None  # fmt: skip
        raise cut_off(file.name, f"{file.name} breaks off or is damaged after business {seen:,}", seen) from None
    if not seen:
        raise refuse(file.name, f"{file.name} is an XML file, but not the food hygiene register",
                     "expected EstablishmentDetail entries, as ratings.food.gov.uk publishes them")  # fmt: skip
    if expected and expected != seen:
        raise cut_off(file.name, f"{file.name} announces {expected:,} businesses and holds {seen:,}")


def _business(element: Element) -> Record:
    row = {ours: (element.findtext(theirs) or "").strip() for theirs, ours in FIELDS.items()}
    row |= {"lat": (element.findtext("Geocode/Latitude") or "").strip()}
    return row | {"lon": (element.findtext("Geocode/Longitude") or "").strip()}


def _gather(found: dict[str, tuple[int, Record]], number: int, row: Record, odd: Oddities) -> None:
    key = as_id(f"fhrs_{row['number']}").lower()
    if not row["number"].isdecimal() or not name(row["name"]):
        odd.add("no number or name, left out", number, name(row["name"]))
    elif key in found:
        odd.add("the same business again; the first was used", number, row["number"])
    else:
        found[key] = number, row


def _producer(key: str, number: int, row: Record, wish: Wish, odd: Oddities) -> dict[str, str]:
    district = district_named(row["authority"])
    if wish.area is not None and district not in wish.codes:
        return {}
    label, kind = name(row["name"]), KINDS[row["type"].lower()]
    place = place_cells({**row, "area": district}, number, label, odd)
    if not place:
        return {}
    rating = row.get("rating", "")
    held = f"food_hygiene_{rating}" if rating in ("3", "4", "5") else ""
    cells = {"producer": key, "name": label, "kind": kind, **place, "reach_km": REACH_KM[kind], "accreditations": held}
    return cells if wish.is_near(cells) else {}


STANDINGS = (
    Standing("producers", "fhrs_*", "*", "measured", SOURCE),
    Standing("producers", "fhrs_*", "reach_km", "assumed", "40, 60 or 80 km by kind, until the firm says otherwise"),
    Standing("producers", "fhrs_*", "small", "assumed", "the register does not say how large a firm is"),
)
