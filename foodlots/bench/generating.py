"""Invented cases of any size, up to all of Great Britain: kitchens where people live, growers in the country around.

Places are real postcode sectors, products and prices the shipped catalogue's; every kitchen and producer is invented.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import MappingProxyType

from foodlots.case import Place
from foodlots.files.raw import RawCase, RawRow, RawSetting, RawTable
from foodlots.files.settings_text import as_text
from foodlots.geo import great_circle_km
from foodlots.places import Spread, spreads
from foodlots.public.asked import CATEGORY_PARTS, PER_MEAL, TERM_WEEKS, YEAR_WEEKS
from foodlots.public.catalogue import Entry, catalogue
from foodlots.writing import write_tables

MIDDLE = "PR1 2"  # the sector round which a case smaller than the country is drawn
KITCHENS_A_SECTOR = 2.2  # about as many state schools, hospitals and homes as there are to a sector
DEGREE_KM = 111.0  # km to a degree of latitude
SUPPLY = 0.7  # of what is asked in a month of season, all growers together
SPREAD = 1.2  # of the sizes of producers, as the spread of their logarithms: few are large, most are small
GATE = (0.68, 0.95)  # gate price as a share of the open-market price
INTO_THE_COUNTRY_KM = 8.0
FAMILIES, PRODUCTS = (1, 3), 5  # families and products one grower has
SCHOOLS = 0.9  # of all kitchens; the others are care homes
SETTINGS = MappingProxyType({
    ("case", "illustrative"): True, ("case", "pool_buyers"): False,
    ("lots", "value_gbp"): [15000, 400000],
    ("awards", "min_fill"): 0.3, ("awards", "max_km"): 80, ("awards", "max_price_over_benchmark"): 0.15,
    ("costs", "per_km"): 0.85, ("costs", "per_drop"): 4, ("costs", "per_lot"): 1500, ("costs", "per_supplier"): 800,
    ("aims", "local_spend_gbp"): 0.05,
})  # fmt: skip

Row = dict[str, str]


@dataclass(frozen=True)
class Size:
    """How many kitchens, producers and products, and the seed of the draw."""

    sites: int
    producers: int
    products: int
    seed: int = 0


def generate(size: Size, folder: Path | str) -> Path:
    """Write the case's tables and settings to the folder; the same to the byte for the same size and seed."""
    return write_tables(generated_case(size), folder)


def generated_case(size: Size) -> RawCase:
    """The case as text, ready to be checked like any other."""
    dice = Random(f"{size}")
    sectors = _sectors(size.sites)
    entries = _products(size.products)
    sites = [_site(dice, number, _pick(dice, sectors)) for number in range(1, size.sites + 1)]
    budgets = _budgets(sites, entries)
    producers, has = _producers(dice, size.producers, sectors, entries)
    tables = {
        "buyers": [{"buyer": b, "name": f"{b.upper()} council (invented)", "kind": "council"} for b in _buyers(sites)],
        "sites": sites,
        "products": _product_rows(entries),
        "budgets": budgets,
        "producers": producers,
        "offers": list(_offers(dice, has, _asked_kg(budgets, entries))),
        "provenance": [
            {"table": table, "column": "*", "standing": "assumed", "source": "invented to measure foodlots"}
            for table in ("sites", "products", "budgets", "producers", "offers")
        ],
    }
    name = f"{size.sites} kitchens, {size.producers} producers (invented)"
    settings = {("case", "name"): name, **SETTINGS}
    return RawCase(
        name,
        MappingProxyType({table: _table(table, rows) for table, rows in tables.items()}),
        tuple(RawSetting(section, key, as_text(value)) for (section, key), value in settings.items()),
    )


def _sectors(sites: int) -> Sequence[Spread]:
    """The sectors nearest to the middle, as many as so many kitchens stand in."""
    all_ = [spread for code, spread in sorted(spreads().items()) if " " in code]
    middle = spreads()[MIDDLE]
    here = Place(middle.lat, middle.lon)
    near = sorted(all_, key=lambda spread: (great_circle_km(here, Place(spread.lat, spread.lon)), spread.code))
    return near[: max(10, round(sites / KITCHENS_A_SECTOR))]


def _products(number: int) -> tuple[Entry, ...]:
    """The products that weigh most in their categories."""
    heaviest = sorted(catalogue().values(), key=lambda entry: (-entry.weight, entry.product))[:number]
    return tuple(sorted(heaviest, key=lambda entry: entry.product))


def _pick(dice: Random, sectors: Sequence[Spread]) -> Spread:
    return sectors[dice.randrange(len(sectors))]


def _spot(dice: Random, sector: Spread, km: float) -> Row:
    lat, lon = (middle + dice.uniform(-km, km) / DEGREE_KM for middle in (sector.lat, sector.lon))
    return {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}"}


def _buyer_of(sector: Spread) -> str:
    """The buyer of a sector: one for each postcode area."""
    return "".join(letter for letter in sector.code.split()[0][:2] if letter.isalpha()).lower()


def _buyers(sites: Sequence[Row]) -> list[str]:
    return sorted({site["buyer"] for site in sites})


