"""The tender on the page of papers: terms change what is found, and the papers are made."""

import io
import sys
import tomllib
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_app import find_plan, go, open_village, said, sound
from valley import valley

from foodlots.tender.pack import pack_archive, papers
from foodlots.tender.terms import TERMS, make_terms, write_terms
from foodlots.ui.parts.terms_form import _Form


@pytest.fixture(scope="module")
def village():
    return find_plan(open_village())


def test_terms_change_what_the_law_checks_say(village):
    app = go(village, "papers")
    words = said(app)
    assert "Not legal advice" in words
    assert "£10,920 is below £25,000" in words
    app.date_input[0].set_value(date(2026, 6, 1))
    app.date_input[1].set_value(date(2026, 7, 20))
    app.date_input[2].set_value(date(2026, 9, 1))
    years = next(each for each in app.number_input if each.label == "Years")
    app = sound(years.set_value(4).run())
    assert "notifiable below-threshold contract" in said(app)
    next(each for each in app.selectbox if each.label == "Reserved").set_value("local")
    app = sound(app.run())
    assert "Reserved to suppliers of the local area" in said(app)


def field(app, label):
    """The field of that label."""
    fields = (*app.number_input, *app.text_input, *app.text_area, *app.selectbox)
    return next(each for each in fields if each.label == label)


def test_what_was_filled_in_is_there_when_the_page_is_opened_again(village):
    app = go(village, "papers")
    field(app, "Weight of quality, %").set_value(20.0)
    field(app, "Most lots to win").set_value(2)
    field(app, "Who decided on these lots, and when").set_value("Cabinet, 3 March")
    app = sound(app.run())
    app = go(go(app, "plan"), "papers")
    assert field(app, "Weight of quality, %").value == 20
    assert field(app, "Most lots to win").value == 2
    assert "No supplier is awarded more than 2 lots" in said(app)
    assert field(app, "Who decided on these lots, and when").value == "Cabinet, 3 March"
    app = sound(field(app, "Most lots to win").set_value(0).run())
    assert "No supplier is awarded more than" not in said(app)


def test_every_term_has_a_field():
    usual = valley().terms
    form = _Form(usual, {})
    assert set(form.filled_in()) == {term.name for term in TERMS}


def test_a_limit_may_be_none_and_reads_back_so():
    tender = valley()
    terms = make_terms(tender.settings, tender.plan, {"max_lots_awarded": None, "max_lots_bid": 3})
    read = make_terms(tender.settings, tender.plan, tomllib.loads(write_terms(terms), parse_float=Decimal))
    assert read == terms
    assert (read.max_lots_awarded, read.max_lots_bid) == (None, 3)


def test_dates_out_of_order_are_told_and_nothing_else_breaks(village):
    app = go(village, "papers")
    app.date_input[0].set_value(date(2030, 1, 1))
    app = sound(app.run())
    assert any("not in this order" in str(each.value).replace("\\", "") for each in app.error)


def test_the_archive_holds_every_paper(tmp_path):
    tender = valley()
    with zipfile.ZipFile(io.BytesIO(pack_archive(tender))) as pack:
        assert {name: pack.read(name) for name in pack.namelist()} == dict(papers(tender))
    assert make_terms(tender.settings, tender.plan, {"years": 2}).years == 2
