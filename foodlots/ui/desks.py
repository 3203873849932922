"""Desks on disk: the cases somebody works on and the plans made of them, so that nothing is lost by a refresh.

A desk is a folder with an unguessable name. Nobody who does not know the name finds the desk.
"""

import json
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from foodlots.errors import DataError
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import digest_of, from_json, to_json
from foodlots.plan import Plan
from foodlots.plan_files import put_file, read_plan, write_plan

NAME = re.compile(r"[A-Za-z0-9_-]{22}")  # 16 random bytes, as secrets.token_urlsafe writes them
WRITING = threading.Lock()  # one writer at a time: two windows may look at one desk


@dataclass(frozen=True)
class Draft:
    """A case on the desk: `source` says where it came from, `revision` counts its edits."""

    key: str
    source: str
    opened: str
    raw: RawCase
    revision: int = 0


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


def home() -> Path:
    """Where the app keeps its desks on this machine."""
    if chosen := os.environ.get("FOODLOTS_HOME"):
        return Path(chosen)
    shared = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "foodlots"


def now() -> str:
    """This moment, to the second, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def new_key() -> str:
    """A name nobody can guess."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Desk:
    """One desk's folder."""

    id: str

    @property
    def folder(self) -> Path:
        return home() / "desks" / self.id

    def put_draft(self, draft: Draft) -> None:
        """Keep the case; what was kept under its key is replaced whole."""
        kept = {"key": draft.key, "source": draft.source, "opened": draft.opened, "revision": draft.revision}
        self._put(f"cases/{draft.key}.json", json.dumps(kept | {"raw": to_json(draft.raw)}, ensure_ascii=False))

    def draft(self, key: str) -> Draft | None:
        """The case kept under the key, or None when there is none that can be read."""
        if not NAME.fullmatch(key):
            return None
        try:
            kept = json.loads((self.folder / "cases" / f"{key}.json").read_text(encoding="utf-8"))
            return Draft(kept["key"], kept["source"], kept["opened"], from_json(kept["raw"]), int(kept["revision"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def drafts(self) -> list[Draft]:
        """Every case on the desk, the last opened first."""
        found = (self.draft(path.stem) for path in sorted((self.folder / "cases").glob("*.json")))
        return sorted((draft for draft in found if draft), key=lambda draft: (draft.opened, draft.key), reverse=True)

    def put_current(self, key: str) -> None:
        """Remember which case lies open."""
        self._put("current.txt", key)

    def current(self) -> str:
        """The key of the case that lies open, "" when none does."""
        try:
            return (self.folder / "current.txt").read_text(encoding="utf-8").strip()
        except OSError:
            return ""

    def put_plan(self, plan: Plan, raw: RawCase) -> tuple[str, Path]:
        """Keep a plan beside the case it was made of; gives its key and the folder of its tables."""
        key = new_key()
        self._put(f"plans/{key}/case.json", to_json(raw))
        return key, write_plan(plan, self.folder / "plans" / key / "plan")

    def put_made(self, made: Made) -> None:
        """Keep what is known of a plan; from now on it is one of the saved plans."""
        self._put(f"plans/{made.key}/made.json", json.dumps(asdict(made), ensure_ascii=False))

    def made(self) -> list[Made]:
        """Every saved plan, the last made first."""
        found = (self._made(path) for path in sorted((self.folder / "plans").glob("*/made.json")))
        return sorted((made for made in found if made), key=lambda made: (made.made, made.key), reverse=True)

    def _made(self, path: Path) -> Made | None:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return Made(**kept | {"verdict": tuple(kept["verdict"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def plan(self, made: Made) -> tuple[RawCase, Plan] | None:
        """A saved plan and the case it was made of, or None when it can no longer be read."""
        folder = self.folder / "plans" / made.key
        try:
            return from_json((folder / "case.json").read_text(encoding="utf-8")), read_plan(folder / "plan")
        except (OSError, ValueError, DataError):
            return None

    def forget_plan(self, key: str) -> None:
        """Throw a saved plan away."""
        if NAME.fullmatch(key):
            shutil.rmtree(self.folder / "plans" / key, ignore_errors=True)

    def _put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with WRITING:
            put_file(path, text)


def open_desk(id_: str) -> Desk:
    """The desk of that name where there is one, else a new one: no name a link brings along can make a desk."""
    if NAME.fullmatch(id_) and (home() / "desks" / id_).is_dir():
        return Desk(id_)
    return Desk(new_key())


def new_draft(raw: RawCase, source: str) -> Draft:
    """A case just opened."""
    return Draft(new_key(), source, now(), raw)


def plans_of(made: list[Made], raw: RawCase) -> Iterator[Made]:
    """The saved plans that were made of exactly this case and these settings."""
    digest = digest_of(raw)
    return (each for each in made if each.case_digest == digest)
