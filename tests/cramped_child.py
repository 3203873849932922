"""`python cramped_child.py DESK CASE BYTES…`: for each number, a process no file of which may grow larger, and saves.

Each save is told as "kept NUMBER", or as what the store says when it cannot keep it.
"""

import os
import resource
import sys
from dataclasses import replace

from foodlots.errors import NotKept
from foodlots.files.raw import RawSetting
from foodlots.store.desk import Desk


def save_within(desk: Desk, key: str, most: int) -> str:
    """One more version of the case, saved while files may have so many bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    try:
        draft = desk.draft(key)
        number = draft.revision + 1
        raw = replace(draft.raw, settings=(RawSetting("costs", "per_km", str(number)), RawSetting("x", "y", str(most))))
        desk.put_draft(replace(draft, raw=raw, revision=number, back=draft.revision))
        return f"kept {number}"
    except NotKept as trouble:
        return f"not kept: {trouble}"


if __name__ == "__main__":
    for most in map(int, sys.argv[3:]):
        child = os.fork()  # the imports are paid for once
        if child == 0:
            os.write(1, (save_within(Desk(sys.argv[1]), sys.argv[2], most) + "\n").encode())
            os._exit(0)
        os.waitpid(child, 0)
