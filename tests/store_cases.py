"""Small cases to keep in a store, and what stands in its tables."""

from dataclasses import replace

from sqlalchemy import select

from foodlots.files.raw import RawCase, RawSetting
from foodlots.store.desk import Desk
from foodlots.store.records import Made, new_draft, new_key


def case(name: str, value: str = "1") -> RawCase:
    return RawCase(name, settings=(RawSetting("costs", "per_km", value),))


def opened(desk: Desk, name: str = "A"):
    draft = new_draft(case(name), "test")
    desk.put_draft(draft)
    return draft


def later(draft, value: str):
    return replace(draft, raw=case(draft.raw.name, value), revision=draft.revision + 1, back=draft.revision)


def made(draft_key: str) -> Made:
    return Made(
        new_key(), "Plan 1", draft_key, "digest", "plan", "2026-01-01T00:00:00+00:00", True, ("Accepted",), {"lots": 2}
    )


def rows(store, table) -> list:
    with store.reading() as connection:
        return connection.execute(select(table)).all()
