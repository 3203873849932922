"""The command line: one function for each command, listed in `COMMANDS`, each opened only when it is asked for.

Exit codes: 0 done · 1 faults in the tables, or breaches found by the audit · 2 a wrong command ·
3 no plan within the limits · 130 stopped before there was any plan.
"""

import sys
from importlib import import_module

import click
import typer
from typer.core import TyperGroup

from foodlots.cli.exits import FAULTS, NO_PLAN, STOPPED
from foodlots.cli.screen import complain
from foodlots.errors import DataError, NoPlan, NotKept

__all__ = ["COMMANDS", "FAULTS", "NO_PLAN", "STOPPED", "app", "main"]

COMMANDS = {
    "import": "importing:import_command",
    "build": "build:build",
    "catalogue": "build:catalogue_command",
    "check": "check:check",
    "plan": "plan:plan",
    "regions": "regions:regions",
    "audit": "audit:audit",
    "fit": "fit:fit",
    "consortium": "consortium:consortium",
    "gaps": "gaps:gaps",
    "directory": "directory:directory",
    "survey": "survey:survey",
    "grounds": "grounds:grounds_command",
    "hubs": "hubs:hubs",
    "network": "network:network",
    "baseline": "baseline:baseline_command",
    "rationale": "rationale:rationale_command",
    "price": "price:price",
    "curve": "curve:curve",
    "conflict": "conflict:conflict",
    "strategies": "strategies:strategies",
    "stress": "stress:stress_command",
    "undercut": "undercut:undercut_command",
    "alternatives": "alternatives:alternatives_command",
    "menus": "menus:menus_command",
    "template": "template:template",
    "law": "law:law",
    "tender": "tender:tender_command",
    "bids": "bids:bids_command",
    "app": "opening:app_command",
    "bench": "bench:bench",
    "generate": "generate:generate_command",
    "backup": "store:backup",
    "restore": "store:restore",
    "trail": "store:trail",
}


class Commands(TyperGroup):
    """The commands by name: what one of them needs is not loaded for another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(":")
        alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        alone.command(name)(getattr(import_module(f"foodlots.cli.{module}"), function))
        return typer.main.get_command(alone)


app = typer.Typer(
    name="foodlots", cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


@app.callback()
def foodlots() -> None:
    """Split a public food budget into lots that regional producers can win, award them, and prove how good it is."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command; trouble the user can mend is told on stderr, without a traceback."""
    try:
        app(arguments)
    except DataError as trouble:
        complain(*map(str, trouble.faults))
        sys.exit(FAULTS)
    except NotKept as trouble:
        complain(str(trouble))
        sys.exit(FAULTS)
    except NoPlan as trouble:
        complain(str(trouble))
        sys.exit(NO_PLAN)
    except OSError as trouble:
        complain(f"{trouble.filename}: {trouble.strerror}" if trouble.filename else str(trouble))
        sys.exit(FAULTS)
