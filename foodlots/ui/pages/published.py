"""Published data: start a case from files that public bodies publish, or bring an open one up to date."""

import streamlit as st

from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.public.areas import area_names, find_area
from foodlots.public.asked import Order
from foodlots.public.builder import build
from foodlots.public.catalogue import categories, chosen
from foodlots.public.downloads import Download
from foodlots.public.form import survey_form
from foodlots.public.imported import Imported, Wish
from foodlots.public.kinds import KINDS, Kind
from foodlots.public.merging import Before, Merge, merge
from foodlots.public.missing import missing
from foodlots.public.record import cells_by_id, makes_of, parse_record, prices_of, record_text
from foodlots.ui import state
from foodlots.ui.parts.downloads import XLSX
from foodlots.ui.parts.frame import heading, next_steps
from foodlots.ui.parts.published_rows import differences, show_imports
from foodlots.ui.parts.words import md

ENDINGS = ["csv", "xml", "ods", "xlsx", "json", "geojson", "txt", "zip", "gz"]
EVERYWHERE = "Everything in the file"


def show() -> None:
    """The page of published data."""
    heading("Published data", "Registers, prices and payments that public bodies publish become the tables of a case. "
            "Download a file, give it here as it is; nothing is fetched for you.")  # fmt: skip
    if state.work() is None:
        st.caption("Give a file here to begin a case of your own. Open an example on Start to look around first.")
    kind = st.selectbox("What kind of file", KINDS, format_func=lambda one: one.title, key="kind")
    st.caption(f"Gives {md(kind.gives)}. Where to get it: {md(kind.where)}.")
    wish, files = _wish(kind), _files()
    if kind.name == "survey" and state.work() is not None:
        st.download_button("Download the blank form", survey_form(_open_case()), "foodlots-survey.xlsx", XLSX,
                           icon=":material/download:", on_click="ignore", key="form")  # fmt: skip
    if files and st.button("Read the files", type="primary", icon=":material/fact_check:", key="read"):
        _read(kind, wish, files)
    _waiting(kind, wish)
    if state.work() is not None:
        _complete()
        _missing()
        show_imports(state.imports())
        next_steps(("data", "Look at the tables"), ("plan", "Make a plan"))


def _files() -> list[Download]:
    found = st.file_uploader("The files, as downloaded", ENDINGS, accept_multiple_files=True, key="published-files",
                             help="At most 20 MB each; larger ones by foodlots import.")  # fmt: skip
    return [Download.of(file.name, file.getvalue()) for file in found or ()]


def _wish(kind: Kind) -> Wish:
    left, right = st.columns(2)
    area = left.selectbox("Area", [EVERYWHERE, *area_names()], key="area",
                          help="A district, unitary authority or county. Type to search.")  # fmt: skip
    around = right.checkbox("Also the areas around it", key="around", disabled=area == EVERYWHERE)
    share = 0
    if kind.name == "schools":
        share = left.slider("Share of pupils who eat a school meal, in % (0: by phase)", 0, 100, 0, 5, key="share",
                            help="0: 60 of primary, 40 of secondary and 45 of other pupils.")  # fmt: skip
    within = 0
    if kind.name in ("establishments", "hygiene"):
        within = right.number_input(
            "Only within so many road km of a kitchen (0: no limit)", 0, 500, 0, 10, key="within"
        )
    raw = _open_case()
    buyers = cells_of_buyers(raw)
    buyer = st.selectbox("Whose payments", sorted(buyers), format_func=buyers.get, key="payer") if (
        kind.name == "spend" and buyers) else ""  # fmt: skip
    found = None if area == EVERYWHERE else find_area(area)
    return Wish(found, around, buyer or "", share / 100 if share else None, float(within) if within else None, raw)


def _open_case() -> RawCase:
    now = state.work()
    return now.raw if now else RawCase("Published data")


def cells_of_buyers(raw: RawCase) -> dict[str, str]:
    """The name of each buyer of the case, by its id."""
    table = raw.tables.get("buyers")
    rows = [dict(zip(table.headings, row.cells, strict=False)) for row in table.rows] if table else []
    return {row["buyer"]: row.get("name") or row["buyer"] for row in rows}


