"""`foodlots grounds`: what of the answer rests on assumption, and how far it moves when that is off."""

from dataclasses import replace
from decimal import Decimal
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import say_json
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.progress import Waiting
from foodlots.cli.screen import complain, pounds, say, show_table, with_sign
from foodlots.insight.grounds import STANDINGS, Ground, grounds, say_ground
from foodlots.insight.sensitivity import Rerun, jobs_of, rerun_of, rerun_work
from foodlots.plan import Plan
from foodlots.runner import Refused, Runner
from foodlots.settings import Settings

HEADINGS = ("changed", "by", "spend", "paid to local producers", "share", "open market", "gap")


def grounds_command(
    case: CaseArgument,
    plan: PlanArgument,
    rerun: Annotated[
        bool, typer.Option("--rerun", help="plan again with what is assumed a fifth less and more")
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="longest search of each such plan")] = 30.0,
    json_: JsonOption = False,
) -> None:
    """How much of the answer is measured, estimated or assumed, part by part."""
    found, settings, made = open_plan(case, plan)
    parts = grounds(found, settings, made)
    reruns = _reruns(found, settings, made, seconds) if rerun else ()
    if json_:
        say_json({"grounds": [_plain(part) for part in parts], "reruns": reruns})
        return
    say(*(say_ground(part) for part in parts))
    show_table("By standing", ("part", "by its", "£ a year", *STANDINGS), map(_row, parts), (2, 3, 4, 5, 6))
    if reruns:
        show_table("Planned again", HEADINGS, map(_rerun_row, reruns), (1, 2, 3, 4, 5, 6))
        say("Differences smaller than the gap may be the search's, not the figure's.")
    elif rerun:
        say("Nothing that can be run again is marked as assumed.")


def _plain(part: Ground) -> dict[str, object]:
    return {"what": part.what, "rests": part.rests, "gbp": part.gbp, "assumed_share": part.share("assumed")}


def _row(part: Ground) -> tuple[str, ...]:
    shares = (f"{part.share(standing):.0%}" for standing in STANDINGS)
    return part.what, part.rests, pounds(float(part.total_gbp)), *shares


def _reruns(case: Case, settings: Settings, plan: Plan, seconds: float) -> tuple[Rerun, ...]:
    """The plan as it is, then each run again that ended in a plan."""
    effort = replace(settings.effort, seconds=Decimal(str(seconds)))
    with Waiting() as waiting, Runner(waiting.count, processes=1) as runner:
        done = runner.run(rerun_work, (case, replace(settings, effort=effort)), jobs_of(case))
    complain(*(f"{name}: {answer.reason}" for name, answer in done.items() if isinstance(answer, Refused)))
    found = [answer for answer in done.values() if isinstance(answer, Rerun)]
    return (rerun_of("nothing", Decimal(1), plan), *found) if found else ()


def _rerun_row(one: Rerun) -> tuple[str, ...]:
    spend, local = pounds(float(one.spend_gbp)), pounds(float(one.local_gbp))
    return (one.what, with_sign(float(one.factor) - 1, ".0%"), spend, local, f"{one.local_share:.1%}",
            pounds(float(one.open_market_gbp)), f"{one.gap_share:.2%}")  # fmt: skip
