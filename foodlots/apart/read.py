"""`python -m foodlots.apart.read FOLDER`: files somebody sent, read within bounds of memory and time."""

import json
from pathlib import Path

from foodlots.apart.inside import Parent, hold_within, run
from foodlots.files.raw_text import to_json
from foodlots.reading import read_tables

MOST_MEMORY = 1_500_000_000  # bytes of address space; a county's workbook takes a fifth of it
MOST_SECONDS = 60  # of processor


def work(parent: Parent, folder: Path) -> None:
    """Read the files of the task and leave the case, faults and all, in the file `raw.json`."""
    hold_within(MOST_MEMORY, MOST_SECONDS)
    names = json.loads((folder / "task.json").read_text(encoding="utf-8", errors="surrogatepass"))["files"]
    files = {name: (folder / f"{number}.bin").read_bytes() for number, name in enumerate(names)}
    raw = to_json(read_tables(files))
    (folder / "raw.json").write_text(raw, encoding="utf-8", errors="surrogatepass")
    parent.tell({"done": True})


if __name__ == "__main__":
    run(work)
