"""`foodlots consortium`: with whom to bid for a lot."""

import json
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.fit import ForOption, JsonOption, View
from foodlots.cli.opened import PlanArgument, open_plan
from foodlots.cli.screen import say
from foodlots.insight.conditions import FREE, read_conditions
from foodlots.insight.consortium import consortia
from foodlots.insight.consortium_bidder import as_bidder
from foodlots.insight.consortium_words import SEEN, SHARED, UNSEEN, consortium_lines, consortium_record
from foodlots.insight.fits import Inquiry
from foodlots.reading import read_tables
from foodlots.writing import write_tables

NOT_IN_PLAN = "The producers' own conditions hold for this set; no table holds them, so the next plan may use less."


def consortium(
    case: CaseArgument,
    plan: PlanArgument,
    lot: Annotated[str, typer.Argument(help="id of a lot of the plan")],
    with_: Annotated[list[str] | None, typer.Option("--with", help="a producer that has to be in")] = None,
    fill: Annotated[
        float | None, typer.Option(min=0, max=1, help="share of the lot to fill together (default: the least fill)")
    ] = None,
    at_least: Annotated[
        list[str] | None, typer.Option("--at-least", help="producer=£: joins only to sell at least so much a year")
    ] = None,
    at_most: Annotated[
        list[str] | None, typer.Option("--at-most", help="producer=£: joins only to sell no more than so much a year")
    ] = None,
    only_with: Annotated[
        list[str] | None, typer.Option("--only-with", help="producer=other: joins only if the other does")
    ] = None,
    view: ForOption = View.producer,
    bid_in: Annotated[
        Path | None, typer.Option("--bid-in", help="write the case with the best set as a bidder to this new folder")
    ] = None,
    json_: JsonOption = False,
) -> None:
    """The smallest, then the cheapest, producers that together could serve a lot: lead, parts, money, reserves."""
    inquiry = Inquiry(*open_plan(case, plan), view.value)
    own = read_conditions(inquiry.case, at_least or (), at_most or (), only_with or ())
    found = consortia(inquiry, lot, with_ or (), fill, own=own)
    if json_:
        say(json.dumps(consortium_record(found, view.value), indent=2, ensure_ascii=False))
    else:
        say(*consortium_lines(inquiry.case, found, inquiry.settings.case.first_month))
        say(UNSEEN if view is View.producer else SEEN, SHARED)
    if bid_in is not None and found.sets:
        changed, bidder = as_bidder(read_tables(case), inquiry.case, found.sets[0])
        write_tables(changed, bid_in)
        if not json_:
            say(f"Written to {bid_in} with the bidder {bidder}; next: foodlots plan {bid_in} --out …")
            if own != FREE:
                say(NOT_IN_PLAN)
