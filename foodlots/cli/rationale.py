"""`foodlots rationale`: why each lot is as it is, and why it is awarded as it is."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.opened import PlanArgument, open_plan
from foodlots.cli.screen import complain, say
from foodlots.insight.instead import Table
from foodlots.insight.rationale import Reasons, rationale

FOR_THE_FILE = "For the buyer's file: it names bidders and what they cost."
FOR_THE_FILE_ALONE = ("bidders", "awards", "considered", "rejected")


def rationale_command(
    case: CaseArgument,
    plan: PlanArgument,
    publish: Annotated[bool, typer.Option("--publish", help="only what may be published: no bidder, no price")] = False,
    json_: Annotated[bool, typer.Option("--json", help="print JSON instead of sentences")] = False,
) -> None:
    """Say why each lot is as it is, who can bid, why it is awarded so, and what was rejected at what cost."""
    found, settings, made = open_plan(case, plan)
    reasons = rationale(Table(found, settings, made))
    if not publish:
        complain(FOR_THE_FILE)
    if json_:
        say(json.dumps([_as_json(each, publish) for each in reasons], ensure_ascii=False, indent=2))
    for each in () if json_ else reasons:
        say(f"{each.lot} {each.name}", *(f"  {line}" for line in (each.to_publish if publish else each.to_file)), "")


def _as_json(reasons: Reasons, publish: bool) -> dict:
    told = asdict(reasons)
    return (
        {k: v for k, v in told.items() if k not in ("bidders", "awards", "considered", "rejected")} if publish else told
    )
