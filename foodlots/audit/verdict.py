"""What an audit says of a plan: each breach of a rule in a buyer's words, and how much each check looked at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

SHOWN_PER_CHECK = 20


@dataclass(frozen=True)
class Breach:
    """One thing in a plan that is not as the rules say: what the plan states, what the audit found, in one sentence."""

    check: str
    where: str
    stated: str
    found: str
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """The second opinion on a plan. `counts` says how many things each check examined: 0 when it had nothing to do.

    caveat: what stands between the audit and the case's own files, said with the decision; nothing as a rule.
    """

    breaches: tuple[Breach, ...]
    counts: Mapping[str, int]
    notes: tuple[str, ...] = ()
    caveat: str = ""

    @property
    def accepted(self) -> bool:
        """True when no check found a breach."""
        return not self.breaches

    @property
    def broken(self) -> dict[str, int]:
        """How many breaches each check found, checks without any left out."""
        return dict(Counter(breach.check for breach in self.breaches))

    def lines(self, shown: int = SHOWN_PER_CHECK) -> list[str]:
        """The verdict as lines to print: the decision, the notes, `shown` breaches of each check, and every count."""
        return [self._decision(), *self.notes, *self._breaches(shown), *self._counts()]

    def _decision(self) -> str:
        looked = f"{len(self.counts)} checks, {sum(self.counts.values()):,} things examined"
        found = f"{_many(len(self.breaches), 'breach')} in {_many(len(self.broken), 'check')}"
        said = f"Accepted: {looked}, no breach." if self.accepted else f"Rejected: {looked}, {found}."
        return f"{said} {self.caveat}" if self.caveat else said

    def _breaches(self, shown: int) -> list[str]:
        lines = []
        for check, number in self.broken.items():
            lines.append(f"{check}: {_many(number, 'breach')}")
            told = [breach.sentence for breach in self.breaches if breach.check == check]
            lines.extend(f"  {sentence}" for sentence in told[:shown])
            if number > shown:
                lines.append(f"  and {number - shown:,} more")
        return lines

    def _counts(self) -> list[str]:
        return [
            f"{check}: {examined:,} examined, {_many(self.broken.get(check, 0), 'breach')}"
            for check, examined in self.counts.items()
        ]


def breach(where: str, stated: object, found: object, trouble: str) -> Breach:
    """A breach in one sentence, "where: trouble"; the audit adds the name of the check that found it."""
    parts = (where, str(stated), str(found), f"{where}: {trouble}")
    return Breach("", *map(_printable, parts))


def _printable(text: str) -> str:
    return "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in text)


def _many(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {noun}{'es' if noun.endswith('ch') else 's'}"
