"""Directory: local suppliers by product, month, distance and accreditation, on a list and a map; no prices."""

import streamlit as st

from foodlots.calendar import NAMES
from foodlots.charts import places_chart
from foodlots.errors import DataError
from foodlots.insight.directory import HEADINGS, Listing, Search, directory_rows, listings, place_of
from foodlots.insight.whereabouts import Spot, ground
from foodlots.public.export import csv_of, workbook_of
from foodlots.ui.parts.downloads import XLSX, case_file_name
from foodlots.ui.parts.frame import heading, need_sound_case, next_steps
from foodlots.ui.parts.pictures import show_chart
from foodlots.ui.parts.tables import show_table
from foodlots.ui.parts.words import count, md
from foodlots.ui.work import Work

ANY = "Any"


def show() -> None:
    """The directory page."""
    heading("Directory", "Local suppliers: who has what, in which months, how far away and with which accreditation. "
            "Prices are not in it, so it may be handed on.")  # fmt: skip
    now = need_sound_case()
    search = _search(now)
    if search is None:
        return
    found = listings(now.case, now.settings, search)
    st.markdown(f"**{count(len(found))} of {count(len(now.case.producers))} producers**")
    if any(one.assumed for one in found):
        st.caption(":material/science: Producers marked assumed are invented for this case: nobody to write to.")
    if not found:
        st.info("Nobody fits. Widen the distance, or choose any product or month.", icon=":material/search_off:")
        return
    rows = directory_rows(now.case, found)
    show_table([dict(zip(HEADINGS, row, strict=True)) for row in rows], "Suppliers that fit, the nearest first.", {},
               wide=["Products and months"])  # fmt: skip
    _take_away(now, rows)
    _map(found)
    next_steps(("farmers", "See which lots fit one of them"), ("gaps", "See what nobody supplies"))


def _search(now: Work) -> Search | None:
    names = {"": ANY} | {key: each.name for key, each in sorted(now.case.products.items(), key=lambda one: one[1].name)}
    held = sorted({mark for each in now.case.producers.values() for mark in each.accreditations})
    first, second, third = st.columns(3)
    product = first.selectbox("Product", list(names), format_func=names.get, key="dir-product")
    month = second.selectbox("Month", [0, *range(1, 13)], format_func=lambda one: NAMES[one - 1] if one else ANY,
                             key="dir-month")  # fmt: skip
    mark = third.selectbox("Accreditation", ["", *held], format_func=lambda one: one or ANY, key="dir-mark")
    within = first.number_input("Within road km", 0, 500, 0, 10, key="dir-km", help="0: any distance.")
    near = second.text_input("Of this postcode", key="dir-near", help="Empty: of the nearest kitchen.")
    words = third.text_input("Name holds", key="dir-words")
    offering = st.checkbox("Only those who say what they can supply", key="dir-offering")
    try:
        place = place_of(near) if near.strip() else None
    except DataError as trouble:
        st.error(md(str(trouble.faults[0])), icon=":material/error:")
        return None
    return Search(product, month or None, float(within) if within else None, place, mark, words.strip(), not offering)


def _take_away(now: Work, rows: list[tuple[str, ...]]) -> None:
    with st.container(horizontal=True):
        st.download_button("Download as Excel", workbook_of("directory", HEADINGS, rows),
                           case_file_name(now, "xlsx").replace("-case-", "-directory-"), XLSX,
                           icon=":material/download:", on_click="ignore", key="dir-xlsx")  # fmt: skip
        st.download_button("Download as CSV", csv_of(HEADINGS, rows),
                           case_file_name(now, "csv").replace("-case-", "-directory-"), "text/csv",
                           icon=":material/download:", on_click="ignore", key="dir-csv")  # fmt: skip


def _map(found: tuple[Listing, ...]) -> None:
    spots = [Spot("Producer", one.producer.name, one.producer.place) for one in found]
    show_chart(places_chart(spots, *ground(spots)), width="content")
    st.caption("The table above holds the same suppliers.")


if __name__ == "__main__":
    show()
