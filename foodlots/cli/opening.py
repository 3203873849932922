"""`foodlots app`: open the app in a browser."""

import ipaddress
import os
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.screen import complain


def app_command(
    case: Annotated[Path | None, typer.Argument(help="a case to open")] = None,
    plan: Annotated[Path | None, typer.Option("--plan", help="a plan of that case to open")] = None,
    port: Annotated[int, typer.Option(help="port on this machine")] = 8501,
    browser: Annotated[bool, typer.Option(help="open a browser window")] = True,
    address: Annotated[str, typer.Option(help="where to listen; elsewhere only when people sign in")] = "127.0.0.1",
) -> None:
    """Open the app on this machine; nobody else on the network can see it unless people sign in."""
    if not on_this_machine(address) and not sign_in_is_set_up():
        complain(f"foodlots does not listen on {address} until people sign in there: set up [auth] in "
                 ".streamlit/secrets.toml (see the README, For those who run it)")  # fmt: skip
        raise typer.Exit(REFUSED)
    if case:
        _name_the_faults_of(case)
    opened = {"FOODLOTS_CASE": case, "FOODLOTS_PLAN": plan}
    os.environ.update({name: str(path.resolve()) for name, path in opened.items() if path})
    root = Path(__file__).parents[2]
    if (root / ".streamlit").is_dir():
        os.chdir(root)
    from foodlots.ui.serving import serve  # brings Streamlit, which no refusal waits for

    headless = () if browser else ("--server.headless=true",)
    serve(DOOR, (*OPTIONS, f"--server.port={port}", f"--server.address={address}", *headless))


def _name_the_faults_of(case: Path) -> None:
    """Raises DataError where the tables cannot be opened, before there is a window to say so in."""
    from foodlots.reading import read_case

    read_case(case)


def on_this_machine(address: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def sign_in_is_set_up() -> bool:
    """Whether Streamlit's secrets say how people sign in."""
    for folder in (Path.cwd(), Path.home()):
        try:
            if "auth" in tomllib.loads((folder / ".streamlit" / "secrets.toml").read_text(encoding="utf-8")):
                return True
        except (OSError, ValueError):
            continue
    return False


REFUSED = 1
DOOR = Path(__file__).with_name("front.py")
OPTIONS = (
    "--browser.gatherUsageStats=false",
    "--client.showErrorDetails=none",
    "--client.toolbarMode=minimal",
    "--server.maxUploadSize=20",
    "--server.fileWatcherType=none",
    "--server.enableStaticServing=false",
    "--client.disableDataExport=true",
    "--runner.magicEnabled=false",
)
