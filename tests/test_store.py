"""The store keeps what it said it kept: on SQLite and on PostgreSQL, by the same tests."""

import getpass
import json
import os
import shutil
import signal
import subprocess
import threading
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_plan import sample_plan
from sqlalchemy import create_engine, insert, select, text, update
from sqlalchemy.exc import OperationalError

from foodlots.cli import main
from foodlots.errors import NotKept
from foodlots.files.raw import RawCase, RawSetting
from foodlots.plan_files import write_plan
from foodlots.store import Conflict, open_store, opening, schema
from foodlots.store.backup import read_backup, write_backup
from foodlots.store.desk import Desk, open_desk
from foodlots.store.records import Made, new_draft, new_key
from foodlots.store.schema import STEPS, cases, contents, plans, shape, trail, versions

PLACES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path(shutil.which("initdb") or "/x").parent)
POSTGRES = next((path for path in PLACES if (path / "initdb").exists()), None)


def as_server(*command: str) -> list[str]:
    """A command as PostgreSQL wants to be run: never by root."""
    return (
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", *command] if os.getuid() == 0 else [*command]
    )


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of the tests' own, on a socket in a folder."""
    pytest.importorskip("psycopg")
    if POSTGRES is None or not hasattr(os, "getuid"):
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgres")
    for place in (folder, *folder.parents[:3]):
        place.chmod(0o755)
    if os.getuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    data, user = folder / "data", "nobody" if os.getuid() == 0 else getpass.getuser()
    begin = as_server(str(POSTGRES / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--no-sync")
    made = subprocess.run(begin, capture_output=True, text=True, cwd=folder)
    if made.returncode:
        pytest.skip(f"PostgreSQL does not start here: {made.stderr[-200:]}")
    server = subprocess.Popen(as_server(str(POSTGRES / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", "-F"),
                              cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield f"postgresql+psycopg://{user}@/postgres?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # at once, whoever is connected
        server.wait()


def empty(url: str) -> None:
    """Leave nothing in a PostgreSQL database."""
    engine = create_engine(url)
    for _ in range(100):
        try:
            with engine.begin() as connection:
                connection.execute(text("drop schema public cascade"))
                connection.execute(text("create schema public"))
            break
        except OperationalError:
            time.sleep(0.1)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path, monkeypatch):
    """An empty store, the one that everything in this test is kept in."""
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path / "home"))
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres")
    if url:
        monkeypatch.setenv("FOODLOTS_STORE", url)
        empty(url)
    yield open_store()
    opening.forget_store(url or opening.address())


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


def test_every_version_comes_back(store):
    desk = Desk(new_key(), "Sam")
    draft = opened(desk)
    second = later(draft, "2")
    desk.put_draft(second)
    assert desk.draft(draft.key) == second
    assert desk.draft(draft.key, 0) == draft
    assert [(each.number, each.who) for each in desk.versions(draft.key)] == [(1, "Sam"), (0, "Sam")]
    assert [each.did for each in rows(store, trail)] == ["opened a case", "saved a version"]


def test_a_desk_is_found_by_its_name_only_and_shows_nothing_of_another(store):
    mine, other = Desk(new_key()), Desk(new_key())
    draft, foreign = opened(mine), opened(other, "B")
    assert open_desk(mine.id) == mine
    assert open_desk(new_key()).id not in (mine.id, other.id)
    assert mine.draft(foreign.key) is None
    assert mine.versions(foreign.key) == []
    assert [each.key for each in mine.drafts()] == [draft.key]


def test_the_same_content_is_kept_once_and_never_changed(store):
    desk = Desk(new_key())
    draft = opened(desk)
    back = later(later(draft, "2"), "1")
    desk.put_draft(later(draft, "2"))
    desk.put_draft(back)
    digests = {row.sha256 for row in rows(store, contents)}
    assert len(digests) == 2
    assert [row.number for row in rows(store, versions)] == [0, 1, 2]


def test_saving_what_is_kept_already_changes_nothing(store):
    desk = Desk(new_key())
    draft = opened(desk)
    desk.put_draft(draft)
    assert len(rows(store, versions)) == 1


def test_whoever_saves_second_is_told_and_nothing_is_lost(store):
    desk = Desk(new_key())
    draft = opened(desk)
    desk.put_draft(later(draft, "theirs"))
    with pytest.raises(Conflict):
        desk.put_draft(later(draft, "mine"))
    assert desk.draft(draft.key).raw == case("A", "theirs")
    with pytest.raises(Conflict):
        desk.put_draft(later(later(later(draft, "x"), "y"), "z"))


def test_a_plan_comes_back_with_its_case(store, tmp_path):
    desk, plan = Desk(new_key()), sample_plan()
    draft = opened(desk)
    kept = made(draft.key)
    desk.put_plan(kept, draft.raw, write_plan(plan, tmp_path / "plan"))
    assert desk.made() == [kept]
    raw, again = desk.plan(kept)
    assert raw == draft.raw
    assert (again.lots, again.awards, again.summary) == (plan.lots, plan.awards, plan.summary)
    assert Desk(new_key()).plan(kept) is None
    desk.rename_plan(kept, "=1+1 <b>")
    assert desk.made()[0].label == "=1+1 <b>"
    Desk(new_key()).forget_plan(kept.key)
    assert len(desk.made()) == 1
    desk.forget_plan(kept.key)
    assert desk.made() == []
    assert [row.did for row in rows(store, trail)][-2:] == ["threw a plan away", "threw a plan away"]


def test_everything_is_there_when_the_store_is_opened_again(store):
    desk = Desk(new_key())
    draft = opened(desk)
    desk.put_current(draft.key)
    opening.forget_store(opening.address())
    assert open_desk(desk.id).current() == draft.key
    assert desk.drafts() == [draft]


def test_a_content_that_was_tampered_with_is_not_given_out(store):
    desk = Desk(new_key())
    draft = opened(desk)
    with store.writing() as connection:
        connection.execute(update(contents).values(packed=zlib.compress(b"{}")))
    assert desk.draft(draft.key) is None


def edit_often(desk: Desk, key: str, who: str, edits: int, acknowledged: list) -> None:
    """Save this many edits of one case as somebody who, told of a conflict, puts theirs on top of the newer version."""
    for number in range(edits):
        while True:
            try:
                version = later(desk.draft(key), f"{who}-{number}")
                desk.put_draft(version)
                acknowledged.append((version.revision, f"{who}-{number}"))
                break
            except Conflict:
                continue


@pytest.mark.parametrize("edits", [6, pytest.param(1250, marks=pytest.mark.long)])
def test_eight_people_editing_one_case_lose_nothing(store, edits):
    desk, said = Desk(new_key()), []
    draft = opened(desk)
    people = [threading.Thread(target=edit_often, args=(desk, draft.key, f"p{who}", edits, said)) for who in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(said) == len({number for number, _ in said}) == 8 * edits
    assert [each.number for each in desk.versions(draft.key)] == list(range(8 * edits, -1, -1))
    assert all(desk.draft(draft.key, number).raw == case("A", what) for number, what in said)


def test_a_backup_taken_back_is_everything(store, tmp_path):
    desk = Desk(new_key())
    draft = opened(desk, "Ünïcode \ud800 {{ }}")
    desk.put_draft(later(draft, "2"))
    desk.put_plan(made(draft.key), draft.raw, write_plan(sample_plan(), tmp_path / "plan"))
    before = {table.name: sorted(map(repr, rows(store, table))) for table in (cases, versions, contents, trail)}
    count = write_backup(store, tmp_path / "b.zip")
    desk.put_draft(later(desk.draft(draft.key), "after the backup"))
    assert read_backup(store, tmp_path / "b.zip") == count
    assert {name: sorted(map(repr, rows(store, table))) for name, table in
            (("cases", cases), ("versions", versions), ("contents", contents), ("trail", trail))} == before  # fmt: skip
    desk.put_draft(later(desk.draft(draft.key), "and it goes on"))


def test_a_backup_of_one_kind_of_store_fits_the_other(postgres, tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_STORE", f"sqlite:///{tmp_path / 'one.db'}")
    desk = Desk(new_key())
    draft = opened(desk)
    write_backup(open_store(), tmp_path / "b.zip")
    monkeypatch.setenv("FOODLOTS_STORE", postgres)
    read_backup(open_store(), tmp_path / "b.zip")
    assert desk.draft(draft.key) == draft
    opening.forget_store(postgres)


@pytest.mark.parametrize("spoil", ["cut", "row", "not a zip", "newer"])
def test_a_spoilt_backup_changes_nothing(store, tmp_path, spoil):
    desk = Desk(new_key())
    draft = opened(desk)
    path = tmp_path / "b.zip"
    write_backup(store, path)
    if spoil in ("row", "newer"):
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        parts |= {"cases.jsonl": b'{"key": "x"}\n'} if spoil == "row" else {"version.json": b"99"}
        with zipfile.ZipFile(path, "w") as book:
            for name, data in parts.items():
                book.writestr(name, data)
    else:
        path.write_bytes(path.read_bytes()[:200] if spoil == "cut" else b"hello")
    with pytest.raises(NotKept, match=r"is no backup|is damaged|newer foodlots"):
        read_backup(store, path)
    assert desk.draft(draft.key) == draft


def test_the_commands_back_up_and_restore(store, tmp_path, capsys):
    desk = Desk(new_key())
    draft = opened(desk)
    assert run("backup", str(tmp_path / "b.zip")) == 0
    desk.put_draft(later(draft, "2"))
    assert run("restore", str(tmp_path / "b.zip")) == 1
    assert "--yes" in capsys.readouterr().err
    assert run("restore", str(tmp_path / "b.zip"), "--yes") == 0
    assert desk.draft(draft.key) == draft
    assert list((tmp_path / "home").glob("before-restore-*.zip"))
    assert run("restore", str(tmp_path / "none.zip"), "--yes") == 1
    capsys.readouterr()
    assert run("trail") == 0
    assert "opened a case" in capsys.readouterr().out


def run(*arguments: str) -> int:
    try:
        main([*arguments])
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


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


def add_a_table(connection) -> None:
    connection.execute(text("create table new (x integer)"))


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
    (kept,) = opening.home().glob("before-version-2.zip")
    with zipfile.ZipFile(kept) as book:
        assert draft.key.encode() in book.read("cases.jsonl")


def sqlite_only(store):
    if not store.is_sqlite:
        pytest.skip("of SQLite alone")


def test_sqlite_holds_what_it_promises(store):
    sqlite_only(store)
    with store.reading() as connection:
        asked = {
            name: connection.execute(text(f"pragma {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with pytest.raises(NotKept), store.writing() as connection:
        connection.execute(text("insert into versions values ('no case', 'not a number', 'x', null, '', '')"))


def test_a_full_disk_is_said_plainly_and_the_store_goes_on(store):
    sqlite_only(store)
    desk = Desk(new_key())
    draft = opened(desk)
    with store.reading() as connection:
        pages = connection.execute(text("pragma page_count")).scalar()
    full = [store.engine.raw_connection() for _ in range(2)]
    for connection in full:
        connection.execute(f"pragma max_page_count = {pages}")
    for connection in full:
        connection.close()
    huge = RawCase("A", settings=tuple(RawSetting("x", str(n), os.urandom(8).hex()) for n in range(20_000)))
    with pytest.raises(NotKept, match="the store is full; make room on the disk"):
        desk.put_draft(replace(draft, raw=huge, revision=1))
    assert desk.draft(draft.key) == draft
    opening.forget_store(opening.address())
    desk.put_draft(later(draft, "2"))
    assert desk.draft(draft.key).revision == 1


def test_a_store_that_cannot_be_written_is_said_plainly(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(NotKept, match="the folder of the store cannot be made"):
        open_store()


def test_a_file_that_is_no_database_is_said_plainly(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    (tmp_path / "foodlots.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(NotKept, match="is damaged; bring back the last good backup"):
        open_store()


def test_a_network_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    monkeypatch.setattr(opening, "_disk_of", lambda folder: "cifs")
    with pytest.raises(NotKept, match="network disk"):
        open_store()


ACTS = ("edit", "undo", "reopen")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["edit", "undo", "reopen"]), st.integers(0, 9)), max_size=12)
)
def test_any_interleaving_keeps_every_acknowledged_version(tmp_path_factory, steps):
    url = f"sqlite:///{tmp_path_factory.mktemp('s') / 's.db'}"
    os.environ["FOODLOTS_STORE"] = url
    try:
        desk, kept = Desk(new_key()), {}
        draft = opened(desk)
        kept[0] = draft.raw
        windows = [draft] * 3
        for who, act, value in steps:
            mine = windows[who]
            if act == "reopen":
                opening.forget_store(url)
                windows[who] = desk.draft(draft.key)
                continue
            new = later(mine, str(value))
            if act == "undo" and mine.back is not None:
                before = desk.draft(draft.key, mine.back)
                new = type(mine)(mine.key, mine.source, mine.opened, before.raw, mine.revision + 1, before.back)
            try:
                desk.put_draft(new)
                assert kept.setdefault(new.revision, new.raw) == new.raw
                windows[who] = new
            except Conflict:
                windows[who] = desk.draft(draft.key)
        assert {number: desk.draft(draft.key, number).raw for number in kept} == kept
        assert [each.number for each in reversed(desk.versions(draft.key))] == sorted(kept)
    finally:
        opening.forget_store(url)
        del os.environ["FOODLOTS_STORE"]


def test_the_facts_of_a_plan_that_cannot_be_read_are_left_out(store, tmp_path):
    desk = Desk(new_key())
    draft = opened(desk)
    desk.put_plan(made(draft.key), draft.raw, write_plan(sample_plan(), tmp_path / "plan"))
    with store.writing() as connection:
        connection.execute(update(plans).values(facts=json.dumps({"key": 1})))
    assert desk.made() == []
