"""`python saving_child.py DESK CASE`: saves version after version, and says each number only once it is kept."""

import os
import sys
import threading
from dataclasses import replace

from foodlots.files.raw import RawSetting
from foodlots.store.desk import Desk


def save_until_killed(desk: Desk, key: str, wait: float) -> None:
    """Save one version on top of another; some time after the first one is kept, be killed in the middle of it all."""
    killer = threading.Timer(wait, os.kill, (os.getpid(), 9))
    while True:
        draft = desk.draft(key)
        number = draft.revision + 1
        settings = (RawSetting("costs", "per_km", str(number)), RawSetting("x", "y", "z" * 2000))
        raw = replace(draft.raw, settings=settings)
        desk.put_draft(replace(draft, raw=raw, revision=number, back=draft.revision))
        os.write(1, f"{number}\n".encode())
        if not killer.is_alive():
            killer.start()


if __name__ == "__main__":
    for wait in map(float, sys.argv[3:]):
        child = os.fork()  # the imports are paid for once
        if child == 0:
            desk = Desk(sys.argv[1])
            desk.current()  # opens the store
            save_until_killed(desk, sys.argv[2], wait)
        os.waitpid(child, 0)
        os.write(1, b"killed\n")
