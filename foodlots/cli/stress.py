"""`foodlots stress`: what poor harvests, failing winners and rising prices do to a plan."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import plain, say_json
from foodlots.cli.many import ClusterOption, solving
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.progress import Waiting
from foodlots.cli.screen import complain, pounds, say, show_table
from foodlots.errors import DataError, Fault
from foodlots.insight.harvests import Weather
from foodlots.insight.robust import Robust, robust, robust_plan
from foodlots.insight.stress import Failure, Stress, Terms, Year, draw_years, stress
from foodlots.plan import Plan
from foodlots.plan_files import write_plan
from foodlots.settings import Settings

SHOWN = 12  # rows of a table on the terminal
SHARE = {"min": 0, "max": 1}


def stress_command(
    case: CaseArgument,
    plan: PlanArgument,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="years of harvest to draw")] = 200,
    seed: Annotated[int, typer.Option(min=0, help="the same seed draws the same years")] = 0,
    spread: Annotated[
        list[str] | None,
        typer.Option(metavar="SHARE or NAME=SHARE", help="how far harvests vary; of a product, family or category"),
    ] = None,
    weather: Annotated[float, typer.Option(**SHARE, help="part of it that all crops share")] = 0.5,
    lingers: Annotated[float, typer.Option(**SHARE, help="part of a month's weather left in the next")] = 0.6,
    emergency: Annotated[float, typer.Option(min=0, help="rise of price at short notice, as a share")] = 0.2,
    shock: Annotated[float, typer.Option(min=0, help="rise of the open market's prices, as a share")] = 0.2,
    tail: Annotated[float, typer.Option(min=0.001, max=1, help="share of worst years that is averaged")] = 0.05,
    robust_at: Annotated[
        float | None,
        typer.Option("--robust", min=0.05, max=1, help="also plan with this share of every offer"),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="folder for the plan that --robust makes")] = None,
    cluster: ClusterOption = "",
    json_: JsonOption = False,
) -> None:
    """Harvests drawn at random, each winner, grower and depot out in turn, prices risen: kilos unmet and pounds."""
    if out is not None and robust_at is None:
        raise typer.BadParameter("--out keeps the plan that --robust makes: give --robust too, such as --robust 0.8")
    found, settings, made = open_plan(case, plan)
    skies = replace(_spreads(spread or ()), shared=weather, lingers=lingers, seed=seed)
    years = _years(found, settings, made, skies, draws, cluster)
    answer = stress(found, settings, made, years, skies, Terms(emergency, shock, tail))
    sure = _robust(found, settings, (made, answer), robust_at, draws, cluster) if robust_at else None
    kept = write_plan(sure.plan, out) if out else None
    if json_:
        say_json(answer if sure is None else plain(answer) | {"robust": _without_tables(sure, kept)})
        return
    say(*_sentences(answer), *([_robust_said(answer, sure)] if sure else []))
    say(*([f"That plan is in {kept}; open it with foodlots app CASE --plan {kept}."] if kept else []))
    show_table("Mean shortage of a year", *_month_rows(settings, answer))
    show_table("Products", ["Product", "kg", "£ at open-market prices"], list(_product_rows(found, answer)), (1, 2))
    show_table("Kitchens", ["Kitchen", "kg", "£ at open-market prices"], list(_kitchen_rows(found, answer)), (1, 2))
    show_table("One of them out for a year", *_failure_rows(found, settings, answer))
    show_table("Who could step in", *_reserve_rows(found, answer))


def _spreads(given: list[str] | tuple) -> Weather:
    """The spread of all, and of products, families or categories by name."""
    of_all, named = Weather().spread, {}
    for text in given:
        name, _, share = text.rpartition("=")
        try:
            value = float(share)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 2:
            mend = "give a share such as 0.2 or fruit=0.3"
            raise DataError([Fault("spread", 0, "", text, f"{text!r} is no spread", mend)])
        if name:
            named[name] = value
        else:
            of_all = value
    return Weather(of_all, named)


def _years(case: Case, settings: Settings, plan: Plan, weather: Weather, draws: int, cluster: str) -> tuple[Year, ...]:
    """The years drawn, on all cores or a cluster; those done by the time of a Ctrl-C."""
    with solving(cluster) as runner:
        years = draw_years((case, settings, plan, weather), draws, runner)
    if len(years) < draws:
        complain(f"stopped after {len(years)} of {draws} years")
    return years


def _robust(
    case: Case, settings: Settings, before: tuple[Plan, Stress], share: float, draws: int, cluster: str
) -> Robust:
    """A plan that relies on a share of every offer, in the same years."""
    relied_on = Decimal(str(share))
    with Waiting() as waiting:
        plan = robust_plan(case, settings, before[0], relied_on, waiting.look)
    years = _years(case, settings, plan, before[1].weather, draws, cluster)
    return robust(case, settings, before, relied_on, plan, years)


def _without_tables(sure: Robust, kept: Path | None) -> dict:
    """A robust plan's figures, its summary in place of its tables."""
    return {field: value for field, value in plain(sure).items() if field != "plan"} | {
        "summary": plain(sure.plan.summary),
        "folder": str(kept or ""),
    }