def _key(kind: str, scope: str) -> tuple[str, str, str]:
    now = state.work()
    return now.draft.key if now else "", kind, scope


def _read(kind: Kind, wish: Wish, files: list[Download]) -> None:
    try:
        with st.spinner("Reading the files"):
            imported, hashes = kind.read(files, wish), {file.name: file.sha256() for file in files}
            state.remember("read", (_key(kind.name, wish.scope), imported, hashes))
    except DataError as trouble:
        state.remember("read", None)
        for fault in trouble.faults:
            st.error(md(str(fault)), icon=":material/error:")


def _waiting(kind: Kind, wish: Wish) -> None:
    """What was read and is not in the tables yet: its totals, notes and differences, and the button to apply it."""
    key, imported, hashes = state.remembered("read") or (None, None, {})
    if imported is None or key != _key(kind.name, wish.scope):
        return
    for sentence in imported.told:
        st.markdown(f":material/check: {md(sentence)}")
    if imported.notes:
        with st.expander(f"Worth knowing about the files ({len(imported.notes)})", icon=":material/info:"):
            for note in imported.notes:
                st.markdown(f"- {md(str(note))}")
    found = merge(_open_case(), imported, _before(key, imported))
    differences(found)
    if found.touched and st.button("Put into the tables", type="primary", icon=":material/input:", key="apply"):
        _apply(key, found, imported, hashes)
    for name, content in imported.papers.items():
        st.download_button(
            f"Download {md(name)}", content, name, icon=":material/download:", on_click="ignore", key=name
        )


def _before(key: tuple[str, str, str], imported: Imported):
    records = _records()
    built = records.get(("build", ""), {}) if imported.fills else {}
    return built | records.get(key[1:], {})


def _records() -> dict[tuple[str, str], Before]:
    """(kind, area) -> what the last such import into the open case wrote."""
    return {key: parse_record(text, f"{key[0]}.json") for key, text in state.import_records().items()}


def _apply(key: tuple[str, str, str], found: Merge, imported: Imported, hashes: dict[str, str]) -> None:
    if state.work() is None:
        state.open_case(found.case, "published data")
    else:
        state.edit(found.case)
    state.keep_import(key[1], key[2], hashes, record_text(imported, hashes))
    state.remember("read", None)
    st.rerun()


def _complete() -> None:
    """Products, budgets and, where wished, assumed growers and offers, so that a plan can be made."""
    st.subheader("Complete the case")
    st.markdown("Adds products with their sources, budgets worked out of meals, and settings to start from. Where "
                "nobody has stated what can be supplied, growers and offers can be assumed: they are named so, and "
                "every page and paper then says that the case is illustrative.")  # fmt: skip
    with st.form("complete"):
        area = st.selectbox("Area of the growers", area_names(), index=None, key="build-area")
        picked = st.multiselect("Products (none: what every kitchen buys)", categories(), key="build-products")
        budget = st.number_input("£ of food a year (0: worked out of meals)", 0, None, 0, 10_000, key="build-budget")
        assume = st.checkbox("Assume growers and offers, marked as assumed", value=True, key="build-assume")
        if not st.form_submit_button("Complete it", icon=":material/construction:", key="build"):
            return
    records = _records()
    made = list(records.values())
    order = Order(
        chosen(picked), find_area(area) if area else None, float(budget) or None, assume=assume,
        prices=prices_of(cells_by_id(made, "products")), made=makes_of(cells_by_id(made, "producers")),
    )  # fmt: skip
    try:
        built = build(_open_case(), order)
    except DataError as trouble:
        st.error(md(str(trouble)), icon=":material/error:")
        return
    found = merge(_open_case(), built, records.get(("build", ""), {}))
    _apply(_key("build", ""), found, built, {})


def _missing() -> None:
    found = missing(_open_case())
    if found:
        st.subheader("Still missing or assumed")
        st.markdown("\n".join(f"- {md(sentence)}" for sentence in found))


if __name__ == "__main__":
    show()
