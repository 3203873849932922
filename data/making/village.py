"""The village: typed by hand, nothing drawn; data/village/README.md works its answer out on paper."""

from making.tables import as_csv

INVENTED = "invented for this example; illustrative"

TABLES = {
    "buyers": (("buyer", "name", "kind", "area_code"), (("parish", "Two Schools Parish", "council", ""),)),
    "sites": (
        ("site", "buyer", "name", "kind", "lat", "lon", "meals_per_week", "term_time", "deliveries_per_week"),
        (
            ("north", "parish", "North School", "school", "53.9160", "-2.6000", 300, "yes", 5),
            ("south", "parish", "South School", "school", "53.8900", "-2.6000", 200, "yes", 5),
        ),
    ),
    "products": (
        (
            "product",
            "name",
            "family",
            "category",
            "cpv",
            "benchmark_gbp_per_kg",
            "kgco2e_per_kg",
            "budget_share",
            "drops_per_week",
        ),
        (
            ("potatoes", "Potatoes", "roots", "fruit and vegetables", "03212100", "0.80", 0.3, 0.5, 1),
            ("apples", "Apples", "orchard fruit", "fruit and vegetables", "03222321", "1.60", 0.3, 0.5, 1),
            ("milk", "Milk", "milk", "dairy", "15511000", "1.00", 2.8, 1, 2),
        ),
    ),
    "budgets": (
        ("buyer", "category", "budget_gbp"),
        (("parish", "fruit and vegetables", "6240.00"), ("parish", "dairy", "4680.00")),
    ),
    "producers": (
        ("producer", "name", "kind", "lat", "lon", "reach_km", "min_drop_gbp"),
        (
            ("croft", "Croft Farm", "farm", "53.9070", "-2.6660", 20, 10),
            ("mead", "Mead Farm", "farm", "53.8640", "-2.5700", 20, 10),
        ),
    ),
    "offers": (
        ("producer", "product", "months", "kg_per_month", "price_gbp_per_kg"),
        (
            ("croft", "potatoes", "all", 450, "0.50"),
            ("croft", "apples", "1-6;9-12", 250, "1.10"),
            ("mead", "milk", "all", 600, "0.66"),
            ("mead", "potatoes", "all", 450, "0.54"),
        ),
    ),
    "distances": (
        ("origin", "destination", "km"),
        (
            ("croft", "north", 6),
            ("croft", "south", 8),
            ("mead", "north", 10),
            ("mead", "south", 5),
            ("north", "south", 4),
        ),
    ),
    "provenance": (
        ("table", "column", "standing", "source"),
        (
            ("sites", "*", "assumed", INVENTED),
            ("producers", "*", "assumed", INVENTED),
            ("offers", "*", "assumed", INVENTED + ", so that the answer can be worked out on paper"),
            ("products", "*", "assumed", INVENTED),
            ("products", "kgco2e_per_kg", "measured", "Poore and Nemecek 2018, world means, rounded"),
            ("budgets", "*", "assumed", INVENTED),
            ("distances", "*", "assumed", INVENTED),
        ),
    ),
}


def village_tables() -> dict[str, str]:
    """Every table of the village as CSV text, by file name."""
    return {f"{name}.csv": as_csv(columns, rows) for name, (columns, rows) in TABLES.items()}
