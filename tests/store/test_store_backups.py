"""Backup and restore: everything, or nothing at all, and from one kind of store into the other."""

import zipfile

import pytest
from sample_plan import sample_plan
from store_cases import later, made, opened, rows

from foodlots.cli import main
from foodlots.errors import NotKept
from foodlots.plan_files import write_plan
from foodlots.store import open_store, opening
from foodlots.store.backup import read_backup, write_backup
from foodlots.store.desk import Desk
from foodlots.store.records import new_key
from foodlots.store.schema import cases, contents, trail, versions


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
