"""Preston: a council's food budget of £1.6m. Illustrative: data/preston/SOURCES.md says how each figure is known."""

from making.county import County
from making.figures import read_holdings, read_products
from making.holdings import Cooperative
from making.kitchens import Kitchens
from making.names import Halves
from making.tables import SPEND_COLUMNS, spent

VEGETABLES, FRUIT, DAIRY, MEAT, BREAD = "vegetables", "fruit", "dairy and eggs", "meat", "bread"
FSA, SALSA = "fsa_approval", "salsa_or_equivalent"

NAMES = Halves(
    "Brackle Quern Thissel Wennet Hobbin Sallan Curlin Dunnack Ferrin Merrick Otterlow Pellin Rushen Skerrin Tannet",
    "moss beck garth carr fold holme rigg mere shaw dyke",
)

COOPERATIVES = (
    Cooperative("Quernmoss Growers Co-operative", "cooperative", "Tarleton", 60, 30, 250000, (SALSA,), 600),
    Cooperative("Skerrin Produce Hub", "hub", "Great Eccleston", 50, 25, 200000, (FSA, SALSA), 600),
    Cooperative(
        "Hobbinfell Meat and Dairy Co-operative", "cooperative", "Longridge", 60, 35, 300000, (FSA, SALSA), 600
    ),
    Cooperative("Ribblegate Food Hub", "hub", "Red Scar", 40, 20, 250000, (FSA, SALSA), 400),
)

TODAY = (
    ("council", "National wholesaler (illustrative)", "WA3", VEGETABLES, 290000, "2027-08"),
    ("council", "Market wholesaler (illustrative)", "PR2", VEGETABLES, 130000, "2027-08"),
    ("council", "National wholesaler (illustrative)", "WA3", FRUIT, 140000, "2027-08"),
    ("council", "Market wholesaler (illustrative)", "PR2", FRUIT, 40000, "2027-08"),
    ("council", "National dairy (illustrative)", "M17", DAIRY, 235000, "2027-03"),
    ("council", "Regional dairy (illustrative)", "PR3", DAIRY, 90000, "2027-03"),
    ("council", "Egg merchant (illustrative)", "FY6", DAIRY, 55000, "2027-03"),
    ("council", "National meat supplier (illustrative)", "S9", MEAT, 330000, "2028-03"),
    ("council", "Catering butcher (illustrative)", "BB1", MEAT, 150000, "2028-03"),
    ("council", "National bakery (illustrative)", "WN5", BREAD, 110000, "2027-08"),
    ("council", "Town bakery (illustrative)", "PR1", BREAD, 30000, "2027-08"),
)

INVENTED = "invented for this example; illustrative"

PROVENANCE = (
    ("sites", "*", "assumed", INVENTED + "; no existing school is meant"),
    ("sites", "lat", "estimated", "middles of real places to a kilometre or two, moved a few hundred metres by chance"),
    ("sites", "lon", "estimated", "as lat"),
    ("sites", "area_code", "measured", "ONS code of the district the place lies in"),
    ("sites", "meals_per_week", "assumed", "drawn between 280 and 760 for a primary, 950 and 1,700 for a secondary"),
    ("products", "*", "assumed", INVENTED),
    ("products", "cpv", "measured", "Common Procurement Vocabulary 2008, Regulation (EC) 213/2008"),
    ("products", "benchmark_gbp_per_kg", "estimated", "round delivered trade prices of 2026, by the authors"),
    ("products", "kgco2e_per_kg", "estimated", "Poore and Nemecek 2018, world means, rounded; see SOURCES.md"),
    ("products", "drops_per_week", "assumed", "usual kitchen practice"),
    ("budgets", "*", "assumed", "£1.6m is Preston's published total; the split by category is illustrative"),
    ("producers", "*", "assumed", INVENTED + "; no existing farm or firm is meant"),
    ("offers", "*", "assumed", INVENTED),
    ("offers", "months", "estimated", "usual British seasons in the field, under glass and from store"),
    ("depots", "*", "assumed", INVENTED),
    ("spend", "*", "assumed", INVENTED + "; not the council's own contracts"),
)

PRESTON = County(
    name="preston",
    seed=1600,
    buyers=(("council", "Preston area council (illustrative)", "council", "E10000017"),),
    all_year_buyers=frozenset(),
    budgets={"council": {VEGETABLES: 420000, FRUIT: 180000, DAIRY: 380000, MEAT: 480000, BREAD: 140000}},
    kitchens=(
        Kitchens("primaries", "council", "primary", "school", (280, 760), 5),
        Kitchens("secondaries", "council", "secondary", "school", (950, 1700), 5),
    ),
    products=read_products("preston"),
    holdings=read_holdings("preston"),
    cooperatives=COOPERATIVES,
    names=NAMES,
    tables={
        "depots": (
            ("depot", "name", "lat", "lon", "handling_gbp_per_kg", "fixed_gbp"),
            (("red_scar_depot", "Red Scar depot (illustrative)", "53.7915", "-2.6350", "0.06", 12000),),
        ),
        "spend": (SPEND_COLUMNS, [spent(*line) for line in TODAY]),
        "provenance": (("table", "column", "standing", "source"), PROVENANCE),
    },
)
