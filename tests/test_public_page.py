"""The page of published data, from files to a case that can be planned; what the Plan page says it rests on."""

import hashlib
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


def test_what_was_taken_in_is_known_after_a_restart_and_own_edits_stay():
    data = csv_data(GIAS)
    app = AppTest.from_function(_page, default_timeout=60, kwargs={"data": data}).run()
    app.button(key="read").click().run()
    app.button(key="apply").click().run()
    key, desk = state_of(app, "work").draft.key, state_of(app, "desk").id
    again = AppTest.from_function(_page, default_timeout=60, kwargs={"data": data})
    again.query_params["desk"], again.query_params["case"] = desk, key
    again.run()
    rows = again.dataframe[-1].value if again.dataframe else None
    assert "What was taken in" in [part.value for part in again.subheader]
    assert list(rows["File"]) == ["given.csv"]
    assert list(rows["SHA-256"]) == [hashlib.sha256(data).hexdigest()]
    again.button(key="read").click().run()
    assert "Your tables already say all that is in the files" in said(again)


def state_of(app: AppTest, name: str):
    return app.session_state[name]


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
