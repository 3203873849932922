"""The directory of local suppliers: who has what, in which months, how far away and with which accreditation.

Prices are not in it: they are for the buyer and the producer alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from foodlots.calendar import say_months
from foodlots.case import Case, Offer, Place, Producer
from foodlots.errors import DataError, Fault
from foodlots.geo import Roads
from foodlots.insight.grounds import ASSUMED, standing_of
from foodlots.postcodes import UnknownPostcode, find_postcode
from foodlots.settings import Settings
from foodlots.values.texts import did_you_mean, shown

HEADINGS = ("Producer", "Kind", "Products and months", "Road km", "Delivers, km", "Holds", "Organic", "Stands near",
            "How well known")  # fmt: skip
HERE = "*"  # no id of a producer holds it


@dataclass(frozen=True)
class Search:
    """What is looked for; empty or None for anything. near: a place km are counted from, else the nearest kitchen."""

    product: str = ""
    month: int | None = None
    within_km: float | None = None
    near: Place | None = None
    accreditation: str = ""
    words: str = ""
    silent: bool = True


@dataclass(frozen=True)
class Listing:
    """One supplier in the directory; `offers` are those that were looked for, all when none was."""

    producer: Producer
    offers: tuple[Offer, ...]
    km: float
    assumed: bool


def listings(case: Case, settings: Settings, search: Search) -> tuple[Listing, ...]:
    """The producers that fit a search, the nearest first. Raises DataError for a product nobody knows."""
    if search.product and search.product not in case.products:
        names = [word for each in case.products.values() for word in (each.id, each.name)]
        problem = f"{shown(search.product)!r} is no product of the case"
        mend = did_you_mean(search.product, names, "name one of its products")
        raise DataError([Fault("products", 0, "", shown(search.product), problem, mend)])
    offers: dict[str, list[Offer]] = {}
    for offer in case.offers:
        offers.setdefault(offer.producer, []).append(offer)
    kilometres = _road_km(case, settings, search.near)
    found = (_listing(case, each, offers.get(key, []), kilometres[key], search) for key, each in case.producers.items())
    return tuple(sorted((one for one in found if one), key=lambda one: (one.km, one.producer.name, one.producer.id)))


def _road_km(case: Case, settings: Settings, near: Place | None) -> dict[str, float]:
    """The road km of each producer to a place, else to the nearest kitchen."""
    producers = tuple(case.producers)
    if near is None:
        km = Roads.of(case, settings.costs.road_factor).matrix(producers, tuple(case.sites))
    else:
        places = {key: each.place for key, each in case.producers.items()} | {HERE: near}
        km = Roads(places, settings.costs.road_factor).matrix(producers, (HERE,))
    return dict(zip(producers, km.min(axis=1).tolist(), strict=True))


def place_of(postcode: str) -> Place:
    """The place of a postcode; raises DataError when it is not known."""
    try:
        found = find_postcode(postcode)
    except UnknownPostcode as trouble:
        raise DataError([Fault("near", 0, "", shown(postcode), trouble.problem, trouble.mend)]) from None
    return Place(found.lat, found.lon, found.error_km, found.postcode)


def product_named(case: Case, words: str) -> str:
    """The id of the product with that id or name; the words themselves when there is none."""
    plain = words.strip().casefold()
    found = (each.id for each in case.products.values() if plain in (each.id.casefold(), each.name.casefold()))
    return next(found, words)


def _listing(case: Case, producer: Producer, own: list[Offer], km: float, search: Search) -> Listing | None:
    fitting = tuple(offer for offer in own if _fits(offer, search))
    if (search.product or search.month) and not fitting:
        return None
    if not search.silent and not own:
        return None
    if search.accreditation and search.accreditation not in producer.accreditations:
        return None
    if search.words and search.words.casefold() not in producer.name.casefold():
        return None
    if search.within_km is not None and km > search.within_km:
        return None
    said = standing_of(case.provenance, "producers", producer.id, "name")
    return Listing(producer, fitting, km, said is not None and said.standing == ASSUMED)


def _fits(offer: Offer, search: Search) -> bool:
    return (not search.product or offer.product == search.product) and (
        search.month is None or search.month in offer.months
    )


def directory_rows(case: Case, found: Iterable[Listing]) -> list[tuple[str, ...]]:
    """The directory as a table, one supplier a row, no price in it."""
    return [
        (one.producer.name, one.producer.kind, _products(case, one), f"{one.km:.1f}", f"{one.producer.reach_km:f}",
         ", ".join(sorted(one.producer.accreditations)), "yes" if one.producer.organic else "no",
         one.producer.place.postcode or one.producer.area_code, "assumed" if one.assumed else "as its source says")
        for one in found
    ]  # fmt: skip


def _products(case: Case, one: Listing) -> str:
    return "; ".join(f"{case.products[offer.product].name} ({say_months(offer.months)})" for offer in one.offers)
