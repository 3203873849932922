"""`foodlots baseline`: where today's food money goes, and what a plan changes."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from foodlots.calendar import say_month_of_year
from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.json_out import say_json
from foodlots.cli.opened import JsonOption, open_plan
from foodlots.cli.screen import complain, pounds, say, show_table
from foodlots.insight.baseline import Assumed, Baseline, baseline
from foodlots.insight.in_short import baseline_in_short
from foodlots.insight.multiplier import Respending
from foodlots.insight.paid_today import RINGS, rings_by
from foodlots.reading import read_case

SHARE = {"min": 0, "max": 1}


def baseline_command(
    case: CaseArgument,
    plan: Annotated[Path | None, typer.Argument(help="folder of a plan of that case, to hold against today")] = None,
    regional_km: Annotated[float, typer.Option(min=0, help="road km within which a supplier is of the region")] = 80,
    shift_to: Annotated[float | None, typer.Option(**SHARE, help="local share of spend to compare with")] = None,
    local_again: Annotated[float, typer.Option(**SHARE, help="share local suppliers spend again locally")] = 0.76,
    other_again: Annotated[float, typer.Option(**SHARE, help="share other suppliers spend again locally")] = 0.36,
    third_round: Annotated[float, typer.Option(**SHARE, help="share those they pay spend again locally")] = 0.36,
    nt18: Annotated[float | None, typer.Option(min=0, help="your TOMs NT18 proxy, £ for each £ spent")] = None,
    nt19: Annotated[float | None, typer.Option(min=0, help="your TOMs NT19 proxy, £ for each £ spent")] = None,
    set_: SetOption = None,
    json_: JsonOption = False,
) -> None:
    """Today's contracts: local, regional and leaking pounds, what can be moved and when, before and after a plan."""
    assumed = Assumed(
        _exact(regional_km), Respending(_exact(local_again), _exact(other_again), _exact(third_round)),
        _exact(shift_to), _exact(nt18), _exact(nt19),
    )  # fmt: skip
    if plan:
        found, settings, made = open_plan(case, plan)
    else:
        (found, settings, notes), made = read_case(case, set_ or ()), None
        complain(*(f"{note.severity}: {note}" for note in notes if note.severity != "note"))
    answer = baseline(found, settings, made, assumed)
    if json_:
        say_json(_for_json(answer))
        return
    say(*_sentences(answer))
    show_table("Suppliers of today", *_ring_rows("Supplier", answer, lambda line: line.supplier))
    show_table("Categories", *_ring_rows("Category", answer, lambda line: line.category))
    show_table("When contracts end", *_ending_rows(answer))
    show_table("Today and under the plan" if plan else "Today", *_figure_rows(answer, bool(plan)))
    show_table("What the multiplier rests on", ["Share of each £", "", "Source"], _respending_rows(answer), (1,))


def _exact(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))


def _for_json(answer: Baseline) -> dict:
    whole = asdict(answer)
    whole["total_gbp"] = answer.total_gbp
    whole["categories"] = rings_by(answer.paid, lambda line: line.category)
    whole["suppliers"] = rings_by(answer.paid, lambda line: line.supplier)
    whole["shift"] |= {"brings_gbp": answer.shift.brings_gbp}
    for line in whole["paid"]:
        del line["place"]
    return whole


def _sentences(answer: Baseline) -> Iterator[str]:
    move, before, after = answer.shift, answer.shift.before, answer.shift.after
    yield from baseline_in_short(answer)
    if answer.missing:
        yield f"No contract of today is given for {', '.join(answer.missing)}: what follows leaves it out."
    yield (
        f"To pay {move.to_share:.0%} to local suppliers moves {pounds(move.moved_gbp)} a year and the local multiplier "
        f"from {before.lm3:.2f} to {after.lm3:.2f}: {pounds(move.brings_gbp)} more spent again locally."
    )


def _ring_rows(heading: str, answer: Baseline, key) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [str(name), *(pounds(rings[ring]) for ring in RINGS), pounds(sum(rings.values()))]
        for name, rings in rings_by(answer.paid, key).items()
    ]
    return [heading, *map(str.capitalize, RINGS), "All"], rows, (1, 2, 3, 4, 5)


def _ending_rows(answer: Baseline) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [say_month_of_year(end.month), pounds(end.gbp), pounds(end.not_local_gbp), f"{end.reachable:.0%}"]
        for end in answer.endings
    ]
    return ["Last month", "Ends", "Of it not local", "Local share reachable"], rows, (1, 2, 3)


def _figure_rows(answer: Baseline, planned: bool) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [figure.title, told(figure.today, figure.unit), *([told(figure.planned, figure.unit)] if planned else []),
         figure.note]
        for figure in answer.figures
    ]  # fmt: skip
    return ["", "Today", *(["Planned"] if planned else []), "How it is known"], rows, (1, 2) if planned else (1,)


def told(value: float | None, unit: str) -> str:
    """A figure in its unit."""
    forms = {"pounds": "£{:,.0f}", "percent": "{:.1%}", "two": "{:.2f}", "one": "{:,.1f}", "count": "{:,.0f}"}
    return "not known" if value is None else forms[unit].format(value)


def _respending_rows(answer: Baseline) -> list[list[str]]:
    return [[words, f"{share:.0%}", source] for words, share, source in answer.assumed.respending.sources()]
