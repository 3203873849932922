"""A case and a plan of it, read together: a question about a plan is never answered from other tables."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.screen import complain
from foodlots.errors import DataError, Fault
from foodlots.plan import Plan
from foodlots.plan_files import read_plan
from foodlots.reading import read_case
from foodlots.settings import Settings, plainly

PlanArgument = Annotated[Path, typer.Argument(help="folder of a plan of that case")]
JsonOption = Annotated[bool, typer.Option("--json", help="print the answer as JSON instead of sentences")]


def open_plan(case: Path, plan: Path) -> tuple[Case, Settings, Plan]:
    """The case with the settings the plan was made with, and the plan; DataError where they do not belong together."""
    made = read_plan(plan)
    given = made.run.get("overrides")
    overrides = [str(each) for each in given] if isinstance(given, list) else []
    found, settings, notes = read_case(case, overrides)
    complain(*(f"{note.severity}: {note}" for note in notes if note.severity != "note"))
    if made.run.get("inputs_sha256") != found.sha256:
        raise DataError([_stranger("was made of other tables than those of this case")])
    if _without_effort(plainly(settings)) != _without_effort(made.run.get("settings")):
        raise DataError([_stranger("was made with other settings than those of this case")])
    return found, settings, made


def _stranger(problem: str) -> Fault:
    return Fault("plan", 0, "", "", f"the plan {problem}", "make the plan again, or give the case it was made of")


def _without_effort(settings: object) -> object:
    """The settings that shape a plan, the effort of the search apart."""
    return {key: value for key, value in settings.items() if key != "effort"} if isinstance(settings, dict) else None
