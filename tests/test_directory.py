"""The directory of suppliers: who fits a search, how far they are, and not a price among it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.insight.directory import HEADINGS, Search, directory_rows, listings, place_of, product_named
from foodlots.public.export import csv_of
from foodlots.reading import read_case

PRESTON = Path(__file__).parents[1] / "data" / "preston"


@pytest.fixture(scope="module")
def read():
    return read_case(PRESTON)[:2]


def test_without_a_search_everybody_is_listed_the_nearest_first(read):
    case, settings = read
    found = listings(case, settings, Search())
    assert {one.producer.id for one in found} == set(case.producers)
    assert [one.km for one in found] == sorted(one.km for one in found)


def test_product_month_distance_and_accreditation_all_count(read):
    case, settings = read
    found = listings(case, settings, Search(product="apples", month=10, within_km=40))
    expected = {offer.producer for offer in case.offers if offer.product == "apples" and 10 in offer.months}
    assert {one.producer.id for one in found} <= expected
    assert all(one.km <= 40 for one in found)
    assert {one.producer.id for one in listings(case, settings, Search(product="apples", month=10))} == expected
    assert listings(case, settings, Search(product="apples", month=5)) == ()
    held = listings(case, settings, Search(accreditation="fsa_approval"))
    assert {one.producer.id for one in held} == {
        key for key, each in case.producers.items() if "fsa_approval" in each.accreditations
    }


def test_km_count_from_a_postcode_when_one_is_given(read):
    case, settings = read
    near, far = (listings(case, settings, Search(near=place_of(code)))[0].km for code in ("PR1 2HE", "EX1 1AA"))
    assert near < far
    with pytest.raises(DataError, match="not in the lookup"):
        place_of("ZZ1 1ZZ")


def test_an_unknown_product_is_named_with_the_nearest(read):
    case, settings = read
    assert product_named(case, " Leeks ") == "leeks"
    with pytest.raises(DataError, match="did you mean"):
        listings(case, settings, Search(product="leek"))


def test_no_price_stands_in_the_directory_and_no_cell_is_a_formula(read):
    case, settings = read
    rows = directory_rows(case, listings(case, settings, Search()))
    assert all(len(row) == len(HEADINGS) for row in rows)
    text = csv_of(HEADINGS, rows).decode("utf-8-sig")
    prices = {f"{offer.price_gbp_per_kg}" for offer in case.offers if offer.price_gbp_per_kg > 3}
    assert not any(f" {price}" in text or f",{price}," in text for price in prices)
    assert csv_of(("a",), [("=1+1",)]) == b"a\n'=1+1\n"


def test_the_command_lists_and_writes(tmp_path):
    run = CliRunner().invoke
    result = run(app, ["directory", str(PRESTON), "--product", "Milk", "--within", "60", "--offering"])
    assert result.exit_code == 0, result.output
    assert "of 105 producers" in result.output
    for ending in ("csv", "xlsx"):
        assert run(app, ["directory", str(PRESTON), "--out", str(tmp_path / f"list.{ending}")]).exit_code == 0
        assert (tmp_path / f"list.{ending}").stat().st_size > 5_000
