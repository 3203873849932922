"""`foodlots backup`, `restore` and `trail`: all the app keeps as one file and back, and who did what."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.screen import complain, say, show_table
from foodlots.store import home, open_store
from foodlots.store.backup import read_backup, write_backup
from foodlots.store.desk import steps

REFUSED = 1


def backup(path: Annotated[Path, typer.Argument(help="the .zip to write")]) -> None:
    """Write everything the app keeps to one file, while people go on working. It holds prices: keep it safe."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = write_backup(open_store(), path)
    say(f"{path.name}: {rows:,} rows. It holds producers' prices: keep it where only the buyer can read it.")


def restore(
    path: Annotated[Path, typer.Argument(help="a file written by foodlots backup")],
    yes: Annotated[bool, typer.Option("--yes", help="put it in place of what is kept now")] = False,
) -> None:
    """Put a backup in place of everything the app keeps now, whole or not at all; what was there is backed up first."""
    if not yes:
        complain("This puts the backup in place of everything kept now. Say --yes to do it.")
        raise typer.Exit(REFUSED)
    store = open_store()
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    before = home() / f"before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}.zip"
    write_backup(store, before)
    rows = read_backup(store, path)
    say(f"{rows:,} rows were put back. What was kept before is in {before.name}, beside the store.")


def trail(last: Annotated[int, typer.Option(help="how many of the newest")] = 50) -> None:
    """Who did what in the app, and when (UTC), the newest first. It names cases and plans by their keys, no prices."""
    show_table("Who did what", ("when", "who", "what", "about"), steps(last))
