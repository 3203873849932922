"""Changing lots by hand: move kitchens, merge, split, settle an award; then award again and see what it costs."""

from collections.abc import Callable, Mapping

import streamlit as st

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.demand import work_out_demand
from foodlots.insight import hand_lots
from foodlots.insight.hand_lots import Drawn, DrawnLot
from foodlots.maps.facts import several as listed
from foodlots.ui import state
from foodlots.ui.contents import page
from foodlots.ui.parts.holds import hold_award
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import pounds, several
from foodlots.ui.redrawing import with_lots, without_lots
from foodlots.ui.work import Result, Work

Lots = Mapping[str, DrawnLot]
Change = dict[str, tuple[hand_lots.Piece, ...]] | None


def lot_editor(now: Work, found: Result | None) -> None:
    """The lots as they are drawn, and what can be done with them."""
    if not now.case.lots and found is None:
        st.info("There are no lots to change yet. Make a plan first, or type lots in the table lots on the Data page.",
                icon=":material/route:")  # fmt: skip
        return
    drawn = hand_lots.lots_of_case(now.case) if now.case.lots else hand_lots.lots_of_plan(found.plan)
    lots = {each.lot: each for each in hand_lots.values(drawn, work_out_demand(now.case, now.settings))}
    names = _names(now, found, lots)
    _state_of_things(now, found)
    if now.case.lots:
        show_table(_rows(now, lots.values()), "The lots as they are drawn by hand.",
                   {"Value": "pounds", "Kitchens": "count"})  # fmt: skip
    way = st.segmented_control("What to do", list(WAYS), default=next(iter(WAYS)), required=True, key="way")
    WAYS[way](now, found, drawn, lots, names)


def _state_of_things(now: Work, found: Result | None) -> None:
    """Where the hand-drawn lots stand, and the buttons that go on or back."""
    if not now.case.lots:
        st.markdown("The lots of the plan as they are. The first change fixes all of them as drawn by hand.")
        return
    awarded = "They are awarded; the plan is on the Plan page." if found else "They are not awarded yet."
    st.markdown(f"{several(len(now.case.lots), 'lot')} drawn by hand. {awarded}")
    with st.container(horizontal=True):
        if not found and st.button("Award these lots", type="primary", icon=":material/play_arrow:", key="award"):
            state.start_search()
            st.switch_page(page("plan"))
        st.button("Undo", icon=":material/undo:", key="undo-lots", disabled=not state.can_undo(),
                  **on_press(state.undo))  # fmt: skip
        st.button("Let foodlots draw the lots again", icon=":material/restart_alt:", key="redraw",
                  **on_press(_let_draw, now))  # fmt: skip


def _let_draw(now: Work) -> None:
    state.edit(without_lots(now.raw))


def _names(now: Work, found: Result | None, lots: Lots) -> dict[str, str]:
    """Each lot by its id and what it is."""
    known = {lot.id: lot.name for lot in found.plan.lots} if found else {}
    return {
        lot: f"{lot} · {known.get(lot) or _what(now, each)} · {pounds(each.value_gbp)}" for lot, each in lots.items()
    }


def _what(now: Work, lot: DrawnLot) -> str:
    products = [now.case.products[product].name for product in lot.products]
    first = ", ".join(products[:3]) + (f" and {len(products) - 3} more" if len(products) > 3 else "")
    return f"{first}, {several(len(lot.sites), 'kitchen')}, {say_months(lot.months, now.settings.case.first_month)}"


def _rows(now: Work, lots) -> list[dict[str, object]]:
    return [
        {
            "Lot": lot.lot,
            "Value": lot.value_gbp,
            "Products": listed([now.case.products[product].name for product in lot.products]),
            "Kitchens": len(lot.sites),
            "Months": say_months(lot.months, now.settings.case.first_month),
        }
        for lot in lots
    ]


def _redraw(now: Work, change: Callable[..., Change], *given: object) -> None:
    """Draw the lots as a change of them leaves them, where it leaves any."""
    changed = change(*given)
    if changed is not None:
        state.edit(with_lots(now.raw, changed))


def _move(now: Work, found: Result | None, drawn: Drawn, lots: Lots, names: Mapping[str, str]) -> None:
    source = _choose("From", lots, names, "move-from")
    sites = _kitchens(now, lots[source], "Kitchens to move", f"move-{source}")
    target = _choose("To", [lot for lot in lots if lot != source], names, "move-to")
    st.button("Move", icon=":material/move_down:", key="move", disabled=not sites or target is None,
              **on_press(_redraw, now, hand_lots.move_kitchens, drawn, sites, source, target))  # fmt: skip


def _merge(now: Work, found: Result | None, drawn: Drawn, lots: Lots, names: Mapping[str, str]) -> None:
    chosen = st.multiselect("Lots to make into one", list(lots), format_func=names.get, key=state.stamped("merge-lots"))
    if chosen:
        st.caption(f"Together {pounds(sum(lots[lot].value_gbp for lot in chosen))} a year.")
    st.button("Merge", icon=":material/merge:", key="merge", disabled=len(chosen) < 2,
              **on_press(_redraw, now, hand_lots.merge, drawn, chosen))  # fmt: skip


def _split(now: Work, found: Result | None, drawn: Drawn, lots: Lots, names: Mapping[str, str]) -> None:
    lot = _choose("Lot to split", lots, names, "split-lot")
    by = st.segmented_control("Split off", ["products", "kitchens", "months"], default="products", required=True,
                              key="split-by")  # fmt: skip
    order = contract_year(now.settings.case.first_month)
    parts, name, split = {
        "products": (lots[lot].products, lambda key: now.case.products[key].name, hand_lots.split_off_products),
        "kitchens": (lots[lot].sites, lambda key: now.case.sites[key].name, hand_lots.split_off_kitchens),
        "months": ([month for month in order if month in lots[lot].months], lambda month: NAMES[month - 1],
                   hand_lots.split_off_months),
    }[by]  # fmt: skip
    chosen = st.multiselect(f"{by.capitalize()} of the new lot", parts, format_func=name,
                            key=state.stamped(f"split-{by}-{lot}"))  # fmt: skip
    st.button("Split", icon=":material/call_split:", key="split", disabled=not 0 < len(chosen) < len(parts),
              **on_press(_redraw, now, split, drawn, lot, chosen))  # fmt: skip


def _hold(now: Work, found: Result | None, drawn: Drawn, lots: Lots, names: Mapping[str, str]) -> None:
    hold_award(now, found, drawn, _choose("Lot", lots, names, "hold-lot"))


def _choose(label: str, lots, names: Mapping[str, str], key: str) -> str | None:
    return st.selectbox(label, list(lots), format_func=names.get, key=state.stamped(key))


def _kitchens(now: Work, lot: DrawnLot, label: str, key: str) -> list[str]:
    return st.multiselect(label, lot.sites, format_func=lambda site: now.case.sites[site].name, key=state.stamped(key))


WAYS: Mapping[str, Callable] = {
    "Move kitchens": _move,
    "Merge lots": _merge,
    "Split a lot": _split,
    "Settle an award": _hold,
}
