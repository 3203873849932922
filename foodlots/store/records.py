"""What the store gives back: a case as it lies on a desk, the versions it has been in, and a saved plan."""

import json
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from foodlots.files.raw import RawCase

NAME = re.compile(r"[A-Za-z0-9_-]{22}")  # 16 random bytes, as secrets.token_urlsafe writes them


@dataclass(frozen=True)
class Draft:
    """A case on the desk: `source` says where it came from, `revision` counts its versions, `back`: where Undo goes."""

    key: str
    source: str
    opened: str
    raw: RawCase
    revision: int = 0
    back: int | None = None


@dataclass(frozen=True)
class Version:
    """One state a case has been in: its number, when it was saved (UTC) and by whom."""

    number: int
    saved: str
    who: str


@dataclass(frozen=True)
class Made:
    """A saved plan: what it was made of, what the audit said, and when.

    case_digest: tables and settings as typed · inputs: the case alone, as run.json has it · settings: as run.json ·
    headline: the first figures, as text or numbers.
    """

    key: str
    label: str
    draft: str
    case_digest: str
    digest: str
    made: str
    accepted: bool
    verdict: tuple[str, ...]
    headline: dict
    inputs: str = ""
    settings: dict = field(default_factory=dict)


def now() -> str:
    """This moment, to the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_key() -> str:
    """A name nobody can guess."""
    return secrets.token_urlsafe(16)


def new_draft(raw: RawCase, source: str) -> Draft:
    """A case just opened."""
    return Draft(new_key(), source, now(), raw)


def read_made(facts: str) -> Made | None:
    """What is known of a saved plan, from its text; None when the text cannot be read."""
    try:
        kept = json.loads(facts)
        return Made(**kept | {"verdict": tuple(kept["verdict"])})
    except (ValueError, KeyError, TypeError):
        return None
