"""A blank case, ready to fill in: a folder of CSV files and settings.toml, or a workbook with help in its headings."""

import io
from collections.abc import Iterable
from pathlib import Path

from foodlots.columns import Column, Table, default_in_words
from foodlots.dictionary import HEADINGS, dictionary_rows, help_of, kind_in_words, settings_of, settings_rows
from foodlots.errors import DataError, Fault
from foodlots.files.settings_text import quoted
from foodlots.files.workbook import open_workbook, write_sheet
from foodlots.settings_table import SECTIONS, SETTINGS, SETTINGS_SHEET, Setting
from foodlots.tables import TABLES
from foodlots.writing import csv_bytes

READ_ME = "read me"
LAST_ROW = 10_000  # how far down a sheet the lists to choose from reach


def write_template(path: str | Path) -> Path:
    """Writes a blank case to a folder, or to a workbook when the path ends in .xlsx; overwrites nothing (DataError)."""
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        _refuse_existing([path])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(template_workbook())
        return path
    texts = {path / f"{table.name}.csv": csv_bytes(table.names, ()) for table in TABLES}
    texts[path / "settings.toml"] = settings_template().encode()
    _refuse_existing(texts)
    path.mkdir(parents=True, exist_ok=True)
    for file, content in texts.items():
        file.write_bytes(content)
    return path


def _refuse_existing(paths: Iterable[Path]) -> None:
    there = [path for path in paths if path.exists()]
    if there:
        raise DataError([Fault("case", 0, "", there[0].name, f"{there[0].name} is already there",
                               "choose a new name: a template overwrites nothing")])  # fmt: skip


def settings_template() -> str:
    """A settings.toml with every setting explained and commented out: as it stands, all defaults hold."""
    parts = ["# Take away the # before a line to set it; what stays commented out keeps its default."]
    for section in SECTIONS:
        lines = [f"[{section}]"]
        for setting in settings_of(section):
            lines.append(f"# {setting.meaning}{_in_unit(setting)}; default: {_default(setting)}")
            lines.append(f"# {setting.name} = {_value_to_type(setting)}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _in_unit(setting: Setting) -> str:
    return f" ({setting.unit})" if setting.unit else ""


def _default(setting: Setting) -> str:
    words = default_in_words(setting)
    return f"{words} ({setting.source})" if setting.source else words


def _value_to_type(setting: Setting) -> str:
    """A value that may stand in settings.toml: the example, or the default."""
    if setting.example:
        return setting.example
    words = default_in_words(setting)
    if setting.kind == "flag":
        return "true" if setting.default else "false"
    return quoted(words) if setting.kind == "text" else words


def template_workbook() -> bytes:
    """A blank workbook: a sheet per table with help on each heading, the settings, and a page to read."""
    stream = io.BytesIO()
    book = open_workbook(stream)
    _write_read_me(book)
    for table in TABLES:
        sheet = write_sheet(book, table.name, table.names, ())
        _help(book, sheet, table)
    rows = [(setting.section, setting.name, "", _default(setting), help_of(setting)) for setting in SETTINGS]
    sheet = write_sheet(book, SETTINGS_SHEET.name, SETTINGS_SHEET.names, rows)
    _help(book, sheet, SETTINGS_SHEET)
    book.close()
    return stream.getvalue()


def _write_read_me(book) -> None:
    rows = [tuple(row[name] for name in HEADINGS) for row in (*dictionary_rows(), *settings_rows())]
    sheet = write_sheet(book, READ_ME, HEADINGS, rows)
    for column, width in enumerate((12, 24, 8, 34, 12, 34, 70)):
        sheet.set_column(column, column, width)


def _help(book, sheet, table: Table) -> None:
    """Help on each heading, columns of text kept as text, and lists where a column has few answers."""
    as_text = book.add_format({"num_format": "@"})
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(12, len(column.name) + 2), as_text if column.kept_as_text else None)
        sheet.write_comment(0, place, help_of(column), {"x_scale": 2, "y_scale": 1.5})
        answers = column.choices or (("yes", "no") if column.kind == "flag" else ())
        if answers:
            sheet.data_validation(1, place, LAST_ROW - 1, place, _list_of(column, answers))


def _list_of(column: Column, answers: tuple[str, ...]) -> dict:
    return {
        "validate": "list",
        "source": list(answers),
        "error_type": "warning",
        "error_title": column.name,
        "error_message": f"{column.name}: {kind_in_words(column)}"[:255],
    }
