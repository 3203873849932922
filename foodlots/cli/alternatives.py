"""`foodlots alternatives`: plans nearly as good, awards that never change and awards that hang by a thread."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import say_json
from foodlots.cli.many import ClusterOption, solving
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.screen import complain, pounds, say, show_table
from foodlots.errors import DataError, Fault
from foodlots.insight.alternatives import Alternative, Alternatives, Bounds, look_for
from foodlots.insight.in_short import alternatives_in_short


def alternatives_command(
    case: CaseArgument,
    plan: PlanArgument,
    within: Annotated[str, typer.Option(help="how much dearer another plan may be, such as 1%")] = "1%",
    thread: Annotated[str, typer.Option(help="at how much more an award hangs by a thread")] = "0.1%",
    others: Annotated[int, typer.Option(min=0, max=10, help="other plans to look for")] = 2,
    seconds: Annotated[float, typer.Option(min=1, help="longest search for each answer, in seconds")] = 20,
    cluster: ClusterOption = "",
    json_: JsonOption = False,
) -> None:
    """Other awards of the same lots that cost little more: those that differ most, and how firmly each award stands."""
    common = open_plan(case, plan)
    bounds = Bounds(share_in(within, "within"), share_in(thread, "thread"), others, seconds)
    with solving(cluster) as runner:
        answer = look_for(common, bounds, runner)
    awards = len(common[2].awards)
    if len(answer.awards) < awards:
        complain(f"{awards - len(answer.awards)} of {awards} awards were not looked at")
    if json_:
        say_json(answer)
        return
    say(*alternatives_in_short(answer))
    show_table("Awards, the least firm first", *_award_rows(common[0], answer))
    for number, other in enumerate(answer.others, start=1):
        show_table(_title(number, other), ["Lot", "Now", "Instead"], _change_rows(common[0], other))


def share_in(text: str, name: str) -> Decimal:
    """A share given as 1% or 0.01; DataError for anything else."""
    try:
        share = Decimal(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 1:
        raise DataError([Fault(name, 0, "", text, f"{text!r} is no share", "give a share such as 1% or 0.01")])
    return share


def _award_rows(case: Case, answer: Alternatives) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [each.lot, each.name, case.producers[each.bidder].name, pounds(float(each.value_gbp)),
         extra_said(each.extra_gbp), each.standing]
        for each in answer.awards
    ]  # fmt: skip
    return ["Lot", "Name", "Winner", "Value", "Without it costs", "Standing"], rows, (3, 4)


def extra_said(extra: float | None) -> str:
    """What a plan without an award costs more."""
    if extra is None:
        return "no plan without it"
    return f"{pounds(extra)} more" if round(extra) >= 0 else f"{pounds(-extra)} less"


def _title(number: int, other: Alternative) -> str:
    how = "the most different there is" if other.farthest else "the most different found in the time"
    return (
        f"Another plan {number}, {how}: {other.changed:.0%} of the value goes to others, {pounds(other.extra_gbp)} "
        f"more; spend {pounds(other.spend_gbp)}, {pounds(other.local_gbp)} to local producers"
    )


def _change_rows(case: Case, other: Alternative) -> list[list[str]]:
    return [[change.lot, _names(case, change.before), _names(case, change.after)] for change in other.changes]


def _names(case: Case, bidders: Iterable[str]) -> str:
    return " and ".join(case.producers[bidder].name for bidder in bidders) or "open market"
