"""The tables lots and held as text: lots drawn by hand, and awards of them settled beforehand."""

from collections.abc import Iterable

from foodlots.files.raw import RawCase
from foodlots.insight.hand_lots import Drawn, rows
from foodlots.ui.editing import headings_of, rows_of, with_rows

AWARD, NEVER = "award", "never"
LOTS = ("lot", "site", "product", "months")
HELD = ("lot", "bidder", "hold")


def with_lots(raw: RawCase, drawn: Drawn) -> RawCase:
    """The case with these lots; what was settled of lots that are gone is forgotten."""
    changed = with_rows(raw, "lots", LOTS, rows(drawn))
    return _with_holds(changed, (hold for hold in _holds(raw) if hold[0] in drawn))


def without_lots(raw: RawCase) -> RawCase:
    """The case with its lots left to foodlots."""
    return raw.without_table("lots").without_table("held")


def with_hold(raw: RawCase, lot: str, bidder: str, hold: str) -> RawCase:
    """The case with one award settled; a bidder that must win a lot takes the place of the one that had to before."""
    others = (
        each for each in _holds(raw) if each[:2] != (lot, bidder) and not (hold == each[2] == AWARD and each[0] == lot)
    )
    return _with_holds(raw, (*others, (lot, bidder, hold)))


def without_hold(raw: RawCase, lot: str, bidder: str) -> RawCase:
    """The case with one award left to the search again."""
    return _with_holds(raw, (each for each in _holds(raw) if each[:2] != (lot, bidder)))


def _holds(raw: RawCase) -> list[tuple[str, str, str]]:
    headings = headings_of(raw, "held")
    places = [headings.index(name) for name in HELD]
    return [tuple(cells[place].strip() for place in places) for _, cells in rows_of(raw, "held")]


def _with_holds(raw: RawCase, holds: Iterable[tuple[str, str, str]]) -> RawCase:
    return with_rows(raw, "held", HELD, list(holds))
