"""Defra's weekly wholesale prices → open-market prices of products, prices by month and the season as it was."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from foodlots.calendar import NAMES
from foodlots.case import MONTHS
from foodlots.public.amounts import written
from foodlots.public.catalogue import DELIVERED, catalogue
from foodlots.public.downloads import Download, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.quotes import Quote, read_quotes, refuse_pence
from foodlots.writing import csv_bytes

YEARS = 4  # the last so many calendar years of the file make a price level
SOURCE = "Defra wholesale fruit and vegetable prices, Open Government Licence v3.0"
MONTH_NAMES = tuple(name[:3].lower() for name in NAMES)


def read_prices(files: Sequence[Download], wish: Wish) -> Imported:
    """Benchmark prices of the case's products from weekly prices, and two tables beside the case: months and season."""
    odd = Oddities(files[0].name)
    quotes: list[Quote] = []
    published = 0
    for file in unwrap_all(files):
        found, count = read_quotes(file, odd)
        quotes += found
        published += count
    usual = {entry.defra_item: float(entry.price_gbp_per_kg) / DELIVERED for entry in catalogue().values()
             if entry.defra_item}  # fmt: skip
    refuse_pence(quotes, usual, files[0].name)
    recent = price_level(quotes)
    rows = tuple(
        {"product": entry.product, "benchmark_gbp_per_kg": written(recent[entry.defra_item, "kg"] * DELIVERED)}
        for entry in catalogue().values()
        if (entry.defra_item, "kg") in recent
    )
    first, last = min(quotes).day, max(quotes).day
    varieties = len({(quote.item, quote.variety, quote.unit) for quote in quotes})
    told = (
        f"{files[0].name}: {published:,} prices, {varieties} varieties of fruit and vegetables, "
        f"{first:%-d %B %Y} to {last:%-d %B %Y}.",
        f"Prices for {len(rows)} products of the catalogue: the median of the last {YEARS} years × {DELIVERED} for "
        "delivery and margin.",
    )
    source = f"{SOURCE}: median to {last:%B %Y} × {DELIVERED} (assumed)"
    priced = (row["product"] for row in rows)
    standings = tuple(Standing("products", each, "benchmark_gbp_per_kg", "estimated", source) for each in priced)
    papers = {"prices_by_month.csv": months_csv(quotes), "season_calendar.csv": season_csv(quotes)}
    return Imported({"products": rows}, told, tuple(odd.notes()), standings, papers=papers, fills=True)


def price_level(quotes: Sequence[Quote]) -> dict[tuple[str, str], float]:
    """The middle price of each item and unit over the last calendar years of the file, £."""
    since = max(quote.day.year for quote in quotes) - YEARS + 1
    prices: dict[tuple[str, str], list[float]] = defaultdict(list)
    for quote in quotes:
        if quote.day.year >= since:
            prices[quote.item, quote.unit].append(quote.gbp)
    return {key: median(found) for key, found in sorted(prices.items())}


def season_calendar(quotes: Sequence[Quote]) -> dict[str, tuple[float, ...]]:
    """For each item and month, in how many of the weeks reported it had a home-grown price, as a share."""
    weeks: dict[int, set] = defaultdict(set)
    priced: dict[tuple[str, int], set] = defaultdict(set)
    for quote in quotes:
        weeks[quote.day.month].add(quote.day)
        priced[quote.item, quote.day.month].add(quote.day)
    return {
        item: tuple(len(priced[item, month]) / len(weeks[month]) if weeks[month] else 0.0 for month in MONTHS)
        for item in sorted({quote.item for quote in quotes})
    }


def season_csv(quotes: Sequence[Quote]) -> bytes:
    """The season calendar as a table: an item a row, a month a column."""
    rows = ((item, *(written(share) for share in shares)) for item, shares in season_calendar(quotes).items())
    return csv_bytes(("item", *MONTH_NAMES), rows)


def months_csv(quotes: Sequence[Quote]) -> bytes:
    """The middle price of each item, unit and month over all years, £; empty where it had none."""
    prices: dict[tuple[str, str, int], list[float]] = defaultdict(list)
    for quote in quotes:
        prices[quote.item, quote.unit, quote.day.month].append(quote.gbp)
    items = sorted({(item, unit) for item, unit, _ in prices})
    cell = {key: written(median(found)) for key, found in prices.items()}
    rows = ((item, unit, *(cell.get((item, unit, month), "") for month in MONTHS)) for item, unit in items)
    return csv_bytes(("item", "unit", *MONTH_NAMES), rows)
