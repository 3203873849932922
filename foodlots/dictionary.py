"""The data dictionary: what every table, column and setting means, taken from their declarations."""

from foodlots.columns import Column, Table, default_in_words, number_in_words
from foodlots.settings_table import SECTIONS, SETTINGS, Setting
from foodlots.tables import TABLES

KINDS = {
    "id": "id (letters, digits, _)",
    "ids": "ids, `;` between them",
    "label": "short name",
    "labels": "short names, `;` between them",
    "text": "text",
    "choice": "one of",
    "number": "number",
    "whole": "whole number",
    "flag": "yes or no",
    "months": "months",
    "month": "month",
    "cpv": "CPV code",
    "postcode": "postcode",
    "area": "area code",
    "latitude": "degrees",
    "longitude": "degrees",
    "year_month": "year and month",
    "amounts": "[least, most]",
    "wholes": "[least, most]",
    "seasons": "lists of months",
    "weeks": "twelve numbers",
    "area_lists": "list of area codes",
    "aims": "some of cost, local, carbon, km, suppliers, lots",
}
HEADINGS = ("table", "column", "needed", "what stands in it", "unit", "default", "meaning")


def dictionary_rows() -> list[dict[str, str]]:
    """One row for each column of each table, for a screen or a sheet."""
    return [_row(table.name, column) for table in TABLES for column in table.columns]


def settings_rows() -> list[dict[str, str]]:
    """One row for each setting, under the same headings; the table is its section."""
    return [_row(f"[{setting.section}]", setting) for setting in SETTINGS]


def _row(table: str, column: Column) -> dict[str, str]:
    cells = (
        table,
        column.name,
        "yes" if column.required else "",
        kind_in_words(column),
        column.unit,
        _default(column),
        column.meaning,
    )
    return dict(zip(HEADINGS, cells, strict=True))


def _default(column: Column) -> str:
    if column.required:
        return ""
    words = default_in_words(column)
    return f"{words} ({column.source})" if words and column.source else words


def kind_in_words(column: Column) -> str:
    """What may stand in a column, with its bounds."""
    words = KINDS[column.kind]
    if column.choices:
        return f"{words} {', '.join(column.choices)}"
    return words + bounds_in_words(column)


def bounds_in_words(column: Column) -> str:
    """The bounds of a number, "" when it has none."""
    if column.above is not None and column.most is not None:
        return f" above {number_in_words(column.above)}, at most {number_in_words(column.most)}"
    if column.above is not None:
        return f" above {number_in_words(column.above)}"
    if column.least is not None and column.most is not None:
        return f" from {number_in_words(column.least)} to {number_in_words(column.most)}"
    return f", {number_in_words(column.least)} or more" if column.least is not None else ""


def help_of(column: Column) -> str:
    """One short text that helps to fill in a column or setting."""
    parts = [f"{column.meaning} ({column.unit})" if column.unit else column.meaning, kind_in_words(column)]
    if column.required:
        parts.append("must be filled in")
    elif _default(column):
        parts.append(f"empty: {_default(column)}")
    if column.example:
        parts.append(f"for example {column.example}")
    return ". ".join(part[:1].upper() + part[1:] for part in parts) + "."


def dictionary_markdown() -> str:
    """The whole dictionary in Markdown, for the README: a section for each table, then the settings."""
    parts = [_table_markdown(table) for table in TABLES]
    parts += [_section_markdown(section) for section in SECTIONS]
    return "\n\n".join(parts) + "\n"


def _table_markdown(table: Table) -> str:
    optional = "" if table.needed else " (optional)"
    if table.name in ("budgets", "demand"):
        optional = " (one of budgets and demand)"
    rows = [_row(table.name, column) for column in table.columns]
    key = ", ".join(table.key) or "none"
    return f"### {table.name}{optional}\n\n{table.meaning} Key: {key}.\n\n" + _grid(rows, HEADINGS[1:])


def _section_markdown(section: str) -> str:
    rows = [_row(section, setting) for setting in settings_of(section)]
    headings = tuple(heading for heading in HEADINGS[1:] if heading != "needed")
    return f"### settings.toml `[{section}]`\n\n" + _grid(rows, headings).replace("| column |", "| setting |", 1)


def settings_of(section: str) -> tuple[Setting, ...]:
    """The settings of one section, in order."""
    return tuple(setting for setting in SETTINGS if setting.section == section)


def _grid(rows: list[dict[str, str]], headings: tuple[str, ...]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(row[name].replace("|", "\\|") for name in headings) + " |" for row in rows]
    return "\n".join(lines)
