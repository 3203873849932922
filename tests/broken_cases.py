"""The small good case with one thing spoilt, and the very cell and mend that its fault must name."""

from small_case import GOOD, as_csv, files, grid, with_cell, with_row, with_setting

LOTS = "lot,site,product,months\n"
EVERYTHING = "".join(
    f"{lot},{site},{product},all\n"
    for lot, product, sites in (
        ("roots", "carrot", ("mill", "park", "ward")),
        ("leaves", "leek", ("mill", "park", "ward")),
        ("milk", "milk", ("mill", "park")),
    )
    for site in sites
)


def without_column(table: str, column: str) -> dict[str, bytes]:
    rows = grid(table)
    place = rows[0].index(column)
    return files(**{table: as_csv([row[:place] + row[place + 1 :] for row in rows])})


def renamed(table: str, column: str, heading: str) -> dict[str, bytes]:
    return files(**{table: GOOD[table].replace(column, heading, 1)})


# name: (the case, (table, row, column, value) of its one blocking fault, words of the mend)
BROKEN = {
    # keys and references
    "unknown producer": (with_cell("offers", 2, "producer", "hil"), ("offers", 2, "producer", "hil"), "'hill'"),
    "unknown product": (with_cell("offers", 5, "product", "mlik"), ("offers", 5, "product", "mlik"), "'milk'"),
    "unknown buyer": (with_cell("sites", 4, "buyer", "trusty"), ("sites", 4, "buyer", "trusty"), "'trust'"),
    "budget of nobody": (with_cell("budgets", 4, "buyer", "tow"), ("budgets", 4, "buyer", "tow"), "'town'"),
    "nothing near": (with_cell("offers", 2, "product", "zzz"), ("offers", 2, "product", "zzz"), "add it to products"),
    "unknown cooperative": (
        with_cell("producers", 2, "member_of", "granj"), ("producers", 2, "member_of", "granj"), "'grange'"),
    "member of itself": (
        with_cell("producers", 2, "member_of", "hill"), ("producers", 2, "member_of", "hill"), "leave the cell empty"),
    "member of a farm": (
        with_cell("producers", 2, "member_of", "dale"), ("producers", 2, "member_of", "dale"), "cooperative or hub"),
    "two buyers alike": (with_cell("buyers", 3, "buyer", "town"), ("buyers", 3, "buyer", "town"), "they differ in"),
    "two sites alike": (with_cell("sites", 3, "site", "mill"), ("sites", 3, "site", "mill"), "keep one of them"),
    "the same row twice": (
        with_row("budgets", "town", "dairy", "20000"), ("budgets", 5, "category", "town, dairy"), "remove one"),
    "offers overlap": (
        with_cell("offers", 4, "months", "2-3"), ("offers", 4, "months", "hill, leek"), "one row"),
    "unknown end of a road": (
        with_cell("distances", 2, "origin", "hull"), ("distances", 2, "origin", "hull"), "'hill'"),
    "a road to itself": (
        with_cell("distances", 2, "destination", "hill"), ("distances", 2, "destination", "hill"), "two places"),
    "site with the id of a farm": (with_cell("sites", 3, "site", "dale"), ("sites", 3, "site", "dale"), "dale_site"),
    "provenance of no table": (
        with_cell("provenance", 2, "table", "ofers"), ("provenance", 2, "table", "ofers"), "'offers'"),
    # ids
    "id with a hyphen": (with_cell("sites", 2, "site", "mill-1"), ("sites", 2, "site", "mill-1"), "mill_1"),
    "id with a blank": (with_cell("buyers", 3, "buyer", "the trust"), ("buyers", 3, "buyer", "the trust"), "the_trust"),
    "id with an accent": (with_cell("producers", 3, "producer", "dâl"), ("producers", 3, "producer", "dâl"), "dal"),
    "id in Cyrillic": (with_cell("products", 2, "product", "саrrot"), ("products", 2, "product", "саrrot"), "rrot"),
    "id as a formula": (with_cell("depots", 2, "depot", "=A1"), ("depots", 2, "depot", "=A1"), "A1"),
    "id empty": (with_cell("sites", 3, "site", ""), ("sites", 3, "site", ""), "short id"),
    "id too long": (with_cell("depots", 2, "depot", "h" * 90), ("depots", 2, "depot", "h" * 79 + "…"), "h" * 80),
    # numbers
    "not a number": (with_cell("offers", 2, "kg_per_month", "NaN"), ("offers", 2, "kg_per_month", "NaN"), "a number"),
    "infinite": (with_cell("offers", 2, "kg_per_month", "inf"), ("offers", 2, "kg_per_month", "inf"), "a number"),
    "1e400": (with_cell("offers", 2, "kg_per_month", "1e400"), ("offers", 2, "kg_per_month", "1e400"), "in kg"),
    "huge exponent": (
        with_cell("offers", 2, "kg_per_month", "1e99999"), ("offers", 2, "kg_per_month", "1e99999"), "exponent"),
    "giant": (with_cell("sites", 2, "meals_per_week", "1" + "0" * 23),
              ("sites", 2, "meals_per_week", "1" + "0" * 23), "in meals"),
    "many digits": (
        with_cell("sites", 2, "meals_per_week", "9" * 400), ("sites", 2, "meals_per_week", "9" * 79 + "…"), "number"),
    "negative": (with_cell("offers", 2, "kg_per_month", "-5"), ("offers", 2, "kg_per_month", "-5"), "0 or more"),
    "typographic minus": (
        with_cell("offers", 2, "kg_per_month", "−5"), ("offers", 2, "kg_per_month", "−5"), "0 or more"),
    "in brackets": (
        with_cell("budgets", 2, "budget_gbp", "(1,200)"), ("budgets", 2, "budget_gbp", "(1,200)"), "0 or more"),
    "minus behind": (with_cell("budgets", 2, "budget_gbp", "5-"), ("budgets", 2, "budget_gbp", "5-"), "0 or more"),
    "tiny": (with_cell("offers", 2, "kg_per_month", "1e-12"), ("offers", 2, "kg_per_month", "1e-12"), "in kg"),
    "letter for nought": (
        with_cell("budgets", 2, "budget_gbp", "4O000"), ("budgets", 2, "budget_gbp", "4O000"), "write 40000"),
    "letter in money": (
        with_cell("budgets", 2, "budget_gbp", "£1,2O0"), ("budgets", 2, "budget_gbp", "£1,2O0"), "write 1200"),
    "with its unit": (
        with_cell("offers", 2, "kg_per_month", "12 kg"), ("offers", 2, "kg_per_month", "12 kg"), "write 12"),
    "about": (with_cell("offers", 2, "kg_per_month", "~12"), ("offers", 2, "kg_per_month", "~12"), "write 12"),
    "starred": (with_cell("offers", 2, "kg_per_month", "12*"), ("offers", 2, "kg_per_month", "12*"), "write 12"),
    "range": (with_cell("offers", 2, "kg_per_month", "12-15"), ("offers", 2, "kg_per_month", "12-15"), "not averaged"),
    "TBC": (with_cell("offers", 2, "kg_per_month", "TBC"), ("offers", 2, "kg_per_month", "TBC"), "write one number"),
    "n/a where empty will do": (
        with_cell("producers", 3, "min_drop_gbp", "n/a"), ("producers", 3, "min_drop_gbp", "n/a"), "leave the cell"),
    "pence": (
        with_cell("offers", 2, "price_gbp_per_kg", "60p"), ("offers", 2, "price_gbp_per_kg", "60p"), "write 0.6, in £"),
    "euros": (
        with_cell("offers", 2, "price_gbp_per_kg", "€0.60"), ("offers", 2, "price_gbp_per_kg", "€0.60"), "write 0.60"),
    "decimal comma alone": (
        with_cell("offers", 2, "price_gbp_per_kg", "0,60"), ("offers", 2, "price_gbp_per_kg", "0,60"), "write 0.60"),
    "pounds in kilos": (
        with_cell("offers", 2, "kg_per_month", "£900"), ("offers", 2, "kg_per_month", "£900"), "in kg"),
    "per cent in kilos": (
        with_cell("offers", 2, "kg_per_month", "90%"), ("offers", 2, "kg_per_month", "90%"), "in kg"),
    "Arabic digits": (with_cell("offers", 2, "kg_per_month", "١٢"), ("offers", 2, "kg_per_month", "١٢"), "write 12"),
    "superscript": (with_cell("offers", 2, "kg_per_month", "5²"), ("offers", 2, "kg_per_month", "5²"), "write 5"),
    "free benchmark": (with_cell("products", 2, "benchmark_gbp_per_kg", "0"),
                       ("products", 2, "benchmark_gbp_per_kg", "0"), "above 0"),
    "distance of 999999": (with_cell("distances", 2, "km", "999999"), ("distances", 2, "km", "999999"), "no road"),
    "number missing": (with_cell("offers", 3, "kg_per_month", ""), ("offers", 3, "kg_per_month", ""), "kilos in each"),
    "share as per cent": (
        with_cell("products", 2, "budget_share", "60"), ("products", 2, "budget_share", "60"), "write 0.6 for 60%"),
    "fifteen drops a week": (
        with_cell("products", 2, "drops_per_week", "15"), ("products", 2, "drops_per_week", "15"), "14 or less"),
    # other cells
    "French month": (with_cell("offers", 2, "months", "février"), ("offers", 2, "months", "février"), "Jun-Oct"),
    "month 13": (with_cell("offers", 2, "months", "6-13"), ("offers", 2, "months", "6-13"), "Jun-Oct"),
    "month 0": (with_cell("offers", 2, "months", "0"), ("offers", 2, "months", "0"), "Jun-Oct"),
    "quarter": (with_cell("offers", 2, "months", "Q1"), ("offers", 2, "months", "Q1"), "Jun-Oct"),
    "misspelt month": (
        with_cell("offers", 2, "months", "Septembr"), ("offers", 2, "months", "Septembr"), "'september'"),
    "month twice": (with_cell("offers", 2, "months", "1-3;3-5"), ("offers", 2, "months", "1-3;3-5"), "once"),
    "misspelt kind": (
        with_cell("producers", 2, "kind", "co-operative"), ("producers", 2, "kind", "co-operative"), "'cooperative'"),
    "unknown kind": (with_cell("buyers", 2, "kind", "shop"), ("buyers", 2, "kind", "shop"), "academy_trust"),
    "y for yes": (with_cell("producers", 2, "small", "y"), ("producers", 2, "small", "y"), "'yes'"),
    "oui": (with_cell("producers", 2, "organic", "oui"), ("producers", 2, "organic", "oui"), "yes or no"),
    "CPV without its nought": (
        with_cell("products", 2, "cpv", "3221112"), ("products", 2, "cpv", "3221112"), "write 03221112"),
    "CPV in words": (with_cell("products", 2, "cpv", "roots"), ("products", 2, "cpv", "roots"), "eight digits"),
    "British date": (
        with_cell("spend", 2, "contract_end", "31/03/2027"), ("spend", 2, "contract_end", "31/03/2027"), "2027-03"),
    "no such month of a year": (
        with_cell("spend", 2, "contract_end", "2027-13"), ("spend", 2, "contract_end", "2027-13"), "2027-03"),
    "control character": (
        with_cell("buyers", 2, "name", "Town\x07"), ("buyers", 2, "name", "Town<U+0007>"), "write 'Town'"),
    "name too long": (with_cell("buyers", 2, "name", "x" * 2001), ("buyers", 2, "name", "x" * 79 + "…"), "2,000"),
    "empty name": (with_cell("buyers", 2, "name", " "), ("buyers", 2, "name", ""), "full name"),
    # positions
    "sign lost": (with_cell("sites", 2, "lon", "2.70"), ("sites", 2, "lon", "2.70"), "write -2.70"),
    "in America": (with_cell("sites", 2, "lon", "-74"), ("sites", 2, "lon", "-74"), "give degrees"),
    "grid reference": (with_cell("sites", 2, "lat", "429500"), ("sites", 2, "lat", "429500"), "grid reference"),
    "lat without lon": (with_cell("sites", 2, "lon", ""), ("sites", 2, "lon", ""), "give lon too"),
    "unknown postcode": (
        files(spend=None, sites=GOOD["sites"].replace(",,53.75,-2.70,", ",XX9 9XX,,,")),
        ("sites", 2, "postcode", "XX9 9XX"), "lat and lon"),
    "no position": (
        files(sites=GOOD["sites"].replace(",53.75,-2.70,", ",,,")), ("sites", 2, "postcode", ""), "lat and lon"),
    # amounts across tables
    "shares short of 1": (
        with_cell("products", 3, "budget_share", "0.3"), ("products", 2, "budget_share", "0.9"), "0.4 in row 3"),
    "shares beyond 1": (
        with_cell("products", 3, "budget_share", "0.402"), ("products", 2, "budget_share", "1.002"), "0.4 in row 3"),
    "budget for nothing": (
        with_cell("budgets", 3, "category", "fuel"), ("budgets", 3, "category", "fuel"), "add its products"),
    "misspelt budget": (
        with_cell("budgets", 3, "category", "dary"), ("budgets", 3, "category", "dary"), "'dairy'"),
    "misspelt category": (with_cell("products", 3, "category", "vegetabls"),
                          ("products", 3, "category", "vegetabls"), "'vegetables'"),
    "no meals": (with_cell("sites", 4, "meals_per_week", "0"), ("budgets", 4, "buyer", "trust"), "meals_per_week"),
    "buyer without sites": (with_cell("sites", 4, "buyer", "town"), ("budgets", 4, "buyer", "trust"), "add its sites"),
    "all budgets nought": (
        files(budgets="buyer,category,budget_gbp\ntown,dairy,0\n"), ("budgets", 2, "budget_gbp", "0"), "amounts"),
    "budgets and demand": (
        files(demand="site,product,month,kg\nmill,carrot,1,5\n"), ("demand", 0, "", ""), "keep one"),
    "neither": (files(budgets=None), ("budgets", 0, "", ""), "give demand"),
    "least above most": (with_cell("producers", 2, "min_drop_gbp", "60000"),
                         ("producers", 2, "min_drop_gbp", "60000"), "exchange"),
    # lots drawn by hand
    "gap": (files(lots=LOTS + EVERYTHING.replace("milk,park,milk,all\n", "")),
            ("lots", 0, "product", "milk"), "add it to a lot"),
    "gap of a month": (files(lots=LOTS + EVERYTHING.replace("milk,park,milk,all", "milk,park,milk,2-12")),
                       ("lots", 0, "product", "milk"), "add it to a lot"),
    "in two lots": (files(lots=LOTS + EVERYTHING + "extra,mill,carrot,Sep\n"),
                    ("lots", 10, "lot", "extra"), "one row"),
    "in one lot twice": (files(lots=LOTS + EVERYTHING + "roots,mill,carrot,Sep\n"),
                         ("lots", 10, "lot", "roots"), "one row"),
    "lot of two buyers": (
        files(settings="[case]\npool_buyers = false\n", lots=LOTS + EVERYTHING.replace(
            "leaves,ward", "own,ward").replace("milk,", "m,", 1)), ("lots", 4, "site", "ward"), "pool_buyers"),
    "lot of no site": (files(lots=LOTS + EVERYTHING.replace("roots,mill", "roots,mil")),
                       ("lots", 2, "site", "mil"), "'mill'"),
    # layout of a table
    "column missing": (without_column("offers", "kg_per_month"), ("offers", 1, "kg_per_month", ""), "add a column"),
    "column renamed": (
        renamed("offers", "price_gbp_per_kg", "Price (£ per kg)"), ("offers", 1, "price_gbp_per_kg", ""), "Price (£"),
    "column all empty": (
        files(offers=as_csv([[*row[:3], "" if n else row[3], row[4]] for n, row in enumerate(grid("offers"))])),
        ("offers", 0, "kg_per_month", ""), "fill it in"),
    "heading twice": (
        files(offers=GOOD["offers"].replace("months", "months,months", 1)),
        ("offers", 1, "months", "months"), "keep one"),
    "heading twice but for case": (
        files(budgets="buyer,category,Budget GBP,budget_gbp\ntown,dairy,1,2\n"),
        ("budgets", 1, "budget_gbp", "budget_gbp"), "keep one"),
    "heading blank": (
        files(budgets="buyer,,category,budget_gbp\ntown,x,dairy,1\n"), ("budgets", 1, "B", ""), "give it a heading"),
    "last heading blank": (
        files(budgets="buyer,category,budget_gbp,\ntown,dairy,1,2\n"), ("budgets", 1, "D", ""), "give it a heading"),
    "value too many": (
        files(offers=GOOD["offers"].replace("0.60", "0.60,7")),
        ("offers", 2, "", "hill,carrot,Jun-Oct,900,0.60,7"), "quotation marks"),
    "thousands unquoted": (
        files(budgets=GOOD["budgets"].replace("40000", "40,000")),
        ("budgets", 2, "", "town,vegetables,40,000"), "quotation marks"),
    "value too few": (
        files(offers=GOOD["offers"].replace(",900,0.60", ",900")),
        ("offers", 2, "", "hill,carrot,Jun-Oct,900"), "add the values"),
    "wrong slot": (files(buyers=GOOD["sites"], budgets=GOOD["budgets"]), ("buyers", 1, "", ""), "put it in sites"),
    "headings alone": (files(sites=GOOD["sites"].splitlines()[0]), ("sites", 0, "", ""), "at least one row"),
    "empty file": (files(products=b""), ("products", 0, "", "products.csv"), "headings"),
    "blanks alone": (files(products="\n\n"), ("products", 0, "", "products.csv"), "headings"),
    "no producers": (files(producers=None, offers=None, distances=None), ("producers", 0, "", ""), "producers.csv"),
    "no buyers": (files(buyers=None), ("buyers", 0, "", ""), "buyers.csv"),
    # files
    "unclosed quote": (
        files(offers=GOOD["offers"].replace("dale,milk", 'dale,"milk')), ("offers", 5, "", "offers.csv"), "close it"),
    "PDF": (files(offers=b"%PDF-1.7 ..."), ("offers", 0, "", "offers.csv"), "save it as CSV"),
    "web page": (files(offers="<!DOCTYPE html><html></html>"), ("offers", 0, "", "offers.csv"), "save it as CSV"),
    "picture": (files(offers=b"\x89PNG\r\n\x1a\n"), ("offers", 0, "", "offers.csv"), "save it as CSV"),
    "JSON": (files(offers='{"offers": []}'), ("offers", 0, "", "offers.csv"), "save it as CSV"),
    "two encodings": (
        files(buyers="buyer,name\ntown,Tŷ\ntrust,".encode() + b"Caf\xe9\n"), ("buyers", 3, "", "0xE9"), "UTF-8"),
    "201 columns": (files(offers=",".join(["x"] * 201)), ("offers", 1, "", ""), "remove the columns"),
    # settings
    "misspelt setting": (with_setting("max_lot_per_supplier = 6", "awards"),
                         ("settings", 8, "awards.max_lot_per_supplier", "6"), "awards.max_lots_per_supplier"),
    "setting elsewhere": (with_setting("max_km = 60", "lots"), ("settings", 5, "lots.max_km", "60"), "awards.max_km"),
    "floor above 1": (with_setting("local = 30", "floors"), ("settings", 11, "floors.local", "30"), "0.3 for 30%"),
    "least above most value": (
        files(settings="[lots]\nvalue_gbp = [9, 5]\n"), ("settings", 2, "lots.value_gbp", "[9, 5]"), "[5, 9]"),
    "half a lot": (with_setting("areas = 2.5", "lots"), ("settings", 5, "lots.areas", "2.5"), "write 2 or 3"),
    "month in two seasons": (
        files(settings="[lots]\nseasons = [[1,2,3,4,5,6,7],[7,8,9,10,11,12]]\n"),
        ("settings", 2, "lots.seasons", "[[1, 2, 3, 4, 5, 6, 7], [7, 8, 9, 10, 11, 12]]"), "one season"),
    "month in no season": (
        files(settings='[lots]\nseasons = ["Sep-Mar", "May-Aug"]\n'),
        ("settings", 2, "lots.seasons", '["Sep-Mar", "May-Aug"]'), "one season"),
    "eleven months of term": (
        files(settings="[case]\nterm_weeks = [1,1,1,1,1,1,1,1,1,1,1]\n"),
        ("settings", 2, "case.term_weeks", "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"), "4.0, 3.2"),
    "areas of no buyer": (
        files(settings='[case.local_areas]\ntwon = ["E07000123"]\n'),
        ("settings", 1, "case.local_areas", '{ twon = ["E07000123"] }'), "'town'"),
    "not TOML": (files(settings="[case\nname = 3"), ("settings", 1, "", "settings.toml"), "key = value"),
    "NaN setting": (with_setting("per_km = nan", "costs"), ("settings", 11, "costs.per_km", "NaN"), "a number"),
    "sixth winner": (with_setting("max_winners_per_lot = 6", "awards"),
                     ("settings", 8, "awards.max_winners_per_lot", "6"), "5 or less"),
}  # fmt: skip


