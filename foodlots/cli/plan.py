"""`foodlots plan`: draw the lots, award them, prove it, and write the plan's folder."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.drawing import Draughtsman


def plan(
    case: CaseArgument,
    out: Annotated[Path, typer.Option("--out", help="folder to write the plan to")],
    seconds: Annotated[float | None, typer.Option(min=1, help="longest search, in seconds")] = None,
    gap: Annotated[float | None, typer.Option(min=0, max=1, help="gap at which to stop, as a share of spend")] = None,
    set_: SetOption = None,
    like: Annotated[Path | None, typer.Option("--like", help="earlier plan of the case to begin with")] = None,
    json_: Annotated[bool, typer.Option("--json", help="print summary.json instead of sentences")] = False,
) -> None:
    """Draw lots and award them in one optimisation; Ctrl-C keeps the best plan so far."""
    overrides = [*(set_ or ())]
    overrides += [f"effort.seconds={seconds}"] if seconds is not None else []
    overrides += [f"effort.gap={gap}"] if gap is not None else []
    with Draughtsman() as draughtsman:
        from foodlots.cli.planning import plan_and_tell  # loaded while the draughtsman loads its own

        plan_and_tell(case, overrides, like, out, json_, draughtsman)
