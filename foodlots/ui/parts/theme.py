"""The colours of the theme that the reader has chosen, for pictures that carry their own: as in config.toml."""

import streamlit as st

INKS = {"light": "#1F2A24", "dark": "#E8EDE9"}
PAPERS = {"light": "#FFFFFF", "dark": "#141A17"}
GRIDS = {"light": "#D5DBD3", "dark": "#3C4941"}
LIGHT_RULES = """<style>
[data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * { color: #525E57 !important; opacity: 1; }
</style>"""
DARK_RULES = """<style>
[data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * { color: #AEBBB3 !important; opacity: 1; }
[data-testid='stBaseButton-primary'], [data-testid='stBaseButton-primary'] *,
[data-testid='stBaseButton-primaryFormSubmit'], [data-testid='stBaseButton-primaryFormSubmit'] *,
[data-testid='stMultiSelectTagsContainer'] [data-tag], [data-testid='stMultiSelectTagsContainer'] [data-tag] *
{ color: #0B1F16 !important; }
</style>"""


def ink() -> str:
    """The colour of text."""
    return INKS.get(st.context.theme.type or "light", INKS["light"])


def paper() -> str:
    """The colour behind the text."""
    return PAPERS.get(st.context.theme.type or "light", PAPERS["light"])


def grid() -> str:
    """The colour of the lines behind a chart: there, and well behind the letters."""
    return GRIDS.get(st.context.theme.type or "light", GRIDS["light"])


def legible() -> None:
    """Where Streamlit writes too pale to read (WCAG 2.2 AA asks for 4.5 to 1), write darker, or lighter on dark."""
    if st.context.theme.type == "dark":
        st.html(DARK_RULES)
    else:
        st.html(LIGHT_RULES)
