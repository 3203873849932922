"""The survey form: written, filled in by somebody, read back to the kilo."""

import io
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from foodlots.checking import check
from foodlots.cli import app
from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.public.downloads import Download
from foodlots.public.form import ABOUT, AT_LEAST, HEADINGS, PRICE, QUESTIONS, SUPPLY, survey_form
from foodlots.public.imported import Wish
from foodlots.public.merging import merge
from foodlots.public.survey import read_survey
from foodlots.reading import edit_table, read_tables
from foodlots.template import template_workbook

VILLAGE = Path(__file__).parents[1] / "data" / "village"

PRODUCTS = ("product", "name", "family", "category", "benchmark_gbp_per_kg", "budget_share")
CASE = edit_table(RawCase("small"), "products", PRODUCTS, [
    ("carrots", "Carrots", "roots", "vegetables", "0.8", "0.5"), ("milk", "Milk", "milk", "dairy", "1.1", "1"),
])  # fmt: skip
ANSWERS = {"name": "Hill Farm", "kind": "farm", "postcode": "PR3 2AA", "reach_miles": "25", "min_drop_gbp": "30",
           "max_contract_gbp": "", "accreditations": "FSA approval; Red Tractor", "organic": "yes", "small": "",
           "social_enterprise": "maybe"}  # fmt: skip


def filled(answers: dict[str, str], supply: dict[str, dict[str, object]]) -> Download:
    """The form as a producer sends it back, filled in with another program."""
    book = load_workbook(io.BytesIO(survey_form(CASE)))
    for row, (_, column, _) in enumerate(QUESTIONS, 2):
        book[ABOUT].cell(row, 2, answers.get(column, ""))
    sheet = book[SUPPLY]
    for row in range(2, sheet.max_row + 1):
        for heading, value in supply.get(sheet.cell(row, 1).value, {}).items():
            sheet.cell(row, HEADINGS.index(heading) + 1, value)
    stream = io.BytesIO()
    book.save(stream)
    return Download.of("hill.xlsx", stream.getvalue())


SUPPLY_OF_HILL = {"carrots": {PRICE: 0.62, "Sep, kg": 400, "Oct, kg": 400, "Nov, kg": "60-80", "Dec, kg": "lots"},
                  "milk": {"Jan, kg": 900, AT_LEAST: 5000}}  # fmt: skip


def test_a_filled_form_becomes_a_producer_and_its_offers():
    read = read_survey([filled(ANSWERS, SUPPLY_OF_HILL)], Wish(case=CASE))
    (producer,) = read.tables["producers"]
    assert producer["producer"].startswith("survey_hill_farm_")
    assert {key: producer[key] for key in ("name", "kind", "postcode", "reach_km", "min_drop_gbp", "organic")} == {
        "name": "Hill Farm", "kind": "farm", "postcode": "PR3 2AA", "reach_km": "40.2", "min_drop_gbp": "30",
        "organic": "yes"}  # fmt: skip
    assert producer["accreditations"] == "fsa_approval;red_tractor"
    offers = read.tables["offers"]
    assert [(one["product"], one["months"], one["kg_per_month"], one["price_gbp_per_kg"]) for one in offers] == [
        ("carrots", "11", "60", "0.62"),
        ("carrots", "9-10", "400", "0.62"),
    ]
    notes = "\n".join(map(str, read.notes))
    for words in ("'lots' is not a number", "a range; the lower end", "kilos without a price", "maybe"):
        assert words in notes
    assert {one.standing for one in read.standings} == {"measured"}


def test_the_same_producer_keeps_its_id_and_a_second_form_of_it_is_named():
    forms = [filled(ANSWERS, SUPPLY_OF_HILL), filled(ANSWERS, {})]
    read = read_survey(forms, Wish(case=CASE))
    assert len(read.tables["producers"]) == 1
    assert "a second form of the same producer" in "\n".join(map(str, read.notes))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (ANSWERS | {"name": ""}, "does not say whose it is"),
        (ANSWERS | {"postcode": "ZZ9 9ZZ"}, "not in the lookup"),
        (ANSWERS | {"reach_miles": "far"}, "does not say how far it delivers"),
    ],
)
def test_what_a_form_must_say_is_asked_for(answers, words):
    with pytest.raises(DataError, match=words):
        read_survey([filled(answers, {})], Wish(case=CASE))


def test_another_workbook_is_not_the_form():
    with pytest.raises(DataError, match="not the survey form"):
        read_survey([Download.of("case.xlsx", template_workbook())], Wish(case=CASE))


def test_the_commands_write_the_form_and_read_it_back(tmp_path):
    case = copytree(VILLAGE, tmp_path / "village")
    run = CliRunner().invoke
    form = tmp_path / "form.xlsx"
    assert run(app, ["survey", str(case), str(form)]).exit_code == 0
    book = load_workbook(form)
    first = book[SUPPLY].cell(2, 1).value
    for row, (_, column, _) in enumerate(QUESTIONS, 2):
        book[ABOUT].cell(row, 2, ANSWERS[column])
    book[SUPPLY].cell(2, HEADINGS.index(PRICE) + 1, 0.5)
    book[SUPPLY].cell(2, HEADINGS.index("May, kg") + 1, 70)
    book.save(form)
    result = run(app, ["import", "survey", str(form), "--case", str(case)])
    assert result.exit_code == 0, result.output
    assert "1 forms, 1 offers" in result.output or "1 form, 1 offer" in result.output
    checked = check(read_tables(case))
    assert any(offer.product == first and offer.kg_per_month == 70 for offer in checked.case.offers)


def test_merging_a_form_adds_to_what_is_there():
    found = merge(CASE, read_survey([filled(ANSWERS, SUPPLY_OF_HILL)], Wish(case=CASE)), {})
    assert {(one.table, one.kind) for one in found.differences} == {("producers", "new"), ("offers", "new")}
