"""The calendar: weeks and months of a kitchen's year, and how months are said and written."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_plan import sample_case

from foodlots.calendar import contract_year, month_shares, runs, say_months, weeks_a_year, write_months
from foodlots.case import MONTHS
from foodlots.settings_table import TERM_WEEKS
from foodlots.values.months import read_months

SCHOOL = sample_case().sites["abbey"]
months = st.sets(st.sampled_from(MONTHS), min_size=1)


@pytest.mark.parametrize(("term_time", "weeks"), [(True, 39), (False, 52)])
def test_weeks_of_a_school_and_of_a_hospital(term_time, weeks):
    assert weeks_a_year(replace(SCHOOL, term_time=term_time), TERM_WEEKS) == weeks


def test_weeks_of_a_school_are_those_the_settings_name():
    assert weeks_a_year(SCHOOL, (Decimal("1.5"),) * 12) == 18


def test_a_schools_year_falls_into_its_term():
    shares = month_shares(True, TERM_WEEKS)
    assert (shares[0], shares[7], shares[10]) == (Fraction(4, 39), 0, Fraction(44, 390))
    assert sum(shares) == 1


def test_a_hospitals_year_falls_into_days():
    shares = month_shares(False, TERM_WEEKS)
    assert (shares[0], shares[1], shares[8]) == (Fraction(31, 365), Fraction(28, 365), Fraction(30, 365))
    assert sum(shares) == 1


@pytest.mark.parametrize("first", MONTHS)
def test_the_contract_year_has_every_month_once_from_its_first(first):
    year = contract_year(first)
    assert year[0] == first
    assert sorted(year) == list(MONTHS)
    assert all(after == before % 12 + 1 for before, after in pairwise(year))


@pytest.mark.parametrize(
    ("chosen", "first_month", "found"),
    [
        ((), 1, []),
        ((5,), 1, [(5, 5)]),
        ((11, 12, 1, 2, 5), 9, [(11, 2), (5, 5)]),
        ((11, 12, 1, 2, 5), 1, [(5, 5), (11, 2)]),
        ((8, 9), 9, [(8, 9)]),
        (MONTHS, 9, [(9, 8)]),
        (MONTHS, 1, [(1, 12)]),
        (MONTHS[:11], 9, [(1, 11)]),
    ],
)
def test_runs(chosen, first_month, found):
    assert runs(chosen, first_month) == found


@given(months, st.sampled_from(MONTHS))
def test_runs_hold_the_months_and_no_others(chosen, first_month):
    held = [
        month for first, last in runs(chosen, first_month) for month in contract_year(first)[: (last - first) % 12 + 1]
    ]
    assert sorted(held) == sorted(chosen)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (MONTHS, "whole year"),
        ((9, 10, 11, 12, 1, 2, 3), "September to March"),
        ((7, 8, 5), "May, July to August"),
        ((5, 9), "September, May"),
        ((4,), "April"),
    ],
)
def test_months_are_said_in_the_order_of_the_contract(chosen, said):
    assert say_months(chosen, first_month=9) == said


@pytest.mark.parametrize(
    ("chosen", "written"),
    [(MONTHS, "all"), ((6, 7, 8, 9, 10), "6-10"), ((1, 2, 3, 11, 12), "1-3;11-12"), ((5,), "5"), ((12, 1), "1;12")],
)
def test_months_as_the_tables_write_them(chosen, written):
    assert write_months(chosen) == written


@given(months)
def test_months_written_are_read_again(chosen):
    assert set(read_months(write_months(chosen))) == chosen
