"""The audit's verdict on a plan, whatever form its case is in.

The audit reads a case by itself, in the plain form of the contract alone. What foodlots forgives besides (other
encodings and delimiters, £ marks, capitals) is beyond it: then it is given what foodlots made of the files, and the
verdict says so.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from foodlots.audit import Unread, Verdict, audit_plan
from foodlots.case import Case
from foodlots.files.raw import RawCase
from foodlots.plain_files import plain_files, settings_file
from foodlots.reading import read_case
from foodlots.settings import Settings
from foodlots.writing import table_files


def audit_case(case: Path, plan: Path) -> Verdict:
    """The verdict on a plan of a case on disk. Raises DataError when the case has faults."""
    return _audited(case, plan, lambda: plain_files(*read_case(case)[:2]))


def audit_typed(raw: RawCase | None, case: Case, settings: Settings, plan: Path) -> Verdict:
    """The verdict on a plan of tables as they were typed on a screen; of the case itself where there are none."""
    tidy = plain_files(case, settings)
    typed = tidy if raw is None else table_files(raw) | {"settings.toml": settings_file(settings)}
    return _audited(typed, plan, lambda: tidy)


Question = tuple[RawCase | None, Case, Settings, str]  # tables as typed, case, settings, folder of the plan


def work_out_verdict(asked: Question, given: object, tell: object) -> Verdict:
    """The verdict on a plan of tables as they were typed, as a piece of work that another process may do."""
    raw, case, settings, plan = asked
    return audit_typed(raw, case, settings, Path(plan))


def _audited(files: Path | dict[str, bytes], plan: Path, tidy: Callable[[], dict[str, bytes]]) -> Verdict:
    try:
        return audit_plan(files, plan)
    except Unread as trouble:
        caveat = f"The tables were not read by the audit itself, but as foodlots understood them: {trouble}."
        return replace(audit_plan(tidy(), plan), caveat=caveat)
