"""Files to take away: every name carries the digest of what is in it."""

import re

from foodlots.ui.work import Result, Work

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_name(found: Result, what: str, ending: str) -> str:
    """A name for a file made of a plan."""
    return f"{_plain(found.settings.case.name)}-{what}-{found.digest[:8]}.{ending}"


def case_file_name(now: Work, ending: str) -> str:
    """A name for a file made of a case."""
    return f"{_plain(now.name)}-case-{now.digest[:8]}.{ending}"


def _plain(name: str) -> str:
    """Letters, digits and hyphens alone: safe on every disk."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "case"
