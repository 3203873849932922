"""What a law check says: one rule, what was looked at, how it stands, and the words for the file."""

from dataclasses import dataclass

from foodlots.tender.law.table import Rule

IN_ORDER, TO_DO, BROKEN, NOT_COVERED = "in order", "to do", "broken", "not covered"
STATUSES = (BROKEN, TO_DO, NOT_COVERED, IN_ORDER)


@dataclass(frozen=True)
class Finding:
    """One rule held against the tender. `about` is a lot, a buyer or the whole tender; `drafted` is text to use."""

    rule: Rule
    about: str
    status: str
    words: str
    drafted: str = ""


@dataclass(frozen=True)
class Verdict:
    """All findings in the order of the checks; how many of each check."""

    findings: tuple[Finding, ...]

    def count(self, status: str) -> int:
        """How many findings stand so."""
        return sum(finding.status == status for finding in self.findings)
