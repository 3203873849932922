"""A button acts before its page is drawn: what goes wrong in that is told on the page, once, in our words."""

import pytest
from test_app import go, home, open_village  # noqa: F401

from foodlots.errors import NotKept
from foodlots.insight.presets import PRESETS
from foodlots.ui import state

TROUBLES = [(NotKept("the disk is full"), "The disk is full."), (ValueError("x"), "a fault of ours")]


@pytest.mark.parametrize(("trouble", "told"), TROUBLES)
def test_a_press_that_goes_wrong_is_told_once(home, monkeypatch, trouble, told):  # noqa: F811
    def fail(raw):
        raise trouble

    app = go(open_village(), "plan")
    with monkeypatch.context() as broken:
        broken.setattr(state, "edit", fail)
        app = app.button(key=f"preset-{PRESETS[-1].name}").click().run()
    assert not app.exception
    (error,) = app.error
    assert told in error.value.replace("\\", "")
    assert not app.run().error


def test_a_press_and_a_page_change_in_one_moment_both_hold(home):  # noqa: F811
    app = go(open_village(), "plan")
    app.button(key=f"preset-{PRESETS[-1].name}").click()
    app = go(app, "start")
    assert app.title[0].value.startswith("Split a food budget")
    app = go(app, "plan")
    assert not [button for button in app.button if button.key == f"preset-{PRESETS[-1].name}"], "it is in use"
