"""`foodlots template`: a blank case to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.screen import say
from foodlots.template import write_template


def template(
    out: Annotated[Path, typer.Argument(help="a folder for CSV files, or a file name ending in .xlsx")],
) -> None:
    """Write blank tables with every column explained, as CSV files or one workbook."""
    write_template(out)
    say(f"Blank tables written to {out}. Fill them in, then: foodlots check {out}")
