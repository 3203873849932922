"""Devon: schools, hospitals and an academy trust buy £3m of food together. Illustrative: see data/devon/SOURCES.md."""

from making.county import County
from making.figures import read_holdings, read_products
from making.holdings import Cooperative
from making.kitchens import Kitchens
from making.names import Halves
from making.tables import SPEND_COLUMNS, spent

VEGETABLES, FRUIT, DAIRY, MEAT, BREAD = "vegetables", "fruit", "dairy and eggs", "meat and fish", "bread"
FSA, SALSA = "fsa_approval", "salsa_or_equivalent"

NAMES = Halves(
    "Bramma Cadda Darra Fennel Gorra Hollis Lerrin Merra Nettle Orcha Pinna Quilla Rowda Sorrel Tamsel Wistle",
    "combe worthy leigh cott hay beare ford tor lake moor",
)

BUYERS = (
    ("county", "Devon county schools (illustrative)", "council", "E10000008"),
    ("hospitals", "Exe and Taw hospitals trust (illustrative)", "nhs_trust", ""),
    ("academies", "Dart and Teign academy trust (illustrative)", "academy_trust", ""),
)

BUDGETS = {
    "county": {VEGETABLES: 370000, FRUIT: 170000, DAIRY: 380000, MEAT: 540000, BREAD: 140000},
    "hospitals": {VEGETABLES: 210000, FRUIT: 120000, DAIRY: 310000, MEAT: 360000, BREAD: 100000},
    "academies": {VEGETABLES: 70000, FRUIT: 32000, DAIRY: 72000, MEAT: 100000, BREAD: 26000},
}

KITCHENS = (
    Kitchens("primaries", "county", "primary", "school", (160, 560), 2),
    Kitchens("secondaries", "county", "secondary", "school", (900, 1700), 3),
    Kitchens("academies", "academies", "academy primary", "school", (200, 520), 2),
    Kitchens("academy_secondaries", "academies", "academy", "school", (1000, 1600), 3),
    Kitchens("beds", "hospitals", "hospital", "hospital", (0, 0), 6),
)

COOPERATIVES = (
    Cooperative("Sorrelbeare Growers Co-operative", "cooperative", "Ottery St Mary", 80, 30, 300000, (SALSA,), 600),
    Cooperative("Lerrincombe Food Hub", "hub", "Totnes", 60, 25, 300000, (FSA, SALSA), 500),
    Cooperative("Wistletor Food Hub", "hub", "South Molton", 60, 25, 250000, (FSA, SALSA), 500),
    Cooperative(
        "Hollisworthy Dairy and Meat Co-operative", "cooperative", "North Tawton", 90, 35, 400000, (FSA, SALSA), 600
    ),
)

TODAY = (
    ("county", "National wholesaler (illustrative)", "BS11", VEGETABLES, 290000, "2027-07"),
    ("county", "County wholesaler (illustrative)", "EX2", VEGETABLES, 80000, "2027-07"),
    ("county", "National wholesaler (illustrative)", "BS11", FRUIT, 170000, "2027-07"),
    ("county", "National dairy (illustrative)", "SN4", DAIRY, 250000, "2027-03"),
    ("county", "Farm dairy (illustrative)", "EX15", DAIRY, 130000, "2027-03"),
    ("county", "National meat supplier (illustrative)", "BS3", MEAT, 400000, "2028-03"),
    ("county", "Catering butcher (illustrative)", "EX17", MEAT, 140000, "2028-03"),
    ("county", "National bakery (illustrative)", "BS5", BREAD, 140000, "2027-07"),
    ("hospitals", "National hospital supplier (illustrative)", "DE14", VEGETABLES, 210000, "2027-03"),
    ("hospitals", "National hospital supplier (illustrative)", "DE14", FRUIT, 120000, "2027-03"),
    ("hospitals", "National dairy (illustrative)", "SN4", DAIRY, 310000, "2027-03"),
    ("hospitals", "National hospital supplier (illustrative)", "DE14", MEAT, 300000, "2027-03"),
    ("hospitals", "Quayside fish (illustrative)", "TQ5", MEAT, 60000, "2027-03"),
    ("hospitals", "National bakery (illustrative)", "BS5", BREAD, 100000, "2027-03"),
    ("academies", "County wholesaler (illustrative)", "EX2", VEGETABLES, 70000, "2026-12"),
    ("academies", "County wholesaler (illustrative)", "EX2", FRUIT, 32000, "2026-12"),
    ("academies", "Farm dairy (illustrative)", "EX15", DAIRY, 72000, "2026-12"),
    ("academies", "Catering butcher (illustrative)", "EX17", MEAT, 100000, "2026-12"),
    ("academies", "Town bakery (illustrative)", "TQ12", BREAD, 26000, "2026-12"),
)

DEPOTS = (
    ("exeter_depot", "Exeter depot (illustrative)", "50.7060", "-3.5240", "0.06", 15000),
    ("barnstaple_depot", "Barnstaple depot (illustrative)", "51.0680", "-4.0520", "0.06", 6000),
)

INVENTED = "invented for this example; illustrative"

PROVENANCE = (
    ("sites", "*", "assumed", INVENTED + "; no existing school or hospital is meant"),
    ("sites", "lat", "estimated", "middles of real places to a kilometre or two, moved a few hundred metres by chance"),
    ("sites", "lon", "estimated", "as lat"),
    ("sites", "area_code", "measured", "ONS code of the district the place lies in"),
    ("sites", "meals_per_week", "assumed", "schools: drawn; hospitals: two meals a day for each invented bed"),
    ("products", "*", "assumed", INVENTED),
    ("products", "cpv", "measured", "Common Procurement Vocabulary 2008, Regulation (EC) 213/2008"),
    ("products", "benchmark_gbp_per_kg", "estimated", "round delivered trade prices of 2026, by the authors"),
    ("products", "kgco2e_per_kg", "estimated", "Poore and Nemecek 2018, world means, rounded; see SOURCES.md"),
    ("products", "drops_per_week", "assumed", "usual kitchen practice"),
    ("budgets", "*", "assumed", INVENTED + "; about £1 of food a school meal, £4.54 a patient day"),
    ("producers", "*", "assumed", INVENTED + "; no existing farm or firm is meant"),
    ("offers", "*", "assumed", INVENTED),
    ("offers", "months", "estimated", "usual British seasons in the field, under glass and from store"),
    ("depots", "*", "assumed", INVENTED),
    ("spend", "*", "assumed", INVENTED + "; not any buyer's own contracts"),
)

DEVON = County(
    name="devon",
    seed=3000,
    buyers=BUYERS,
    all_year_buyers=frozenset({"hospitals"}),
    budgets=BUDGETS,
    kitchens=KITCHENS,
    products=read_products("devon"),
    holdings=read_holdings("devon"),
    cooperatives=COOPERATIVES,
    names=NAMES,
    tables={
        "depots": (("depot", "name", "lat", "lon", "handling_gbp_per_kg", "fixed_gbp"), DEPOTS),
        "spend": (SPEND_COLUMNS, [spent(*line) for line in TODAY]),
        "provenance": (("table", "column", "standing", "source"), PROVENANCE),
    },
)
