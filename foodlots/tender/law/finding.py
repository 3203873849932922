"""What a law check says: one rule, what was looked at, how it stands, and the words for the file."""

from dataclasses import dataclass

from foodlots.tender.law.table import CAUTIONS, Rule

IN_ORDER, TO_DO, BROKEN, NOT_COVERED = "in order", "to do", "broken", "not covered"
STATUSES = (BROKEN, TO_DO, NOT_COVERED, IN_ORDER)


@dataclass(frozen=True)
class Finding:
    """One rule held against the tender. `about` is a lot, a buyer or the whole tender; `drafted` is text to use.

    known: how well what decided is known, H, M or L; by default as the rule is.
    """

    rule: Rule
    about: str
    status: str
    words: str
    drafted: str = ""
    known: str = ""

    @property
    def standing(self) -> str:
        """How well what it rests on is known: H, M or L."""
        return self.known or self.rule.standing

    @property
    def caution(self) -> str:
        """What to do before relying on it, in plain words; "" where the law's own text was seen."""
        return CAUTIONS[self.standing]

    @property
    def with_caution(self) -> str:
        """The finding with its caution."""
        return f"{self.words} {self.caution}".strip()


@dataclass(frozen=True)
class Verdict:
    """All findings in the order of the checks; how many of each check."""

    findings: tuple[Finding, ...]

    def count(self, status: str) -> int:
        """How many findings stand so."""
        return sum(finding.status == status for finding in self.findings)
