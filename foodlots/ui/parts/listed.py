"""A saved case or plan in one line, as it stands in a list."""

from datetime import datetime

from foodlots.ui.desks import Draft, Made
from foodlots.ui.parts.words import pounds
from foodlots.ui.work import case_name


def when(made: Made) -> str:
    """When a plan was made, in the clock of this machine: 22 November, 14:05."""
    return _clock(made.made)


def _clock(moment: str) -> str:
    then = datetime.fromisoformat(moment).astimezone()
    return f"{then.day} {then:%B}, {then:%H:%M}"


def draft_words(draft: Draft) -> str:
    """A case opened before, as it stands in a list."""
    return f"{case_name(draft.raw)} · {draft.source} · {_clock(draft.opened)}"


def named(made: Made) -> str:
    """A plan as it stands in a list."""
    return f"{made.label} · {when(made)} · {pounds(float(made.headline['spend_gbp']))}"
