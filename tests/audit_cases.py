"""The village the audit is tried on: its tables, its settings with every policy set, and the decisions of a plan."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from foodlots.audit.case import Buyer, Case, Depot, Offer, Place, Producer, Product, Site
from foodlots.audit.exact import YEAR as MONTHS
from foodlots.audit.settings import (
    AimSettings,
    AwardSettings,
    CaseSettings,
    CostSettings,
    EffortSettings,
    FloorSettings,
    LimitSettings,
    LotSettings,
    Settings,
)

D = Decimal
TERM_WEEKS = tuple(map(D, (4, 3, 4, 2, 4, 4, 3, 0, 4, 3, 4, 4)))
WINTER, SUMMER = (1, 2, 3, 9, 10, 11, 12), (4, 5, 6, 7, 8)
SHA = "ab" * 32


@dataclass(frozen=True)
class Draft:
    """The decisions of a plan: cells of each lot, awards (lot, bidder, depot, parts), rounds, and depot areas."""

    lots: dict
    awards: list
    orders: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)


def site(name, buyer, lat, lon, meals, term, deliveries, kind="school") -> Site:
    return Site(name, buyer, f"{name.title()} {kind}", kind, Place(lat, lon), D(meals), term, D(deliveries), "E1")


def product(name, category, benchmark, carbon, share, drops, needs=(), cpv="03221112") -> Product:
    parts = (D(benchmark), D(carbon), D(share), D(drops), frozenset(needs))
    return Product(name, name.title(), category, category, cpv, *parts)


def producer(name, kind, lat, lon, **more) -> Producer:
    base = Producer(
        name, f"{name.title()} {kind}", kind, name, (), Place(lat, lon), D(60), D(0), None, "", None, frozenset(),
        True, False, False, None,
    )  # fmt: skip
    return replace(base, **more)


def by_id(*things) -> dict:
    return {thing.id: thing for thing in sorted(things, key=lambda thing: thing.id)}


def both_ways(pairs: dict) -> dict:
    return {pair: D(km) for (a, b), km in pairs.items() for pair in ((a, b), (b, a))}


def village() -> Case:
    """Two schools, a hospital and a care home; a farm, a cooperative and its member; one depot.

    Vegetables cost £1 a meal and dairy £0.20, so a school with 100 meals a week asks for 60 kg of carrots
    (£0.60 at £1), 80 kg of potatoes (£0.40 at £0.50) and 10 kg of milk (£0.20 at £2) in every week of term.
    """
    dairy = frozenset({"dairy"})
    return Case(
        buyers=by_id(Buyer("council", "Council", "council", "E1"), Buyer("trust", "Trust", "nhs_trust", "E1")),
        sites=by_id(
            site("ash", "council", 53.70, -2.70, 100, True, 5),
            site("oak", "council", 53.72, -2.68, 200, True, 2),
            site("ward", "trust", 53.76, -2.66, 150, False, 5, "hospital"),
            site("elm", "trust", 53.78, -2.65, 50, False, 2, "care_home"),
        ),
        products=by_id(
            product("carrots", "vegetables", 1, "0.3", "0.6", 1),
            product("potatoes", "vegetables", "0.5", "0.2", "0.4", 2, cpv="03212100"),
            product("milk", "dairy", 2, "1.5", 1, 3, {"dairy"}, cpv="15511000"),
        ),
        producers=by_id(
            producer("hill", "farm", 53.65, -2.75, area_code="E1", min_drop_gbp=D(4), accreditations=dairy),
            producer(
                "dale", "farm", 53.90, -2.60, member_of=("vale",), reach_km=D(30), small=False, organic=True,
                setup_gbp=D(50),
            ),
            producer(
                "vale", "cooperative", 53.85, -2.55, local=False, small=False, max_contract_gbp=D(20000),
                accreditations=frozenset({"dairy", "organic"}), setup_gbp=D(300),
            ),
        ),
        offers=tuple(
            Offer(producer, product, months, D(kg), D(price))
            for producer, product, months, kg, price in (
                ("dale", "carrots", MONTHS, "300", "0.85"),
                ("dale", "milk", MONTHS, "50", "2.5"),
                ("dale", "potatoes", (6, 7, 8, 9, 10), "100", "0.41"),
                ("hill", "carrots", MONTHS, "600.0005", "0.9"),
                ("hill", "milk", MONTHS, "40", "1.9"),
                ("hill", "potatoes", WINTER, "1000", "0.455"),
                ("vale", "milk", MONTHS, "100", "2.1"),
            )
        ),
        budgets={
            ("council", "dairy"): D(2340),
            ("council", "vegetables"): D(11700),
            ("trust", "dairy"): D(2080),
            ("trust", "vegetables"): D(10400),
        },
        depots=by_id(Depot("hub", "Hub", Place(53.75, -2.67), D("0.06"), D(500))),
        distances=both_ways({
            ("hill", "ash"): 10, ("hill", "oak"): 12, ("hill", "ward"): 20, ("hill", "elm"): 22,
            ("vale", "ash"): 16, ("vale", "oak"): 18, ("vale", "ward"): 14, ("vale", "elm"): 13,
            ("ash", "oak"): 5, ("ash", "ward"): 8, ("oak", "ward"): 9, ("elm", "ash"): 12, ("elm", "oak"): 10,
            ("elm", "ward"): 3, ("vale", "hub"): 15, ("hub", "ward"): 4, ("hub", "elm"): 6, ("hub", "ash"): 7,
        }),
        sha256=SHA,
    )  # fmt: skip


def village_settings() -> Settings:
    """Every policy set, each with room to spare in the village's plan."""
    return Settings(
        CaseSettings("Village", 9, True, TERM_WEEKS, True, D(48), {"council": ("E1",)}),
        LotSettings((D(1000), D(12000)), (2, 6), 2, (WINTER, SUMMER), 1),
        AwardSettings(3, D("0.6"), 2, D("0.3"), D(80), D("0.15"), 2),
        FloorSettings(D("0.1"), D("0.1"), D("0.01")),
        CostSettings(D("0.85"), D(4), D(1500), D(800), D("1.4"), D("0.0015"), D("0.25")),
        AimSettings(D("0.01"), D("0.001"), D("0.05"), D("0.002")),
        EffortSettings(D(60), D("0.0005"), 1, 7, D(10)),
        LimitSettings(D(1_000_000), D(1), D(1_000_000), D(1_000_000), 9),
    )


