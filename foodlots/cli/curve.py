"""`foodlots curve`: what does more of an aim cost?"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.many import Given, many_solves
from foodlots.cli.screen import say, show_table
from foodlots.errors import NoPlan
from foodlots.insight.aims import AIMS
from foodlots.insight.curve import NOTHING_TO_TRADE, Curve, trade_off
from foodlots.insight.front import Point
from foodlots.insight.in_short import curve_in_short
from foodlots.plan_files import write_plan
from foodlots.settings import overrides_between
from foodlots.story import pounds


@many_solves(seconds=10)
def curve(
    given: Given,
    aim: Annotated[list[str], typer.Option("--aim", help=f"one or two of {', '.join(AIMS)}")],
    points: Annotated[int, typer.Option(min=2, max=100, help="plans on the curve, at the most")] = 9,
    out: Annotated[Path | None, typer.Option("--out", help="folder for the plan of each point")] = None,
) -> None:
    """Draw the trade-off between cost and one or two aims, each point a plan proven by itself."""
    if not 1 <= len(set(aim)) == len(aim) <= 2 or not set(aim) <= set(AIMS):
        raise typer.BadParameter(f"name one or two different aims of {', '.join(AIMS)}")
    with given.solving() as runner:
        drawn = trade_off(given.case, given.settings, aim, runner, points, given.seconds)
    if not drawn.points:
        raise NoPlan(drawn.refusal)
    folders = [_write(point, number, out, given) for number, point in enumerate(drawn.points, 1)]
    if given.as_json:
        rows = [point_facts(drawn, point) | {"folder": str(folder) if folder else ""}
                for point, folder in zip(drawn.points, folders, strict=True)]  # fmt: skip
        say(json.dumps({"points": rows, "unmet": drawn.unmet, "stopped": drawn.stopped}, default=str, indent=2))
        return
    say(*curve_in_short(drawn))
    headings = ["Point", "Cost a year", *(each.label for each in drawn.aims), "Could still be saved"]
    show_table("Cost against " + " and ".join(each.title.lower() for each in drawn.aims), headings,
               [point_row(drawn, number, point) for number, point in enumerate(drawn.points, 1)],
               range(1, len(headings)))  # fmt: skip
    say("", *_remarks(drawn, out))


def _write(point: Point, number: int, out: Path | None, given: Given) -> Path | None:
    if out is None:
        return None
    overrides = [*given.overrides, *overrides_between(given.settings, point.settings)]
    return write_plan(replace(point.plan, run=point.plan.run | {"overrides": overrides}), out / f"point-{number:02d}")


def _remarks(drawn: Curve, out: Path | None):
    if drawn.nothing_to_trade:
        yield NOTHING_TO_TRADE
    if all(point.proven for point in drawn.points):
        yield "Every point is proven: among the lots considered no plan is as good for each aim and costs less."
    else:
        yield "Where something could still be saved the point was not proven in time. Allow more --seconds."
    if drawn.unmet:
        yield f"{drawn.unmet} of the steps asked for cannot be reached by any plan."
    if {"km", "carbon"} & {aim.name for aim in drawn.aims}:
        yield "Driving of the open market's wholesalers is not known and not counted."
    if drawn.stopped:
        yield "Stopped: only what was solved is told."
    if out is not None:
        yield f"The plan of each point is in {out}; open one with foodlots app CASE --plan FOLDER."


def point_facts(drawn: Curve, point: Point) -> dict:
    """One point as plain values."""
    values = {aim.name: value for aim, value in zip(drawn.aims, point.values, strict=True)}
    asked = {f"{aim.name}_asked": value for aim, value in zip(drawn.aims, point.asked, strict=True)}
    return {"cost_gbp": point.cost_gbp, **values, **asked, "gap_gbp": point.gap_gbp, "proven": point.proven}


def point_row(drawn: Curve, number: int, point: Point) -> list[str]:
    """One point as a row of text."""
    values = [f"£{value:,.0f}" if aim.unit == "£" else f"{value:,.0f}"
              for aim, value in zip(drawn.aims, point.values, strict=True)]  # fmt: skip
    left = "nothing, proven" if point.proven else f"at most {pounds(point.gap_gbp)}"
    return [str(number), pounds(point.cost_gbp), *values, left]
