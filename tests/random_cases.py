"""Small random cases, each from its seed, that between them meet everything a case and its settings can say.

`draw_sample(seed)` is a case of 1-5 kitchens, 1-3 products and 1-5 producers; `ELEMENTS` names what may be in it;
`write_case` puts it on disk as a user would. Amounts are drawn so that awarding, sharing, depots and the open
market are all near in cost, and the buyer's limits bind about as often as not.
"""

import csv
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path

from foodlots.case import MONTHS, Buyer, Case, Depot, Offer, Place, Producer, Product, Site
from foodlots.settings import (
    AimSettings,
    AwardSettings,
    CaseSettings,
    CostSettings,
    EffortSettings,
    FloorSettings,
    LotSettings,
    Settings,
)

D = Decimal
AREAS = ("E07000119", "E07000123")
LABELS = ("salsa", "haccp")
SHELVES = (("roots", "vegetables"), ("leaves", "vegetables"), ("milk", "dairy"))
MOST_CELLS = 6  # small areas × products × seasons: what the oracle can cut in every way
MOST_WAYS = 300  # ways to share a lot × pieces: what it can award in every way


@dataclass(frozen=True)
class Sample:
    """A case, its settings and the seed both came from."""

    seed: int
    case: Case
    settings: Settings


class Dice:
    """Chances and amounts from one seed."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def chance(self, often: float) -> bool:
        return self.random.random() < often

    def pick(self, *options):
        return self.random.choice(options)

    def seldom(self, often: float, value, otherwise=None):
        """The value so often, else the other."""
        return value if self.chance(often) else otherwise

    def some(self, options: Iterable, often: float) -> tuple:
        return tuple(option for option in options if self.chance(often))

    def amount(self, least: float, most: float, places: int = 2) -> Decimal:
        """A number between the two, with so many decimals."""
        return round(D(str(self.random.uniform(least, most))), places)

    def place(self) -> Place:
        return Place(float(self.amount(53.74, 53.86, 4)), float(self.amount(-2.74, -2.54, 4)))


def draw_sample(seed: int) -> Sample:
    """The case of this seed, always the same."""
    dice = Dice(seed)
    case = _with_demand(dice, _draw_bare_case(dice))
    seasons = _draw_seasons(dice)
    areas = min(dice.pick(1, 1, 2, 2, 3), len(case.sites))
    while areas > 1 and _cells(case, areas, seasons) > MOST_CELLS:
        areas -= 1
    seasons = seasons if _cells(case, areas, seasons) <= MOST_CELLS else (MONTHS,)
    settings = _draw_settings(dice, case, seasons, areas)
    case = replace(case, offers=_draw_offers(dice, case, settings))
    if dice.chance(0.15):
        case = replace(case, lots=_draw_hand_drawn(dice, case, settings.case.pool_buyers))
        pairs = [(lot, bidder) for lot in case.lots for bidder in case.producers]
        held = {pair: dice.pick("award", "never") for pair in dice.some(pairs, 0.15)}
        case = replace(case, held=held if dice.chance(0.7) else {})
    return Sample(seed, case, settings)


def _draw_bare_case(dice: Dice) -> Case:
    """Who and where, without budgets, demand and offers."""
    buyers = by_id(
        Buyer(f"b{n}", f"Buyer {n}", dice.pick("council", "nhs_trust"), dice.pick("", *AREAS))
        for n in range(1, dice.pick(1, 1, 2) + 1)
    )
    sites = by_id(_draw_site(dice, n, dice.pick(*buyers)) for n in range(1, dice.pick(1, 2, 3, 3, 4, 5) + 1))
    buyers = {buyer: buyers[buyer] for buyer in sorted({site.buyer for site in sites.values()})}
    products = by_id(_draw_product(dice, n) for n in range(1, dice.pick(1, 2, 2, 3) + 1))
    products = _with_shares(dice, products)
    producers = by_id(_draw_producer(dice, n) for n in range(1, dice.pick(1, 2, 3, 3, 4, 4, 5) + 1))
    depots = by_id(
        Depot(f"d{n}", f"Depot {n}", dice.place(), dice.amount(0, 0.1), dice.pick(D(0), dice.amount(0, 200)))
        for n in range(1, dice.pick(0, 0, 0, 1, 1, 2) + 1)
    )
    case = Case(buyers, sites, products, _with_members(dice, producers), (), depots=depots)
    return replace(case, distances=_draw_distances(dice, case))


def _draw_site(dice: Dice, number: int, buyer: str) -> Site:
    school = dice.chance(0.7)
    meals = D(0) if number > 1 and dice.chance(0.06) else dice.amount(100, 900, 0)
    return Site(
        f"s{number}", buyer, f"Site {number}", "school" if school else "care_home", dice.place(), meals, school,
        D(dice.pick(1, 2, 3, 5)), "",
    )  # fmt: skip


def _draw_product(dice: Dice, number: int) -> Product:
    family, category = dice.pick(*SHELVES)
    needs = frozenset(dice.some(LABELS, 0.1))
    return Product(
        f"k{number}", f"Product {number}", family, category, dice.pick("", "03221112", "15511000"),
        dice.amount(0.5, 3), dice.amount(0, 3, 1), D(1), D(dice.pick("0.5", 1, 1, 2, 3)), needs,
    )  # fmt: skip


def _with_shares(dice: Dice, products: Mapping[str, Product]) -> dict[str, Product]:
    """The products with shares that make up 1 in each category."""
    shares, left = {}, {}
    for key in sorted(products, reverse=True):
        category = products[key].category
        others = sum(products[other].category == category for other in products if other < key)
        part = dice.amount(0.2, 0.5) if others else left.get(category, D(1))
        shares[key], left[category] = part, left.get(category, D(1)) - part
    return {key: replace(product, budget_share=shares[key]) for key, product in products.items()}


def _draw_producer(dice: Dice, number: int) -> Producer:
    return Producer(
        id=f"p{number}", name=f"Producer {number}", kind="farm", owner_group=f"p{number}", member_of=(),
        place=dice.place(), reach_km=D(dice.pick(15, 25, 35, 45, 60)),
        min_drop_gbp=dice.amount(5, 60) if dice.chance(0.25) else D(0),
        max_contract_gbp=dice.amount(1500, 9000, 0) if dice.chance(0.2) else None,
        area_code=dice.pick("", *AREAS), setup_gbp=dice.amount(0, 250) if dice.chance(0.3) else None,
        accreditations=frozenset(dice.some(LABELS, 0.75)), small=dice.chance(0.6), social_enterprise=False,
        organic=dice.chance(0.4), local=dice.pick(True, False) if dice.chance(0.3) else None,
    )  # fmt: skip


def _with_members(dice: Dice, producers: Mapping[str, Producer]) -> dict[str, Producer]:
    """The producers, perhaps one of them a cooperative that others belong to, perhaps some under one owner."""
    result = dict(producers)
    if len(result) > 1 and dice.chance(0.4):
        club = dice.pick(*result)
        result[club] = replace(result[club], kind=dice.pick("cooperative", "hub"))
        for key in dice.some([key for key in result if key != club], 0.6):
            result[key] = replace(result[key], member_of=(club,))
    if len(result) > 2 and dice.chance(0.35):
        for key in dice.some(result, 0.6):
            result[key] = replace(result[key], owner_group="family")
    return result


def _draw_distances(dice: Dice, case: Case) -> dict[tuple[str, str], Decimal]:
    if not dice.chance(0.3):
        return {}
    ends = [*case.producers, *case.depots]
    pairs = [(end, site) for end in ends for site in case.sites]
    pairs += [(a, b) for a in case.sites for b in case.sites if a < b]
    pairs += [(key, club) for key, producer in case.producers.items() for club in producer.member_of]
    there = {pair: D(dice.random.randint(3, 45)) for pair in dice.some(pairs, 0.5)}
    back = {(b, a): km + (D(dice.random.randint(0, 4)) if dice.chance(0.2) else 0) for (a, b), km in there.items()}
    return dict(sorted((there | back).items()))


def _with_demand(dice: Dice, case: Case) -> Case:
    """The case with budgets, or with kilos by month for a few months."""
    if dice.chance(0.5) and all(
        any(site.meals_per_week for site in case.sites.values() if site.buyer == buyer) for buyer in case.buyers
    ):
        categories = sorted({product.category for product in case.products.values()})
        return replace(case, budgets={
            (buyer, category): dice.amount(2000, 9000, 0)
            for number, buyer in enumerate(sorted(case.buyers))
            for category in categories
            if number == 0 or dice.chance(0.8)
        })  # fmt: skip
    months = sorted(dice.random.sample(MONTHS, dice.pick(1, 2, 2, 3)))
    asking = dice.some(case.sites, 0.85) or tuple(case.sites)
    cells = [(site, product, month) for site in asking for product in case.products for month in months]
    demand = {cell: dice.amount(150, 1500, dice.pick(0, 1, 3)) for cell in dice.some(cells, 0.85)}
    return replace(case, demand=demand or {cells[0]: D(1000)})


def _draw_seasons(dice: Dice) -> tuple[tuple[int, ...], ...]:
    if dice.chance(0.65):
        return (MONTHS,)
    return dice.pick(((9, 10, 11, 12, 1, 2, 3), (4, 5, 6, 7, 8)), ((1, 2, 3, 4, 5, 6), (7, 8, 9, 10, 11, 12)))


def _cells(case: Case, areas: int, seasons: tuple) -> int:
    """Pieces of demand, when buyers do not pool."""
    return max(areas, len(case.buyers)) * len(case.products) * len(seasons)


def _draw_shares(dice: Dice, case: Case, pieces: int) -> int:
    """Winners that may share a lot: more than one only where there are few enough ways to share."""
    ways = len(case.producers) * (1 + len(case.depots))
    return dice.pick(*(n for n in (1, 1, 2, 2, 3, 3) if n == 1 or (ways * n) ** n * pieces <= MOST_WAYS))


def _draw_settings(dice: Dice, case: Case, seasons, areas: int) -> Settings:
    worth = _worth(case)
    term = [D(0)] * 12
    for month in dice.random.sample(MONTHS, dice.pick(2, 3, 4)):
        term[month - 1] = D(dice.pick("2.2", 3, "4.4"))
    term = term if case.budgets and dice.chance(0.85) else [D("3.5")] * 12
    lists = {buyer: tuple(sorted(dice.some(AREAS, 0.6))) for buyer in dice.some(case.buyers, 0.6)}
    least = dice.seldom(0.2, round(worth / dice.pick(3, 5, 8), 0))
    return Settings(
        CaseSettings(
            "Random", dice.pick(1, 9), True, tuple(term), dice.chance(0.6), dice.amount(5, 40, 1),
            dice.pick({}, {}, {"*": (dice.pick(*AREAS),)}, lists),
        ),
        LotSettings(
            (least, dice.seldom(0.2, round(worth / dice.pick(1, 2), 0) + 1)),
            (dice.seldom(0.15, dice.pick(1, 2)), dice.seldom(0.15, dice.pick(2, 3))), areas, seasons,
            dice.seldom(0.2, dice.pick(1, 2), 0),
        ),
        AwardSettings(
            dice.seldom(0.2, dice.pick(1, 2)), dice.seldom(0.2, dice.pick(D("0.4"), D("0.5"), D("0.7"), D(1))),
            dice.seldom(0.15, dice.pick(1, 2), 0),
            dice.seldom(0.45, dice.pick(D("0.3"), D("0.5"), D("0.8"), D(1)), D(0)),
            dice.seldom(0.2, dice.amount(10, 40, 0)), dice.seldom(0.2, dice.pick(D(0), D("0.1"), D("0.25"))),
            _draw_shares(dice, case, _cells(case, areas, seasons)),
        ),
        FloorSettings(
            dice.seldom(0.12, dice.amount(0.02, 0.5), D(0)), dice.seldom(0.12, dice.amount(0.02, 0.5), D(0)),
            dice.seldom(0.08, dice.amount(0.02, 0.3), D(0)),
        ),
        CostSettings(
            dice.amount(0.02, 0.4), dice.amount(0, 2), dice.amount(0, 100), dice.amount(0, 90),
            dice.pick(D("1.4"), D(1)), dice.pick(D("0.0015"), D("0.01")), D("0.25"),
        ),
        AimSettings(
            dice.seldom(0.15, dice.amount(0.01, 0.3), D(0)), dice.seldom(0.15, dice.amount(0.01, 0.3), D(0)),
            dice.seldom(0.3, dice.pick(D("0.05"), D("0.3"), D("1.2")), D(0)),
            dice.seldom(0.15, dice.pick(D("0.02"), D("0.2")), D(0)),
        ),
        EffortSettings(D(60), D(0), 1, dice.pick(0, 7), D(15)),
    )  # fmt: skip


def _worth(case: Case) -> Decimal:
    """About what all demand is worth, £."""
    given = (kg * case.products[product].benchmark_gbp_per_kg for (_, product, _), kg in case.demand.items())
    return sum(case.budgets.values(), D(0)) + sum(given, D(0))


def _draw_offers(dice: Dice, case: Case, settings: Settings) -> tuple[Offer, ...]:
    """Offers of a part of a month's demand, or more than it; below the benchmark mostly, above it at times."""
    busy = {month for _, _, month in case.demand} or {m for m, weeks in enumerate(settings.case.term_weeks, 1) if weeks}
    offers = []
    for producer in case.producers:
        for product in dice.some(case.products.values(), 0.7):
            monthly = _worth(case) / len(case.products) / product.benchmark_gbp_per_kg / len(busy)
            months = MONTHS if dice.chance(0.5) else tuple(sorted(dice.random.sample(MONTHS, dice.pick(4, 7, 10))))
            parts = (months,) if dice.chance(0.8) or len(months) < 2 else (months[::2], months[1::2])
            for part in parts:
                kg = D(0) if dice.chance(0.04) else round(monthly * dice.amount(0.1, 1.4), dice.pick(0, 1, 3))
                price = round(product.benchmark_gbp_per_kg * dice.amount(0.3, 1.15), 2)
                offers.append(Offer(producer, product.id, part, kg, price))
    return tuple(sorted(offers, key=lambda offer: (offer.producer, offer.product, offer.months)))


