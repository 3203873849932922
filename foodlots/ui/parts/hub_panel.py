"""The next hub: what to try, and what the model says of it."""

from decimal import Decimal

import streamlit as st

from foodlots.charts import break_even_chart
from foodlots.errors import DataError, NoPlan
from foodlots.insight.hub_places import FIXED_GBP, HANDLING_GBP, hub_places
from foodlots.insight.hub_words import about_hubs, about_way
from foodlots.insight.next_hub import Hub, NextHub, next_hub, savings_by_volume
from foodlots.ui import state
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import md
from foodlots.ui.work import Result

KILOS = 1000  # in a tonne
FORMATS = {"Saves before rent, £": "pounds", "At most, £": "pounds", "Left, £": "pounds", "Tonnes": "one",
           "Farms": "count", "Lots": "count", "Lots without a winner now": "count", "Break-even, t": "count",
           "Cost, £": "pounds", "Spend, £": "pounds", "Paid locally, £": "pounds", "Lots won": "count", "km": "count",
           "Could be better by, £": "pounds"}  # fmt: skip


def hub_panel(found: Result) -> None:
    """A form, and the answer to what was last asked in it."""
    with st.form("hub"):
        left, middle, right = st.columns(3)
        fixed = left.number_input("Fixed cost of a hub, £ a year", 0, 1_000_000, int(FIXED_GBP), 1000, key="hub-fixed")
        pence = middle.number_input("Handling, pence a kilo", 0.0, 100.0, float(100 * HANDLING_GBP), 1.0,
                                    key="hub-handling")  # fmt: skip
        place = right.text_input("A place to try besides", placeholder="Longridge, PR3 3JJ", key="hub-place",
                                 help="A name and a postcode, or a name, degrees north and degrees east.")  # fmt: skip
        asked = st.form_submit_button("See whether a hub would pay", icon=":material/warehouse:")
    if asked:
        state.remember("hub", (found.digest, fixed, pence, place))
    known = state.remembered("hub")
    if known is None or known[0] != found.digest:
        st.caption("Places among the growers and amid the kitchens are tried, with the lots held as they are drawn. "
                   "It takes up to a minute.")  # fmt: skip
        return
    try:
        _answer(found, _next_hub(*known, found))
    except (DataError, NoPlan) as trouble:
        st.error(md(trouble), icon=":material/error:")


@st.cache_data(max_entries=5, show_spinner="Trying places for a hub", scope="session")
def _next_hub(digest: str, fixed: float, pence: float, place: str, _found: Result) -> NextHub:
    handling = Decimal(str(pence)) / 100
    places = hub_places(_found.case, [place] if place.strip() else [], Decimal(str(fixed)), handling)
    return next_hub(_found.case, _found.settings, _found.plan, places)


def _answer(found: Result, answer: NextHub) -> None:
    for line in about_hubs(found.case, answer):
        st.markdown(md(line))
    used = [hub for hub in answer.hubs if hub.lots]
    if used:
        lines = {hub.depot.name: [(kg / KILOS, gbp) for kg, gbp in savings_by_volume(hub)] for hub in used}
        show_chart(break_even_chart(lines, {hub.depot.name: hub.kg / KILOS for hub in used}))
    show_table([_hub_row(hub) for hub in answer.hubs], "Places tried for a hub, the best first.", FORMATS,
               wide=["Place"])  # fmt: skip
    show_table([_way_row(way) for way in answer.ways], "The same lots brought in other ways.", FORMATS, wide=["Way"])


def _hub_row(hub: Hub) -> dict[str, object]:
    return {
        "Place": hub.depot.name,
        "Saves before rent, £": hub.saves_gbp,
        "At most, £": hub.at_most_gbp,
        "Left, £": hub.margin_gbp,
        "Tonnes": hub.kg / KILOS,
        "Farms": len(hub.farms),
        "Lots": len(hub.lots),
        "Lots without a winner now": len(hub.unlocked),
        "Break-even, t": None if hub.break_even_kg is None else hub.break_even_kg / KILOS,
    }


def _way_row(way) -> dict[str, object]:
    sited = way.sited
    return {
        "Way": about_way(way),
        "Cost, £": sited.cost_gbp,
        "Could be better by, £": sited.cost_gbp - sited.bound_gbp,
        "Spend, £": sited.spend_gbp,
        "Paid locally, £": sited.local_gbp,
        "Lots won": len(sited.won),
        "km": sited.km,
    }
