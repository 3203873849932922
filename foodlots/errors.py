"""The two troubles a user can mend: faults in the tables, and limits that allow no plan."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in the user's tables: where it stands, what was found and how to mend it.

    `row` counts as the spreadsheet does: the heading is row 1. Row 0 means the whole table.
    `severity` is "block" (no plan until mended), "warn" (look at this) or "note" (for information).
    """

    table: str
    row: int
    column: str
    value: str
    problem: str
    mend: str
    severity: str = "block"

    def __str__(self) -> str:
        where = self.table
        if self.row:
            where += f" row {self.row}"
        if self.column:
            where += f", {self.column}"
        return f"{where}: {self.problem}; {self.mend}" if self.mend else f"{where}: {self.problem}"


class DataError(Exception):
    """The tables hold faults; `faults` lists every one that blocks, in table and row order."""

    def __init__(self, faults):
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NoPlan(Exception):
    """The limits set allow no plan; the message says which, in the buyer's words, and what would mend it."""


class NotKept(Exception):
    """The database could not take or give what was asked; what it held before it still holds. The message is plain."""
