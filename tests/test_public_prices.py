"""Defra's prices in every layout, the season they imply, and the catalogue whose figures all have a source."""

import csv
import io

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from published import CPV, EMISSIONS, PRICES, SEASONS, WEEKLY, csv_file, needs_data

from foodlots.errors import DataError
from foodlots.public.catalogue import DELIVERED, FIGURES, SOURCES, catalogue, chosen
from foodlots.public.downloads import Download, unwrap
from foodlots.public.imported import Oddities, Wish
from foodlots.public.prices import MONTH_NAMES, price_level, read_prices, season_calendar
from foodlots.public.quotes import read_quotes
from foodlots.values.months import read_months

TIDY = [
    ["category", "item", "variety", "date", "price", "unit"],
    ["vegetable", "carrots", "topped_washed", "2024-01-05", "0.60", "kg"],
    ["vegetable", "carrots", "topped_washed", "2024-01-12", "0.50", "kg"],
    ["vegetable", "carrots", "bunched", "2024-02-02", "0.70", "kg"],
    ["fruit", "strawberries", "strawberries", "2024-06-07", "4.00", "kg"],
    ["cut_flowers", "tulips", "tulips", "2024-06-07", "0.30", "stem"],
]


def quotes_of(path):
    (file,) = unwrap(Download.at(path))
    return read_quotes(file, Oddities(file.name))


@needs_data
@pytest.mark.parametrize(("path", "prices"), [(PRICES, 9_814), (WEEKLY, 16_168)])
def test_every_price_of_the_extracts_is_read(path, prices):
    assert quotes_of(path)[1] == prices


@needs_data
def test_the_season_calendar_agrees_with_the_published_one_to_a_fiftieth():
    found = season_calendar(quotes_of(WEEKLY)[0])
    with SEASONS.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            for month, share in zip(MONTH_NAMES, found[row["item"]], strict=True):
                assert abs(share - float(row[month])) <= 0.02, (row["item"], month)


@needs_data
def test_the_catalogue_has_the_seasons_and_prices_that_defra_published():
    quotes = quotes_of(WEEKLY)[0]
    shares, level = season_calendar(quotes), price_level(quotes)
    for entry in catalogue().values():
        if entry.sources["season_source"] == "defra_season":
            on = tuple(month for month, share in enumerate(shares[entry.defra_item], 1) if share >= 0.5)
            assert read_months(entry.season) == on, entry.product
        if entry.sources["price_source"] == "defra_price":
            assert float(entry.price_gbp_per_kg) == pytest.approx(level[entry.defra_item, "kg"] * DELIVERED, abs=0.006)


@needs_data
def test_every_cpv_code_exists_and_every_emission_is_the_one_named():
    with CPV.open(encoding="utf-8") as stream:
        codes = {row["cpv8"] for row in csv.DictReader(stream)}
    with EMISSIONS.open(encoding="utf-8") as stream:
        foods = {row["Food_product"]: float(row["Total_emissions"]) for row in csv.DictReader(stream)}
    for entry in catalogue().values():
        assert entry.cpv in codes, entry.product
        if entry.sources["kgco2e_source"] == "poore_nemecek":
            assert float(entry.kgco2e_per_kg) == pytest.approx(foods[entry.food], abs=0.001)
        if entry.sources["kgco2e_source"] == "poore_nemecek_beef":
            herds = (foods["Beef (beef herd)"] + foods["Beef (dairy herd)"]) / 2
            assert float(entry.kgco2e_per_kg) == pytest.approx(herds, abs=0.006)


def test_the_catalogue_is_large_and_every_figure_has_a_source():
    assert len(catalogue()) >= 60
    for entry in catalogue().values():
        for figure in (*FIGURES, "season_source"):
            assert entry.source(figure).words
            assert entry.source(figure).standing in ("measured", "estimated", "assumed")
        assert entry.season or entry.sources["season_source"] == "abroad"
        assert (entry.food == "") == (entry.sources["kgco2e_source"] == "assumed"), entry.product
    assert set(SOURCES) == {key for entry in catalogue().values() for key in entry.sources.values()}


def test_products_are_chosen_by_id_name_or_category():
    assert [entry.product for entry in chosen(["Leeks", "milk"])] == ["leeks", "milk"]
    assert {entry.category for entry in chosen(["fruit"])} == {"fruit"}
    assert 20 <= len(chosen()) <= 45
    with pytest.raises(DataError, match="did you mean 'Parsnips'"):
        chosen(["parsnip"])


