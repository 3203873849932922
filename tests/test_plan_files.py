"""A plan on disk: the same plan comes back, the same bytes go out, and every fault is named by file, row and column."""

import csv
import io
import json
from dataclasses import fields, replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_plan import sample_plan

from foodlots import plan_files
from foodlots.errors import DataError
from foodlots.plan import Award, Summary
from foodlots.plan_cells import read_months, read_number, read_text, write_months, write_number, write_text
from foodlots.plan_files import put_file, read_plan, write_plan

LOTS = "lot,name,buyers,area,products,months,value_gbp,cpv,able_bidders,winner,fill,round_km"


def test_a_plan_read_back_is_the_same_plan(tmp_path):
    assert read_plan(write_plan(sample_plan(), tmp_path / "plans" / "one")) == sample_plan()


def test_an_empty_plan_read_back_is_the_same_plan(tmp_path):
    tables = {table.name: () for table in plan_files.TABLES}
    plan = replace(sample_plan(), **tables, run=MappingProxyType({}))
    assert read_plan(write_plan(plan, tmp_path)) == plan


def test_the_same_plan_gives_the_same_bytes_however_its_numbers_were_written(tmp_path):
    plan = sample_plan()
    padded = [replace(award, value_gbp=award.value_gbp + Decimal("0.000"), share=+award.share) for award in plan.awards]
    run = dict(reversed(plan.run.items()))
    write_plan(plan, tmp_path / "a")
    write_plan(replace(plan, awards=tuple(padded), run=run), tmp_path / "b")
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()
        assert b"\r" not in file.read_bytes()


def test_columns_are_the_fields_of_the_records_in_order(tmp_path):
    write_plan(sample_plan(), tmp_path)
    heads = {file.stem: file.read_text("utf-8").splitlines()[0] for file in tmp_path.glob("*.csv")}
    assert heads["lots"] == LOTS
    assert heads["cells"] == "lot,site,product,months"
    assert heads["awards"] == ",".join(field.name for field in fields(Award))
    assert heads["distribution"] == "distribution,depot,area,visits,drops,round_km,km,gbp"
    assert heads["rounds"] == "round,stop,site"
    assert sorted(heads) == sorted(table.name for table in plan_files.TABLES)


def test_kilos_show_grams_pounds_show_pence_and_months_show_runs(tmp_path):
    write_plan(sample_plan(), tmp_path)
    row = next(csv.DictReader(io.StringIO((tmp_path / "supply.csv").read_text())))
    assert (row["kg"], row["gbp"]) == ("50.000", "68.50")
    assert "9-12;1-8" in (tmp_path / "cells.csv").read_text()
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert list(summary) == [field.name for field in fields(Summary)]
    assert summary["spend_gbp"] == 29000


def test_a_name_that_a_spreadsheet_would_run_is_made_safe_on_disk_and_restored(tmp_path):
    plan = sample_plan()
    names = [
        "=1+1",
        "+44",
        "-5",
        "@SUM(A1)",
        "\ttab",
        "\rreturn",
        ' "=1"',
        "＝1",
        "'=already",
        "'s-Field",
        'a "b", c\nd',
    ]
    lots = tuple(replace(plan.lots[0], id=f"N{place}", name=name) for place, name in enumerate(names))
    plan = replace(plan, lots=(*plan.lots, *lots))
    assert read_plan(write_plan(plan, tmp_path)) == plan
    rows = list(csv.DictReader(io.StringIO((tmp_path / "lots.csv").read_bytes().decode(), newline="")))
    for row in rows:
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert not row["name"].lstrip(" \"'").startswith("=") or row["name"].startswith("'")


@given(st.text())
def test_any_text_survives_and_none_is_live(text):
    cell = write_text(text)
    assert read_text(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.integers(1, 12), unique=True))
def test_any_months_survive_in_their_order(months):
    assert not months or read_months(write_months(months)) == tuple(months)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12, places=6))
def test_any_number_survives(number):
    assert read_number(write_number(number, 3)) == number


def test_a_number_that_is_none_is_refused_when_writing():
    with pytest.raises(ValueError, match="no amount"):
        write_number(Decimal("NaN"))


@pytest.mark.parametrize("value", [Decimal(1), ("a",), {1: "a"}, {"deep": [{"x": Decimal(2)}]}])
def test_a_run_that_json_would_change_is_refused(tmp_path, value):
    with pytest.raises(TypeError, match=r"^run"):
        write_plan(replace(sample_plan(), run={"key": value}), tmp_path)
    assert list(tmp_path.iterdir()) == []


