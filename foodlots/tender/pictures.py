"""Maps as still pictures, drawn offline: where the lots' kitchens are, over the outlines of districts."""

from foodlots.charts import lots_map
from foodlots.insight.whereabouts import Spot, ground
from foodlots.tender.brief import Tender
from foodlots.tender.sheets import LotSheet
from foodlots.tender.text import plain

SCALE = 1.6  # pixels for each unit of the drawing: sharp in print at 12 cm


def overview_map(tender: Tender) -> tuple[bytes, str]:
    """All kitchens and the depots that work; the picture and its words."""
    used = {each.depot for each in tender.rounds}
    spots = [Spot("Kitchen", site.name, site.place) for site in _kitchens(tender)]
    spots += [Spot("Depot", tender.case.depots[depot].name, tender.case.depots[depot].place) for depot in sorted(used)]
    words = f"Map of the {len(spots) - len(used)} kitchens of this tender over the outlines of districts."
    return _picture(spots, words), words


def lot_map(sheet: LotSheet) -> tuple[bytes, str]:
    """The lot's kitchens among all others, and the depot it is brought to."""
    case = sheet.tender.case
    own = {site.id for site in sheet.sites}
    spots = [Spot("Other kitchen", site.name, site.place) for site in _kitchens(sheet.tender) if site.id not in own]
    spots += [Spot("Kitchen", site.name, site.place) for site in sheet.sites]
    spots += [Spot("Depot", case.depots[sheet.depot].name, case.depots[sheet.depot].place)] if sheet.depot else []
    names = ", ".join(site.name for site in sheet.sites[:5])
    more = f" and {len(sheet.sites) - 5} more" if len(sheet.sites) > 5 else ""
    words = f"Map of the {len(sheet.sites)} kitchens of {sheet.lot.id} among all of this tender: {names}{more}."
    return _picture(spots, words), plain(words)


def _kitchens(tender: Tender) -> list:
    found = {site for sites in tender.sites.values() for site in sites}
    return [tender.case.sites[site] for site in sorted(found)]


def _picture(spots: list[Spot], words: str) -> bytes:
    import vl_convert

    box, rings = ground(spots)
    chart = lots_map(spots, box, rings, plain(words))
    return vl_convert.vegalite_to_png(chart.to_dict(), scale=SCALE)
