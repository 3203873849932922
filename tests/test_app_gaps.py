"""The pages Gaps and Network: causes, signals, the next hub, and what one failure would cost."""

import pytest
from test_app import find_plan, go, home, open_village, said, sound  # noqa: F401


@pytest.fixture
def planned(home):  # noqa: F811
    return find_plan(open_village())


def test_gaps_shows_causes_signals_and_areas(planned):
    app = go(planned, "gaps")
    assert [tab.label for tab in app.tabs][:2] == ["Why", "What to grow, store or certify"]
    assert "Each kilo has one cause" in said(app)
    assert "lifting one cause is enough" in said(app)
    columns = [set(frame.value.columns) for frame in app.dataframe]
    assert any("It alone would fill, kg" in found for found in columns)
    assert any("Area" in found for found in columns)


def test_a_hub_is_looked_for_where_the_user_points(planned):
    app = go(planned, "gaps")
    app.text_input(key="hub-place").input("Longridge, PR3 3JJ")
    app = sound(app.button(key=next(b.key for b in app.button if "hub" in b.label)).click().run(timeout=120))
    assert any("Longridge" in list(frame.value["Place"]) for frame in app.dataframe if "Place" in frame.value)
    app.text_input(key="hub-place").input("Longridge, nowhere")
    app = sound(app.button(key=next(b.key for b in app.button if "hub" in b.label)).click().run(timeout=120))
    assert app.error, "a place that cannot be found is said on the page"


def test_network_says_who_loses_what_and_the_cost_only_when_asked(planned):
    app = go(planned, "network")
    assert "stops, " in said(app)
    assert "costs £" not in said(app)
    app = sound(app.toggle(key="network-costs").set_value(True).run())
    assert "costs £" in said(app)
    assert "Herfindahl" in said(app)
