"""Many at one case: no version that was acknowledged is lost, whatever the order of what they do."""

import os
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_cases import case, later, opened

from foodlots.store import Conflict, opening
from foodlots.store.desk import Desk
from foodlots.store.records import new_key

ACTS = ("edit", "undo", "reopen")


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


@pytest.mark.parametrize("edits", [3, pytest.param(1250, marks=pytest.mark.long)])
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


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS), st.integers(0, 9)), max_size=12))
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
