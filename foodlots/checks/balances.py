"""Checks of amounts across tables: shares that add up, budgets that can be spent, demand given one way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from foodlots.checks.rows import Row, Sheet, and_more
from foodlots.columns import number_in_words
from foodlots.errors import Fault
from foodlots.files.raw import note, warn
from foodlots.values.texts import nearest, shown

Sheets = Mapping[str, Sheet]

SLIP = 0.8  # how like another name a name must be to be taken for a slip of it
SHARE_TOLERANCE = Decimal("0.001")  # of a category's budget: shares typed to three places


def by_budget(sheets: Sheets) -> bool:
    """Whether the case says what is bought by budgets, and not by kilos."""
    return bool(sheets["budgets"].rows) and not sheets["demand"].rows


def find_two_demands(sheets: Sheets) -> Iterator[Fault]:
    """What is bought is said by budgets or by demand, not by both, not by neither."""
    budgets, demand = sheets["budgets"], sheets["demand"]
    if budgets.refused or demand.refused:
        return
    if budgets.rows and demand.rows:
        yield Fault("demand", 0, "", "", "budgets and demand are both given", "keep one of the two tables")
    elif not budgets.rows and not demand.rows:
        yield Fault("budgets", 0, "", "", "neither budgets nor demand says what is bought",
                    "give each buyer a budget for each category, or give demand in kilos")  # fmt: skip


def find_shares_amiss(sheets: Sheets) -> Iterator[Fault]:
    """The budget shares of each category add up to 1."""
    products = sheets["products"]
    if not by_budget(sheets) or any("category" in row.unread for row in products.rows):
        return
    members: dict[str, list[Row]] = defaultdict(list)
    for row in products.rows:
        members[str(row.values["category"])].append(row)
    slips = _slips(sheets)
    unsure = {str(row.values["category"]) for row in products.rows if "budget_share" in row.unread}
    unsure |= set(slips) | set(slips.values())
    for category, rows in members.items():
        if category not in unsure:
            total = sum((row.values["budget_share"] for row in rows), Decimal(0))
            if abs(total - 1) > SHARE_TOLERANCE:
                yield _amiss(category, rows, total)


def _slips(sheets: Sheets) -> dict[str, str]:
    """Categories of products that are probably a funded category, misspelt, with that category."""
    bought = {str(row.values["category"]) for row in sheets["products"].read("category")}
    funded = {str(row.values["category"]) for row in sheets["budgets"].read("category")}
    meant = {category: nearest(category, funded & bought, SLIP) for category in sorted(bought - funded)}
    return {category: near for category, near in meant.items() if near}


def _amiss(category: str, rows: list[Row], total: Decimal) -> Fault:
    found = number_in_words(total)
    last = rows[-1].values["budget_share"] + 1 - total
    if total in (Decimal(100), len(rows)):
        mend = "write shares as parts of 1, for example 0.25"
    elif last >= 0:
        mend = f"make them add up to 1, for example {number_in_words(last)} in row {rows[-1].number}"
    else:
        mend = "make them add up to 1"
    return Fault("products", rows[0].number, "budget_share", found,
                 f"the shares of category {shown(category)!r} add up to {found}, not 1 "
                 f"(rows {_some([row.number for row in rows])})", mend)  # fmt: skip


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:8])) + (" …" if len(numbers) > 8 else "")


def find_category_gaps(sheets: Sheets) -> Iterator[Fault]:
    """Every budget's category has products, and every product's category a budget."""
    products, budgets = sheets["products"], sheets["budgets"]
    if not by_budget(sheets) or not products.rows or any("category" in row.unread for row in products.rows):
        return
    bought = {str(row.values["category"]): row for row in reversed(products.rows)}
    yield from _categories_without_products(budgets, set(bought))
    if any("category" in row.unread for row in budgets.rows):
        return
    funded = {str(row.values["category"]) for row in budgets.rows}
    slips = _slips(sheets)
    for category in sorted(set(bought) - funded):
        problem = f"no buyer has a budget for the category {shown(category)!r}"
        if category in slips:
            yield Fault("products", bought[category].number, "category", shown(category), problem,
                        f"did you mean '{slips[category]}'?")  # fmt: skip
        elif not nearest(category, funded - set(bought)):
            yield note("products", category, problem, "its products are not bought", bought[category].number,
                       "category")  # fmt: skip


def _categories_without_products(budgets: Sheet, bought: set[str]) -> Iterator[Fault]:
    lost: dict[str, list[int]] = defaultdict(list)
    for row in budgets.read("category"):
        if row.values["category"] not in bought:
            lost[str(row.values["category"])].append(row.number)
    for category, rows in lost.items():
        near = nearest(category, bought)
        mend = f"did you mean '{near}'?" if near else "add its products, or remove the budget"
        yield Fault("budgets", rows[0], "category", shown(category),
                    f"no product is in the category {shown(category)!r}{and_more(len(rows))}", mend)  # fmt: skip


def find_budgets_without_kitchens(sheets: Sheets) -> Iterator[Fault]:
    """Every buyer with a budget has a kitchen that cooks."""
    if not by_budget(sheets) or not sheets["sites"].rows:
        return
    if any({"buyer", "meals_per_week"} & row.unread for row in sheets["sites"].rows):
        return
    buyers = sheets["buyers"].ids()
    if any(row.values["buyer"] not in buyers for row in sheets["sites"].rows):
        return
    meals: dict[str, Decimal] = defaultdict(Decimal)
    for row in sheets["sites"].rows:
        meals[str(row.values["buyer"])] += row.values["meals_per_week"]
    told = set()
    for row in sheets["budgets"].read("buyer", "budget_gbp"):
        buyer = str(row.values["buyer"])
        if buyer in buyers and row.values["budget_gbp"] and not meals.get(buyer) and buyer not in told:
            told.add(buyer)
            yield _no_kitchen(row, buyer, buyer in meals)


def _no_kitchen(row: Row, buyer: str, has_sites: bool) -> Fault:
    if has_sites:
        return Fault("budgets", row.number, "buyer", buyer, f"{buyer!r} has a budget, but its sites cook no meals",
                     "give meals_per_week in sites")  # fmt: skip
    return Fault("budgets", row.number, "buyer", buyer, f"{buyer!r} has a budget but no site",
                 "add its sites, or remove its budgets")  # fmt: skip


def find_nothing_asked(sheets: Sheets) -> Iterator[Fault]:
    """Something is bought: not every budget, and not every kilo, is nought."""
    for name, column in (("budgets", "budget_gbp"), ("demand", "kg")):
        rows = sheets[name].rows
        read = sheets[name].read(column)
        if rows and len(read) == len(rows) and not any(row.values[column] for row in read):
            yield Fault(name, read[0].number, column, "0", f"{column} is 0 in every row: nothing is bought",
                        "give the amounts")  # fmt: skip
        elif zeros := [row for row in read if not row.values[column]]:
            yield note(name, "0", f"{column} is 0: nothing is asked for{and_more(len(zeros))}", "", zeros[0].number,
                       column)  # fmt: skip


def find_unheld_accreditations(sheets: Sheets) -> Iterator[Fault]:
    """What a product's seller must hold is held by some producer."""
    if not sheets["producers"].rows or any("accreditations" in row.unread for row in sheets["producers"].rows):
        return
    held = {label for row in sheets["producers"].read("accreditations") for label in row.values["accreditations"]}
    for row in sheets["products"].read("accreditation"):
        for label in row.values["accreditation"]:
            if label not in held:
                near = nearest(label, held)
                mend = f"did you mean '{near}'?" if near else "check it: nobody can win this product"
                yield warn("products", label, f"no producer holds {shown(label)!r}", mend, row.number, "accreditation")


