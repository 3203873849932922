"""Rows of charts with layers go to the page as one text, and are the same rows."""

import json

from foodlots.charts import flow_chart
from foodlots.charts.rows import as_data


def test_rows_come_back_as_they_were():
    rows = [{"name": 'Clough "Top", Ltd', "lat": 53.5}, {"name": "</script>", "lat": -1e-9}]
    data = as_data(rows).to_dict()
    assert data["format"] == {"type": "json"}
    assert json.loads(data["values"]) == rows


def test_a_chart_of_layers_keeps_its_texts_where_streamlit_leaves_them():
    made = flow_chart([(("Farm", "Kitchen"), 5.0)], ["From", "To"], {"Kitchen": "#0072B2"}, "#000000", "#FFFFFF")
    made = made.configure(font="serif").to_dict()
    assert isinstance(made["layer"][0]["data"]["values"], str)
    assert not any(isinstance(rows, str) for rows in made.get("datasets", {}).values())
