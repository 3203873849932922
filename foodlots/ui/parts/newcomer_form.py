"""The form in which somebody new says who they are and what they could bring."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from foodlots.checking import check
from foodlots.dictionary import help_of
from foodlots.palette import PRODUCER_SHAPES
from foodlots.tables import table_named
from foodlots.ui import state
from foodlots.ui.newcomer import Newcomer, faults_of, newcomer, with_newcomer
from foodlots.ui.parts.words import md
from foodlots.ui.work import Work

KINDS = {kind: shape.word for kind, shape in PRODUCER_SHAPES.items()}
CALLED = {
    "kg_per_month": "kg a month",
    "price_gbp_per_kg": "£/kg at your gate",
    "months": "Months",
    "name": "Name",
    "postcode": "Postcode",
    "reach_km": "How far you deliver",
}
OFFER_ROWS = 3  # empty rows to begin with


def newcomer_form(now: Work) -> Newcomer | None:
    """Somebody new, once what they say can be read; None before, with what is still to mend."""
    with st.form("newcomer", enter_to_submit=False):
        fields = _who(now)
        offers = _offers(now)
        sent = st.form_submit_button("See which lots fit", type="primary", icon=":material/search:")
    if sent:
        state.remember("newcomer", newcomer(now.raw, fields, offers))
    new = state.remembered("newcomer")
    if new is None:
        return None
    with_new = with_newcomer(now.raw, new)
    faults = faults_of(with_new, new, check(with_new).faults)
    if not new.offers:
        st.warning("Say what you could bring: at least one product, its months, kilos and price.")
        return None
    for fault in faults:
        where = CALLED.get(fault.column, fault.column)
        st.error(md(f"{where}: {fault.problem}; {fault.mend}"), icon=":material/error:")
    return None if faults else new


def _who(now: Work) -> dict[str, str]:
    left, right = st.columns(2)
    with left:
        name = st.text_input("Name", key="new-name")
        kind = st.selectbox("Kind", list(KINDS), format_func=KINDS.get, key="new-kind")
        postcode = st.text_input("Postcode", key="new-postcode", placeholder="PR1 2RL", help=_help("postcode"))
        reach = st.number_input("How far you deliver, km by road", 1, 500, 30, key="new-reach", help=_help("reach_km"))
    with right:
        least = st.number_input("Least value of a drop that is worth your while, £", 0, 10_000, 30, key="new-drop",
                                help=_help("min_drop_gbp"))  # fmt: skip
        most = st.number_input("The most you want to sell in a year, £", 0, None, None, step=1000, key="new-most",
                               placeholder="no limit", help=_help("max_contract_gbp"))  # fmt: skip
        held = st.multiselect("What you hold", _accreditations(now), key="new-held", help=_help("accreditations"))
        sells = st.multiselect(
            "Cooperatives or hubs you could sell through", _cooperatives(now), key="new-member",
            format_func=lambda key: now.case.producers[key].name, help=_help("member_of"),
        )  # fmt: skip
    organic = st.checkbox("Organic", key="new-organic", help=_help("organic"))
    return {
        "name": name, "kind": kind, "postcode": postcode, "reach_km": str(reach), "min_drop_gbp": str(least),
        "max_contract_gbp": "" if most is None else str(most), "accreditations": ";".join(held),
        "member_of": ";".join(sells), "organic": "yes" if organic else "no",
    }  # fmt: skip


def _help(column: str) -> str:
    return md(help_of(table_named("producers").column(column)).replace("`", ""))


def _accreditations(now: Work) -> list[str]:
    asked = {label for product in now.case.products.values() for label in product.accreditations}
    return sorted(asked | {label for producer in now.case.producers.values() for label in producer.accreditations})


def _cooperatives(now: Work) -> list[str]:
    return [key for key, producer in now.case.producers.items() if producer.kind in ("cooperative", "hub")]


def _offers(now: Work) -> list[dict[str, str]]:
    st.markdown("**What you could bring**")
    products = _product_names(now)
    empty = pd.DataFrame(
        {"Product": [None] * OFFER_ROWS, "Months": ["all"] * OFFER_ROWS, "kg a month": [None] * OFFER_ROWS,
         "£/kg at your gate": [None] * OFFER_ROWS}
    ).astype({"Product": "object", "kg a month": "float", "£/kg at your gate": "float"})  # fmt: skip
    typed = st.data_editor(
        empty, key="new-offers", num_rows="dynamic", hide_index=True, placeholder="",
        alt="What you could bring: product, months, kilos a month and price.",
        column_config={
            "Product": st.column_config.SelectboxColumn("Product", options=list(products)),
            "Months": st.column_config.TextColumn("Months", help="Jun\\-Oct, 6\\-10 or all"),
            "kg a month": st.column_config.NumberColumn("kg a month", min_value=0),
            "£/kg at your gate": st.column_config.NumberColumn("£/kg at your gate", min_value=0, format="%.2f",
                                                               help="Seen by the buyer alone."),
        },
    )  # fmt: skip
    return [_offer(row, products) for row in typed.to_dict("records") if not pd.isna(row["Product"])]


def _offer(row: Mapping[str, object], products: Mapping[str, str]) -> dict[str, str]:
    return {
        "product": products[row["Product"]],
        "months": "" if pd.isna(row["Months"]) else str(row["Months"]),
        "kg_per_month": "" if pd.isna(row["kg a month"]) else f"{row['kg a month']:g}",
        "price_gbp_per_kg": "" if pd.isna(row["£/kg at your gate"]) else f"{row['£/kg at your gate']:g}",
    }


def _product_names(now: Work) -> dict[str, str]:
    """What a product is called in the list -> its id; products of the same name carry the id."""
    names = [product.name for product in now.case.products.values()]
    return {
        product.name if names.count(product.name) == 1 else f"{product.name} ({product.id})": product.id
        for product in now.case.products.values()
    }
