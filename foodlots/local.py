"""Who counts as local: by the buyers' areas where they name some, else by road km."""

from foodlots.case import Case, Producer
from foodlots.geo import Roads
from foodlots.settings import Settings

EVERY_BUYER = "*"  # key of `local_areas` for areas that hold for all buyers
SLACK_KM = 1e-9  # km; a distance this near the limit is on it: floats only


def is_local(producer: Producer, buyers: tuple[str, ...], case: Case, settings: Settings, roads: Roads) -> bool:
    """Whether the producer is local to any of these buyers: as its table says, else by area, else by distance."""
    if producer.local is not None:
        return producer.local
    by_area = {buyer: local_areas(buyer, settings) for buyer in buyers}
    if any(producer.area_code in areas for areas in by_area.values() if areas):
        return True
    by_distance = [buyer for buyer, areas in by_area.items() if not areas]
    sites = [site.id for site in case.sites.values() if site.buyer in by_distance]
    return any(roads.km(producer.id, site) <= float(settings.case.local_km) + SLACK_KM for site in sites)


def local_areas(buyer: str, settings: Settings) -> tuple[str, ...]:
    """The area codes that the buyer calls local; none when it goes by distance."""
    areas = settings.case.local_areas
    return areas.get(buyer, areas.get(EVERY_BUYER, ()))
