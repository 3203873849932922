"""The command line: one function for each command, listed in `COMMANDS`.

Exit codes: 0 done · 1 faults in the tables, or breaches found by the audit · 2 a wrong command ·
3 no plan within the limits · 130 stopped before there was any plan.
"""

import sys

import typer

from foodlots.cli.alternatives import alternatives_command
from foodlots.cli.app import app_command
from foodlots.cli.audit import audit
from foodlots.cli.baseline import baseline_command
from foodlots.cli.bench import bench
from foodlots.cli.bids import bids_command
from foodlots.cli.build import build, catalogue_command
from foodlots.cli.check import check
from foodlots.cli.conflict import conflict
from foodlots.cli.consortium import consortium
from foodlots.cli.curve import curve
from foodlots.cli.directory import directory
from foodlots.cli.fit import fit
from foodlots.cli.gaps import gaps
from foodlots.cli.generate import generate_command
from foodlots.cli.grounds import grounds_command
from foodlots.cli.hubs import hubs
from foodlots.cli.importing import import_command
from foodlots.cli.law import law
from foodlots.cli.menus import menus_command
from foodlots.cli.network import network
from foodlots.cli.plan import STOPPED, plan
from foodlots.cli.price import price
from foodlots.cli.rationale import rationale_command
from foodlots.cli.screen import complain
from foodlots.cli.store import backup, restore, trail
from foodlots.cli.strategies import strategies
from foodlots.cli.stress import stress_command
from foodlots.cli.survey import survey
from foodlots.cli.template import template
from foodlots.cli.tender import tender_command
from foodlots.cli.undercut import undercut_command
from foodlots.errors import DataError, NoPlan
from foodlots.store import NotKept

__all__ = ["COMMANDS", "FAULTS", "NO_PLAN", "STOPPED", "app", "main"]

COMMANDS = (
    import_command,
    build,
    catalogue_command,
    check,
    plan,
    audit,
    fit,
    consortium,
    gaps,
    directory,
    survey,
    grounds_command,
    hubs,
    network,
    baseline_command,
    rationale_command,
    price,
    curve,
    conflict,
    strategies,
    stress_command,
    undercut_command,
    alternatives_command,
    menus_command,
    template,
    law,
    tender_command,
    bids_command,
    app_command,
    bench,
    generate_command,
    backup,
    restore,
    trail,
)
FAULTS, NO_PLAN = 1, 3

app = typer.Typer(
    name="foodlots",
    help="Split a public food budget into lots that regional producers can win, award them, and prove how good it is.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in COMMANDS:
    app.command(name=command.__name__.removesuffix("_command"))(command)


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
