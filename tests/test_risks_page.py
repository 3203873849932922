"""The page Risks in the app: harvests and other plans are looked for beside the page, asked for by a button."""

import time

import pytest
from test_app import find_plan, go, home, open_village, said, sound  # noqa: F401

from foodlots.ui.askings import ASKINGS


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_CACHE", str(tmp_path / "kept"))


def ask(app, words):
    """Press the button that says so, and wait for the answer."""
    (button,) = [each for each in app.button if each.label.startswith(words)]
    app = sound(button.click().run())
    until = time.monotonic() + 120
    while time.monotonic() < until and not all(each.over for each in ASKINGS._asked.values()):
        time.sleep(0.1)
    return sound(app.run())


def test_harvests_and_other_plans_of_the_village():
    app = go(find_plan(open_village()), "risks")
    app.number_input(key="draws").set_value(20)
    app = ask(sound(app.run()), "Draw 20 harvests")
    figures = {metric.label: metric.delta for metric in app.metric}
    assert figures["Costs more, mean year"] == "20 years drawn"
    assert "Who could step in" in said(app)
    app.segmented_control(key="risk").set_value("Other plans")
    app.run()
    app.number_input(key="within").set_value(7.0)
    app = ask(sound(app.run()), "Look for other plans")
    assert "43% of the value goes to others for £582 more" in said(app)
