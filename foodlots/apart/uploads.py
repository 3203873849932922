"""Files somebody sent, read in a process of its own: one made to do harm ends that process and nothing else."""

import json
import logging
from collections.abc import Mapping
from time import monotonic

from foodlots.apart.child import Broken, Child
from foodlots.errors import Fault
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import from_json
from foodlots.values.texts import shown

MODULE = "foodlots.apart.read"
MOST_FILES = 40
MOST_BYTES = 20_000_000  # all files together
MOST_TEXT = 300_000_000  # bytes of the case as text
SECONDS = 90.0  # until whoever waits is told that it takes too long
LONGEST_NAME = 80  # characters of a file's name that are shown


def read_uploads(files: Mapping[str, bytes], module: str = MODULE) -> RawCase:
    """All tables and settings of the files as text, as `read_tables` gives them; nothing is raised for a fault.

    The names are words to show, never paths: they cannot lead anywhere on this machine.
    """
    if trouble := _too_much(files):
        return RawCase("", faults=(trouble,))
    names = [_plain(name) for name in files]
    if len(set(names)) < len(names):
        return RawCase("", faults=(_fault(names, "two files have the same name", "rename or remove one of them"),))
    with Child(module, json.dumps({"files": names}), files.values()) as child:
        try:
            return _hear(child, names)
        except Broken as trouble:
            logging.getLogger(__name__).warning("an upload could not be read: %s", trouble)
            return RawCase("", faults=(_unsafe(names),))


def _hear(child: Child, names: list[str]) -> RawCase:
    """The case, or the fault of files that take too long."""
    end = monotonic() + SECONDS
    while monotonic() < end:
        if child.next_word(0.5) is not None:
            found = child.folder / "raw.json"
            if found.stat().st_size > MOST_TEXT:
                break
            return from_json(found.read_text(encoding="utf-8", errors="surrogatepass"))
    return RawCase("", faults=(_fault(names, "reading it takes too long", "send the tables alone, in a new workbook"),))


def _too_much(files: Mapping[str, bytes]) -> Fault | None:
    total = sum(map(len, files.values()))
    if total > MOST_BYTES:
        return _fault(list(files), f"the files have {total / 1e6:,.0f} MB; the most taken is {MOST_BYTES // 1_000_000}",
                      "remove pictures and sheets that are no tables")  # fmt: skip
    if len(files) > MOST_FILES:
        return _fault(
            list(files), f"{len(files)} files were sent; the most taken is {MOST_FILES}", "send the tables alone"
        )
    return None


def _unsafe(names: list[str]) -> Fault:
    return _fault(names, "it could not be read safely, and was put aside; nothing else was changed",
                  "save the tables alone in a new workbook, or as CSV files")  # fmt: skip


def _fault(names: list[str], problem: str, mend: str) -> Fault:
    return Fault("case", 0, "", shown(", ".join(map(_plain, names))), problem, mend)


def _plain(name: str) -> str:
    """The last part of a name, its beginning cut where it is long, so that its ending stays."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last if len(last) <= LONGEST_NAME else f"…{last[-LONGEST_NAME:]}"