def _draw_hand_drawn(dice: Dice, case: Case, pooled: bool) -> dict[str, tuple]:
    """Lots drawn by hand: by product, by buyer, or by product and site; for the year or for each half of it."""
    ways = [lambda s, k: f"by_{case.sites[s].buyer}", lambda s, k: f"by_{k}_{s}"]
    name = dice.pick(*ways, *([lambda s, k: f"by_{k}"] if pooled or len(case.buyers) == 1 else []))
    halves = dice.pick((MONTHS,), (MONTHS,), (MONTHS[:6], MONTHS[6:]))
    asked = {(site, product) for site, product, _ in case.demand} or {(s, k) for s in case.sites for k in case.products}
    lots: dict[str, list] = {}
    for number, months in enumerate(halves):
        for site, product in sorted(asked):
            lots.setdefault(f"{name(site, product)}{'_late' * number}", []).append((site, product, months))
    return {lot: tuple(cells) for lot, cells in sorted(lots.items())}


def by_id(things: Iterable) -> dict:
    """The things by their id, in order."""
    return {thing.id: thing for thing in sorted(things, key=lambda thing: thing.id)}


def write_case(case: Case, settings: Settings, folder: Path, mixed: random.Random | None = None) -> Path:
    """The case on disk: a CSV file for each table with rows, and settings.toml. mixed: rows and columns shuffled."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _tables(case).items():
        if rows:
            columns = list(rows[0])
            if mixed:
                mixed.shuffle(rows)
                mixed.shuffle(columns)
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    (folder / "settings.toml").write_text(_toml(settings), encoding="utf-8")
    return folder


def _tables(case: Case) -> dict[str, list[dict]]:
    def rows(table: str, things: Mapping) -> list[dict]:
        return [{table: thing.id} | _columns(thing) for thing in things.values()]

    products = [row | {"accreditation": row.pop("accreditations")} for row in rows("product", case.products)]
    return {
        "buyers": rows("buyer", case.buyers), "sites": rows("site", case.sites), "products": products,
        "producers": rows("producer", case.producers), "depots": rows("depot", case.depots),
        "offers": [_columns(offer) for offer in case.offers],
        "budgets": [{"buyer": b, "category": c, "budget_gbp": gbp} for (b, c), gbp in case.budgets.items()],
        "demand": [{"site": s, "product": k, "month": t, "kg": kg} for (s, k, t), kg in case.demand.items()],
        "distances": [{"origin": a, "destination": b, "km": km} for (a, b), km in case.distances.items()],
        "lots": [
            {"lot": lot, "site": s, "product": k, "months": months}
            for lot, cells in case.lots.items()
            for s, k, months in cells
        ],
        "held": [{"lot": lot, "bidder": bidder, "hold": hold} for (lot, bidder), hold in case.held.items()],
    }  # fmt: skip


def _columns(thing) -> dict:
    """The fields of an entry but its id, its place as lat and lon."""
    row = {field.name: getattr(thing, field.name) for field in fields(thing) if field.name != "id"}
    place = row.pop("place", None)
    return row | ({"lat": repr(place.lat), "lon": repr(place.lon)} if place else {})


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        return ";".join(sorted(map(str, value)))
    return str(value)


def _toml(settings: Settings) -> str:
    """The settings as settings.toml; what is not set is left out."""
    lines = []
    for section in fields(settings):
        lines.append(f"[{section.name}]")
        own = getattr(settings, section.name)
        values = {field.name: getattr(own, field.name) for field in fields(own)}
        lines += [f"{key} = {_toml_value(value)}" for key, value in values.items() if value not in (None, {})]
    return "\n".join(lines) + "\n"


def _toml_value(value) -> str:
    if isinstance(value, Mapping):
        if set(value) == {"*"}:
            return _toml_value(value["*"])
        return "{ " + ", ".join(f"{key} = {_toml_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join('""' if each is None else _toml_value(each) for each in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
