"""`foodlots gaps`: what nobody supplies, why, what a kilo more is worth, and what to grow, store or certify."""

from collections.abc import Iterator
from typing import Annotated

import typer

from foodlots.calendar import NAMES, say_months
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import say_json
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.screen import pounds, say, show_table
from foodlots.insight.crop_signals import Signal
from foodlots.insight.gap_report import GapReport
from foodlots.insight.gap_words import about_alone, about_checks, about_levers, said_signal

BuyerOption = Annotated[
    bool, typer.Option("--buyer", help="for the buyer's eyes: also figures that tell producers' prices")
]


def gaps(case: CaseArgument, plan: PlanArgument, buyer: BuyerOption = False, json_: JsonOption = False) -> None:
    """What stays on the open market: by product, month, area and cause, and what closing it is worth."""
    found, settings, made = open_plan(case, plan)
    report = GapReport(found, settings, made)
    if json_:
        say_json(as_json(report, buyer))
        return
    if not report.gaps:
        say("Nothing is short: the winners supply everything that is asked for.")
        return
    kg, gbp = (sum(getattr(total, unit) for total in report.by_cause) for unit in ("kg", "gbp"))
    say(f"{pounds(gbp)} of food a year ({kg / 1000:,.1f} t) is bought on the open market.")
    show_table("Why: each kilo has one cause", *cause_rows(report))
    say("", about_alone(report), *about_levers(report))
    show_table("Products", *product_rows(report))
    show_table("Where", ["Area", "£ a year", "Tonnes"], area_rows(report), (1, 2))
    show_table("Best worth growing, storing or certifying", *signal_rows(report))
    say("", *about_checks(report))
    if buyer:
        show_table("For the buyer: one more kilo of a producer at its price saves", *own_rows(report))


def as_json(report: GapReport, buyer: bool) -> dict[str, object]:
    """All of the report; producers' prices could be told from `own_worth`, so that it is for the buyer alone."""
    case = report.standing.case
    found = {
        "gaps": report.gaps,
        "causes": report.by_cause,
        "limits_hold_back_kg": {lever: grams / 1000 for lever, grams in report.causes.levers.items()},
        "products": report.by_product,
        "areas": [{"area": area, "kg": kg, "gbp": gbp} for area, (kg, gbp) in report.by_area.items()],
        "worth_gbp_per_kg": _by_key(("lot", "product", "month"), report.worth),
        "checked": [{**vars(each), "agrees": each.agrees} for each in report.checked],
        "signals": [{**vars(each), "words": said_signal(report, each)} for each in report.signals],
    }
    own = {"own_worth_gbp_per_kg": _by_key(("producer", "product", "month"), report.own_worth)} if buyer else {}
    return {"illustrative": report.standing.settings.case.illustrative, "case": case.sha256, **found, **own}


def _by_key(names: tuple[str, ...], amounts) -> list[dict[str, object]]:
    return [dict(zip(names, key, strict=True)) | {"gbp_per_kg": round(gbp, 6)} for key, gbp in sorted(amounts.items())]


def cause_rows(report: GapReport) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the causes."""
    rows = [
        [total.cause, pounds(total.gbp), f"{total.kg / 1000:,.1f}", f"{total.alone_kg / 1000:,.1f}",
         f"{total.would_fill_kg / 1000:,.1f}"]
        for total in report.by_cause
    ]  # fmt: skip
    return ["Cause", "£ a year", "Tonnes", "Lifting it is enough, t", "It alone would fill, t"], rows, (1, 2, 3, 4)


def product_rows(report: GapReport) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the products."""
    case, first = report.standing.case, report.standing.settings.case.first_month
    rows = [
        [case.products[total.product].name, pounds(total.gbp), f"{total.kg / 1000:,.1f}",
         say_months(total.months, first),
         "; ".join(f"{cause} {pounds(gbp)}" for cause, gbp in _dearest(total.causes))]
        for total in report.by_product
    ]  # fmt: skip
    return ["Product", "£ a year", "Tonnes", "Months", "Causes"], rows, (1, 2)


def _dearest(causes) -> Iterator[tuple[str, object]]:
    yield from sorted(causes.items(), key=lambda item: -item[1])


def area_rows(report: GapReport) -> list[list[str]]:
    """One row a small area."""
    return [[area, pounds(gbp), f"{kg / 1000:,.1f}"] for area, (kg, gbp) in report.by_area.items()]


def signal_rows(report: GapReport) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the ten signals."""
    case, first = report.standing.case, report.standing.settings.case.first_month
    rows = [
        [said_signal(report, signal), f"{signal.kg / 1000:,.1f}", pounds(signal.gbp),
         say_months(signal.months, first), signal.area, _names(case, signal), said_lots(signal)]
        for signal in report.signals
    ]  # fmt: skip
    return ["What", "Tonnes", "£ a year", "Months", "Most of it for", "Who could first", "Lots"], rows, (1, 2)


def _names(case, signal: Signal, most: int = 3) -> str:
    names = [case.producers[grower].name for grower in signal.growers[:most]]
    more = len(signal.growers) - most
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def said_lots(signal: Signal) -> str:
    """The lots a signal opens, and those it fills further."""
    parts = [f"opens {', '.join(signal.opens)}"] if signal.opens else []
    return "; ".join(parts + ([f"fills {', '.join(signal.fills)}"] if signal.fills else []))


def own_rows(report: GapReport, most: int = 20) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of what a producer's further kilos would save, the largest first."""
    case = report.standing.case
    best = sorted(report.own_worth.items(), key=lambda item: (-item[1], item[0]))[:most]
    rows = [
        [case.producers[producer].name, case.products[product].name, NAMES[month - 1], f"£{gbp:.2f} a kg"]
        for (producer, product, month), gbp in best
    ]
    return ["Producer", "Product", "Month", "Saves"], rows, (3,)
