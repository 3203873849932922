"""Campaigns of bad input: every planted fault is told at its very cell, a good case is told nothing, nothing breaks."""

import pytest
from bad_cells import every_bad_cell, missed, some_bad_cells
from random_cases import draw_sample, write_case
from small_case import checked, with_cell

from foodlots.checking import check
from foodlots.cli import FAULTS, main
from foodlots.reading import read_tables

EVERY = list(every_bad_cell())


def test_there_are_more_than_five_hundred_bad_inputs():
    assert len(set(EVERY)) >= 500


@pytest.mark.parametrize("start", range(4))
def test_a_bad_cell_is_told_where_it_stands(start):
    assert [found for each in EVERY[start * 2 :: 32] if (found := missed(*each, checked))] == []


@pytest.mark.long
def test_every_bad_cell_is_told_where_it_stands():
    assert [found for each in EVERY if (found := missed(*each, checked))] == []


@pytest.mark.long
def test_ten_thousand_planted_faults_are_told_where_they_stand():
    wrong = [found for each in some_bad_cells(10_000, 2026) if (found := missed(*each, checked))]
    print(f"10,000 planted faults, {len(wrong)} not told at their cell")
    assert len(wrong) <= 100


def false_alarms(seeds, folder) -> list[str]:
    """What blocks random cases in which nothing is wrong."""
    found = []
    for seed in seeds:
        sample = draw_sample(seed)
        raw = read_tables(write_case(sample.case, sample.settings, folder / str(seed)))
        found += [f"{seed}: {fault}" for fault in check(raw).blocking]
    return found


def test_a_good_case_is_told_nothing_that_blocks(tmp_path):
    assert false_alarms(range(25), tmp_path) == []


@pytest.mark.long
def test_a_thousand_good_cases_are_told_nothing_that_blocks(tmp_path):
    assert false_alarms(range(1_000, 2_000), tmp_path) == []


def by_command(each, folder, capsys) -> str:
    """What the command line says of one bad cell, "" when it says it as it should: named, mended, no traceback."""
    table, row, column, value = each
    folder.mkdir()
    for name, data in with_cell(table, row, column, value).items():
        (folder / name).write_bytes(data)
    try:
        main(["check", str(folder)])
        code = 0
    except SystemExit as ended:
        code = ended.code
    said = capsys.readouterr().err
    named = f"{table} row {row}" in said and column in said
    return "" if code in (0, FAULTS) and named and "Traceback" not in said else f"{each}: exit {code}, {said[:200]}"


@pytest.mark.parametrize("step", [75, pytest.param(2, marks=pytest.mark.long)])
def test_the_command_line_names_each_without_a_traceback(step, tmp_path, capsys):
    wrong = [by_command(each, tmp_path / str(number), capsys) for number, each in enumerate(EVERY[::step])]
    assert [each for each in wrong if each] == []
