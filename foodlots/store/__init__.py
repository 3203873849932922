"""What must not be lost: cases, their versions, plans and the trail of who did what, in one database.

SQLite on this machine unless FOODLOTS_STORE names another database. Contents are kept under their SHA-256 and never
changed; a version is only ever added.
"""

from foodlots.store.errors import Conflict
from foodlots.store.opening import Store, home, open_store

__all__ = ["Conflict", "Store", "home", "open_store"]
