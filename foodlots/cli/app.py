"""`foodlots app`: open the app in a browser."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from foodlots.reading import read_case


def app_command(
    case: Annotated[Path | None, typer.Argument(help="a case to open")] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="a plan of that case to open")] = None,
    port: Annotated[int, typer.Option(help="port on this machine")] = 8501,
    browser: Annotated[bool, typer.Option(help="open a browser window")] = True,
) -> None:
    """Open the app on this machine; nobody else on the network can see it."""
    if case:
        read_case(case)
    root = Path(__file__).parents[2]
    door = Path(__file__).with_name("front.py")
    opened = {"FOODLOTS_CASE": case and str(case.resolve()), "FOODLOTS_PLAN": plan and str(plan.resolve())}
    environment = os.environ | {name: value for name, value in opened.items() if value}
    command = [sys.executable, "-m", "streamlit", "run", str(door), *OPTIONS, f"--server.port={port}"]
    command += [] if browser else ["--server.headless=true"]
    raise typer.Exit(subprocess.call(command, env=environment, cwd=root if (root / ".streamlit").is_dir() else None))


OPTIONS = (
    "--server.address=127.0.0.1",
    "--browser.gatherUsageStats=false",
    "--client.showErrorDetails=none",
    "--client.toolbarMode=minimal",
    "--server.maxUploadSize=20",
    "--server.fileWatcherType=none",
)
