"""A store of an older or a newer foodlots: brought up to date whole, backed up before, or left alone."""

import zipfile

import pytest
from sqlalchemy import insert, text, update
from store_cases import opened

from foodlots.errors import NotKept
from foodlots.store import open_store, opening, schema
from foodlots.store.desk import Desk
from foodlots.store.records import new_key
from foodlots.store.schema import STEPS, cases, shape


def test_a_store_of_a_newer_foodlots_is_left_alone(store):
    desk = Desk(new_key())
    opened(desk)
    with store.writing() as connection:
        connection.execute(update(shape).values(version=99))
    opening.forget_store(opening.address())
    with pytest.raises(NotKept, match="newer foodlots"):
        open_store()
    fresh = opening.Store(store.engine)
    with fresh.writing() as connection:
        connection.execute(update(shape).values(version=len(STEPS)))


def test_a_step_to_a_new_shape_is_taken_whole_or_not_at_all(store, monkeypatch, tmp_path):
    desk = Desk(new_key())
    draft = opened(desk)

    def add_then_break(connection):
        connection.execute(text("create table half (x integer)"))
        connection.execute(insert(cases).values(key=draft.key, desk=desk.id, source="", opened=""))

    for module in (schema, opening):
        monkeypatch.setattr(module, "STEPS", (*STEPS, add_then_break))
    opening.forget_store(opening.address())
    with pytest.raises(NotKept):
        open_store()
    monkeypatch.undo()
    again = opening._open_new(str(store.engine.url.render_as_string(hide_password=False)))
    with again.reading() as connection:
        assert not connection.dialect.has_table(connection, "half")
        assert schema.version_of(connection) == len(STEPS)


def test_a_step_to_a_new_shape_is_backed_up_before(store, monkeypatch):
    desk = Desk(new_key())
    draft = opened(desk)
    for module in (schema, opening):
        monkeypatch.setattr(
            module, "STEPS", (*STEPS, lambda connection: connection.execute(text("create table new (x integer)")))
        )
    opening.forget_store(opening.address())
    open_store()
    assert desk.draft(draft.key) == draft
    (kept,) = opening.home().glob(f"before-version-{len(STEPS) + 1}.zip")
    with zipfile.ZipFile(kept) as book:
        assert draft.key.encode() in book.read("cases.jsonl")
