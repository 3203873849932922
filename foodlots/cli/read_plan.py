"""A plan's folder named on the command line, with the case and the settings it was made of."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.errors import DataError, Fault
from foodlots.plan import Plan
from foodlots.plan_files import read_plan
from foodlots.reading import read_case
from foodlots.settings import Settings

PlanArgument = Annotated[Path, typer.Argument(help="folder of a plan of this case")]


def case_of_plan(case: Path, plan: Path) -> tuple[Case, Settings, Plan]:
    """The case with the settings the plan was made with, and the plan; raises DataError when they do not belong."""
    made = read_plan(plan)
    stated = made.run.get("overrides", [])
    overrides = [each for each in stated if isinstance(each, str)] if isinstance(stated, list) else []
    found, settings, _ = read_case(case, overrides)
    if made.run.get("inputs_sha256") != found.sha256:
        problem = f"the plan in {plan} was made of other tables than those of {case}"
        raise DataError([Fault("plan", 0, "", str(plan), problem, "give the case it was made of, or plan again")])
    return found, settings, made
