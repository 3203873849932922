"""What was taken into a case from published files: kept beside the case, so that it is known after a restart."""

import json
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from foodlots.store.contents import content, put_content
from foodlots.store.desk import Desk
from foodlots.store.opening import open_store
from foodlots.store.records import now
from foodlots.store.schema import cases, imports, trail


@dataclass(frozen=True)
class Import:
    """One import: when (UTC), by whom, what kind of file for which area, and the SHA-256 of each file by its name."""

    number: int
    at: str
    who: str
    kind: str
    scope: str
    files: dict[str, str]


def put_import(desk: Desk, case: str, kind: str, scope: str, files: dict[str, str], record: str) -> None:
    """Keep that files were taken into a case of this desk; `record` is what they wrote."""
    with open_store().writing() as connection:
        last = connection.execute(select(func.max(imports.c.number)).where(imports.c.case_key == case)).scalar_one()
        number = 1 + (last or 0)
        connection.execute(insert(imports).values(
            case_key=case, number=number, at=now(), who=desk.who, kind=kind, scope=scope,
            files=json.dumps(files, ensure_ascii=False, sort_keys=True), sha256=put_content(connection, record),
        ))  # fmt: skip
        connection.execute(insert(trail).values(at=now(), who=desk.who, desk=desk.id, did="imported", about=case))


def imports_of(desk: Desk, case: str) -> list[Import]:
    """Every import into a case of this desk, the last first."""
    columns = (imports.c[name] for name in ("number", "at", "who", "kind", "scope", "files"))
    wanted = select(*columns).join(cases, cases.c.key == imports.c.case_key).where(
        imports.c.case_key == case, cases.c.desk == desk.id).order_by(imports.c.number.desc())  # fmt: skip
    with open_store().reading() as connection:
        return [Import(*row[:5], json.loads(row[5])) for row in connection.execute(wanted)]


def last_records(desk: Desk, case: str) -> dict[tuple[str, str], str]:
    """(kind, area) -> what the last such import into the case wrote."""
    wanted = select(imports.c.kind, imports.c.scope, imports.c.sha256).join(
        cases, cases.c.key == imports.c.case_key).where(
        imports.c.case_key == case, cases.c.desk == desk.id).order_by(imports.c.number)  # fmt: skip
    with open_store().reading() as connection:
        last = {(kind, scope): sha256 for kind, scope, sha256 in connection.execute(wanted)}
        return {key: content(connection, sha256) for key, sha256 in last.items()}