WARNED = {
    "price per tonne": (
        with_cell("offers", 2, "price_gbp_per_kg", "600"), ("offers", 2, "price_gbp_per_kg", "600"), "tonne"),
    "price per gram": (
        with_cell("offers", 5, "price_gbp_per_kg", "0.00075"), ("offers", 5, "price_gbp_per_kg", "0.00075"), "grams"),
    "price of a case": (
        with_cell("offers", 2, "price_gbp_per_kg", "9"), ("offers", 2, "price_gbp_per_kg", "9"), "twelve"),
    "pence": (with_cell("offers", 2, "price_gbp_per_kg", "60"), ("offers", 2, "price_gbp_per_kg", "60"), "pence"),
    "gift": (with_cell("offers", 2, "price_gbp_per_kg", "0"), ("offers", 2, "price_gbp_per_kg", "0"), "price"),
    "meals a year": (
        with_cell("sites", 4, "meals_per_week", "46800"), ("sites", 4, "meals_per_week", "46800"), "a year"),
    "metres": (with_cell("distances", 2, "km", "1650"), ("distances", 2, "km", "1650"), "metres"),
    "shorter than a crow": (with_cell("distances", 2, "km", "5"), ("distances", 2, "km", "5"), "miles"),
    "counted twice": (
        with_cell("offers", 6, "product", "carrot"), ("producers", 2, "member_of", "grange"), "counted twice"),
    "ids alike": (with_cell("buyers", 3, "buyer", "Town"), ("buyers", 3, "buyer", "Town"), "the same way"),
    "accreditation nobody holds": (
        with_cell("products", 4, "accreditation", "Red Tracter"),
        ("products", 4, "accreditation", "Red Tracter"), "'Red Tractor'"),
    "provenance of no column": (
        with_cell("provenance", 2, "column", "price"), ("provenance", 2, "column", "price"), "'price_gbp_per_kg'"),
    "setting nobody knows": (
        with_setting("zzz = 1", "aims"), ("settings", 11, "aims.zzz", "1"), "remove"),
    "file of no table": ({**files(), "offer.csv": b"x\n"}, ("case", 0, "", "offer.csv"), "'offers'"),
}  # fmt: skip
