"""`foodlots fit`: which lots of a plan fit a producer, what stands in the way, what it would take."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.opened import PlanArgument, open_plan
from foodlots.cli.screen import say, show_table
from foodlots.insight.fit_words import change_record, detail, fit_record, fit_rows, say_changes, take_lines
from foodlots.insight.fits import HELD, Inquiry, LotFit, fits, fits_undrawn
from foodlots.insight.same_case import the_lot
from foodlots.insight.standing import BUYER
from foodlots.insight.winning import Contest, cut_to_beat_market, ways_to_win

JsonOption = Annotated[bool, typer.Option("--json", help="print plain values instead of sentences")]
MONEY = "Money left: the kilos it could fill at open-market prices, less delivery and collection, £ a year."


class View(StrEnum):
    """Whose eyes an answer is for."""

    producer = "producer"
    buyer = "buyer"


ForOption = Annotated[View, typer.Option("--for", help="whose eyes it is for: only the buyer sees others' prices")]


def fit(
    case: CaseArgument,
    plan: PlanArgument,
    producer: Annotated[str, typer.Argument(help="id of a producer or cooperative")],
    lot: Annotated[str | None, typer.Option("--lot", help="one lot in full, with what it would take to win it")] = None,
    view: ForOption = View.producer,
    json_: JsonOption = False,
) -> None:
    """Which lots fit a producer or cooperative, the binding reason where one does not, and what it would take."""
    inquiry = Inquiry(*open_plan(case, plan), view.value)
    if lot is not None:
        the_lot(inquiry.plan, lot)
        _one(inquiry, producer, lot, json_)
        return
    drawn, others = fits(inquiry, producer), fits_undrawn(inquiry, producer)
    if json_:
        _print(inquiry, producer, lots=_records(inquiry, drawn), not_drawn=_records(inquiry, others))
        return
    say(*_answer(inquiry, producer, drawn))
    show_table("Lots of the plan", *fit_rows(drawn))
    if others:
        show_table("Not drawn, but a lot like this would fit", *fit_rows(others))
    say("", *take_lines(inquiry.case, drawn, inquiry.settings.case.first_month), MONEY)
    if view.value == BUYER:
        say(HELD)


def _answer(inquiry: Inquiry, producer: str, drawn: list[LotFit]) -> Iterator[str]:
    name = inquiry.case.producers[producer].name
    able, won = sum(fit.able for fit in drawn), [fit.lot for fit in drawn if fit.wins]
    yield f"{name}: {able} of {len(drawn)} lots fit as drawn; it wins {', '.join(won) or 'none'}."


def _one(inquiry: Inquiry, producer: str, lot: str, json_: bool) -> None:
    """One lot in full: coverage, money, what it would take to be able and, for the buyer, to win."""
    first = inquiry.settings.case.first_month
    found = next((fit for fit in fits(inquiry, producer, lot)), None)
    contest = Contest(inquiry, producer, lot)
    ways = ways_to_win(contest, found) if inquiry.view == BUYER and found else ()
    cut = cut_to_beat_market(contest) if found and found.able and not found.wins else None
    if json_:
        win = {"to_win": [[change_record(change) for change in way] for way in ways], "held": HELD}
        more = {"to_beat_the_open_market": None if cut is None else change_record(cut)}
        _print(inquiry, producer, lots=_records(inquiry, [found] if found else []), **more,
               **(win if inquiry.view == BUYER else {}))  # fmt: skip
        return
    say(*(detail(inquiry.case, found, first) if found else [f"{lot} has no deliveries in any month."]))
    if cut is not None:
        say(f"To be cheaper than the open market with nobody else there: {say_changes(inquiry.case, (cut,), first)}.")
    if inquiry.view == BUYER and found and not found.wins:
        said = "; or ".join(say_changes(inquiry.case, way, first) for way in ways)
        say(f"To win it: {said or 'no change of one kind by this bidder would'}.", HELD)


def _records(inquiry: Inquiry, found: list[LotFit]) -> list[dict]:
    return [fit_record(fit, inquiry.settings.case.first_month) for fit in found]


def _print(inquiry: Inquiry, producer: str, **more: object) -> None:
    say(json.dumps({"producer": producer, "for": inquiry.view, **more}, indent=2, ensure_ascii=False))