def _site(dice: Random, number: int, sector: Spread) -> Row:
    school = dice.random() < SCHOOLS
    return {
        "site": f"k{number:05d}", "buyer": _buyer_of(sector), "name": f"Kitchen {number} ({sector.code})",
        "kind": "school" if school else "care_home", **_spot(dice, sector, min(sector.radius_km, 3.0)),
        "meals_per_week": str(5 * dice.randint(20, 120) if school else 21 * dice.randint(20, 60)),
        "term_time": "yes" if school else "no", "deliveries_per_week": "3",
    }  # fmt: skip


def _budgets(sites: Sequence[Row], entries: Sequence[Entry]) -> list[Row]:
    """A year's £ by buyer and category, from meals and the assumed £ a meal."""
    worth = dict.fromkeys(_buyers(sites), 0.0)
    for site in sites:
        weeks = TERM_WEEKS if site["term_time"] == "yes" else YEAR_WEEKS
        worth[site["buyer"]] += int(site["meals_per_week"]) * weeks * PER_MEAL[site["kind"]]
    return [
        {"buyer": buyer, "category": category, "budget_gbp": str(round(gbp * CATEGORY_PARTS[category] / 100))}
        for buyer, gbp in worth.items()
        for category in sorted({entry.category for entry in entries})
    ]


def _shares(entries: Sequence[Entry]) -> Mapping[str, float]:
    """Each product's share of its category, in whole ten-thousandths that add up to one."""
    shares = {}
    for category in sorted({entry.category for entry in entries}):
        own = [entry for entry in entries if entry.category == category]
        total = sum(entry.weight for entry in own)
        parts = [10_000 * entry.weight // total for entry in own]
        parts[0] += 10_000 - sum(parts)
        shares |= {entry.product: part / 10_000 for entry, part in zip(own, parts, strict=True)}
    return shares


def _product_rows(entries: Sequence[Entry]) -> list[Row]:
    shares = _shares(entries)
    return [
        {"product": entry.product, "name": entry.name, "family": entry.family, "category": entry.category,
         "cpv": entry.cpv, "benchmark_gbp_per_kg": entry.price_gbp_per_kg, "kgco2e_per_kg": entry.kgco2e_per_kg,
         "budget_share": f"{shares[entry.product]:.4f}", "drops_per_week": entry.drops_per_week, "accreditation": ""}
        for entry in entries
    ]  # fmt: skip


def _asked_kg(budgets: Sequence[Row], entries: Sequence[Entry]) -> Mapping[str, float]:
    """Kilos of each product in a month, all kitchens together."""
    by_category: dict[str, float] = {}
    for row in budgets:
        by_category[row["category"]] = by_category.get(row["category"], 0.0) + float(row["budget_gbp"])
    shares = _shares(entries)
    return {
        entry.product: by_category[entry.category] * shares[entry.product] / float(entry.price_gbp_per_kg) / 12
        for entry in entries
    }


def _producers(
    dice: Random, number: int, sectors: Sequence[Spread], entries: Sequence[Entry]
) -> tuple[list[Row], Mapping[str, Sequence[Entry]]]:
    """Their rows, and what each has in some months of the year."""
    rows, has = [], {}
    sold = [entry for entry in entries if entry.season]
    families = sorted({entry.family for entry in sold})
    for count in range(1, number + 1):
        sector, chosen = _pick(dice, sectors), dice.sample(families, min(len(families), dice.randint(*FAMILIES)))
        own = [entry for entry in sold if entry.family in chosen]
        has[f"p{count:05d}"] = sorted(dice.sample(own, min(len(own), PRODUCTS)), key=lambda entry: entry.product)
        rows.append({
            "producer": f"p{count:05d}", "name": f"Producer {count} ({sector.code})", "kind": "farm",
            **_spot(dice, sector, INTO_THE_COUNTRY_KM), "reach_km": str(dice.choice((40, 50, 60, 80))),
            "min_drop_gbp": str(dice.choice((15, 20, 25, 30))), "small": "yes",
        })  # fmt: skip
    return rows, has


def _offers(dice: Random, has: Mapping[str, Sequence[Entry]], asked: Mapping[str, float]) -> Iterator[Row]:
    weight = {key: dice.lognormvariate(0, SPREAD) for key in has}
    sizes = {(key, entry.product): weight[key] * dice.uniform(0.5, 1.5) for key, own in has.items() for entry in own}
    totals: dict[str, float] = {}
    for (_, product), size in sizes.items():
        totals[product] = totals.get(product, 0.0) + size
    for key, own in has.items():
        for entry in own:
            kg = SUPPLY * asked[entry.product] * sizes[key, entry.product] / totals[entry.product]
            yield {
                "producer": key, "product": entry.product, "months": entry.season, "kg_per_month": f"{max(kg, 1):.0f}",
                "price_gbp_per_kg": f"{float(entry.price_gbp_per_kg) * dice.uniform(*GATE):.2f}",
            }  # fmt: skip


def _table(name: str, rows: Sequence[Row]) -> RawTable:
    headings = tuple(rows[0])
    return RawTable(name, headings, tuple(RawRow(n, tuple(row.values())) for n, row in enumerate(rows, start=2)))
