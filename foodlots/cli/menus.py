"""`foodlots menus`: the demand a menu cycle makes, and swaps within a family that are grown near by."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from foodlots.calendar import say_months
from foodlots.case import Case
from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.json_out import plain, say_json
from foodlots.cli.opened import JsonOption, open_plan
from foodlots.cli.screen import complain, pounds, say, show_table, with_sign
from foodlots.insight.asked import Asked
from foodlots.insight.in_short import swaps_in_short
from foodlots.insight.menus import MenuCost, Swap, demand_rows, menu_costs, swaps, with_menu
from foodlots.menu_reading import read_menu_file
from foodlots.plan_files import csv_text, put_file
from foodlots.reading import read_case
from foodlots.settings import Settings

SHOWN = 20  # swaps on the terminal


def menus_command(
    case: CaseArgument,
    plan: Annotated[Path | None, typer.Argument(help="folder of a plan of that case: what it leaves short")] = None,
    menu: Annotated[
        Path | None, typer.Option(help="CSV of a menu cycle: week, day, dish, product, g_per_portion, uptake, months")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="file for the menu's kilos, as a demand table")] = None,
    set_: SetOption = None,
    json_: JsonOption = False,
) -> None:
    """Demand from a menu cycle and the meals; which swaps within a family raise local supply, and at what cost."""
    if plan:
        found, settings, made = open_plan(case, plan)
    else:
        (found, settings, notes), made = read_case(case, set_ or ()), None
        complain(*(f"{note.severity}: {note}" for note in notes if note.severity != "note"))
    lines = read_menu_file(menu, found) if menu else ()
    costs, asked = menu_costs(found, settings, lines) if lines else ((), None)
    cooked = with_menu(found, settings, lines) if lines else found
    if lines and out:
        put_file(out, csv_text(("site", "product", "month", "kg"), demand_rows(cooked)))
    changes = swaps(cooked, settings, None if lines else made)
    if json_:
        say_json({"menu": costs, "swaps": [plain(swap) | {"total_kg": swap.total_kg} for swap in changes]})
        return
    say(*_sentences(costs, asked, changes, bool(made and not lines)))
    say(*swaps_in_short(changes, found, settings.case.first_month))
    if lines:
        headings = ["Category", "kg a year", "£ a year", "In the case"]
        show_table("What the menu asks for", headings, _cost_rows(costs), (1, 2, 3))
        say(*([f"Written to {out}: put it in the case as demand.csv, in place of budgets.csv."] if out else []))
    show_table("Swaps within a family", *_swap_rows(found, settings, changes))


def _sentences(
    costs: tuple[MenuCost, ...], asked: Asked | None, changes: tuple[Swap, ...], planned: bool
) -> Iterator[str]:
    if asked:
        before = sum(cost.before_gbp for cost in costs)
        yield (
            f"The menu asks for {asked.total_kg / 1000:,.1f} t worth {pounds(asked.total_gbp)} a year at open-market "
            f"prices, {asked.pence_per_meal:.1f} pence a meal; the case so far {pounds(before)}."
        )
    basis = "what the plan leaves short and unused" if planned else "all that is asked and offered"
    yield (
        f"{len(changes)} swaps within a family would raise local supply, by {basis}. Each is counted on its own, kilo "
        "for kilo, at the gate: delivery is not counted."
    )


def _cost_rows(costs: tuple[MenuCost, ...]) -> list[list[str]]:
    return [[cost.category, f"{cost.kg:,.0f}", pounds(cost.gbp), pounds(cost.before_gbp)] for cost in costs]


def _swap_rows(
    case: Case, settings: Settings, changes: tuple[Swap, ...]
) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [
            case.products[swap.out].name, case.products[swap.into].name,
            say_months(swap.kg, settings.case.first_month), f"{swap.total_kg:,.0f}", pounds(swap.local_gbp),
            pounds(swap.cost_gbp), with_sign(swap.pence_per_meal, ".2f"),
        ]
        for swap in changes[:SHOWN]
    ]  # fmt: skip
    headings = ["In place of", "Cook", "Months", "kg a year", "Kept local", "Costs more", "Pence a meal"]
    return headings, rows, (3, 4, 5, 6)
