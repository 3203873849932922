"""Checking a case: every table read into values, every rule of the contract tried, every fault told at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from foodlots.case import Case
from foodlots.checks.balances import (
    find_budgets_without_kitchens,
    find_category_gaps,
    find_crossed_limits,
    find_nothing_asked,
    find_shares_amiss,
    find_two_demands,
    find_unheld_accreditations,
    find_unknown_spend,
    find_unknown_standings,
)
from foodlots.checks.building import build_case
from foodlots.checks.hand_drawn import find_uneven_lots
from foodlots.checks.magnitudes import find_odd_amounts, find_odd_kitchens, find_odd_prices, find_odd_roads
from foodlots.checks.positions import find_places, find_unknown_postcodes
from foodlots.checks.references import (
    find_counted_twice,
    find_look_alikes,
    find_members,
    find_odd_distances,
    find_overlapping_offers,
    find_shared_ids,
    find_strangers,
    find_twins,
)
from foodlots.checks.rows import Sheet, read_rows
from foodlots.checks.settings_reading import read_settings
from foodlots.errors import Fault
from foodlots.files.raw import RawCase, warn
from foodlots.files.settings_text import from_overrides
from foodlots.settings import Settings
from foodlots.tables import TABLES

Sheets = Mapping[str, Sheet]

ORDER = {name: place for place, name in enumerate(["case", *(table.name for table in TABLES), "settings"])}
SEVERITIES = ("block", "warn", "note")


@dataclass(frozen=True)
class Checked:
    """What checking found: the case and its settings, or None for both when a fault blocks, and every fault."""

    case: Case | None
    settings: Settings | None
    faults: tuple[Fault, ...]

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """The faults that must be mended first."""
        return tuple(fault for fault in self.faults if fault.severity == "block")


def check(raw: RawCase, overrides: Iterable[str] = ()) -> Checked:
    """The case that the text describes, or every fault in it; nothing is raised for a fault.

    overrides: "section.key=value", on top of the case's settings.
    """
    faults = list(raw.faults)
    refused = {fault.table for fault in faults if fault.severity == "block"}
    read = [read_rows(table, raw.tables.get(table.name), bool({table.name, "case"} & refused)) for table in TABLES]
    sheets = {sheet.table.name: sheet for sheet, _ in read}
    for _, troubles in read:
        faults += troubles
    settings, troubles = _settings(raw, overrides, sheets)
    faults += troubles
    found = {name: find_places(sheets[name]) for name in ("sites", "producers", "depots")}
    places = {name: where for name, (where, _) in found.items()}
    for _, troubles in found.values():
        faults += troubles
    for rule in RULES:
        faults += rule(sheets)
    for rule in RULES_OF_PLACE:
        faults += rule(sheets, places)
    if not any(fault.severity == "block" for fault in faults):
        faults += find_uneven_lots(sheets, settings)
    faults = in_order(faults)
    if any(fault.severity == "block" for fault in faults):
        return Checked(None, None, faults)
    return Checked(build_case(sheets, places), settings, faults)


def _settings(raw: RawCase, overrides: Iterable[str], sheets: Sheets) -> tuple[Settings, list[Fault]]:
    given, faults = from_overrides(overrides)
    settings, troubles = read_settings((*raw.settings, *given), raw.name, sheets["buyers"].ids())
    return settings, faults + troubles


def find_missing(sheets: Sheets) -> Iterator[Fault]:
    """Every table that a case needs is there and has rows; one that could not be read is not named again."""
    for name, sheet in sheets.items():
        if sheet.rows or sheet.refused:
            continue
        if not sheet.table.needed:
            if name == "offers":
                problem = "nobody offers anything: all is bought on the open market"
                yield warn(name, "", problem, "add what producers offer")
        elif sheet.given:
            yield Fault(name, 0, "", "", f"{name} has headings but no rows", "add at least one row")
        else:
            yield Fault(name, 0, "", "", f"the table {name} is missing", f"add {name}.csv, or a sheet {name}; a blank "
                        "template shows its columns")  # fmt: skip


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by table, row and column, what blocks first, each once."""
    return tuple(sorted(set(faults), key=lambda fault: (
        ORDER.get(fault.table, len(ORDER)), fault.table, fault.row, SEVERITIES.index(fault.severity), fault,
    )))  # fmt: skip


RULES = (
    find_missing,
    find_twins,
    find_look_alikes,
    find_strangers,
    find_two_demands,
    find_overlapping_offers,
    find_members,
    find_counted_twice,
    find_shares_amiss,
    find_category_gaps,
    find_budgets_without_kitchens,
    find_nothing_asked,
    find_unheld_accreditations,
    find_crossed_limits,
    find_odd_distances,
    find_odd_prices,
    find_odd_amounts,
    find_odd_kitchens,
    find_unknown_standings,
    find_unknown_spend,
    find_unknown_postcodes,
)

RULES_OF_PLACE = (
    find_shared_ids,
    find_odd_roads,
)
