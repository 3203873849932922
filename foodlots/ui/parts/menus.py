"""The menus panel: demand from a menu cycle, and swaps within a family that are grown near by."""

import streamlit as st

from foodlots.calendar import say_months
from foodlots.case import Case
from foodlots.errors import DataError
from foodlots.insight.in_short import swaps_in_short
from foodlots.insight.menus import MenuCost, Swap, demand_rows, menu_costs, swaps, with_menu
from foodlots.menu_reading import MENU, MenuLine, read_menu
from foodlots.reading import edit_table
from foodlots.ui import state
from foodlots.ui.parts.frame import in_short
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.waiting import at_hand
from foodlots.ui.parts.words import capital, md, pounds, several, tonnes
from foodlots.ui.work import Result, Work

COSTS = {"kg a year": "count", "£ a year": "pounds", "In the case now": "pounds"}
SWAPS = {"kg a year": "count", "Kept local": "pounds", "Costs more": "pounds", "Pence a meal": "two"}


def menus(now: Work, found: Result | None) -> None:
    """The menus panel."""
    st.subheader("Menus")
    with st.expander("Demand from a menu cycle", icon=":material/menu_book:"):
        st.markdown(f"A CSV file with the columns {', '.join(f'`{name}`' for name in MENU.names)}: one row for each "
                    "product of each dish. Weeks and days may be written as caterers do: `Week 2`, `1-3`, `Mon`, "
                    "`Mon-Fri`. Grams are as bought; uptake is the dish's share of meals.")  # fmt: skip
        file = st.file_uploader("Menu cycle", type=["csv"], key=state.stamped("menu-file"))
        if file is not None:
            _menu(now, file.name, file.getvalue())
    _swaps(now, found)


def _menu(now: Work, name: str, data: bytes) -> None:
    try:
        lines = read_menu(name, data, now.case)
    except DataError as trouble:
        st.error(f"{several(len(trouble.faults), 'fault')} in the menu.", icon=":material/error:")
        st.markdown("\n".join(f"- {md(fault)}" for fault in trouble.faults[:20]))
        return
    costs, asked = menu_costs(now.case, now.settings, lines)
    st.markdown(f"The menu asks for {tonnes(asked.total_kg)} worth {pounds(asked.total_gbp)} a year at open-market "
                f"prices, {asked.pence_per_meal:.1f}p a meal.")  # fmt: skip
    show_table([_cost_row(cost) for cost in costs], "What the menu asks for by category.", COSTS, height="content")
    st.button("Take the menu's kilos into the case", icon=":material/check:", key="take-menu",
              **on_press(_take_over, now, lines))  # fmt: skip


def _cost_row(cost: MenuCost) -> dict[str, object]:
    return {
        "Category": capital(cost.category),
        "kg a year": cost.kg,
        "£ a year": cost.gbp,
        "In the case now": cost.before_gbp,
    }


def _take_over(now: Work, lines: tuple[MenuLine, ...]) -> None:
    """The menu's kilos as the table demand, in place of the budgets."""
    rows = demand_rows(with_menu(now.case, now.settings, lines))
    state.edit(edit_table(now.raw.without_table("budgets"), "demand", ("site", "product", "month", "kg"), rows))


def _swaps(now: Work, found: Result | None) -> None:
    changes = at_hand(f"swaps {now.digest} {found.digest if found else ''}", "",
                      lambda: swaps(now.case, now.settings, found.plan if found else None))  # fmt: skip
    basis = "what the plan leaves short and unused" if found else "all that is asked and offered"
    st.markdown(f"**Cook this instead**: swaps within a family of products that raise local supply, by {basis}.")
    if not changes:
        st.caption("No product of a family is short while another of it is spare near by.")
        return
    in_short(swaps_in_short(changes, now.case, now.settings.case.first_month))
    show_table([_swap_row(now.case, now.settings.case.first_month, swap) for swap in changes],
               "Swaps within a family, the most kept local first.", SWAPS)  # fmt: skip
    st.caption("Each swap is counted on its own, kilo for kilo and at the gate: delivery is not counted.")


def _swap_row(case: Case, first_month: int, swap: Swap) -> dict[str, object]:
    return {
        "In place of": case.products[swap.out].name,
        "Cook": case.products[swap.into].name,
        "Months": capital(say_months(swap.kg, first_month)),
        "kg a year": swap.total_kg,
        "Kept local": swap.local_gbp,
        "Costs more": swap.cost_gbp,
        "Pence a meal": swap.pence_per_meal,
    }
