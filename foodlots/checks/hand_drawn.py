"""Checks of lots drawn by hand: each piece of demand lies in exactly one lot."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from foodlots.calendar import NAMES, month_shares
from foodlots.checks.balances import by_budget
from foodlots.checks.rows import Row, Sheet
from foodlots.errors import Fault
from foodlots.settings import Settings

Sheets = Mapping[str, Sheet]
Asked = dict[tuple[str, str], frozenset[int]]


def find_uneven_lots(sheets: Sheets, settings: Settings) -> Iterator[Fault]:
    """Every site, product and month with demand is in one lot: none twice, none left out.

    Asked only of sheets in which every cell could be read.
    """
    lots = sheets["lots"]
    if not lots.rows:
        return
    asked = demand_months(sheets, settings)
    held: dict[tuple[str, str], dict[int, Row]] = defaultdict(dict)
    overlaps: dict[tuple[str, str], list[tuple[Row, Row, int]]] = defaultdict(list)
    for row in lots.rows:
        cell = str(row.values["site"]), str(row.values["product"])
        for month in row.values["months"]:
            other = held[cell].setdefault(month, row)
            if other is not row and month in asked.get(cell, frozenset()):
                overlaps[str(other.values["lot"]), str(row.values["lot"])].append((other, row, month))
    if not settings.case.pool_buyers:
        yield from _mixed_lots(sheets)
    yield from (_overlap(lots, found) for lots, found in overlaps.items())
    yield from _gaps(asked, held)


def _mixed_lots(sheets: Sheets) -> Iterator[Fault]:
    """No lot holds sites of two buyers when the buyers do not buy together."""
    buyer_of = {row.values["site"]: row.values["buyer"] for row in sheets["sites"].rows}
    first: dict[object, object] = {}
    for row in sheets["lots"].rows:
        lot, buyer = str(row.values["lot"]), buyer_of.get(row.values["site"])
        if first.setdefault(lot, buyer) != buyer:
            first[lot] = buyer
            yield Fault("lots", row.number, "site", str(row.values["site"]), f"the lot {lot!r} also holds sites of "
                        "another buyer", "split it, or set case.pool_buyers to true")  # fmt: skip


def demand_months(sheets: Sheets, settings: Settings) -> Asked:
    """The months in which each site asks for each product."""
    return _from_budgets(sheets, settings) if by_budget(sheets) else _from_kilos(sheets)


def _from_kilos(sheets: Sheets) -> Asked:
    months: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in sheets["demand"].rows:
        if row.values["kg"]:
            months[str(row.values["site"]), str(row.values["product"])].add(row.values["month"])
    return {cell: frozenset(found) for cell, found in months.items()}


def _from_budgets(sheets: Sheets, settings: Settings) -> Asked:
    """A site asks for a product when its buyer has a budget for the category, in every month in which it cooks."""
    funded = {
        (row.values["buyer"], row.values["category"]) for row in sheets["budgets"].rows if row.values["budget_gbp"]
    }
    bought = [row.values for row in sheets["products"].rows if row.values["budget_share"]]
    cooking = {term: _months_with_meals(term, settings) for term in (True, False)}
    return {
        (str(site["site"]), str(product["product"])): cooking[site["term_time"]]
        for site in (row.values for row in sheets["sites"].rows if row.values["meals_per_week"])
        for product in bought
        if (site["buyer"], product["category"]) in funded
    }


def _months_with_meals(term_time: bool, settings: Settings) -> frozenset[int]:
    shares = month_shares(term_time, settings.case.term_weeks)
    return frozenset(month for month, share in enumerate(shares, 1) if share)


def _overlap(lots: tuple[str, str], found: list[tuple[Row, Row, int]]) -> Fault:
    other, row, month = found[0]
    site, product = row.values["site"], row.values["product"]
    where = f"{product} for {site} in {NAMES[month - 1]}"
    problem = f"{where} is also in lot {lots[0]!r} (row {other.number})"
    if lots[0] == lots[1]:
        problem = f"{where} is in lot {lots[0]!r} twice (also row {other.number})"
    if len(found) > 1:
        problem += f", and so are {len(found) - 1:,} more pieces of demand"
    return Fault("lots", row.number, "lot", lots[1], problem, "leave it in one row")


def _gaps(asked: Asked, held: Mapping[tuple[str, str], Mapping[int, Row]]) -> Iterator[Fault]:
    """One fault for each product with demand that is in no lot."""
    left_out: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (site, product), months in sorted(asked.items()):
        for month in sorted(months - set(held.get((site, product), ()))):
            left_out[product].append((site, month))
    for product, pieces in left_out.items():
        site, month = pieces[0]
        sites = len({name for name, _ in pieces})
        where = f" at {sites} sites" if sites > 1 else " there"
        problem = f"{product} for {site} in {NAMES[month - 1]} is in no lot"
        if len(pieces) > 1:
            problem += f", nor are {len(pieces) - 1:,} more months of it{where}"
        yield Fault("lots", 0, "product", product, problem, "add it to a lot")
