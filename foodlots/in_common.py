"""Things made of a content, in memory once for all who hold them: a case checked, a plan read."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

Thing = TypeVar("Thing")


class InCommon(Generic[Thing]):
    """The things somebody holds, by the digest of what they were made of. What nobody holds any more is let go."""

    def __init__(self):
        self._making = threading.RLock()
        self._held: WeakValueDictionary[str, Thing] = WeakValueDictionary()

    def of(self, digest: str, make: Callable[[], Thing]) -> Thing:
        """The thing of this digest; made when nobody holds it, one at a time. What `make` raises is raised."""
        with self._making:
            found = self._held.get(digest)
            if found is None:
                found = self._held[digest] = make()
            return found
