"""Lots of the plan on screen decided otherwise: who could win one, and why it was decided as it was."""

from foodlots.insight.could_win import Contender, could_win
from foodlots.insight.instead import Table
from foodlots.insight.rationale import reasons_for
from foodlots.plan import Lot
from foodlots.ui.parts.waiting import at_hand
from foodlots.ui.work import Result


def contenders(found: Result, lot: str) -> list[Contender]:
    """Everyone who could be awarded the lot as it stands, who could fill most of it first."""
    table = _table(found)
    return at_hand(f"contenders {found.digest} {lot}", "", lambda: could_win(table, lot))


def reasons_of(found: Result, lot: Lot) -> tuple[str, ...]:
    """The reasons for one lot of the plan."""
    table = _table(found)
    return at_hand(f"reasons {found.digest} {lot.id}", "Working out the reasons",
                   lambda: reasons_for(table, lot).to_file)  # fmt: skip


def _table(found: Result) -> Table:
    """Laid out once for all lots of a plan."""
    return at_hand(f"table {found.digest}", "", lambda: Table(found.case, found.settings, found.plan))
