"""Every table and column of a case, declared once; reading, checking, templates and the dictionary follow from it."""

from decimal import Decimal

from foodlots.case import MONTHS
from foodlots.columns import Column, Table

ZERO = Decimal(0)
ONE = Decimal(1)
EACH_WEEK = Decimal(14)  # the most drops or deliveries a week that make sense: twice a day

AREA = Column("area_code", "area", "ONS code of the council area it lies in", default="", example="E07000123")


def _position(what: str) -> tuple[Column, ...]:
    either = f"; give a postcode, or lat and lon, for every {what}"
    return (
        Column("postcode", "postcode", f"UK postcode{either}", default="", default_words="use lat and lon"),
        Column("lat", "latitude", f"degrees north (WGS84){either}", "degrees", default_words="use the postcode"),
        Column("lon", "longitude", f"degrees east (WGS84), west is negative{either}", "degrees",
               default_words="use the postcode"),
    )  # fmt: skip


BUYERS = Table(
    "buyers", "The authorities that buy the food.", ("buyer",),
    (
        Column("buyer", "id", "short id of the buyer", required=True, example="town_council"),
        Column("name", "text", "full name of the buyer", required=True, example="Town Council"),
        Column("kind", "choice", "what sort of authority it is", default="other",
               choices=("council", "nhs_trust", "academy_trust", "university", "other"), example="council"),
        AREA,
    ),
    needed=True,
)  # fmt: skip

SITES = Table(
    "sites", "The kitchens the food is brought to.", ("site",),
    (
        Column("site", "id", "short id of the kitchen", required=True, example="mill_school"),
        Column("buyer", "id", "the buyer whose kitchen it is", required=True, refers=("buyers",),
               example="town_council"),
        Column("name", "text", "full name of the kitchen", required=True, example="Mill Lane School"),
        Column("kind", "choice", "what sort of kitchen it is", default="other",
               choices=("school", "hospital", "care_home", "other"), example="school"),
        *_position("site"),
        Column("meals_per_week", "number", "meals cooked in a week of service", "meals", required=True, least=ZERO,
               example="450"),
        Column("term_time", "flag", "cooks in school term only", default=lambda row: row.get("kind") == "school",
               default_words="yes for schools, else no", source="the terms are the setting case.term_weeks",
               example="yes"),
        Column("deliveries_per_week", "number", "the most deliveries it takes from one supplier in a week", "a week",
               default=Decimal(5), source="a weekday delivery every day", above=ZERO, most=EACH_WEEK, example="3"),
        AREA,
    ),
    needed=True, place=True,
)  # fmt: skip

PRODUCTS = Table(
    "products", "What is bought, and what the open market charges for it.", ("product",),
    (
        Column("product", "id", "short id of the product", required=True, example="carrots"),
        Column("name", "text", "name of the product", required=True, example="Carrots"),
        Column("family", "label", "products that are grown and sold together", required=True, example="roots"),
        Column("category", "label", "the budget line it is bought from", required=True, example="vegetables"),
        Column("cpv", "cpv", "code in the Common Procurement Vocabulary, eight digits", default="",
               example="03221112"),
        Column("benchmark_gbp_per_kg", "number", "open-market price, delivered", "£/kg", required=True, above=ZERO,
               example="0.75"),
        Column("kgco2e_per_kg", "number", "greenhouse gas of growing or making it", "kg CO₂e/kg", default=ZERO,
               default_words="0 (not counted)", least=ZERO, example="0.4"),
        Column("budget_share", "number", "its share of its category's budget; the shares of a category add up to 1",
               "share", required=True, least=ZERO, most=ONE, example="0.25"),
        Column("drops_per_week", "number", "how often a kitchen must receive it in a week", "a week", default=ONE,
               source="one weekly delivery", above=ZERO, most=EACH_WEEK, example="1"),
        Column("accreditation", "labels", "what its seller must hold; `;` between several", default=(),
               default_words="none", example=""),
    ),
    needed=True,
)  # fmt: skip

