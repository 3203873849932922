"""What this browser remembers between visits: the name of the desk last worked at, and nothing else."""

import streamlit as st

from foodlots.ui import state

REMEMBER = """
let told = false;
export default function ({ data, setStateValue }) {
  try {
    if (data.desk) window.localStorage.setItem("foodlots-desk", data.desk);
    else if (!told) setStateValue("desk", window.localStorage.getItem("foodlots-desk") || "");
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
    answer = memory(key="desk-memory", data={"desk": state.desk().id if now else ""}, on_desk_change=lambda: None)
    if now is None and answer.desk:
        state.come_back(answer.desk)
