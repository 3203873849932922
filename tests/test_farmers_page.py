"""The Farmers page without a browser: the fit list, its picture in words, what it would take, and partners."""

from test_app import find_plan, go, open_village, said, sound
from test_app import home as home  # a user data folder of the test's own


def charts(app) -> str:
    return "\n".join(str(each.proto) for each in app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart"))


def frames(app) -> list:
    return [list(frame.value.columns) for frame in app.dataframe]


def test_a_farm_sees_its_fits_the_buyer_sees_by_how_much_and_partners_are_found():
    app = go(find_plan(open_village()), "farmers")
    app = sound(app.selectbox(key="chosen").select("mead").run())
    assert "2 lots fit as drawn, out of 2" in said(app)
    assert "withheld" in str([frame.value.to_dict() for frame in app.dataframe])
    assert "How much of each lot it could fill, month by month" in charts(app)
    assert any("Money left" in columns for columns in frames(app))
    assert "Not drawn, but a lot like this would fit" in said(app)

    app = sound(app.segmented_control(key="eyes").select("buyer").run())
    assert "£904.60 a year more" in str([frame.value.to_dict() for frame in app.dataframe])

    app = sound(app.button(key="find-partners").click().run())
    assert "Mead Farm alone" in said(app)