def test_a_price_level_is_the_middle_of_the_last_years_delivered():
    read = read_prices([csv_file(TIDY)], Wish())
    prices = {row["product"]: row["benchmark_gbp_per_kg"] for row in read.tables["products"]}
    assert prices == {"carrots": "0.81", "strawberries": "5.4"}  # 0.60 and 4.00 × 1.35
    assert "5 prices, 3 varieties" in read.told[0]
    assert read.papers["season_calendar.csv"].decode().splitlines()[1].startswith("carrots,1,1,0,0")


def test_the_columns_may_stand_in_another_order():
    turned = [[row[index] for index in (3, 0, 1, 2, 5, 4)] for row in TIDY]
    assert read_prices([csv_file(turned)], Wish()).tables == read_prices([csv_file(TIDY)], Wish()).tables


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    """An ODS file written by odfpy, dates typed as dates, blanks as repeated cells."""
    book = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for cells in rows:
            line = TableRow()
            for cell in cells:
                if not cell:
                    line.addElement(TableCell(numbercolumnsrepeated=1))
                elif cell[:2] == "20":
                    line.addElement(TableCell(valuetype="date", datevalue=cell))
                else:
                    typed = TableCell(valuetype="string")
                    typed.addElement(P(text=cell))
                    line.addElement(typed)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    stream = io.BytesIO()
    book.write(stream)
    return stream.getvalue()


MODERN = [
    ["Fruit and vegetable prices", "", "", "", "", "", ""],
    ["", "", "", "", "Week ending", "2024-01-05", "2024-01-12"],
    ["", "", "", "", "", "", ""],
    ["", "Commodity", "", "Variety", "Units", "", ""],
    ["", "Vegetable", "Carrots", "Topped washed", "£/kg", "0.60", "0.50"],
    ["", "Vegetable", "", "Bunched", "£/kg", "", "0.70"],
    ["", "Cut flowers", "Tulips", "", "£/stem", "0.30", "*"],
]
OLD = [
    ["", "", "", "", "Week ending", "2016-01-08"],
    ["Fruit", "Apples", "Cox", "1st", "£/kg", "1.10"],
    ["Fruit", "Apples", "Cox", "2nd", "£/kg", "0.70"],
    ["Fruit", "Apples", "Cox", "Ave", "£/kg", "0.90"],
]


def test_the_workbook_of_a_sheet_a_year_is_read_old_grades_averaged_by_the_publisher():
    file = Download.of("fruitveg-weeklyhort.ods", workbook({"Notes": [["read me"]], "2024": MODERN, "2016-2015": OLD}))
    found, published = read_quotes(file, Oddities(file.name))
    assert published == 5
    assert [(str(one.day), one.item, one.variety, one.gbp) for one in found] == [
        ("2016-01-08", "apples", "cox", 0.9),
        ("2024-01-05", "carrots", "topped_washed", 0.6),
        ("2024-01-12", "carrots", "bunched", 0.7),
        ("2024-01-12", "carrots", "topped_washed", 0.5),
    ]


def test_the_tidy_layout_may_come_as_a_workbook():
    file = Download.of("prices.ods", workbook({"data": [[cell or "-" for cell in row] for row in TIDY]}))
    assert read_quotes(file, Oddities(file.name))[1] == 5


def test_prices_in_pence_and_files_without_food_are_refused():
    pence = [TIDY[0], *([*row[:4], str(float(row[4]) * 100), row[5]] for row in TIDY[1:4])]
    with pytest.raises(DataError, match="perhaps not in £ per kg"):
        read_prices([csv_file([pence[0], *([*row[:4], "50", row[5]] for row in pence[1:])])], Wish())
    with pytest.raises(DataError, match="no price of fruit or vegetables"):
        read_prices([csv_file([TIDY[0], TIDY[5]])], Wish())


def test_two_prices_of_one_week_are_left_out_and_named():
    odd = Oddities("prices.csv")
    twice = [*TIDY, ["vegetable", "carrots", "bunched", "2024-02-02", "0.90", "kg"]]
    found, _ = read_quotes(csv_file(twice), odd)
    assert not [one for one in found if one.variety == "bunched"]
    assert "two prices, so both were left out" in str(odd.notes()[0])
