"""What planning a case takes: reading, building, first plan, gap against time, memory; one process, one case."""

import os
import platform
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time

from foodlots.errors import NoPlan
from foodlots.optimise import Outlook, make_plan
from foodlots.optimise.search import build
from foodlots.reading import read_case
from foodlots.runner import Look, Refused, Runner, Tell

GAPS = (0.02, 0.005, 0.001, 0.0001)  # of spend: the gaps whose times are told
MEGABYTE = 1024 * (1024 if sys.platform == "darwin" else 1)  # ru_maxrss is in bytes there, in kilobytes elsewhere


@dataclass(frozen=True)
class Course:
    """How a search stood: seconds since planning began, best plan and proven bound, £, gap as a share of spend."""

    seconds: float
    best_gbp: float | None
    bound_gbp: float | None
    gap_share: float | None


@dataclass(frozen=True)
class Measured:
    """One case measured. Times in seconds of the clock, `processor` of all cores; memory in megabytes."""

    case: str
    kitchens: int
    producers: int
    lots_possible: int
    columns: int
    rows: int
    entries: int
    reading: float
    building: float
    planning: float
    processor: float
    memory_mb: float
    status: str
    best_gbp: float
    bound_gbp: float
    gap_share: float
    lots: int
    course: tuple[Course, ...]

    @property
    def first_plan(self) -> float | None:
        """Seconds of planning to the first plan."""
        return next((step.seconds for step in self.course if step.best_gbp is not None), None)

    def within(self, gap: float) -> float | None:
        """Seconds of planning until the proven gap was so small; None when it never was."""
        return next(
            (step.seconds for step in self.course if step.gap_share is not None and step.gap_share <= gap), None
        )


def measure(folder: Path | str, overrides: Sequence[str] = (), look: Look | None = None) -> Measured:
    """Plan the case in a process of its own and tell what it took.

    Raises DataError, and NoPlan when the limits allow none in the time given.
    """
    read_case(folder, overrides)
    name = Path(folder).name
    with Runner(look, processes=1, keep=False) as runner:
        found = runner.run(measured_here, None, {name: (str(folder), tuple(overrides))})[name]
    if isinstance(found, Refused):
        raise NoPlan(found.reason)
    return found


def measured_here(_: None, given: tuple[str, tuple[str, ...]], tell: Tell) -> Measured:
    """The same in this process, whose memory and processor time are those told."""
    folder, overrides = given
    began = monotonic()
    case, settings, _ = read_case(folder, overrides)
    read = monotonic()
    problem = build(case, settings).problem
    built = monotonic()
    columns, rows = len(problem.variables()), problem.constraints()
    entries = sum(map(len, rows))
    course: list[Course] = []

    def look(outlook: Outlook) -> bool:
        step = Course(round(outlook.seconds, 2), outlook.best_gbp, outlook.bound_gbp, outlook.gap_share)
        if not course or (step.best_gbp, step.bound_gbp) != (course[-1].best_gbp, course[-1].bound_gbp):
            course.append(step)
        return tell(outlook.best_gbp, outlook.gap_share)

    before, started = process_time(), monotonic()
    plan = make_plan(case, settings, look)
    figures = plan.summary
    seconds = round(monotonic() - started, 2)
    course.append(Course(seconds, float(figures.objective_gbp), float(figures.bound_gbp), figures.gap_share_of_spend))
    return Measured(
        Path(folder).name, len(case.sites), len(case.producers), plan.run["candidates"], columns, len(rows), entries,
        read - began, built - read, seconds, process_time() - before,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE, figures.status, float(figures.objective_gbp),
        float(figures.bound_gbp), figures.gap_share_of_spend, figures.lots, tuple(course),
    )  # fmt: skip


def machine() -> str:
    """The machine in words: cores, Python, system."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
