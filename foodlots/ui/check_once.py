"""Checking, once for all who have the same case before them."""

import hashlib
from collections.abc import Iterable

from foodlots.checking import Checked, check
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import to_json
from foodlots.in_common import InCommon

CHECKED: InCommon[Checked] = InCommon()  # by the digest of the case as text and of the settings on top of it


def check_once(raw: RawCase, overrides: Iterable[str] = ()) -> Checked:
    """What `check` says of a case; in memory once for all who hold it."""
    on_top = list(overrides)
    content = f"{to_json(raw)} {on_top}".encode("utf-8", "surrogatepass")
    return CHECKED.of(hashlib.sha256(content).hexdigest(), lambda: check(raw, on_top))