def find_crossed_limits(sheets: Sheets) -> Iterator[Fault]:
    """A producer's least drop fits within the most it wants to sell."""
    for row in sheets["producers"].read("min_drop_gbp", "max_contract_gbp"):
        least, most = row.values["min_drop_gbp"], row.values["max_contract_gbp"]
        if most is not None and least > most:
            yield Fault("producers", row.number, "min_drop_gbp", number_in_words(least),
                        f"min_drop_gbp {number_in_words(least)} is above max_contract_gbp {number_in_words(most)}",
                        "exchange or mend them")  # fmt: skip


def find_unknown_standings(sheets: Sheets) -> Iterator[Fault]:
    """Provenance speaks of tables and columns that exist."""
    for row in sheets["provenance"].read("table", "column"):
        table, column = str(row.values["table"]), str(row.values["column"])
        if table == "settings":
            continue
        if table not in sheets:
            near = nearest(table, sheets)
            yield Fault("provenance", row.number, "table", shown(table), f"{shown(table)!r} is no table of a case",
                        f"did you mean '{near}'?" if near else "name a table")  # fmt: skip
        elif column != "*" and column not in sheets[table].table.names:
            near = nearest(column, sheets[table].table.names)
            yield warn("provenance", shown(column), f"{shown(column)!r} is no known column of {table}",
                       f"did you mean '{near}'?" if near else "name a column, or * for the table", row.number,
                       "column")  # fmt: skip


def find_unknown_spend(sheets: Sheets) -> Iterator[Fault]:
    """Today's contracts speak of the categories of products; others are noted."""
    bought = {row.values["category"] for row in sheets["products"].read("category")}
    if not bought:
        return
    told: set[object] = set()
    for row in sheets["spend"].read("category"):
        category = row.values["category"]
        if category not in bought and category not in told:
            told.add(category)
            near = nearest(str(category), bought)
            yield note("spend", shown(str(category)), f"no product is in the category {shown(str(category))!r}",
                       f"did you mean '{near}'?" if near else "it is compared as a whole", row.number,
                       "category")  # fmt: skip
