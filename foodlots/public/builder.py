"""A whole case from what was imported: products, budgets, offers and settings, what is assumed marked row by row."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from foodlots.errors import DataError, Fault
from foodlots.files.raw import RawCase
from foodlots.public.amounts import written
from foodlots.public.asked import CATEGORY_PARTS, PER_MEAL, TERM_WEEKS, YEAR_WEEKS, Order
from foodlots.public.assuming import establishment_offers, grower_offers, growers
from foodlots.public.catalogue import Entry, standings
from foodlots.public.imported import Imported, Standing

PLACES = Decimal("0.0001")
SMALL_CASE_GBP = 3_000_000


def build(case: RawCase, order: Order) -> Imported:
    """Rows for the tables that the case lacks, ready to be merged; raises DataError without kitchens."""
    sites = rows_of(case, "sites")
    if not sites:
        raise DataError([Fault("sites", 0, "", "", "there are no kitchens to build on",
                               "import schools or hospitals first, or fill in the table sites")])  # fmt: skip
    budgets = _budgets(sites, order)
    asked = _asked_kg(budgets, order)
    offering = {row["producer"] for row in rows_of(case, "offers")}
    silent = [row["producer"] for row in rows_of(case, "producers") if row["producer"] not in offering]
    tables = {"products": _products(order.products, order), "budgets": tuple(budgets)}
    if order.assume:
        made = [key for key in silent if order.made.get(key)]
        assumed = growers(order, len(sites)) if order.area else []
        tables["producers"] = tuple(one.cells for one in assumed)
        tables["offers"] = (*establishment_offers(made, order, asked), *grower_offers(assumed, order, asked))
    total = sum(float(row["budget_gbp"]) for row in budgets)
    return Imported(tables, _told(tables, total, order), (), _standings(order), _settings(order, total))


def rows_of(case: RawCase, table: str) -> list[dict[str, str]]:
    """The rows of a table as text; none when it is not there."""
    raw = case.tables.get(table)
    return [dict(zip(raw.headings, row.cells, strict=False)) for row in raw.rows] if raw else []


def _products(entries: Iterable[Entry], order: Order) -> tuple[dict[str, str], ...]:
    shares = shares_of(entries)
    return tuple(
        {"product": entry.product, "name": entry.name, "family": entry.family, "category": entry.category,
         "cpv": entry.cpv, "benchmark_gbp_per_kg": written(order.price(entry)), "kgco2e_per_kg": entry.kgco2e_per_kg,
         "budget_share": str(shares[entry.product]), "drops_per_week": entry.drops_per_week,
         "accreditation": entry.accreditation}
        for entry in entries
    )  # fmt: skip


def shares_of(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """Each product's share of its category by weight; those of a category add up to 1 exactly."""
    entries = tuple(entries)
    shares: dict[str, Decimal] = {}
    for category in sorted({entry.category for entry in entries}):
        own = [entry for entry in entries if entry.category == category]
        total = sum(entry.weight for entry in own)
        found = {entry.product: (Decimal(entry.weight) / total).quantize(PLACES, ROUND_HALF_EVEN) for entry in own}
        largest = max(own, key=lambda entry: (entry.weight, entry.product)).product
        found[largest] += 1 - sum(found.values())
        shares |= found
    return shares


def _budgets(sites: list[dict[str, str]], order: Order) -> list[dict[str, str]]:
    """A year's £ of each buyer and category: meals × £ a meal, or a sum given shared by meals."""
    worth: dict[str, float] = {}
    for site in sites:
        worth[site["buyer"]] = worth.get(site["buyer"], 0.0) + _meals(site) * _per_meal(site, order)
    categories = sorted({entry.category for entry in order.products})
    parts = {category: CATEGORY_PARTS[category] / 100 for category in categories}
    if order.budget_gbp is not None:
        scale = order.budget_gbp / (sum(worth.values()) * sum(parts.values()))
        parts = {category: part * scale for category, part in parts.items()}
    return [
        {"buyer": buyer, "category": category, "budget_gbp": written(gbp * parts[category], 0)}
        for buyer, gbp in sorted(worth.items())
        for category in categories
    ]


def _meals(site: Mapping[str, str]) -> float:
    """Meals a year of a kitchen as text."""
    term = site.get("term_time", "").lower() in ("yes", "true", "1") or (
        not site.get("term_time") and site.get("kind") == "school")  # fmt: skip
    return float(site.get("meals_per_week") or 0) * (TERM_WEEKS if term else YEAR_WEEKS)


def _per_meal(site: Mapping[str, str], order: Order) -> float:
    return order.per_meal if order.per_meal is not None else PER_MEAL.get(site.get("kind", ""), PER_MEAL["other"])


def _asked_kg(budgets: list[dict[str, str]], order: Order) -> dict[str, float]:
    """Kilos asked of each product in a middling month."""
    shares = shares_of(order.products)
    gbp: dict[str, float] = {}
    for row in budgets:
        gbp[row["category"]] = gbp.get(row["category"], 0.0) + float(row["budget_gbp"])
    return {
        entry.product: gbp[entry.category] * float(shares[entry.product]) / order.price(entry) / 12
        for entry in order.products
    }


def _settings(order: Order, total: float) -> tuple[tuple[str, str, str], ...]:
    name = order.name or (order.area.name if order.area else "")
    lots = "[10000, 150000]" if total < SMALL_CASE_GBP else "[15000, 400000]"
    settings = [("case", "name", name)] if name else []
    settings += [("case", "illustrative", "true")] if order.assume else []
    return (*settings, ("lots", "value_gbp", lots), ("awards", "max_km", "80"),
            ("awards", "max_price_over_benchmark", "0.15"))  # fmt: skip


def _told(tables: Mapping[str, tuple], total: float, order: Order) -> tuple[str, ...]:
    told = [f"{len(tables['products'])} products, {len(tables['budgets'])} budgets worth £{total:,.0f} a year."]
    if order.assume:
        invented = f"{len(tables['producers'])} growers and bakers and {len(tables['offers']):,} offers are assumed"
        told.append(f"{invented}: named so, and every page and paper says that the case is illustrative.")
    return tuple(told)


def _standings(order: Order) -> tuple[Standing, ...]:
    money = "given" if order.budget_gbp is not None else "meals × £ a meal (assumed)"
    own = [
        Standing("budgets", "", "*", "assumed", f"{money}, split by category as the authors assume"),
        Standing("settings", "", "*", "assumed", "a starting point by the authors"),
    ]
    if order.assume:
        drawn = f"drawn with seed {order.seed}; nobody has stated it"
        own += [
            Standing("producers", "assumed_*", "*", "assumed", drawn),
            Standing("offers", "assumed_*", "*", "assumed", drawn),
            Standing("offers", "fsa_*", "*", "assumed", f"what it might sell: {drawn}"),
        ]
    return (*standings(order.products, order.prices), *own)
