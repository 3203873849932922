"""Producers and capacities that nobody has stated yet: drawn by a seed, named as assumed, scaled to what is asked."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from foodlots.places import outlines
from foodlots.public.amounts import written
from foodlots.public.areas import GREAT_BRITAIN, districts
from foodlots.public.asked import KITCHENS_A_GROWER, LEAST_GROWERS, MOST_GROWERS, ONE_IN, Order
from foodlots.public.catalogue import Entry

COVER = 0.7  # of what is asked in a month, all that is assumed together can supply
GATE = (0.68, 0.95)  # gate price as a share of the open-market price, between these
FAMILIES_EACH = (1, 3)  # families of products one grower grows
PRODUCTS_EACH = 5
BAKERS = 5  # one assumed producer in so many is a bakery, where bread is bought
MOST_OFFERS_EACH = 6

Offer = dict[str, str]


class Grower(NamedTuple):
    """An assumed producer's row and the products it has."""

    cells: dict[str, str]
    entries: tuple[Entry, ...]


def establishment_offers(makers: Sequence[str], order: Order, asked: Mapping[str, float]) -> list[Offer]:
    """What one in three of the establishments would offer: its products, kilos a month and gate prices, all assumed."""
    draw = random.Random(f"establishments {order.seed}")
    willing = [key for key in sorted(makers) if draw.randrange(ONE_IN) == 0]
    makes = {key: _made_of(order.made.get(key, ()), order.products, draw) for key in willing}
    return _offers(makes, order, asked, draw)


def _made_of(made: Sequence[str], products: Sequence[Entry], draw: random.Random) -> tuple[Entry, ...]:
    fitting = [entry for entry in products if set(entry.makes) & set(made)]
    return tuple(sorted(draw.sample(fitting, min(len(fitting), MOST_OFFERS_EACH)), key=lambda entry: entry.product))


def growers(order: Order, kitchens: int) -> list[Grower]:
    """Growers and bakers in and around the area, as many as asked for or as fit the kitchens."""
    draw = random.Random(f"growers {order.seed}")
    many = order.growers if order.growers is not None else min(max(kitchens // KITCHENS_A_GROWER, LEAST_GROWERS),
                                                               MOST_GROWERS)  # fmt: skip
    grown = [entry for entry in order.products if not entry.makes and entry.season]
    baked = [entry for entry in order.products if "bakery" in entry.makes]
    spots = _spots(order, draw)
    found = []
    for number in range(1, many + 1) if grown or baked else ():
        bakes = bool(baked) and (not grown or number % BAKERS == 0)
        entries = tuple(baked) if bakes else _grown(grown, draw)
        found.append(Grower(_cells(number, bakes, next(spots), draw), entries))
    return found


def grower_offers(found: Sequence[Grower], order: Order, asked: Mapping[str, float]) -> list[Offer]:
    """What the assumed growers offer in season."""
    draw = random.Random(f"offers {order.seed}")
    return _offers({one.cells["producer"]: one.entries for one in found}, order, asked, draw)


def _grown(entries: Sequence[Entry], draw: random.Random) -> tuple[Entry, ...]:
    families = sorted({entry.family for entry in entries})
    chosen = draw.sample(families, min(len(families), draw.randint(*FAMILIES_EACH)))
    fitting = [entry for entry in entries if entry.family in chosen]
    weights = {entry.product: draw.random() ** (1 / entry.weight) for entry in fitting}
    return tuple(sorted(fitting, key=lambda entry: -weights[entry.product])[:PRODUCTS_EACH])


def _cells(number: int, bakes: bool, spot: tuple[str, float, float], draw: random.Random) -> dict[str, str]:
    district, lat, lon = spot
    what = "bakery" if bakes else "grower"
    return {
        "producer": f"assumed_{what}_{number}", "name": f"Assumed {what} {number} ({districts()[district]})",
        "kind": "processor" if bakes else "farm", "lat": f"{lat:.4f}", "lon": f"{lon:.4f}",
        "reach_km": str(draw.choice((40, 50, 60, 80))), "min_drop_gbp": str(draw.choice((15, 20, 25, 30))),
        "area_code": district, "accreditations": "salsa_or_equivalent" if bakes or draw.random() < 0.5 else "",
        "small": "yes",
    }  # fmt: skip


def _spots(order: Order, draw: random.Random) -> Iterator[tuple[str, float, float]]:
    """Spots inside the area's districts and those around it, one district after another."""
    codes = sorted(order.area.codes | order.area.bordering) if order.area else []
    shapes = {one["properties"]["code"]: one["geometry"]["coordinates"] for one in outlines(GREAT_BRITAIN)["features"]}
    inside = sorted(order.area.codes) if order.area else []
    while codes:
        code = draw.choice(inside if draw.random() < 0.7 else codes)
        ring = max((polygon[0] for polygon in shapes[code]), key=len)
        spot = _spot_in(ring, draw)
        if spot:
            yield code, *spot


def _spot_in(ring: Sequence[Sequence[float]], draw: random.Random) -> tuple[float, float] | None:
    lons, lats = [point[0] for point in ring], [point[1] for point in ring]
    lon, lat = draw.uniform(min(lons), max(lons)), draw.uniform(min(lats), max(lats))
    return (lat, lon) if inside_ring(lon, lat, ring) else None


def inside_ring(lon: float, lat: float, ring: Sequence[Sequence[float]]) -> bool:
    """Whether a point lies inside a closed ring: a line to the east crosses its edges an odd number of times."""
    inside = False
    for (lon_1, lat_1), (lon_2, lat_2) in pairwise(ring):
        if (lat_1 > lat) != (lat_2 > lat) and lon < (lon_2 - lon_1) * (lat - lat_1) / (lat_2 - lat_1) + lon_1:
            inside = not inside
    return inside


def _offers(has: Mapping[str, Sequence[Entry]], order: Order, asked: Mapping[str, float], draw) -> list[Offer]:
    """An offer a producer and product; a product's offers add up to its cover of a month's asked kilos."""
    sizes = {(key, entry.product): draw.uniform(0.4, 1.6) for key, entries in sorted(has.items()) for entry in entries}
    totals: dict[str, float] = {}
    for (_, product), size in sizes.items():
        totals[product] = totals.get(product, 0.0) + size
    offers = []
    for key, entries in sorted(has.items()):
        for entry in entries:
            share = sizes[key, entry.product] / totals[entry.product]
            kg = COVER * asked.get(entry.product, 0.0) * share
            price = order.price(entry) * draw.uniform(*GATE)
            if kg >= 1:
                offers.append({
                    "producer": key, "product": entry.product, "months": entry.season,
                    "kg_per_month": written(kg, 0), "price_gbp_per_kg": written(price),
                })  # fmt: skip
    return offers