BUDGETS = Table(
    "budgets", "What each buyer spends a year on each category, at open-market prices.", ("buyer", "category"),
    (
        Column("buyer", "id", "the buyer", required=True, refers=("buyers",), example="town_council"),
        Column("category", "label", "the category, as in products", required=True, example="vegetables"),
        Column("budget_gbp", "number", "spending in a year", "£", required=True, least=ZERO, example="60000"),
    ),
)  # fmt: skip

DEMAND = Table(
    "demand", "Kilos asked for, instead of budgets.", ("site", "product", "month"),
    (
        Column("site", "id", "the kitchen", required=True, refers=("sites",), example="mill_school"),
        Column("product", "id", "the product", required=True, refers=("products",), example="carrots"),
        Column("month", "month", "calendar month, 1 to 12", required=True, example="9"),
        Column("kg", "number", "kilos in that month", "kg", required=True, least=ZERO, example="120"),
    ),
)  # fmt: skip

PRODUCERS = Table(
    "producers", "Who grows, makes or sells.", ("producer",),
    (
        Column("producer", "id", "short id of the producer", required=True, example="hill_farm"),
        Column("name", "text", "full name of the producer", required=True, example="Hill Farm"),
        Column("kind", "choice", "what sort of business it is", required=True,
               choices=("farm", "csa", "processor", "cooperative", "hub", "wholesaler"), example="farm"),
        Column("owner_group", "label", "companies under one owner share one group",
               default=lambda row: row.get("producer", ""), default_words="itself"),
        Column("member_of", "ids", "cooperatives or hubs it can sell through; `;` between several", default=(),
               default_words="none", refers=("producers",)),
        *_position("producer"),
        Column("reach_km", "number", "how far it delivers, by road", "km", required=True, least=ZERO,
               most=Decimal(2000), example="40"),
        Column("min_drop_gbp", "number", "least value of one drop that is worth its while", "£", default=ZERO,
               least=ZERO, example="30"),
        Column("max_contract_gbp", "number", "the most it wants to sell in a year", "£", default_words="no limit",
               least=ZERO),
        AREA,
        Column("setup_gbp", "number", "what it costs the buyer to take it on", "£", least=ZERO,
               default_words="the setting costs.per_supplier"),
        Column("accreditations", "labels", "what it holds; `;` between several", default=(), default_words="none"),
        Column("small", "flag", "a small or medium-sized business", default=True,
               source="most farms and food makers are", example="yes"),
        Column("social_enterprise", "flag", "trades for a social purpose", default=False, example="no"),
        Column("organic", "flag", "certified organic, or to another higher environmental standard", default=False,
               example="no"),
        Column("local", "flag", "counts as local to the buyers",
               default_words="by the settings case.local_areas and case.local_km"),
    ),
    needed=True, place=True,
)  # fmt: skip

OFFERS = Table(
    "offers", "What each producer can supply, month by month.", ("producer", "product", "months"),
    (
        Column("producer", "id", "the producer", required=True, refers=("producers",), example="hill_farm"),
        Column("product", "id", "the product", required=True, refers=("products",), example="carrots"),
        Column("months", "months", "when: `Jun-Oct`, `6-10`, `1-3;11-12` or `all`", required=True, example="Jun-Oct"),
        Column("kg_per_month", "number", "kilos in each of those months", "kg", required=True, least=ZERO,
               example="800"),
        Column("price_gbp_per_kg", "number", "price at the producer's gate", "£/kg", required=True, least=ZERO,
               example="0.60"),
    ),
)  # fmt: skip

DEPOTS = Table(
    "depots", "Where supply-only lots are brought, and from where one distribution lot serves the kitchens.",
    ("depot",),
    (
        Column("depot", "id", "short id of the depot", required=True, example="town_depot"),
        Column("name", "text", "full name of the depot", required=True, example="Town depot"),
        *_position("depot"),
        Column("handling_gbp_per_kg", "number", "cost of handling a kilo", "£/kg", default=Decimal("0.06"),
               source="assumed", least=ZERO),
        Column("fixed_gbp", "number", "cost of keeping it open, once used", "£ a year", default=ZERO, least=ZERO),
    ),
    place=True,
)  # fmt: skip

