"""The blank template and the dictionary: both follow from the declarations, and what they show is accepted."""

import io
import re
import tomllib

import openpyxl
import pytest

from foodlots.checking import check
from foodlots.dictionary import HEADINGS, dictionary_markdown, dictionary_rows, help_of, settings_rows
from foodlots.errors import DataError
from foodlots.reading import edit_table, read_tables
from foodlots.settings_table import SETTINGS
from foodlots.tables import TABLES
from foodlots.template import settings_template, template_workbook, write_template
from foodlots.values import read_value


@pytest.fixture(params=["blank", "blank.xlsx"])
def template(request, tmp_path):
    return write_template(tmp_path / request.param)


def test_template_has_every_table_and_column(template):
    raw = read_tables(template)
    assert {name: table.headings for name, table in raw.tables.items()} == {table.name: table.names for table in TABLES}
    assert not [fault for fault in raw.faults if fault.severity != "note"]
    assert raw.settings == ()


def test_blank_template_says_what_is_still_to_fill_in(template):
    blocking = check(read_tables(template)).blocking
    assert [fault.table for fault in blocking] == ["buyers", "sites", "products", "budgets", "producers"]
    assert all(fault.mend for fault in blocking)


def test_template_filled_in_with_its_own_examples_is_a_case(template):
    """Every example that the dictionary shows is accepted where it is shown."""
    raw = read_tables(template)
    for table in TABLES:
        row = {column.name: column.example for column in table.columns}
        if table.place:
            row |= {"lat": "53.76", "lon": "-2.70"}
        if table.name == "products":
            row |= {"budget_share": "1"}
        if table.name not in ("demand", "lots", "held", "distances"):
            raw = edit_table(raw, table.name, table.names, [tuple(row.values())])
    found = check(raw)
    assert found.blocking == ()
    assert found.settings == check(raw).settings


def test_settings_template_holds_every_setting_commented():
    text = settings_template()
    assert all(content == {} for content in tomllib.loads(text).values())
    for setting in SETTINGS:
        assert re.search(rf"^# {setting.name} = ", text, re.M), setting.name


def test_settings_template_is_accepted_with_its_comments_taken_away(tmp_path):
    lines = settings_template().splitlines()
    names = {setting.name for setting in SETTINGS}
    live = [line[2:] if line.startswith("# ") and line[2:].split(" = ")[0] in names else line for line in lines]
    raw = read_tables({"settings.toml": "\n".join(live).encode()})
    assert len(raw.settings) == len(SETTINGS)
    told = [fault for fault in check(raw).blocking if fault.table == "settings"]
    assert [fault.value for fault in told if "not in buyers" not in fault.problem] == []


def test_workbook_helps_on_every_heading():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    assert book.sheetnames == ["read me", *(table.name for table in TABLES), "settings"]
    for table in TABLES:
        cells = [cell for row in book[table.name].iter_rows(max_row=1) for cell in row]
        assert all(column.meaning[1:20] in cell.comment.text for column, cell in zip(table.columns, cells, strict=True))
    lists = {str(rule.sqref) for rule in book["buyers"].data_validations.dataValidation}
    assert lists == {"C2:C10000"}
    assert book["settings"].max_row == len(SETTINGS) + 1


def test_workbook_is_the_same_bytes_each_time():
    assert template_workbook() == template_workbook()


def test_settings_typed_in_the_template_workbook_count():
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    for row in book["settings"].iter_rows(min_row=2):
        if row[1].value == "max_km":
            row[2].value = 60
    stream = io.BytesIO()
    book.save(stream)
    raw = read_tables({"book.xlsx": stream.getvalue()})
    assert [(setting.section, setting.key, setting.value) for setting in raw.settings] == [("awards", "max_km", "60")]


def test_dictionary_names_every_column_and_setting():
    text = dictionary_markdown()
    for table in TABLES:
        section = text.split(f"### {table.name}")[1].split("###")[0]
        for column in table.columns:
            assert f"| {column.name} |" in section
            assert column.meaning.replace("|", "\\|") in section
    for setting in SETTINGS:
        section = text.split(f"`[{setting.section}]`")[1].split("###")[0]
        assert f"| {setting.name} |" in section
    assert len(dictionary_rows()) == sum(len(table.columns) for table in TABLES)
    assert len(settings_rows()) == len(SETTINGS)
    assert all(tuple(row) == HEADINGS for row in (*dictionary_rows(), *settings_rows()))


def test_dictionary_tables_are_well_formed():
    for block in dictionary_markdown().split("\n\n"):
        if block.startswith("|"):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}
            assert len(widths) == 1


def test_help_is_a_short_text():
    for table in TABLES:
        for column in table.columns:
            assert 10 < len(help_of(column)) < 400


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_examples_are_read(table):
    for column in table.columns:
        if column.example:
            assert read_value(column.example, column)


@pytest.mark.parametrize("name", ["case", "case.xlsx"])
def test_template_never_overwrites(tmp_path, name):
    path = write_template(tmp_path / name)
    with pytest.raises(DataError, match="choose a new name"):
        write_template(path)


def test_template_may_join_other_files(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    write_template(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "sites.csv").exists()
