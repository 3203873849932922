"""`foodlots generate`: an invented case of any size at real places."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.bench import Size, generate
from foodlots.cli.screen import say
from foodlots.errors import DataError, Fault


def generate_command(
    out: Annotated[Path, typer.Option("--out", help="folder to write the case to")],
    sites: Annotated[int, typer.Option(min=1, max=50_000, help="kitchens")] = 500,
    producers: Annotated[int, typer.Option(min=1, max=30_000, help="producers")] = 300,
    products: Annotated[int, typer.Option(min=1, max=60, help="products of the catalogue")] = 30,
    seed: Annotated[int, typer.Option(help="another seed is another draw")] = 0,
) -> None:
    """Write an invented case, up to a nation, to try foodlots on; kitchens and producers are invented, places real."""
    if out.exists() and any(out.iterdir()):
        raise DataError([Fault("case", 0, "", out.name, f"{out.name} is not empty", "choose a new folder")])
    generate(Size(sites, producers, products, seed), out)
    say(f"{sites:,} kitchens and {producers:,} producers written to {out}. Next: foodlots plan {out} --out PLAN")
