"""What a disk may do to the store: full, not to be written, far away, damaged; said plainly, and nothing is lost."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from store_cases import later, opened

from foodlots.errors import NotKept
from foodlots.files.raw import RawCase, RawSetting
from foodlots.store import open_store, opening
from foodlots.store.desk import Desk
from foodlots.store.records import new_key

TESTS = Path(__file__).parents[1]
PLAIN = re.compile(r"not kept: nothing was kept: the store (is full|cannot be written to|is busy); [a-z' ]+")


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
    huge = RawCase("A", settings=tuple(RawSetting("x", str(n), os.urandom(8).hex()) for n in range(4_000)))
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


@pytest.mark.skipif(not hasattr(os, "fork"), reason="files are kept small where processes can fork")
@pytest.mark.parametrize("step", [4_000, pytest.param(128, marks=pytest.mark.long)])
def test_wherever_a_write_fails_it_is_said_plainly_and_nothing_is_lost(step, tmp_path, monkeypatch):
    """No file may grow beyond so many bytes, from none at all to more than the store needs: every write fails once."""
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    desk = Desk(new_key())
    draft = opened(desk)
    opening.forget_store(opening.address())
    sizes = range(0, 60_000, step)
    said = subprocess.run(
        [sys.executable, str(TESTS / "cramped_child.py"), desk.id, draft.key, *map(str, sizes)], text=True, check=True,
        stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout.splitlines()  # fmt: skip
    kept = [int(line.split()[1]) for line in said if line.startswith("kept ")]
    refused = [line for line in said if not line.startswith("kept ")]
    assert len(said) == len(sizes)
    assert kept == sorted(set(kept))
    assert refused
    assert [line for line in refused if not PLAIN.fullmatch(line)] == []
    with open_store().reading() as connection:
        assert connection.exec_driver_sql("pragma integrity_check").scalar() == "ok"
    assert [each.number for each in desk.versions(draft.key)] == [*reversed(kept), 0]
    assert desk.draft(draft.key).raw.settings[0].value == str(kept[-1])
    print(f"{len(said)} saves on a disk too small for some: {len(kept)} kept, {len(refused)} refused, 0 lost")
