"""Make the packed files of foodlots.places again, byte for byte; NOTICES.md says from what, and what to install.

python -m foodlots.places.make                       postcodes.csv.gz
python -m foodlots.places.make --land land-10m.json  outlines.json.gz as well
"""

import argparse
import gzip
import io
import json
from pathlib import Path

import pandas as pd

from foodlots.places.sectors import british_postcodes, spread_table


def main(arguments: list[str] | None = None) -> None:
    """Write the packed files into the folder asked for, by default where foodlots reads them."""
    parser = argparse.ArgumentParser(prog="python -m foodlots.places.make", description=__doc__)
    parser.add_argument("--land", type=Path, help="land-10m.json of the npm package world-atlas, version 2.0.2")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent)
    chosen = parser.parse_args(arguments)
    postcodes = british_postcodes()
    chosen.folder.joinpath("postcodes.csv.gz").write_bytes(pack(spread_table(postcodes)))
    if chosen.land:
        chosen.folder.joinpath("outlines.json.gz").write_bytes(pack(outline_text(postcodes, chosen.land)))


def outline_text(postcodes: pd.DataFrame, land: Path) -> str:
    """The JSON text of outlines.json: the districts with their rings, and the outcodes to label."""
    from foodlots.places.coast import british_land
    from foodlots.places.districts import STEPS_PER_DEGREE, district_points, draw_districts, pack_districts
    from foodlots.places.labels import outcodes_to_label
    from foodlots.places.names import district_names

    points, codes = district_points(postcodes)
    shapes = draw_districts(points, codes, british_land(land, points))
    content = {
        "steps_per_degree": STEPS_PER_DEGREE,
        "labels": outcodes_to_label(postcodes),
        "districts": pack_districts(shapes, district_names()),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def pack(text: str) -> bytes:
    """The text, compressed without a date or a file name, so that the same text is always the same bytes."""
    target = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=target, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    return target.getvalue()


if __name__ == "__main__":
    main()
