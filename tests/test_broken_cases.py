"""Broken cases: each is the small good case with one thing spoilt; the fault must name the very cell and its mend."""

import csv
import io
import random

import pytest
from broken_cases import BROKEN, EVERYTHING, LOTS, WARNED
from small_case import GOOD, as_csv, checked, files, grid, with_cell

from foodlots.errors import DataError
from foodlots.reading import read_case


@pytest.mark.parametrize("name", BROKEN)
def test_fault_names_cell_and_mend(name):
    source, where, mend = BROKEN[name]
    faults = checked(source).blocking
    assert [(fault.table, fault.row, fault.column, fault.value) for fault in faults] == [where], list(map(str, faults))
    assert mend in faults[0].mend
    assert faults[0].problem
    with pytest.raises(DataError) as trouble:
        read_case(source)
    assert trouble.value.faults == faults


def test_small_case_is_good():
    assert checked(files()).faults == ()


def test_there_are_sixty_broken_cases():
    assert len(BROKEN) >= 60


def test_sentence_of_the_house():
    fault = checked(with_cell("offers", 2, "producer", "hil")).blocking[0]
    assert str(fault) == "offers row 2, producer: 'hil' is not in producers; did you mean 'hill'?"


def test_all_faults_are_told_at_once():
    rows = grid("offers")
    rows[1][3], rows[2][4], rows[3][2] = "TBC", "-1", "Q1"
    found = [(f.row, f.column) for f in checked(files(offers=as_csv(rows))).blocking]
    assert found == [(2, "kg_per_month"), (3, "price_gbp_per_kg"), (4, "months")]


def test_one_stranger_on_many_rows_is_one_fault():
    text = GOOD["offers"].replace("hill,", "hil,")
    faults = checked(files(offers=text)).blocking
    assert len(faults) == 1
    assert "2 more rows" in faults[0].problem


def test_unreadable_id_does_not_orphan_its_references():
    faults = checked(with_cell("producers", 2, "producer", "hill-farm")).blocking
    assert [(fault.table, fault.column) for fault in faults] == [("producers", "producer")]


def test_lat_and_lon_exchanged():
    rows = grid("sites")
    rows[1][5], rows[1][6] = rows[1][6], rows[1][5]
    faults = checked(files(sites=as_csv(rows))).blocking
    assert [(fault.row, fault.column) for fault in faults] == [(2, "lat"), (2, "lon")]
    assert "swapped" in faults[0].mend


def test_nought_nought_is_not_a_place():
    rows = grid("sites")
    rows[1][5] = rows[1][6] = "0"
    assert [fault.column for fault in checked(files(sites=as_csv(rows))).blocking] == ["lat"]


def test_one_gap_is_one_line():
    lots = LOTS + "".join(line + "\n" for line in EVERYTHING.splitlines() if "carrot" not in line)
    faults = checked(files(lots=lots)).blocking
    assert [fault.value for fault in faults] == ["carrot"]
    assert "at 3 sites" in faults[0].problem


def test_hand_drawn_lots_that_fit_are_good():
    case, _, _ = read_case(files(lots=LOTS + EVERYTHING))
    assert set(case.lots) == {"roots", "leaves", "milk"}


@pytest.mark.parametrize("name", WARNED)
def test_warning_names_cell_and_does_not_block(name):
    source, where, mend = WARNED[name]
    warnings = [fault for fault in checked(source).faults if fault.severity == "warn"]
    found = {(fault.table, fault.row, fault.column, fault.value): fault.mend for fault in warnings}
    assert where in found, list(map(str, warnings))
    assert mend in found[where]


PLANTED = ("TBC", "-1", "12-15", "NaN", "1O0", "~7", "12 kg")
NUMBERS = (("offers", "kg_per_month"), ("offers", "price_gbp_per_kg"), ("budgets", "budget_gbp"),
           ("sites", "meals_per_week"), ("producers", "reach_km"), ("products", "benchmark_gbp_per_kg"))  # fmt: skip


def test_planted_fault_is_found_where_it_was_planted():
    """Each of many single bad cells is named exactly, and nothing else blocks."""
    dice = random.Random(7)
    for _ in range(150):
        table, column = dice.choice(NUMBERS)
        row, value = dice.randint(2, len(grid(table))), dice.choice(PLANTED)
        faults = checked(with_cell(table, row, column, value)).blocking
        assert [(f.table, f.row, f.column, f.value) for f in faults] == [(table, row, column, value)]


def test_count_of_faults_does_not_depend_on_order_of_rows():
    rows = grid("offers")
    rows[1][0], rows[2][3], rows[3][2] = "hil", "?", "13"
    counts = set()
    for seed in range(6):
        body = rows[1:]
        random.Random(seed).shuffle(body)
        counts.add(len(checked(files(offers=as_csv([rows[0], *body]))).blocking))
    assert counts == {3}


def test_row_numbers_count_rows_inside_quotes_and_titles():
    text = "Prices for 2027\n\n" + GOOD["offers"].replace("hill,leek,3", 'hill,leek,"3\n"').replace("0.75", "?")
    fault = checked(files(offers=text)).blocking[0]
    read = list(csv.reader(io.StringIO(text)))
    assert read[fault.row - 1][4] == "?"
    assert (fault.table, fault.row, fault.column) == ("offers", 7, "price_gbp_per_kg")
