"""One example case drawn from its typed figures: the same tables each time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from making.holdings import Cooperative, Drawn, Holding, Product, cooperative_rows, draw_holdings, offers_of
from making.kitchens import Kitchens, kitchens_csv
from making.names import Halves, invented_names
from making.tables import as_csv, read_localities

BUSIEST_MONTH_TERM = 4.4 / 39
BUSIEST_MONTH_YEAR = 31 / 365


@dataclass(frozen=True)
class County:
    """What is typed for one case; the rest is drawn from `seed`.

    budgets: buyer -> category -> £ a year · kitchens, holdings, products and cooperatives as in their own modules ·
    tables: small tables written as they stand, name -> (columns, rows).
    """

    name: str
    seed: int
    buyers: Sequence[Sequence[str]]
    all_year_buyers: frozenset[str]
    budgets: Mapping[str, Mapping[str, int]]
    kitchens: Sequence[Kitchens]
    products: Sequence[Product]
    holdings: Sequence[Holding]
    cooperatives: Sequence[Cooperative]
    names: Halves
    tables: Mapping[str, tuple[Sequence[str], Sequence[Sequence]]]


def county_tables(county: County) -> dict[str, str]:
    """Every table of the case as CSV text, by file name."""
    rng = Random(county.seed)
    localities = read_localities(county.name)
    sites = kitchens_csv(rng, localities, county.kitchens)
    cooperatives = cooperative_rows(county.cooperatives, {here.name: here for here in localities})
    by_id = {one.row["producer"]: one.row for one in cooperatives}
    names = invented_names(rng, county.names)
    drawn = draw_holdings(rng, county.holdings, localities, names, by_id)
    offers = offers_of(rng, drawn, county.products, _busiest_month_kg(county))
    return {
        "buyers.csv": as_csv(("buyer", "name", "kind", "area_code"), county.buyers),
        "sites.csv": sites,
        "products.csv": _products_csv(county.products),
        "budgets.csv": _budgets_csv(county.budgets),
        "producers.csv": _producers_csv([*cooperatives, *drawn]),
        "offers.csv": as_csv(("producer", "product", "months", "kg_per_month", "price_gbp_per_kg"), offers),
        **{f"{name}.csv": as_csv(columns, rows) for name, (columns, rows) in county.tables.items()},
    }


def _busiest_month_kg(county: County) -> dict[str, float]:
    """The kg of each product asked in the busiest month, all buyers together."""
    kg = dict.fromkeys((product.id for product in county.products), 0.0)
    for buyer, categories in sorted(county.budgets.items()):
        month = BUSIEST_MONTH_YEAR if buyer in county.all_year_buyers else BUSIEST_MONTH_TERM
        for product in county.products:
            kg[product.id] += categories[product.category] * float(product.share) / float(product.benchmark) * month
    return kg


def _products_csv(products: Sequence[Product]) -> str:
    columns = (
        "product",
        "name",
        "family",
        "category",
        "cpv",
        "benchmark_gbp_per_kg",
        "kgco2e_per_kg",
        "budget_share",
        "drops_per_week",
        "accreditation",
    )
    return as_csv(columns, [_product_row(product) for product in products])


def _product_row(product: Product) -> list:
    return [
        product.id,
        product.name,
        product.family,
        product.category,
        product.cpv,
        product.benchmark,
        product.kgco2e,
        product.share,
        product.drops,
        product.accreditation,
    ]


def _budgets_csv(budgets: Mapping[str, Mapping[str, int]]) -> str:
    rows = [(buyer, category, gbp) for buyer, categories in budgets.items() for category, gbp in categories.items()]
    return as_csv(("buyer", "category", "budget_gbp"), rows)


def _producers_csv(drawn: Sequence[Drawn]) -> str:
    rows = sorted((one.row for one in drawn), key=lambda row: row["producer"])
    return as_csv(tuple(rows[0]), [tuple(row.values()) for row in rows])
