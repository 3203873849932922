"""`foodlots survey`: the form that producers fill in."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.importing import open_folder
from foodlots.cli.screen import say
from foodlots.errors import DataError, Fault
from foodlots.public.builder import rows_of
from foodlots.public.form import survey_form


def survey(
    case: Annotated[Path, typer.Argument(help="the case's folder; its products stand in the form")],
    out: Annotated[Path, typer.Argument(help="a file name ending in .xlsx")],
) -> None:
    """Write the form that producers fill in; what comes back is read by foodlots import survey."""
    raw = open_folder(case)
    if not rows_of(raw, "products"):
        raise DataError([Fault("products", 0, "", "", "the case has no products to ask for",
                               f"fill in the table products, or: foodlots build {case}")])  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(survey_form(raw))
    say(f"Written to {out}. When it comes back: foodlots import survey {out} --case {case}")
