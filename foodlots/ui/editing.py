"""Edits of a case as text: a table typed anew, one cell mended, a setting changed. Each gives a new case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foodlots.case import Case
from foodlots.columns import number_in_words
from foodlots.errors import Fault
from foodlots.files.raw import RawCase, RawRow, RawSetting
from foodlots.reading import edit_table
from foodlots.tables import table_named

Rows = Sequence[Sequence[str]]


def headings_of(raw: RawCase, name: str) -> tuple[str, ...]:
    """Every column of a table: those that stand in it, then the declared ones it does not have yet."""
    given = raw.tables[name].headings if name in raw.tables else ()
    return (*given, *(column for column in table_named(name).names if column not in given))


def rows_of(raw: RawCase, name: str) -> list[tuple[int, tuple[str, ...]]]:
    """Each row with its number in the file, a cell for every one of its headings."""
    if name not in raw.tables:
        return []
    width = len(headings_of(raw, name))
    return [(row.number, (*row.cells, *("" for _ in range(width - len(row.cells))))) for row in raw.tables[name].rows]


def with_rows(raw: RawCase, name: str, headings: Sequence[str], rows: Rows) -> RawCase:
    """The case with these rows in a table; columns that were not there and stay empty are left out again."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return raw.without_table(name)
    given = raw.tables[name].headings if name in raw.tables else table_named(name).required
    kept = [
        place for place, heading in enumerate(headings) if heading in given or any(row[place].strip() for row in filled)
    ]
    return edit_table(
        raw, name, [headings[place] for place in kept], [[row[place] for place in kept] for row in filled]
    )


def retyped(raw: RawCase, name: str, edits: Mapping) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings and rows of a table after a grid's edits: cells typed over, rows taken out, rows put in at the end."""
    headings = headings_of(raw, name)
    typed, gone = edits["edited_rows"], set(edits["deleted_rows"])
    rows = [
        tuple(str(typed.get(place, {}).get(heading, cell) or "") for heading, cell in zip(headings, cells, strict=True))
        for place, (_, cells) in enumerate(rows_of(raw, name))
        if place not in gone
    ]
    added = [tuple(str(row.get(heading) or "") for heading in headings) for row in edits["added_rows"]]
    return headings, rows + added


def can_mend(raw: RawCase, fault: Fault) -> bool:
    """Whether the fault lies in one cell that can be typed anew here."""
    if fault.table == "settings":
        return "." in fault.column
    return fault.column in _columns(raw, fault.table) and _row(raw, fault) is not None


def _columns(raw: RawCase, name: str) -> tuple[str, ...]:
    return headings_of(raw, name) if name in raw.tables else ()


def _row(raw: RawCase, fault: Fault) -> RawRow | None:
    return next((row for row in raw.tables[fault.table].rows if row.number == fault.row), None)


def cell_of(raw: RawCase, fault: Fault) -> str:
    """What stands in the cell at fault."""
    if fault.table == "settings":
        section, key = fault.column.split(".", 1)
        return setting_of(raw, section, key)
    cells = dict(zip(headings_of(raw, fault.table), _row(raw, fault).cells, strict=False))
    return cells.get(fault.column, "")


def mend(raw: RawCase, fault: Fault, text: str) -> RawCase:
    """The case with the cell at fault typed anew."""
    if fault.table == "settings":
        section, key = fault.column.split(".", 1)
        return with_settings(raw, {(section, key): text})
    headings = headings_of(raw, fault.table)
    place = headings.index(fault.column)
    rows = [
        (*cells[:place], text, *cells[place + 1 :]) if number == fault.row else cells
        for number, cells in rows_of(raw, fault.table)
    ]
    return with_rows(raw, fault.table, headings, rows)


def setting_of(raw: RawCase, section: str, key: str) -> str:
    """The text of a setting, "" when it is left to its default."""
    return next(
        (each.value for each in reversed(raw.settings) if (each.section, each.key) == (section, key)), ""
    )  # fmt: skip


def with_settings(raw: RawCase, changes: Mapping[tuple[str, str], str]) -> RawCase:
    """The case with these settings; a setting given as "" goes back to its default."""
    kept = [each for each in raw.settings if (each.section, each.key) not in changes]
    last = {(each.section, each.key): each for each in raw.settings}
    for (section, key), value in changes.items():
        if value:
            before = last.get((section, key), RawSetting(section, key, value))
            kept.append(replace(before, value=value))
    return raw.with_settings(_in_order(kept, raw.settings))


def _in_order(kept: Iterable[RawSetting], before: Sequence[RawSetting]) -> list[RawSetting]:
    """Settings where they stood, new ones last."""
    places = {(each.section, each.key): place for place, each in enumerate(before)}
    return sorted(kept, key=lambda each: places.get((each.section, each.key), len(places)))


def with_column(raw: RawCase, name: str, key: Sequence[str], column: str, values: Mapping[tuple, str]) -> RawCase:
    """The case with new values in one column of a table, for the rows whose key has one."""
    if not values:
        return raw
    headings = headings_of(raw, name)
    places, place = [headings.index(each) for each in key], headings.index(column)
    rows = [
        (*cells[:place], values.get(tuple(cells[at].strip() for at in places), cells[place]), *cells[place + 1 :])
        for _, cells in rows_of(raw, name)
    ]
    return with_rows(raw, name, headings, rows)


def with_amounts_of(raw: RawCase, before: Case, after: Case) -> RawCase:
    """The case as text with the meals, budgets, kilos and shares in which one case differs from another."""
    changed = raw
    for table, key, column, old, new in _amounts(before, after):
        values = {each: number_in_words(new[each]) for each in new if new[each] != old[each]}
        changed = with_column(changed, table, key, column, values)
    return changed


def _amounts(before: Case, after: Case):
    for case_table, key, column in (("sites", "site", "meals_per_week"), ("products", "product", "budget_share")):
        old, new = (
            {(each.id,): getattr(each, column) for each in getattr(case, case_table).values()}
            for case in (before, after)
        )
        yield case_table, (key,), column, old, new
    yield "budgets", ("buyer", "category"), "budget_gbp", before.budgets, after.budgets
    demand = [{(site, product, str(month)): kg for (site, product, month), kg in case.demand.items()}
              for case in (before, after)]  # fmt: skip
    yield "demand", ("site", "product", "month"), "kg", *demand
