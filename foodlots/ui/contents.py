"""The table of contents of the app: to add a page, write its file in `pages` and one line here."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from foodlots.ui.visitor import visitor

FOLDER = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Entry:
    """A page: its file, its title, a Material symbol, and the part of the app it stands in."""

    name: str
    title: str
    icon: str
    part: str


PAGES = (
    Entry("start", "Start", "home", ""),
    Entry("published", "Published data", "public", "Your case"),
    Entry("data", "Data", "table", "Your case"),
    Entry("demand", "Demand", "restaurant", "Your case"),
    Entry("today", "Today", "history", "Your case"),
    Entry("plan", "Plan", "route", "The plan"),
    Entry("lots", "Lots", "grid_view", "The plan"),
    Entry("map", "Map", "map", "The plan"),
    Entry("network", "Network", "hub", "The plan"),
    Entry("farmers", "Farmers", "agriculture", "Who, and what is missing"),
    Entry("directory", "Directory", "contact_page", "Who, and what is missing"),
    Entry("gaps", "Gaps", "crop_free", "Who, and what is missing"),
    Entry("risks", "Risks", "thunderstorm", "To decide and to keep"),
    Entry("choices", "Choices", "balance", "To decide and to keep"),
    Entry("compare", "Compare", "compare_arrows", "To decide and to keep"),
    Entry("papers", "Papers", "description", "To decide and to keep"),
)
OWN = Entry("mine", "Your part", "person", "")  # for those who see their own part only
ENTRY = {entry.name: entry for entry in (*PAGES, OWN)}


def page(name: str) -> st.Page:
    """The page of that name, for a link to it."""
    entry = ENTRY[name]
    path = FOLDER / f"{entry.name}.py"
    return st.Page(path, title=entry.title, icon=f":material/{entry.icon}:", default=entry is PAGES[0])


def open_entries() -> list[Entry]:
    """The entries of the pages that whoever looks may open, in their order."""
    allowed = visitor().allowed([entry.name for entry in (*PAGES, OWN)])
    return [ENTRY[name] for name in allowed if ENTRY[name] is not OWN or visitor().producer]


def pages() -> list[st.Page]:
    """The pages that whoever looks may open, in their order."""
    return [page(entry.name) for entry in open_entries()]


def by_part() -> dict[str, list[Entry]]:
    """The contents under the parts they stand in."""
    parts: dict[str, list[Entry]] = {}
    for entry in open_entries():
        parts.setdefault(entry.part, []).append(entry)
    return parts