def spoil(folder, name, old, new):
    text = (folder / name).read_bytes().decode("utf-8")
    assert old in text
    (folder / name).write_bytes(text.replace(old, new, 1).encode("utf-8"))


@pytest.mark.parametrize(
    ("name", "old", "new", "row", "column"),
    [
        ("lots.csv", "5000.00", "5,000", 2, ""),
        ("lots.csv", "5000.00", "five", 2, "value_gbp"),
        ("lots.csv", "5000.00", "NaN", 2, "value_gbp"),
        ("lots.csv", "5000.00", "1e400", 2, "value_gbp"),
        ("lots.csv", "9-12;1-8", "0-12", 2, "months"),
        ("lots.csv", "9-12;1-8", "1-3;2", 2, "months"),
        ("lots.csv", "leek;potato", "leek;", 2, "products"),
        ("lots.csv", "able_bidders", "able", 1, "able_bidders"),
        ("lots.csv", "cpv", "name", 1, "name"),
        ("lots.csv", "\nL2,", "\nL1,", 3, "lot"),
        ("awards.csv", "L2,brook", "L9,brook", 3, "lot"),
        ("cells.csv", "L1,abbey,leek", "L7,abbey,leek", 2, "lot"),
        ("rounds.csv", "D01,1", "D02,1", 5, "round"),
        ("rounds.csv", "L1,2", "L1,x", 3, "stop"),
        ("supply.csv", ",1,50.000", ",13.5,50.000", 2, "month"),
        ("supply.csv", "50.000,", "50.000,9,", 2, ""),
        ("shortfall.csv", "125.000", "=125", 2, "kg"),
        ("summary.json", '"spend_gbp": 29000.00', '"spend_gbp": "29000"', 0, "spend_gbp"),
        ("summary.json", '"lots": 5', '"lots": 5.5', 0, "lots"),
        ("summary.json", '"local_share": 0.4', '"local_share": true', 0, "local_share"),
        ("summary.json", '"local_share": 0.4', '"local_share": 1e999', 0, "local_share"),
        ("summary.json", '"status": "feasible",', "", 0, "status"),
        ("summary.json", '"local_share": 0.4', '"local_share": NaN', 0, ""),
        ("summary.json", "{", "[", 0, ""),
        ("run.json", "{", "", 0, ""),
    ],
)
def test_a_fault_is_named_by_file_row_and_column(tmp_path, name, old, new, row, column):
    write_plan(sample_plan(), tmp_path)
    spoil(tmp_path, name, old, new)
    with pytest.raises(DataError) as caught:
        read_plan(tmp_path)
    assert (name, row, column) in [(fault.table, fault.row, fault.column) for fault in caught.value.faults]
    assert all(fault.problem and fault.mend for fault in caught.value.faults)


def test_all_faults_are_told_at_once(tmp_path):
    write_plan(sample_plan(), tmp_path)
    spoil(tmp_path, "lots.csv", "5000.00", "x")
    spoil(tmp_path, "awards.csv", "812.5", "y")
    (tmp_path / "cells.csv").unlink()
    with pytest.raises(DataError) as caught:
        read_plan(tmp_path)
    assert {fault.table for fault in caught.value.faults} == {"lots.csv", "awards.csv", "cells.csv"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'lot,"name\nL1', b"\x00\x01"])
def test_a_file_that_is_no_table_is_named(tmp_path, content):
    write_plan(sample_plan(), tmp_path)
    (tmp_path / "lots.csv").write_bytes(content)
    with pytest.raises(DataError, match=r"lots\.csv"):
        read_plan(tmp_path)


def test_a_folder_without_a_plan_is_a_data_error(tmp_path):
    with pytest.raises(DataError, match="not in the plan's folder"):
        read_plan(tmp_path / "nowhere")


def test_a_spreadsheets_byte_order_mark_blank_row_and_own_column_do_no_harm(tmp_path):
    write_plan(sample_plan(), tmp_path)
    lines = (tmp_path / "cells.csv").read_text("utf-8").splitlines()
    lines = [f"{line},seen" if place else f"{line},remark" for place, line in enumerate(lines)]
    (tmp_path / "cells.csv").write_text("\ufeff" + "\n".join([*lines[:3], "", *lines[3:], ""]), "utf-8")
    assert read_plan(tmp_path) == sample_plan()


def test_a_write_that_fails_leaves_the_old_file_whole_and_nothing_behind(tmp_path, monkeypatch):
    put_file(tmp_path / "lots.csv", "old")
    monkeypatch.setattr(plan_files.os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        put_file(tmp_path / "lots.csv", "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("lots.csv", "old")]
