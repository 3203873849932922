"""Warnings of units mixed up: an amount that is ten, twelve, a hundred or a thousand times what it should be."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import log
from statistics import median

from foodlots.checks.rows import Row, Sheet
from foodlots.columns import number_in_words
from foodlots.errors import Fault
from foodlots.files.raw import warn
from foodlots.values.texts import shown

Sheets = Mapping[str, Sheet]

DEAREST = 4  # times the market's price: above it, a gate price is likelier a slip than an offer
CHEAPEST = 1 / Decimal(6)  # of the market's price: below it, likelier a slip than a bargain
FACTORS = {  # how many times too much, and what may have happened
    10: "a slipped decimal point",
    12: "a price for a case of twelve, or a yearly amount for a monthly one",
    52: "a yearly amount for a weekly one",
    100: "pence for pounds",
    1000: "an amount per tonne for one per kg, or grams for kg",
}
BUSIEST_KITCHEN = Decimal(20_000)  # meals a week: above the largest hospitals
FARTHEST_OFF = 5  # times the road may be longer than the line drawn on a map


def find_odd_prices(sheets: Sheets) -> Iterator[Fault]:
    """Gate prices near the open market's price of the same product."""
    benchmark = {r.values["product"]: r.values["benchmark_gbp_per_kg"]
                 for r in sheets["products"].read("product", "benchmark_gbp_per_kg")}  # fmt: skip
    for row in sheets["offers"].read("product", "price_gbp_per_kg"):
        price, usual = row.values["price_gbp_per_kg"], benchmark.get(row.values["product"])
        if not price:
            yield warn("offers", "0", "the price is 0: a gift, or a price that is missing?", "give the price",
                       row.number, "price_gbp_per_kg")  # fmt: skip
        elif usual and not CHEAPEST <= price / usual <= DEAREST:
            yield _odd(row, "price_gbp_per_kg", price, usual, f"the open market's £{number_in_words(usual)}/kg")


def _odd(row: Row, column: str, value: Decimal, usual: Decimal, what: str) -> Fault:
    ratio = float(value / usual)
    times = min(FACTORS, key=lambda factor: abs(abs(log(ratio)) - log(factor)))
    size = f"{ratio:,.1f} times" if ratio > 1 else f"1/{1 / ratio:,.0f} of"
    return warn("offers", number_in_words(value), f"{shown(number_in_words(value))} is {size} {what}",
                f"check the unit ({FACTORS[times]}?)", row.number, column)  # fmt: skip


def find_odd_amounts(sheets: Sheets) -> Iterator[Fault]:
    """Kilos on offer that are of the order of the producer's other offers of the kind."""
    by_producer: dict[object, list[Row]] = {}
    for row in sheets["offers"].read("producer", "product", "kg_per_month"):
        if row.values["kg_per_month"]:
            by_producer.setdefault(row.values["producer"], []).append(row)
    for rows in by_producer.values():
        if len(rows) < 3:
            continue
        usual = median(row.values["kg_per_month"] for row in rows)
        for row in rows:
            if row.values["kg_per_month"] >= 500 * usual or row.values["kg_per_month"] * 500 <= usual:
                yield _odd(row, "kg_per_month", row.values["kg_per_month"], usual,
                           f"the producer's usual {number_in_words(usual)} kg a month")  # fmt: skip


def find_odd_kitchens(sheets: Sheets) -> Iterator[Fault]:
    """Kitchens that cook no more in a week than a kitchen can."""
    for row in sheets["sites"].read("meals_per_week"):
        meals = row.values["meals_per_week"]
        if meals > BUSIEST_KITCHEN:
            yield warn("sites", number_in_words(meals),
                       f"{number_in_words(meals)} meals a week is more than any kitchen cooks",
                       "check whether these are meals a year", row.number, "meals_per_week")  # fmt: skip


def find_odd_roads(sheets: Sheets, places: Mapping[str, Mapping[int, object]]) -> Iterator[Fault]:
    """Roads at least as long as the line between their ends, and not many times longer."""
    where = {
        str(row.values[sheets[name].table.key[0]]): places[name][row.number]
        for name in ("producers", "sites", "depots")
        for row in sheets[name].read(sheets[name].table.key[0])
        if row.number in places[name]
    }
    for row in sheets["distances"].read("origin", "destination", "km"):
        ends = [where.get(str(row.values[name])) for name in ("origin", "destination")]
        if all(ends):
            yield from _odd_road(row, float(row.values["km"]), _line_km(*ends))


def _line_km(one, other) -> float:
    from foodlots.geo import great_circle_km

    return great_circle_km(one, other)


def _odd_road(row: Row, km: float, line: float) -> Iterator[Fault]:
    if km < 0.9 * line - 1:
        yield warn("distances", f"{km:g}", f"{km:g} km by road is shorter than the {line:.1f} km between its ends",
                   "check the distance and both places (miles for km?)", row.number, "km")  # fmt: skip
    elif km > FARTHEST_OFF * line + 20:
        yield warn("distances", f"{km:g}", f"{km:g} km by road is far more than the {line:.1f} km between its ends",
                   "check the distance and both places (metres for km?)", row.number, "km")  # fmt: skip
