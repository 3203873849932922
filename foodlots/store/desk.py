"""Desks: the cases somebody works on and the plans made of them, kept in the store so that nothing is lost.

A desk has an unguessable name. Nobody who does not know the name finds the desk.
"""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from foodlots.errors import DataError, NotKept
from foodlots.files.raw import RawCase
from foodlots.files.raw_text import from_json, to_json
from foodlots.in_common import InCommon
from foodlots.plan import Plan
from foodlots.plan_files import read_plan
from foodlots.store.contents import content, put_content, put_new
from foodlots.store.errors import Conflict
from foodlots.store.opening import open_store
from foodlots.store.records import NAME, Draft, Made, Version, new_key, now, read_made
from foodlots.store.schema import cases, desks, plans, trail, versions

HERE = "this machine"  # who it was, where nobody signs in
CASES: InCommon[RawCase] = InCommon()  # by the digest of their contents
PLANS: InCommon[Plan] = InCommon()


@dataclass(frozen=True)
class Desk:
    """One desk in the store, and who sits at it."""

    id: str
    who: str = HERE

    def put_draft(self, draft: Draft) -> Draft:
        """Add this version of the case, unless it is kept already. Raises Conflict when another one came first.

        Gives the draft back with the tables that others hold who have the same ones.
        """
        text = to_json(draft.raw)
        try:
            with open_store().writing() as connection:
                sha256 = self._put_version(connection, draft, text)
            return replace(draft, raw=CASES.of(sha256, lambda: draft.raw))
        except NotKept as trouble:
            if isinstance(trouble.__cause__, IntegrityError):
                raise Conflict(draft.revision) from trouble
            raise

    def _put_version(self, connection: Connection, draft: Draft, text: str) -> str:
        sha256 = put_content(connection, text)
        kept = _version(connection, draft.key, draft.revision)
        if kept is not None and kept["sha256"] == sha256:
            return sha256
        last = connection.execute(
            select(func.max(versions.c.number)).where(versions.c.case_key == draft.key)
        ).scalar_one()  # fmt: skip
        if last is not None and last != draft.revision - 1:
            raise Conflict(last)
        if last is None:
            self._be_there(connection)
            connection.execute(insert(cases).values(key=draft.key, desk=self.id, source=draft.source,
                                                    opened=draft.opened))  # fmt: skip
        connection.execute(insert(versions).values(case_key=draft.key, number=draft.revision, sha256=sha256,
                                                   back=draft.back, saved=now(), who=self.who))  # fmt: skip
        did = "opened a case" if last is None else "saved a version"
        self._note(connection, did, f"{draft.key} {draft.revision}")
        return sha256

    def draft(self, key: str, revision: int | None = None) -> Draft | None:
        """A case as it is now, or as it was in one of its versions; None when there is none that can be read."""
        if not NAME.fullmatch(key):
            return None
        with open_store().reading() as connection:
            case = connection.execute(
                select(cases).where(cases.c.key == key, cases.c.desk == self.id)
            ).mappings().first()  # fmt: skip
            found = case and _version(connection, key, revision)
            return _draft(connection, case, found) if found else None

    def drafts(self) -> list[Draft]:
        """Every case on the desk, the last opened first."""
        with open_store().reading() as connection:
            keys = connection.execute(select(cases.c.key).where(cases.c.desk == self.id)).scalars().all()
        found = (self.draft(key) for key in keys)
        return sorted((draft for draft in found if draft), key=lambda draft: (draft.opened, draft.key), reverse=True)

    def versions(self, key: str) -> list[Version]:
        """Every state a case has been in, the last first."""
        wanted = select(versions.c.number, versions.c.saved, versions.c.who).join(cases, cases.c.key == key).where(
            versions.c.case_key == key, cases.c.desk == self.id).order_by(versions.c.number.desc())  # fmt: skip
        with open_store().reading() as connection:
            return [Version(*row) for row in connection.execute(wanted)]

    def put_current(self, key: str) -> None:
        """Remember which case lies open."""
        if self.current() == key:
            return
        with open_store().writing() as connection:
            self._be_there(connection)
            connection.execute(update(desks).where(desks.c.id == self.id).values(current=key))

    def current(self) -> str:
        """The key of the case that lies open, "" when none does."""
        with open_store().reading() as connection:
            return connection.execute(select(desks.c.current).where(desks.c.id == self.id)).scalar() or ""

    def put_plan(self, made: Made, raw: RawCase, folder: Path) -> None:
        """Keep a plan, the case it was made of and what is known of it, all at once."""
        files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if path.is_file()}
        with open_store().writing() as connection:
            self._be_there(connection)
            connection.execute(insert(plans).values(
                key=made.key, desk=self.id, facts=json.dumps(asdict(made), ensure_ascii=False),
                case_sha256=put_content(connection, to_json(raw)),
                plan_sha256=put_content(connection, json.dumps(files, ensure_ascii=False)),
            ))  # fmt: skip
            self._note(connection, "made a plan", made.key)

    def rename_plan(self, made: Made, label: str) -> None:
        """Give a saved plan another name."""
        facts = json.dumps(asdict(replace(made, label=label)), ensure_ascii=False)
        with open_store().writing() as connection:
            connection.execute(update(plans).where(*self._is(made.key)).values(facts=facts))
            self._note(connection, "named a plan", made.key)

    def made(self) -> list[Made]:
        """Every saved plan, the last made first."""
        with open_store().reading() as connection:
            kept = connection.execute(select(plans.c.facts).where(plans.c.desk == self.id)).scalars().all()
        found = (read_made(facts) for facts in kept)
        return sorted((made for made in found if made), key=lambda made: (made.made, made.key), reverse=True)

    def plan(self, made: Made) -> tuple[RawCase, Plan] | None:
        """A saved plan and the case it was made of, or None when it can no longer be read."""
        with open_store().reading() as connection:
            row = connection.execute(select(plans).where(*self._is(made.key))).mappings().first()
            try:
                return row and (_case(connection, row["case_sha256"]), _plan(connection, row["plan_sha256"]))
            except (OSError, ValueError, DataError):
                return None

    def forget_plan(self, key: str) -> None:
        """Throw a saved plan away; the trail still says that there was one."""
        with open_store().writing() as connection:
            connection.execute(delete(plans).where(*self._is(key)))
            self._note(connection, "threw a plan away", key)

    def _is(self, key: str) -> tuple:
        return plans.c.key == key, plans.c.desk == self.id

    def _be_there(self, connection: Connection) -> None:
        put_new(connection, desks, id=self.id, current="", opened=now())

    def _note(self, connection: Connection, did: str, about: str) -> None:
        connection.execute(insert(trail).values(at=now(), who=self.who, desk=self.id, did=did, about=about))