def _robust_said(answer: Stress, sure: Robust) -> str:
    return (
        f"A plan that relies on {sure.relied_on:.0%} of every offer costs {pounds(sure.costs_gbp)} more in a year as "
        f"planned; in the same years its worst cost {pounds(sure.harvests.tail_gbp)} more instead of "
        f"{pounds(answer.harvests.tail_gbp)}, with {sure.harvests.tail_kg / 1000:,.1f} t unmet instead of "
        f"{answer.harvests.tail_kg / 1000:,.1f} t."
    )


def _sentences(answer: Stress) -> Iterator[str]:
    found, terms = answer.harvests, answer.terms
    if found.kg:
        yield (
            f"Over {len(found.kg)} years drawn, {found.mean_kg / 1000:,.1f} t of the {found.promised_kg / 1000:,.1f} t "
            f"promised stay unmet in a mean year, {found.worst_kg / 1000:,.1f} t in the worst. It costs "
            f"{pounds(found.mean_gbp)} more in a mean year, {pounds(found.worst_gbp)} in the worst, and "
            f"{pounds(found.tail_gbp)} on average in the worst {terms.tail:.0%} of years."
        )
    yield (
        f"Were the open market {terms.shock:.0%} dearer for a year, the plan would cost "
        f"{pounds(answer.shock.plan_gbp)} more, buying everything there {pounds(answer.shock.open_gbp)} more."
    )
    weather = answer.weather
    yield (
        f"Assumed, until you have better figures: harvests vary by {weather.spread:.0%} (standard deviation), "
        f"{weather.shared:.0%} of it shared weather; at short notice the open market costs {terms.emergency:.0%} more."
    )


def _month_rows(settings: Settings, answer: Stress) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    parts = {part.what: part for part in answer.harvests.by_month}
    order = contract_year(settings.case.first_month)
    rows = [[NAMES[month - 1], f"{parts[month].kg:,.0f}", pounds(parts[month].gbp)] for month in order]
    return ["Month", "kg", "£ at open-market prices"], rows, (1, 2)


def _product_rows(case: Case, answer: Stress) -> Iterator[list[str]]:
    for part in answer.harvests.by_product[:SHOWN]:
        yield [case.products[part.what].name, f"{part.kg:,.0f}", pounds(part.gbp)]


def _kitchen_rows(case: Case, answer: Stress) -> Iterator[list[str]]:
    for part in answer.harvests.by_site[:SHOWN]:
        yield [case.sites[part.what].name, f"{part.kg:,.0f}", pounds(part.gbp)]


def _failure_rows(case: Case, settings: Settings, answer: Stress) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [
            name_of(case, failure), failure.kind, f"{failure.kg:,.0f}", f"{failure.share:.0%}", pounds(failure.gbp),
            ", ".join(failure.lots), str(len(failure.kitchens)),
            say_months(failure.months, settings.case.first_month),
        ]
        for failure in answer.failures[:SHOWN]
    ]  # fmt: skip
    headings = ["Out", "As", "kg unmet", "Of all", "Costs more", "Lots", "Kitchens", "Months"]
    return headings, rows, (2, 3, 4, 6)


def name_of(case: Case, failure: Failure) -> str:
    """The name of who is out."""
    return case.depots[failure.who].name if failure.kind == "depot" else case.producers[failure.who].name


def _reserve_rows(case: Case, answer: Stress) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    rows = [
        [reserve.lot, name_of(case, failure), case.producers[reserve.bidder].name, f"{reserve.share:.0%}",
         pounds(reserve.saves_gbp)]
        for failure in answer.failures
        for reserve in failure.reserves
    ]  # fmt: skip
    rows.sort(key=lambda row: row[0])
    headings = ["Lot", "If out", "Could step in", "Brings of it", "Saves against the open market"]
    return headings, rows, (3, 4)
