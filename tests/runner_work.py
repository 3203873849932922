"""Pieces of work for the tests of the runner; workers find them by name."""

import os
import time

from foodlots.errors import NoPlan


def power(common, given, tell):
    """common ** given, and who did it."""
    tell(float(given), 0.5)
    return common["base"] ** given, os.getpid()


def same_ground(common, given, tell):
    """How often this worker has done work on the very same `common`."""
    common.setdefault("seen", []).append(given)
    return len(common["seen"])


def patient(common, given, tell):
    """Goes on until it is asked to stop; says so when it was."""
    until = time.monotonic() + common
    while time.monotonic() < until:
        if tell(100.0 - given, 0.25):
            return "stopped"
        time.sleep(0.02)
    return "done"


def troubled(common, given, tell):
    """Refuses 2, fails at 3."""
    if given == 2:
        raise NoPlan("two is not allowed")
    if given == 3:
        raise ZeroDivisionError("three is our fault")
    return given


def gone(common, given, tell):
    """A worker that dies."""
    os._exit(9)


def loud(common, given, tell):
    """Prints where answers go."""
    print("a solver's chatter")
    os.write(1, b"and more of it\n")
    return given


def falls_once(common, given, tell):
    """Ends its worker the first time the third job is begun; which leaves a mark."""
    mark, number = given
    if number == 2 and not os.path.exists(mark):
        open(mark, "w").close()
        os._exit(1)
    return number
