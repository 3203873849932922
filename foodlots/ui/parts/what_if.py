"""What if: other uptake, another share of the menu; what it would change, and a button to take it into the case."""

from decimal import Decimal

import streamlit as st

from foodlots.case import Case
from foodlots.insight.asked import Asked, what_is_asked
from foodlots.insight.what_if import with_share, with_uptake
from foodlots.ui import state
from foodlots.ui.editing import with_amounts_of
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.words import Amount, more_or_less, percent, pounds, tonnes, with_sign
from foodlots.ui.work import Work

NO_PRODUCT = ""


def what_if(now: Work, asked: Asked) -> None:
    """The what-if panel."""
    st.subheader("What if")
    left, right = st.columns(2)
    with left:
        uptake = st.slider(
            "Meals eaten, against today",
            50,
            150,
            100,
            1,
            format="%d%%",
            key=state.stamped("uptake"),
            help="Each meal stays as well filled as it is, so kilos and budgets rise and fall alike.",
        )
    with right:
        changed = _menu(now.case)
    after = with_uptake(changed, Decimal(uptake) / 100)
    if after == now.case:
        st.caption("Move a slider to see what would change. Nothing is changed in the case until you take it over.")
        return
    _difference(asked, what_is_asked(after, now.settings))
    st.button("Take this over into the case", icon=":material/check:", key="take-over",
              **on_press(_take_over, now, after))  # fmt: skip


def _take_over(now: Work, after: Case) -> None:
    state.edit(with_amounts_of(now.raw, now.case, after))


def _menu(case: Case) -> Case:
    """The case with the share of one product changed, where budgets are given."""
    if not case.budgets:
        st.caption("Shares of the menu can be changed where budgets are given; this case gives kilos.")
        return case
    product = st.selectbox(
        "Product with another share of the menu", [NO_PRODUCT, *case.products], key=state.stamped("menu-product"),
        format_func=lambda key: _words(case, key),
        help="The other products of its category keep their proportions to each other.",
    )  # fmt: skip
    if not product:
        return case
    now = case.products[product].budget_share
    share = st.slider("Its share of its category's budget", 0.0, 100.0, float(now * 100), 0.5, format="%.1f%%",
                      key=state.stamped(f"menu-share-{product}"))  # fmt: skip
    return case if share == float(now * 100) else with_share(case, product, Decimal(str(share)) / 100)


def _words(case: Case, key: str) -> str:
    if not key:
        return "none"
    product = case.products[key]
    return f"{product.name}: {percent(product.budget_share, 1)} of {product.category}"


def _difference(before: Asked, after: Asked) -> None:
    worth, kilos = after.total_gbp - before.total_gbp, after.total_kg - before.total_kg
    pence = after.pence_per_meal - before.pence_per_meal
    figures = st.columns(3)
    figures[0].metric("Open-market value", pounds(after.total_gbp), more_or_less(worth), border=True, **_arrow(worth))
    figures[1].metric("Food", tonnes(after.total_kg), with_sign(kilos, tonnes), border=True, **_arrow(kilos))
    figures[2].metric("Food of a meal", f"{after.pence_per_meal:.1f}p", with_sign(pence, "{:.1f}p".format), border=True,
                      **_arrow(pence))  # fmt: skip


def _arrow(more: Amount) -> dict[str, str]:
    return {"delta_color": "off", "delta_arrow": "up" if more > 0 else "down" if more else "off"}
