"""Writes the tables of the example cases again, the same to the byte each time.

python data/make_cases.py            into data/, over what is there
python data/make_cases.py --to DIR   into DIR/preston and DIR/devon and DIR/village

The settings, and the SOURCES.md or README.md of each case, are typed by hand and left alone.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from making.county import county_tables  # noqa: E402
from making.devon import DEVON  # noqa: E402
from making.preston import PRESTON  # noqa: E402
from making.village import village_tables  # noqa: E402


def example_tables() -> dict[str, dict[str, str]]:
    """The CSV text of every table of every example case: case -> file name -> text."""
    return {"village": village_tables(), "preston": county_tables(PRESTON), "devon": county_tables(DEVON)}


def write_examples(folder: Path) -> list[Path]:
    """Write every table under `folder`, a folder for each case, and say which files were written."""
    written = []
    for case, tables in example_tables().items():
        (folder / case).mkdir(parents=True, exist_ok=True)
        for name, text in tables.items():
            written.append(folder / case / name)
            written[-1].write_bytes(text.encode("utf-8"))
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the tables of the example cases.")
    parser.add_argument("--to", type=Path, default=HERE, help="the folder to write into (default: this one)")
    for path in write_examples(parser.parse_args().to):
        print(path)


if __name__ == "__main__":
    main()
