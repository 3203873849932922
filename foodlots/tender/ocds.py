"""The tender as open data: an OCDS 1.1 release package with lots, items and parties. To be published.

It follows OCDS 1.1.5 with the lots and UK extensions; no conformance to Find a Tender's own profile is claimed.
"""

import json
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from foodlots.plan_cells import write_months
from foodlots.tender.brief import Tender, pence
from foodlots.tender.law.conduct import limits_in_words, mechanism
from foodlots.tender.law.worth import PUBLIC, aggregate_gbp, buyers_of, regime_of
from foodlots.tender.sheets import LotSheet, lot_sheets
from foodlots.tender.text import plain

VERSION = "1.1"
EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_lots_extension/master/extension.json",
    "https://raw.githubusercontent.com/cabinetoffice/ocds_uk_extension/master/extension.json",
)
UNREGISTERED = "ocds-000000"  # stands for the buyer's own registered prefix


def release_package(tender: Tender) -> bytes:
    """The package as JSON text: amounts exactly as the plan has them."""
    package = {
        "uri": f"urn:sha256:{tender.fingerprint}",
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": at(tender.terms.publish),
        "publisher": {"name": plain(buyers_of(tender)[0].name)},
        "releases": [_release(tender)],
    }
    return (json.dumps(package, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _release(tender: Tender) -> dict:
    ocid = f"{UNREGISTERED}-{tender.fingerprint[:16]}"
    first = buyers_of(tender)[0]
    return {
        "ocid": ocid,
        "id": f"{ocid}-1",
        "date": at(tender.terms.publish),
        "tag": ["tender"],
        "language": "en",
        "initiationType": "tender",
        "parties": list(_parties(tender)),
        "buyer": {"id": first.id, "name": plain(first.name)},
        "planning": {
            "rationale": "Lots by product, area and season, so that suppliers of the region can bid "
            "for what they have.",
            "budget": {"amount": _value(tender, tender.annual_gbp)},
        },
        "tender": _tender(tender),
    }


def _parties(tender: Tender) -> Iterator[dict]:
    for number, buyer in enumerate(buyers_of(tender)):
        roles = ["buyer", "procuringEntity"] if not number else ["buyer"]
        yield {"id": buyer.id, "name": plain(buyer.name), "roles": roles,
               "address": {"countryName": "United Kingdom", **({"region": buyer.area_code} if buyer.area_code else {})},
               **({"contactPoint": {"name": plain(tender.terms.contact)}} if tender.terms.contact else {})}  # fmt: skip


def _tender(tender: Tender) -> dict:
    terms, first = tender.terms, buyers_of(tender)[0]
    above = any(regime_of(tender, buyer, aggregate_gbp(tender, buyer)) == PUBLIC for buyer in buyers_of(tender))
    limits = " ".join(filter(None, (limits_in_words(tender), mechanism(tender))))
    illustrative = "ILLUSTRATIVE, not a real tender. " if tender.settings.case.illustrative else ""
    return {
        "id": plain(terms.reference) or tender.fingerprint[:16],
        "title": f"Food for {plain(tender.settings.case.name)}",
        "description": f"{illustrative}Food in {len(tender.plan.lots)} lots; bids for one lot, several or all.",
        "status": "active",
        "procuringEntity": {"id": first.id, "name": plain(first.name)},
        "value": _value(tender, tender.annual_gbp),
        "procurementMethod": "open",
        "mainProcurementCategory": "goods",
        "aboveThreshold": above,
        "awardCriteria": "ratedCriteria" if terms.quality_weight else "priceOnly",
        "awardCriteriaDetails": limits,
        "submissionMethod": ["electronicSubmission"],
        **({"submissionMethodDetails": plain(terms.how_to_bid)} if terms.how_to_bid else {}),
        "tenderPeriod": {"startDate": at(terms.publish), "endDate": at(terms.deadline)},
        "contractPeriod": _period(tender),
        "items": list(_items(tender)),
        "lots": [*(_lot(sheet) for sheet in lot_sheets(tender)), *_distribution(tender)],
        "lotDetails": _lot_details(tender, limits),
        "lotGroups": [_group(tender)],
    }


def _lot_details(tender: Tender, limits: str) -> dict:
    bid, awarded = tender.terms.max_lots_bid, tender.terms.max_lots_awarded
    details = {"awardCriteriaDetails": limits}
    details |= {"maximumLotsBidPerSupplier": bid} if bid is not None else {}
    return details | ({"maximumLotsAwardedPerSupplier": awarded} if awarded is not None else {})


def _group(tender: Tender) -> dict:
    """All lots together: one supplier may win several, up to the share an owner may have."""
    share = tender.terms.max_share_per_owner
    limit = {} if share is None else {"maximumValue": _value(tender, tender.annual_gbp * share)}
    return {"id": "all", "title": "All lots", "relatedLots": [lot.id for lot in tender.plan.lots],
            "optionToCombine": True, **limit}  # fmt: skip


def _lot(sheet: LotSheet) -> dict:
    products = ", ".join(product.name for product in sheet.products)
    months = f"Months: {sheet.months_in_words} ({write_months(sheet.months)})."
    return {
        "id": sheet.lot.id,
        "title": plain(sheet.lot.name),
        "description": plain(f"{products}. {months} {sheet.brought}"),
        "status": "active",
        "value": _value(sheet.tender, sheet.lot.value_gbp),
        "contractPeriod": _period(sheet.tender),
    }


def _distribution(tender: Tender) -> Iterator[dict]:
    for each in tender.rounds:
        name = plain(tender.case.depots[each.depot].name)
        yield {"id": f"D_{each.depot}", "title": f"Distribution from {name}", "status": "active",
               "description": f"Rounds from {name} to the kitchens of supply-only lots.",
               "value": _value(tender, each.value_gbp), "contractPeriod": _period(tender)}  # fmt: skip


def _items(tender: Tender) -> Iterator[dict]:
    kitchens: dict[tuple[str, str], set[str]] = {}
    for cell in tender.plan.cells:
        kitchens.setdefault((cell.lot, cell.product), set()).add(cell.site)
    for sheet in lot_sheets(tender):
        for product in sheet.products:
            sites = sorted(kitchens.get((sheet.lot.id, product.id), ()))
            yield {
                "id": f"{sheet.lot.id}-{product.id}",
                "description": plain(product.name),
                **({"classification": {"scheme": "CPV", "id": product.cpv}} if product.cpv else {}),
                "quantity": float(sum(sheet.kilos[product.id].values())),
                "unit": {"scheme": "UNCEFACT", "id": "KGM", "name": "kilogram"},
                "deliveryAddresses": [_address(sheet, site) for site in sites],
                "relatedLot": sheet.lot.id,
            }


def _address(sheet: LotSheet, site: str) -> dict:
    kitchen = sheet.tender.case.sites[site]
    region = kitchen.area_code or sheet.tender.case.buyers[kitchen.buyer].area_code
    return {"streetAddress": plain(kitchen.name), **({"region": region} if region else {}),
            **({"postalCode": kitchen.place.postcode} if kitchen.place.postcode else {}),
            "countryName": "United Kingdom"}  # fmt: skip


def _value(tender: Tender, annual_gbp: Decimal) -> dict:
    """What is worth so much a year, over the longest term at today's open-market prices, without and with VAT."""
    net = pence(annual_gbp * tender.terms.longest_years)
    gross = pence(net * (1 + tender.terms.vat))
    return {"amount": float(net), "amountNet": float(net), "amountGross": float(gross), "currency": "GBP"}


def _period(tender: Tender) -> dict:
    start = tender.terms.start
    return {"startDate": at(start), "endDate": at(_after(start, tender.terms.years)),
            "maxExtentDate": at(_after(start, tender.terms.longest_years))}  # fmt: skip


def _after(start: date, years: Decimal) -> date:
    """The last day of so many years that begin on a day."""
    months = start.month - 1 + round(years * 12)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1])) - timedelta(days=1)


def at(day: date) -> str:
    """A day as OCDS writes it, with its zone."""
    return f"{day.isoformat()}T00:00:00Z"
