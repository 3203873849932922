"""The page of published data, from files to a case that can be planned; what the Plan page says it rests on."""

from pathlib import Path

import pytest
from published import APPROVED, GIAS, csv_data
from streamlit.testing.v1 import AppTest

from foodlots.public.downloads import Download
from foodlots.public.imported import Wish
from foodlots.public.kinds import kind_named

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    monkeypatch.delenv("FOODLOTS_CASE", raising=False)


def said(app: AppTest) -> str:
    parts = [*app.subheader, *app.markdown, *app.caption, *app.info, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def test_every_kind_reads_into_tables_that_exist():
    imported = kind_named("schools").read([Download.of("gias.csv", csv_data(GIAS))], Wish())
    assert set(imported.tables) == {"buyers", "sites"}


def test_a_file_becomes_a_case_and_the_case_is_completed():
    app = AppTest.from_function(_page, default_timeout=60, kwargs={"data": csv_data(GIAS)}).run()
    app.button(key="read").click().run()
    assert "3 kitchens with 1,310 pupils" in said(app)
    assert "**Sites**: 3 new" in said(app)
    app.button(key="apply").click().run()
    assert not app.exception
    assert "Still missing or assumed" in [part.value for part in app.subheader]
    app.selectbox(key="build-area").select("Lancashire")
    app.button(key="build").click().run()
    assert not app.exception
    assert "growers and bakers are assumed" in said(app)


def test_a_wrong_file_is_named_on_the_page():
    app = AppTest.from_function(_page, default_timeout=60, kwargs={"data": csv_data(APPROVED)}).run()
    app.button(key="read").click().run()
    assert "looks like the approved food establishments" in said(app)
    assert not app.exception


def _page(data):
    from unittest import mock

    from foodlots.public.downloads import Download
    from foodlots.ui import state
    from foodlots.ui.pages import published

    state.begin()
    with (
        mock.patch.object(published, "_files", return_value=[Download.of("given.csv", data)]),
        mock.patch.object(published, "next_steps"),
    ):
        published.show()
