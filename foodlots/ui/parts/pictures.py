"""The one door for charts: letters, lines and grid in the colours of the theme that the reader has chosen."""

import altair as alt
import streamlit as st

from foodlots.ui.parts.theme import grid, ink

LETTERS = 13  # px
FONT = '"Source Sans", sans-serif'  # as Streamlit writes the rest of the page


def show_chart(chart: alt.Chart | alt.LayerChart, **more) -> None:
    """A chart, legible on light pages and on dark ones; its description is what a screen reader says."""
    st.altair_chart(chart.configure(**_config()), **more)


def _config() -> dict[str, object]:
    """What Vega-Lite is told of letters and lines wherever a chart does not say otherwise."""
    letters = {"labelColor": ink(), "titleColor": ink(), "labelFontSize": LETTERS, "titleFontSize": LETTERS,
               "titleFontWeight": 600}  # fmt: skip
    lines = {"gridColor": grid(), "domainColor": ink(), "tickColor": ink()}
    return {
        "font": FONT,
        "axis": alt.AxisConfig(**letters, **lines),
        "legend": alt.LegendConfig(**letters),
        "text": alt.MarkConfig(color=ink()),
        "view": alt.ViewConfig(stroke=grid()),
    }
