"""The desks as the pages know them: all they need of the store, by one name."""

from foodlots.store.desk import HERE, Desk, open_desk
from foodlots.store.imports import Import, imports_of, last_records, put_import
from foodlots.store.records import NAME, Draft, Made, Version, new_draft, new_key, now

__all__ = [
    "HERE", "NAME", "Desk", "Draft", "Import", "Made", "Version", "imports_of", "last_records", "new_draft", "new_key",
    "now", "open_desk", "put_import",
]  # fmt: skip
