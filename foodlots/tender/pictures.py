"""The maps of a tender: all kitchens, and those of one lot, with words for those who see no picture."""

from functools import cache

from foodlots.insight.whereabouts import Spot, ground
from foodlots.tender.brief import Tender
from foodlots.tender.sheets import LotSheet
from foodlots.tender.still_map import DEPOT, KITCHEN, OTHER, Frame, still_map


def overview_map(tender: Tender) -> tuple[bytes, str]:
    """All kitchens and the depots that work; the picture and its words."""
    kitchens = _kitchens(tender)
    spots = [(KITCHEN, site.place) for site in kitchens]
    spots += [(DEPOT, tender.case.depots[each.depot].place) for each in tender.rounds]
    words = f"Map of the {len(kitchens)} kitchens of this tender over the outlines of districts."
    return _picture(spots), words


def lot_map(sheet: LotSheet) -> tuple[bytes, str]:
    """The lot's kitchens among all others, and the depot it is brought to."""
    case = sheet.tender.case
    own = {site.id for site in sheet.sites}
    spots = [(KITCHEN if site.id in own else OTHER, site.place) for site in _kitchens(sheet.tender)]
    spots += [(DEPOT, case.depots[sheet.depot].place)] if sheet.depot else []
    names = ", ".join(site.name for site in sheet.sites[:5])
    more = f" and {len(sheet.sites) - 5} more" if len(sheet.sites) > 5 else ""
    number = f"{len(sheet.sites)} kitchens" if len(sheet.sites) != 1 else "1 kitchen"
    return _picture(spots), f"Map of the {number} of {sheet.lot.id} among all of this tender: {names}{more}."


def _kitchens(tender: Tender) -> list:
    found = {site for sites in tender.sites.values() for site in sites}
    return [tender.case.sites[site] for site in sorted(found)]


def _picture(spots) -> bytes:
    box, rings = _ground(tuple(sorted({place for _, place in spots}, key=lambda place: (place.lat, place.lon))))
    return still_map(Frame(*box), rings, [(mark, place.lat, place.lon) for mark, place in spots])


@cache
def _ground(places: tuple):
    return ground([Spot("", "", place) for place in places])
