"""`foodlots bench`: what planning a case takes on this machine."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from foodlots.bench import GAPS, Course, Measured, machine, measure
from foodlots.charts.gap_course import gap_course_svg
from foodlots.cli.check import SetOption
from foodlots.cli.json_out import say_json
from foodlots.cli.screen import pounds, say, show_table
from foodlots.writing import csv_bytes

HEADINGS = ("case", "kitchens", "producers", "reading, s", "building, s", "first plan, s",
            *(f"to {gap:.2%}, s" for gap in GAPS), "gap", "best plan", "processor, s", "memory, MB")  # fmt: skip
COURSE = ("case", "seconds", "best_gbp", "bound_gbp", "gap_share")


def bench(
    cases: Annotated[list[Path], typer.Argument(help="folders or workbooks of cases")],
    set_: SetOption = None,
    out: Annotated[Path | None, typer.Option("--out", help="folder for the table, the course and its picture")] = None,
    json_: Annotated[bool, typer.Option("--json", help="print the figures as JSON")] = False,
) -> None:
    """Measure reading, building and searching of each case, one after another, each in a process of its own."""
    measured = _told_apart(cases, [measure(case, set_ or ()) for case in cases])
    rows = [_row(each) for each in measured]
    if json_:
        say_json({"machine": machine(), "measured": measured})
    else:
        told = zip(HEADINGS[1:], *(row[1:] for row in rows), strict=True)
        show_table(f"On {machine()}", ("", *(row[0] for row in rows)), told, range(1, len(rows) + 1))
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "bench.csv").write_bytes(csv_bytes(HEADINGS, rows))
        steps = [_step(each, step) for each in measured for step in each.course]
        (out / "course.csv").write_bytes(csv_bytes(COURSE, steps))
        (out / "course.svg").write_text(gap_course_svg(measured), encoding="utf-8")
        say(f"Written to {out}: bench.csv, course.csv, course.svg.")


def _told_apart(cases: list[Path], measured: list[Measured]) -> list[Measured]:
    """Each under its folder's name; with the folder it lies in where two are called the same."""
    names = [case.resolve().name for case in cases]
    return [
        replace(each, case=name if names.count(name) == 1 else f"{case.resolve().parent.name}/{name}")
        for case, name, each in zip(cases, names, measured, strict=True)
    ]


def _row(each: Measured) -> tuple[str, ...]:
    times = (each.reading, each.building, each.first_plan, *map(each.within, GAPS))
    return (
        each.case, f"{each.kitchens:,}", f"{each.producers:,}", *map(_seconds, times), f"{each.gap_share:.4%}",
        pounds(each.best_gbp), _seconds(each.processor), f"{each.memory_mb:,.0f}",
    )  # fmt: skip


def _seconds(seconds: float | None) -> str:
    return "not reached" if seconds is None else f"{seconds:.1f}"


def _step(each: Measured, step: Course) -> tuple[str, ...]:
    figures = (step.seconds, step.best_gbp, step.bound_gbp, step.gap_share)
    return (each.case, *("" if figure is None else f"{figure:.6g}" for figure in figures))
