"""Where Great Britain's postcodes are, and its districts drawn in outline: shipped inside foodlots, no network asked.

Made by `python -m foodlots.places.make`; sources, licences and what the outlines are good for in NOTICES.md.
"""

from foodlots.places.base_map import ATTRIBUTION, Box, outlines, place_labels
from foodlots.places.lookup import VINTAGE, Spread, spreads

__all__ = ["ATTRIBUTION", "VINTAGE", "Box", "Spread", "outlines", "place_labels", "spreads"]
