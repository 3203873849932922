"""Every version and every plan comes back as it was kept: on SQLite and on PostgreSQL, by the same tests."""

import json
import zlib

import pytest
from sample_plan import sample_plan
from sqlalchemy import update
from store_cases import case, later, made, opened, rows

from foodlots.plan_files import write_plan
from foodlots.store import Conflict, opening
from foodlots.store.desk import Desk, open_desk
from foodlots.store.records import new_draft, new_key
from foodlots.store.schema import contents, plans, trail, versions


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


def test_what_lies_on_several_desks_is_in_memory_once(store, tmp_path):
    desks, folder = [Desk(new_key()) for _ in range(2)], write_plan(sample_plan(), tmp_path / "plan")
    drafts = [desk.put_draft(new_draft(case("A"), "test")) for desk in desks]
    assert drafts[0].raw is drafts[1].raw
    kept = [made(draft.key) for draft in drafts]
    for desk, draft, each in zip(desks, drafts, kept, strict=True):
        desk.put_plan(each, draft.raw, folder)
    found = [desk.plan(each) for desk, each in zip(desks, kept, strict=True)]
    assert found[0][1] is found[1][1]
    assert all(raw is drafts[0].raw for raw, _ in found)
    assert desks[0].draft(drafts[0].key).raw is drafts[0].raw


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


def test_the_facts_of_a_plan_that_cannot_be_read_are_left_out(store, tmp_path):
    desk = Desk(new_key())
    draft = opened(desk)
    desk.put_plan(made(draft.key), draft.raw, write_plan(sample_plan(), tmp_path / "plan"))
    with store.writing() as connection:
        connection.execute(update(plans).values(facts=json.dumps({"key": 1})))
    assert desk.made() == []
