"""`foodlots hubs`: would a hub pay, where, and from what volume on."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import say_json
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.screen import complain, pounds, say, show_table
from foodlots.insight.hub_places import FIXED_GBP, HANDLING_GBP, hub_places
from foodlots.insight.hub_words import about_hubs, about_way
from foodlots.insight.next_hub import Hub, NextHub, next_hub

AtOption = Annotated[
    list[str] | None, typer.Option("--at", metavar="NAME,POSTCODE", help="a place to try besides; or NAME,LAT,LON")
]


def hubs(
    case: CaseArgument,
    plan: PlanArgument,
    at: AtOption = None,
    fixed: Annotated[float, typer.Option(min=0, help="£ a year that a hub costs whatever it takes in")] = float(
        FIXED_GBP
    ),
    handling: Annotated[float, typer.Option(min=0, help="£ a kilo for handling")] = float(HANDLING_GBP),
    most: Annotated[int, typer.Option(min=1, max=2, help="new hubs at the most")] = 2,
    seconds: Annotated[float, typer.Option(min=1, help="for the search, in all")] = 30.0,
    json_: JsonOption = False,
) -> None:
    """Which new hub pays, if any: lots unlocked, farms reached, break-even; the plan's lots are held as drawn."""
    found, settings, made = open_plan(case, plan)
    places = hub_places(found, at or (), Decimal(str(fixed)), Decimal(str(handling)))
    answer = next_hub(found, settings, made, places, most, seconds, lambda doing: complain(f"{doing} …"))
    if json_:
        say_json(as_json(answer))
        return
    say(*about_hubs(found, answer))
    show_table("Places tried", *hub_rows(answer))
    show_table("The same lots, brought in other ways", *way_rows(found, answer))


def as_json(answer: NextHub) -> dict[str, object]:
    """The answer with what follows from it: margin, break-even, whether it pays."""
    return {
        "hubs": [_with_figures(hub) for hub in answer.hubs],
        "opened": answer.opened,
        "ways": answer.ways,
        "most": answer.most,
        "unproven_gbp": answer.unproven_gbp,
    }


def _with_figures(hub: Hub) -> dict[str, object]:
    return {
        **vars(hub),
        "margin_gbp": hub.margin_gbp,
        "saves_gbp_per_kg": hub.saves_per_kg,
        "break_even_kg": hub.break_even_kg,
        "pays": hub.pays,
        "never_pays": hub.never_pays,
    }


def hub_rows(answer: NextHub) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the candidates."""
    headings = ["Place", "Saves before rent", "At most", "Left", "Tonnes", "Farms", "Lots", "New", "Break-even, t"]
    return headings, [_hub_row(hub) for hub in answer.hubs], (1, 2, 3, 4, 5, 6, 7, 8)


def _hub_row(hub: Hub) -> list[str]:
    even = "never" if hub.break_even_kg is None else f"{hub.break_even_kg / 1000:,.0f}"
    return [
        hub.depot.name, pounds(hub.saves_gbp), pounds(hub.at_most_gbp), signed(hub.margin_gbp),
        f"{hub.kg / 1000:,.1f}", str(len(hub.farms)), str(len(hub.lots)), str(len(hub.unlocked)), even,
    ]  # fmt: skip


def signed(gbp: float) -> str:
    """£ with its sign before it."""
    return f"−{pounds(-gbp)}" if gbp < 0 else pounds(gbp)


def way_rows(case: Case, answer: NextHub) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the ways."""
    return ["Way", "Cost", "Proven within", "Spend", "Paid locally", "Lots won", "km"], list(_ways(answer)), (
        1, 2, 3, 4, 5, 6,
    )  # fmt: skip


def _ways(answer: NextHub) -> Iterator[list[str]]:
    for way in answer.ways:
        sited = way.sited
        yield [
            about_way(way), pounds(sited.cost_gbp), pounds(sited.cost_gbp - sited.bound_gbp), pounds(sited.spend_gbp),
            pounds(sited.local_gbp), str(len(sited.won)), f"{sited.km:,.0f}",
        ]  # fmt: skip
