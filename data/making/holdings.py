"""The producers of an example case and what they offer: all invented, drawn to a stated share of what is asked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from foodlots.case import Place
from foodlots.geo import great_circle_km
from making.drawing import between, dealt, hand, shuffled, whole_between
from making.tables import Locality, slug

ROAD_FACTOR = 1.4


@dataclass(frozen=True)
class Product:
    """A product with what the draws need: its seasons, how much of the demand is offered, and the gate prices.

    cover: the offered kg of a full month as a share of the largest month asked · gate: least and most gate price as a
    share of the benchmark · the other fields are the columns of the products table, as typed.
    """

    id: str
    name: str
    family: str
    category: str
    cpv: str
    benchmark: str
    kgco2e: str
    share: str
    drops: str
    accreditation: str
    seasons: tuple[str, ...]
    cover: float
    gate: tuple[float, float]


@dataclass(frozen=True)
class Holding:
    """A sort of producer: how many, on which land, selling how many of which products, how far and for how much.

    size: its weight beside others that sell the same product · dearer: its prices beside theirs · most_gbp: range of
    the largest contract a year · joins: the cooperatives it may sell through. Chances are between 0 and 1.
    """

    title: str
    kind: str
    count: int
    land: str
    products: tuple[str, ...]
    sells: tuple[int, int]
    reach_km: tuple[int, int]
    min_drop_gbp: tuple[int, int]
    most_gbp: tuple[int, int]
    size: float
    dearer: float
    accreditations: str
    chance_accredited: float
    joins: tuple[str, ...]
    chance_joins: float
    organic: float
    social: float
    small: str
    owner_group: str


@dataclass(frozen=True)
class Cooperative:
    """A cooperative or hub, which grows nothing itself and sells what its members grow."""

    name: str
    kind: str
    place: str
    reach_km: int
    min_drop_gbp: int
    most_gbp: int
    accreditations: tuple[str, ...]
    setup_gbp: int
    social: bool = True


@dataclass(frozen=True)
class Drawn:
    """A producer as drawn: its row, and the weight of each product it sells."""

    row: dict
    weights: Mapping[str, float] = field(default_factory=dict)
    dearer: float = 1.0


def cooperative_rows(cooperatives: Sequence[Cooperative], localities: Mapping[str, Locality]) -> list[Drawn]:
    """The cooperatives as producers without an offer of their own."""
    return [Drawn(_cooperative_row(cooperative, localities[cooperative.place])) for cooperative in cooperatives]


def _cooperative_row(cooperative: Cooperative, here: Locality) -> dict:
    return {
        "producer": slug(cooperative.name),
        "name": cooperative.name,
        "kind": cooperative.kind,
        "owner_group": "",
        "member_of": "",
        "lat": here.lat,
        "lon": here.lon,
        "reach_km": cooperative.reach_km,
        "min_drop_gbp": cooperative.min_drop_gbp,
        "max_contract_gbp": cooperative.most_gbp,
        "area_code": here.area_code,
        "setup_gbp": cooperative.setup_gbp,
        "accreditations": ";".join(cooperative.accreditations),
        "small": "yes",
        "social_enterprise": "yes" if cooperative.social else "no",
        "organic": "no",
    }


def draw_holdings(
    rng: Random,
    holdings: Sequence[Holding],
    localities: Sequence[Locality],
    names: Iterator[str],
    cooperatives: Mapping[str, dict],
) -> list[Drawn]:
    """Every producer of every sort, spread over the places whose land suits it."""
    return [drawn for holding in holdings for drawn in _draw_sort(rng, holding, localities, names, cooperatives)]


def _draw_sort(
    rng: Random,
    holding: Holding,
    localities: Sequence[Locality],
    names: Iterator[str],
    cooperatives: Mapping[str, dict],
) -> Iterator[Drawn]:
    places = dealt(rng, [here for here in localities if set(holding.land) & set(here.land)])
    packs = dealt(rng, holding.products)
    for _ in range(holding.count):
        sold = hand(packs, whole_between(rng, *holding.sells))
        row = _producer_row(rng, holding, next(places), f"{next(names)} {holding.title}", cooperatives)
        weights = {product: holding.size * between(rng, 0.6, 1.4) for product in sold}
        yield Drawn(row, weights, holding.dearer)


def _producer_row(rng: Random, holding: Holding, here: Locality, name: str, cooperatives: Mapping[str, dict]) -> dict:
    lat, lon = (f"{float(middle) + between(rng, -0.015, 0.015):.4f}" for middle in (here.lat, here.lon))
    reach_km = whole_between(rng, *holding.reach_km, 5)
    accredited = rng.random() < holding.chance_accredited
    return {
        "producer": slug(name),
        "name": name,
        "kind": holding.kind,
        "owner_group": holding.owner_group,
        "member_of": ";".join(_joined(rng, holding, Place(float(lat), float(lon)), reach_km, cooperatives)),
        "lat": lat,
        "lon": lon,
        "reach_km": reach_km,
        "min_drop_gbp": whole_between(rng, *holding.min_drop_gbp, 5),
        "max_contract_gbp": whole_between(rng, *holding.most_gbp, 5000),
        "area_code": here.area_code,
        "setup_gbp": "",
        "accreditations": holding.accreditations if accredited else "",
        "small": holding.small,
        "social_enterprise": "yes" if rng.random() < holding.social else "no",
        "organic": "yes" if rng.random() < holding.organic else "no",
    }


def _joined(rng: Random, holding: Holding, here: Place, reach_km: int, cooperatives: Mapping[str, dict]) -> list[str]:
    """The nearest cooperative of those open to it, when it joins one and can drive there."""
    if rng.random() >= holding.chance_joins:
        return []
    way = [(_road_km(here, cooperatives[name]), name) for name in holding.joins]
    return [name for km, name in sorted(way)[:1] if km <= reach_km]


def _road_km(here: Place, cooperative: dict) -> float:
    return ROAD_FACTOR * great_circle_km(here, Place(float(cooperative["lat"]), float(cooperative["lon"])))


def offers_of(
    rng: Random, drawn: Sequence[Drawn], products: Sequence[Product], asked_kg: Mapping[str, float]
) -> list[list]:
    """The offers: of each product, the kg of a full month add up to its cover of the largest month asked."""
    rows = []
    for product in products:
        sellers = [one for one in drawn if product.id in one.weights]
        whole = sum(one.weights[product.id] for one in sellers)
        seasons = dealt(rng, product.seasons)
        for one in shuffled(rng, sellers):
            kg = product.cover * asked_kg[product.id] * one.weights[product.id] / whole
            gate = between(rng, *product.gate) * one.dearer * float(product.benchmark)
            rows.append([one.row["producer"], product.id, next(seasons), _round_kg(kg), f"{gate:.2f}"])
    return sorted(rows, key=lambda row: row[:2])


def _round_kg(kg: float) -> int:
    """Kilos as a farmer would say them: to the nearest 5 below 200, the nearest 10 below 1,000, else the nearest 50."""
    step = 5 if kg < 200 else 10 if kg < 1000 else 50
    return max(step, step * round(kg / step))
