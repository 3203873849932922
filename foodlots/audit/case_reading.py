"""A case read by the audit itself, from its files alone: what foodlots made of the same files is not asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from foodlots.audit.case import TABLES, Case
from foodlots.audit.fingerprint import fingerprint, in_order
from foodlots.audit.settings import Settings
from foodlots.audit.settings_reading import Told, from_overrides, from_sheet, from_toml, read_settings
from foodlots.audit.sheets import SETTINGS, Files, Folder, Sheet, Unread, named_after, open_case, read_csv, text_of
from foodlots.audit.tables import keyed, read_entries, refer
from foodlots.audit.workbook import read_workbook

NAMED = ("buyers", "sites", "products", "producers", "depots")


def read_case(source: Files, overrides: Iterable[str] = ()) -> tuple[Case, Settings]:
    """The case and its settings, with "section.key=value" on top of them. Raises Unread."""
    folder = open_case(source)
    sheets, told = _text(folder)
    case = _build({table: read_entries(kind, sheets.get(table)) for table, kind in TABLES.items()})
    return case, read_settings([*told, *from_overrides(overrides)], folder.name)


def _text(folder: Folder) -> tuple[dict[str, Sheet], list[Told]]:
    """The tables and the settings as text."""
    files, wanted = folder.files, {*TABLES, SETTINGS}
    only = next(iter(files)) if len(files) == 1 else ""
    if only and not only.lower().endswith((".csv", ".toml")):
        found = read_workbook(only, files[only], wanted)
    else:
        tables = [file for file in files if file.lower().endswith(".csv") and named_after(file[:-4]) in wanted]
        found = [read_csv(file, files[file]) for file in tables]
    sheets = keyed("the case", ((sheet.table, sheet) for sheet in found))
    told = [from_toml(file, text_of(file, data)) for file, data in files.items()
            if file.lower() == f"{SETTINGS}.toml"]  # fmt: skip
    told += [from_sheet(sheets[SETTINGS])] if SETTINGS in sheets else []
    return sheets, [each for part in told for each in part]


def _build(entries: dict[str, list]) -> Case:
    ids = {table: {entry.id for entry in entries[table]} for table in NAMED}
    for table, found in entries.items():
        refer(table, found, ids)
    if bool(entries["budgets"]) == bool(entries["demand"]):
        raise Unread("a case has either budgets or demand")
    by_id = {table: keyed(table, ((entry.id, entry) for entry in entries[table])) for table in ids}
    case = Case(
        **{table: MappingProxyType(found) for table, found in by_id.items()},
        offers=tuple(sorted(entries["offers"], key=lambda each: (each.producer, each.product, each.months))),
        budgets=keyed("budgets", (((each.buyer, each.category), each.budget_gbp) for each in entries["budgets"])),
        demand=keyed("demand", (((each.site, each.product, each.month), each.kg) for each in entries["demand"])),
        distances=_both_ways(
            keyed("distances", (((each.origin, each.destination), each.km) for each in entries["distances"]))
        ),
        lots=_lots(entries["lots"]),
        held=keyed("held", (((each.lot, each.bidder), each.hold) for each in entries["held"])),
        spend=in_order(entries["spend"]),
        provenance=in_order(entries["provenance"]),
    )
    return replace(case, sha256=fingerprint(case))


def _both_ways(given: dict) -> dict:
    return dict(sorted(({(there, here): km for (here, there), km in given.items()} | given).items()))


def _lots(pieces: list) -> dict:
    """Lot -> its (site, product, months), the months of the same site and product together."""
    found: dict[str, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for piece in pieces:
        found[piece.lot][piece.site, piece.product].update(piece.months)
    return {
        lot: tuple((*at, tuple(sorted(months))) for at, months in sorted(cells.items()))
        for lot, cells in sorted(found.items())
    }