def _version(connection: Connection, key: str, number: int | None) -> RowMapping | None:
    """One version of a case, the last unless another is asked for."""
    wanted = select(versions).where(versions.c.case_key == key).order_by(versions.c.number.desc()).limit(1)
    if number is not None:
        wanted = wanted.where(versions.c.number == number)
    return connection.execute(wanted).mappings().first()


def _draft(connection: Connection, case: RowMapping, version: RowMapping) -> Draft | None:
    try:
        raw = _case(connection, version["sha256"])
    except ValueError:
        return None
    return Draft(case["key"], case["source"], case["opened"], raw, version["number"], version["back"])


def _case(connection: Connection, sha256: str) -> RawCase:
    """The case of that content; raises ValueError when it can no longer be read."""
    text = content(connection, sha256)
    return CASES.of(sha256 if text else "", lambda: from_json(text))


def _plan(connection: Connection, sha256: str) -> Plan:
    """The plan of that content; raises ValueError, DataError or OSError when it can no longer be read."""
    text = content(connection, sha256)
    return PLANS.of(sha256 if text else "", lambda: _read_plan(json.loads(text)))


def _read_plan(files: Mapping[str, str]) -> Plan:
    with tempfile.TemporaryDirectory(prefix="foodlots-") as folder:
        for name, text in files.items():
            (Path(folder) / Path(name).name).write_text(text, encoding="utf-8", newline="")
        return read_plan(folder)


def open_desk(id_: str, who: str = HERE) -> Desk:
    """The desk of that name where there is one, else a new one: no name a link brings along can make a desk."""
    if NAME.fullmatch(id_):
        with open_store().reading() as connection:
            if connection.execute(select(desks.c.id).where(desks.c.id == id_)).first() is not None:
                return Desk(id_, who)
    return Desk(new_key(), who)


def steps(last: int) -> list[tuple[str, str, str, str]]:
    """The newest rows of the trail, the newest first: when, who, what, and the key it was done to."""
    wanted = select(trail.c.at, trail.c.who, trail.c.did, trail.c.about).order_by(trail.c.number.desc()).limit(last)
    with open_store().reading() as connection:
        return [tuple(row) for row in connection.execute(wanted)]
