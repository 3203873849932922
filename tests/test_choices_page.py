"""The page Choices in the app: asked, answered, opened as a plan; and a conflict told where a search found no plan."""

import time

import pytest
from test_app import desk_of, find_plan, go, home, open_app, open_village, said, sound  # noqa: F401

from foodlots.ui import state  # noqa: F401
from foodlots.ui.askings import ASKINGS, Asking
from foodlots.ui.parts.conflict_panel import as_typed


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_CACHE", str(tmp_path / "kept"))


def press(app, key):
    """Press a button that asks a question, and wait for its answer."""
    app = sound(app.button(key=key).click().run())
    until = time.monotonic() + 120
    while time.monotonic() < until and not all(each.over for each in ASKINGS._asked.values()):
        time.sleep(0.1)
    return sound(app.run())


def test_prices_curve_and_strategies_of_the_village():
    app = go(open_village(), "choices")
    assert "For the buyer" in said(app)
    app = press(app, "ask-strategies")
    assert "bidders need not compete" in said(app)
    app.multiselect(key="curve-aims").set_value(["suppliers"])
    app = press(sound(app.run()), "ask-curve-suppliers-9")
    assert "Every point is proven" in said(app)
    app.selectbox(key="point-3").set_value(2)
    app = sound(sound(app.run()).button(key="open-point").click().run())
    app = go(app, "plan")
    assert "Plan of 1 lot" in said(app)
    assert "accepted" in said(app).lower() or "checked" in said(app).lower()


def test_a_conflict_is_told_on_the_plan_page(monkeypatch, tmp_path):
    app = open_village()
    from test_app import VILLAGE

    folder = tmp_path / "case"
    folder.mkdir()
    for file in VILLAGE.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "settings.toml").read_text(encoding="utf-8")
    (folder / "settings.toml").write_text(f"{text}\n[floors]\nlocal = 0.99\n", encoding="utf-8")
    monkeypatch.setenv("FOODLOTS_CASE", str(folder))
    app = find_plan(open_app())
    assert "local floor, 99%" in said(app)
    app = press(app, "ask-conflict")
    assert "No plan can meet this rule" in said(app)
    app = sound(app.button(key="mend-0-floors.local").click().run())
    until = time.monotonic() + 60
    while time.monotonic() < until and "Plan of" not in said(app):
        time.sleep(0.2)
        app = sound(app.run())
    assert "Plan of" in said(app)


def test_a_question_that_fails_says_so():
    asking = Asking("desk", lambda runner: 1 / 0)
    asking.run()
    assert asking.over
    assert "a fault of ours" in asking.trouble


def test_overrides_are_typed_as_settings():
    assert as_typed(["floors.local=0.9", "limits.km="]) == {("floors", "local"): "0.9", ("limits", "km"): ""}
