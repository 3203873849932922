"""The rows of a chart, handed over as one text: row by row Altair would check thousands of them for seconds."""

import json
from collections.abc import Sequence

import altair as alt


def as_data(rows: Sequence[dict]) -> alt.Data:
    """These rows as the data of one layer among others; of a whole chart Streamlit would want them row by row."""
    return alt.Data(values=json.dumps(rows), format=alt.JsonDataFormat(type="json"))