DISTANCES = Table(
    "distances", "Road distances that replace the estimate, both ways unless both are given.",
    ("origin", "destination"),
    (
        Column("origin", "id", "a producer, site or depot", required=True, refers=("producers", "sites", "depots"),
               example="hill_farm"),
        Column("destination", "id", "a producer, site or depot", required=True,
               refers=("producers", "sites", "depots"), example="mill_school"),
        Column("km", "number", "distance by road", "km", required=True, least=ZERO, most=Decimal(2000),
               example="12.5"),
    ),
)  # fmt: skip

LOTS = Table(
    "lots", "Lots drawn by hand: the pieces of demand each one holds.", ("lot", "site", "product", "months"),
    (
        Column("lot", "id", "short id of the lot", required=True, example="north_roots"),
        Column("site", "id", "a kitchen of the lot", required=True, refers=("sites",), example="mill_school"),
        Column("product", "id", "a product of the lot", required=True, refers=("products",), example="carrots"),
        Column("months", "months", "the months it covers", default=MONTHS, default_words="all", example="all"),
    ),
)  # fmt: skip

HELD = Table(
    "held", "Awards of lots drawn by hand that are settled beforehand.", ("lot", "bidder"),
    (
        Column("lot", "id", "a lot drawn by hand", required=True, refers=("lots",), example="north_roots"),
        Column("bidder", "id", "the producer", required=True, refers=("producers",), example="hill_farm"),
        Column("hold", "choice", "whether it must win the lot, or must not", required=True,
               choices=("award", "never"), example="never"),
    ),
)  # fmt: skip

SPEND = Table(
    "spend", "Today's contracts, to compare with.", (),
    (
        Column("buyer", "id", "the buyer", required=True, refers=("buyers",), example="town_council"),
        Column("supplier", "text", "who is paid today", required=True, example="National Foods"),
        Column("postcode", "postcode", "where the supplier is", default=""),
        Column("category", "label", "the category, as in products", required=True, example="vegetables"),
        Column("spend_gbp", "number", "paid in a year", "£", required=True, least=ZERO, example="58000"),
        Column("contract_end", "year_month", "last month of the contract, as 2027-03", default="", example="2027-03"),
        AREA,
        Column("local", "flag", "counts as local; a national firm's branch near by may be no",
               default_words="by the settings case.local_areas and case.local_km"),
        Column("small", "flag", "the supplier is a small or medium-sized business", default_words="not known"),
        Column("organic", "flag", "what it sells is certified organic, or to another higher environmental standard",
               default_words="not known"),
    ),
)  # fmt: skip

PROVENANCE = Table(
    "provenance", "How well each column, or each row, is known.", ("table", "rows", "column"),
    (
        Column("table", "id", "name of the table", required=True, example="offers"),
        Column("column", "text", "name of the column, or * for the whole table", required=True, example="*"),
        Column("rows", "text", "the rows it holds for: an id, or the beginning of ids followed by *", default="",
               default_words="every row", example=""),
        Column("standing", "choice", "how well it is known", required=True,
               choices=("measured", "estimated", "assumed"), example="assumed"),
        Column("source", "text", "where the figures come from", default="", example="growers' own figures"),
    ),
)  # fmt: skip

TABLES = (
    BUYERS,
    SITES,
    PRODUCTS,
    BUDGETS,
    DEMAND,
    PRODUCERS,
    OFFERS,
    DEPOTS,
    DISTANCES,
    LOTS,
    HELD,
    SPEND,
    PROVENANCE,
)


def table_named(name: str) -> Table:
    """The declaration of one table."""
    return next(table for table in TABLES if table.name == name)
