"""Who counts as local: by the buyers' areas where they name some, else by road km."""

from collections.abc import Iterable
from math import inf

from foodlots.case import Case, Producer
from foodlots.geo import Roads
from foodlots.settings import Settings

EVERY_BUYER = "*"  # key of `local_areas` for areas that hold for all buyers
SLACK_KM = 1e-9  # km; a distance this near the limit is on it: floats only


def is_local(producer: Producer, buyers: tuple[str, ...], case: Case, settings: Settings, roads: Roads) -> bool:
    """Whether the producer is local to any of these buyers: as its table says, else by area, else by distance."""
    return locals_to([producer], buyers, case, settings, roads)[producer.id]


def locals_to(
    producers: Iterable[Producer], buyers: tuple[str, ...], case: Case, settings: Settings, roads: Roads
) -> dict[str, bool]:
    """Whether each of these producers is local to any of these buyers."""
    lists = {buyer: local_areas(buyer, settings) for buyer in buyers}
    listed = {area for areas in lists.values() for area in areas}
    by_distance = {buyer for buyer, areas in lists.items() if not areas}
    found, unsaid = {}, []
    for producer in producers:
        if producer.local is not None or producer.area_code in listed:
            found[producer.id] = True if producer.local is None else producer.local
        else:
            unsaid.append(producer.id)
    sites = [site.id for site in case.sites.values() if site.buyer in by_distance] if unsaid else []
    nearest = roads.matrix(unsaid, sites).min(axis=1, initial=inf)
    return found | dict(zip(unsaid, (nearest <= float(settings.case.local_km) + SLACK_KM).tolist(), strict=True))


def local_areas(buyer: str, settings: Settings) -> tuple[str, ...]:
    """The area codes that the buyer calls local; none when it goes by distance."""
    areas = settings.case.local_areas
    return areas.get(buyer, areas.get(EVERY_BUYER, ()))
