"""What this browser remembers: the desk last worked at and, while somebody signs in, the case they came to see."""

import streamlit as st

from foodlots.ui import state

REMEMBER = """
let told = false;
export default function ({ data, setStateValue }) {
  try {
    const kept = window.localStorage;
    if (data.desk) {
      kept.setItem("foodlots-desk", data.desk);
      kept.setItem("foodlots-case", data.case);
    } else if (!told) {
      setStateValue("kept", [kept.getItem("foodlots-desk") || "", kept.getItem("foodlots-case") || ""]);
    }
    told = true;
  } catch (refused) {
    told = true;
  }
}
"""
memory = st.components.v2.component("foodlots_desk", js=REMEMBER)


def remember_desk() -> None:
    """Have the browser keep the desk once there is work on it; before that, ask it for the desk it kept."""
    now = state.work()
    kept = _keep(state.desk().id if now else "", "")
    if now is None and kept:
        state.come_back(*kept)


def remember_address() -> None:
    """Have the browser keep the desk and case of the address while somebody signs in: after it, the address is bare."""
    desk, case = st.query_params.get(state.DESK, ""), st.query_params.get(state.CASE, "")
    if desk:
        _keep(desk, case)


def _keep(desk: str, case: str) -> list[str]:
    """Have the browser keep these; gives what it kept, where it is given nothing to keep."""
    return memory(key="desk-memory", data={"desk": desk, "case": case}, on_kept_change=lambda: None).kept
