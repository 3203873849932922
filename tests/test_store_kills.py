"""kill -9 in the middle of saving: what was said to be kept is kept, and the store opens."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from foodlots.files.raw import RawCase
from foodlots.store import open_store, opening
from foodlots.store.desk import Desk
from foodlots.store.records import new_draft, new_key

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are tried where processes can fork")


@pytest.mark.parametrize("kills", [15, pytest.param(2_000, marks=pytest.mark.long)])
def test_no_save_that_was_acknowledged_is_lost(kills, tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    desk, draft = Desk(new_key()), new_draft(RawCase("A"), "test")
    desk.put_draft(draft)
    opening.forget_store(opening.address())
    dice = random.Random(kills)
    waits = [f"{dice.uniform(0.0, 0.15):.4f}" for _ in range(kills)]
    said = subprocess.run(
        [sys.executable, str(HERE / "saving_child.py"), desk.id, draft.key, *waits], stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, check=True, text=True,
    ).stdout.split()  # fmt: skip
    acknowledged = [int(word) for word in said if word != "killed"]
    assert said.count("killed") == kills
    assert len(acknowledged) >= kills
    with open_store().reading() as connection:
        assert connection.exec_driver_sql("pragma integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("pragma foreign_key_check").all() == []
    kept = {each.number for each in desk.versions(draft.key)}
    assert set(acknowledged) <= kept
    assert kept == set(range(max(kept) + 1))
    for number in {*acknowledged[:: max(1, len(acknowledged) // 50)], acknowledged[-1]}:
        assert desk.draft(draft.key, number).raw.settings[0].value == str(number)
    print(f"{kills} kills, {len(acknowledged)} acknowledged saves, 0 lost")