def with_section(limits, section, **changes):
    """The settings with some keys of one section changed."""
    return replace(limits, **{section: replace(getattr(limits, section), **changes)})


def with_entry(case, table, name, **changes):
    """The case with some columns of one row changed."""
    own = getattr(case, table)
    return replace(case, **{table: dict(own) | {name: replace(own[name], **changes)}})


def with_offer(case, producer, product, **changes):
    """The case with some columns of a producer's offer of a product changed."""
    own = (producer, product)
    offers = (replace(o, **changes) if (o.producer, o.product) == own else o for o in case.offers)
    return replace(case, offers=tuple(offers))


def write_case(case: Case, settings: Settings, folder: Path) -> Path:
    """The village as a case on disk: a CSV file a table, and settings.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    placed = {"sites": case.sites, "producers": case.producers, "depots": case.depots}
    tables = {name: [_row(thing) for thing in things.values()] for name, things in placed.items()}
    tables["buyers"] = [_row(buyer) for buyer in case.buyers.values()]
    tables["products"] = [_row(thing) | {"family": thing.category} for thing in case.products.values()]
    tables["offers"] = [_row(offer) for offer in case.offers]
    tables["budgets"] = [{"buyer": b, "category": c, "budget_gbp": gbp} for (b, c), gbp in case.budgets.items()]
    tables["distances"] = [{"origin": a, "destination": b, "km": km} for (a, b), km in case.distances.items()]
    for name, rows in tables.items():
        key = name.removesuffix("s")
        rows = [{key if column == "id" else column: value for column, value in row.items()} for row in rows]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            sheet = csv.DictWriter(file, list(rows[0]))
            sheet.writeheader()
            sheet.writerows(rows)
    lines = [f"[{name}]\n{_toml(own)}" for name, own in vars(settings).items()]
    (folder / "settings.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _row(thing) -> dict:
    row = {column: _cell(value) for column, value in vars(thing).items() if column != "place"}
    if hasattr(thing, "place"):
        row |= {"lat": thing.place.lat, "lon": thing.place.lon}
    if isinstance(thing, Product):
        row["accreditation"] = row.pop("accreditations")
    return row


def _cell(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        return ";".join(map(str, sorted(value)))
    return "" if value is None else str(value)


def _toml(section) -> str:
    return "".join(f"{key} = {_toml_value(value)}\n" for key, value in vars(section).items() if value is not None)


def _toml_value(value) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f'"{key}" = {_toml_value(own)}' for key, own in value.items()) + " }"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value) if isinstance(value, bool | str) else str(value)


def village_draft() -> Draft:
    """School vegetables from the farm, the trust's through the depot, winter milk shared, summer milk bought."""
    vegetables, everyone = ("carrots", "potatoes"), ("ash", "elm", "oak", "ward")
    return Draft(
        lots={
            "L01": [(s, k, MONTHS) for s in ("ash", "oak") for k in vegetables],
            "L02": [(s, k, MONTHS) for s in ("elm", "ward") for k in vegetables],
            "L03": [(s, "milk", WINTER) for s in everyone],
            "L04": [(s, "milk", SUMMER) for s in everyone],
        },
        awards=[("L01", "hill", "", 2), ("L02", "vale", "hub", 2), ("L03", "hill", "", 1), ("L03", "vale", "", 1)],
        orders={"L01": ["ash", "oak"], "L02": ["elm", "ward"], "D01": ["elm", "ward"]}
        | {lot: ["ash", "oak", "elm", "ward"] for lot in ("L03", "L04")},
        areas={"D01": ("hub", "A2", ["elm", "ward"])},
    )
