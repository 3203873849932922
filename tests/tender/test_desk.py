"""The tender on the page of papers: terms change what is found, and the papers are made."""

import io
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_app import find_plan, go, open_village, said, sound

from foodlots.tender.pack import pack_archive, papers
from foodlots.tender.terms import make_terms


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


def test_dates_out_of_order_are_told_and_nothing_else_breaks(village):
    app = go(village, "papers")
    app.date_input[0].set_value(date(2030, 1, 1))
    app = sound(app.run())
    assert any("not in this order" in str(each.value).replace("\\", "") for each in app.error)


def test_the_archive_holds_every_paper(tmp_path):
    from valley import valley

    tender = valley()
    with zipfile.ZipFile(io.BytesIO(pack_archive(tender))) as pack:
        assert {name: pack.read(name) for name in pack.namelist()} == dict(papers(tender))
    assert make_terms(tender.settings, tender.plan, {"years": 2}).years == 2
