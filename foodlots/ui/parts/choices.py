"""What the buyer is after: presets to start from, and every lever to set by hand."""

from collections.abc import Mapping

import streamlit as st

from foodlots.insight.presets import PRESETS, Preset
from foodlots.ui import state
from foodlots.ui.editing import setting_of, with_settings
from foodlots.ui.parts.levers import levers
from foodlots.ui.parts.pressing import on_press
from foodlots.ui.parts.prices import prices_of_settings
from foodlots.ui.parts.words import md
from foodlots.ui.work import Result, Work


def presets(now: Work) -> None:
    """The presets side by side; the one that holds is marked."""
    for column, preset in zip(st.columns(len(PRESETS)), PRESETS, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{preset.title}**")
            st.markdown(preset.what)
            if _holds(now, preset):
                st.badge("In use", icon=":material/check:", color="green")
            else:
                st.button("Use", key=f"preset-{preset.name}", help=f"Sets the aims to {preset.title.lower()}.",
                          **on_press(_use, now, preset))  # fmt: skip


def _use(now: Work, preset: Preset) -> None:
    state.edit(with_settings(now.raw, preset.settings))


def _holds(now: Work, preset: Preset) -> bool:
    return all(_same(setting_of(now.raw, *label) or "0", value) for label, value in preset.settings.items())


def _same(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return one == other


def all_levers(now: Work, found: Result | None) -> None:
    """Every lever in a form; what is set there holds from the next search on."""
    prices: Mapping[str, str] = prices_of_settings(found, state.saved_plans()) if found else {}
    with st.form("levers", border=False, enter_to_submit=False):
        changes = levers(now, prices)
        keep = st.form_submit_button("Keep these settings and search", type="primary", icon=":material/play_arrow:")
    if keep:
        if changes:
            state.edit(with_settings(now.raw, changes))
        if state.work().case is not None:
            state.start_search()
        st.rerun()


def setting_faults(now: Work) -> bool:
    """Say what is wrong with the settings, where anything is, with a way back."""
    blocking = [fault for fault in now.checked.blocking if fault.table == "settings"]
    for fault in blocking:
        st.error(md(fault), icon=":material/error:")
    if blocking and state.can_undo():
        st.button("Take back the last change", icon=":material/undo:", key="undo", **on_press(state.undo))
    return bool(blocking)
