"""The app's front door: `streamlit run app.py`."""

from foodlots.ui.router import show

show()
