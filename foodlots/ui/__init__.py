"""The app: the only rooms of the house that know Streamlit."""
