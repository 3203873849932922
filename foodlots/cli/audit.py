"""`foodlots audit`: is the plan what it says?"""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.screen import complain, say
from foodlots.second_opinion import audit_case

SHOWN = 3  # breaches told of each check


def audit(case: CaseArgument, plan: Annotated[Path, typer.Argument(help="folder of a plan")]) -> None:
    """Recompute every rule, policy and £ of a plan from the files alone, without a solver."""
    verdict = audit_case(case, plan)
    say(*verdict.lines()) if verdict.accepted else complain(*verdict.lines(SHOWN))
    raise typer.Exit(0 if verdict.accepted else 1)
