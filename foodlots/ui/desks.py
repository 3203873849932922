"""The desks as the pages know them: all they need of the store, by one name."""

from foodlots.store.desk import HERE, Desk, open_desk
from foodlots.store.records import NAME, Draft, Made, Version, new_draft, new_key, now

__all__ = ["HERE", "NAME", "Desk", "Draft", "Made", "Version", "new_draft", "new_key", "now", "open_desk"]
