"""`foodlots regions`: plan a country region by region, on all cores or on a cluster."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.drawing import Draughtsman
from foodlots.cli.many import ClusterOption, FreshOption, solving
from foodlots.cli.planning import how_made, write_and_tell
from foodlots.cli.screen import complain, say
from foodlots.reading import read_case
from foodlots.regional import Pace, plan_by_region


def regions(
    case: CaseArgument,
    out: Annotated[Path, typer.Option("--out", help="folder to write the plan to")],
    kitchens: Annotated[int, typer.Option(min=1, help="kitchens in a region, about; no buyer's lots are cut")] = 150,
    seconds: Annotated[float, typer.Option(min=1, help="longest search for each region's plan, in seconds")] = 15,
    rounds: Annotated[int, typer.Option(min=1, help="rounds of finding what shared growers are worth")] = 4,
    set_: SetOption = None,
    cluster: ClusterOption = "",
    fresh: FreshOption = False,
    json_: Annotated[bool, typer.Option("--json", help="print summary.json instead of sentences")] = False,
) -> None:
    """Plan a case too large to be planned whole: regions side by side, growers shared; what is solved is kept."""
    overrides = list(set_ or ())
    found, settings, notes = read_case(case, overrides)
    complain(*(f"{note.severity}: {note}" for note in notes))
    with solving(cluster, fresh) as runner:
        made = plan_by_region(found, settings, runner, Pace(kitchens, rounds, seconds), how_made(case, overrides))
    with Draughtsman() as draughtsman:
        write_and_tell(case, found, settings, made, out, json_, draughtsman)
    if not json_:
        number = len(made.run["by_region"]["regions"])
        say(f"Planned in {number} regions, each keeping the rules by itself; the bound holds for all such plans.")
