"""What a page works with: the case that lies open, and the plan made of it."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from foodlots.case import Case
from foodlots.checking import Checked
from foodlots.errors import Fault
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import digest_of
from foodlots.plan import Plan
from foodlots.settings import Settings
from foodlots.ui.desks import Draft, Made


@dataclass(frozen=True)
class Work:
    """The case that lies open, as typed and as checked."""

    draft: Draft
    checked: Checked

    @cached_property
    def digest(self) -> str:
        """What tells these tables and settings from all others."""
        return digest_of(self.draft.raw)

    @property
    def raw(self) -> RawCase:
        return self.draft.raw

    @property
    def case(self) -> Case | None:
        return self.checked.case

    @property
    def settings(self) -> Settings | None:
        return self.checked.settings

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self.checked.faults

    @property
    def name(self) -> str:
        """What the case is called."""
        return case_name(self.raw)


def case_name(raw: RawCase) -> str:
    """What a case is called: as its settings say, else after its folder."""
    given = [setting.value for setting in raw.settings if (setting.section, setting.key) == ("case", "name")]
    return (given or [raw.name])[-1] or "Case without a name"


@dataclass(frozen=True)
class Result:
    """A plan with the case and settings it was made of."""

    made: Made
    plan: Plan
    checked: Checked

    @property
    def case(self) -> Case:
        return self.checked.case

    @property
    def settings(self) -> Settings:
        return self.checked.settings

    @property
    def digest(self) -> str:
        """What tells this plan of this case from every other."""
        return sha256(f"{self.made.case_digest} {self.made.digest}".encode()).hexdigest()
