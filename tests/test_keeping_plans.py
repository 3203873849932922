"""A plan is checked once however many desks keep it, and a large one's check leaves the pages' process alone."""

from pathlib import Path

import pytest

from foodlots import second_opinion
from foodlots.checking import check
from foodlots.optimise import make_plan
from foodlots.reading import read_tables
from foodlots.store.desk import Desk
from foodlots.store.records import new_draft, new_key, now
from foodlots.ui import answers
from foodlots.ui.searches import keep

VILLAGE = Path(__file__).parents[1] / "data" / "village"


@pytest.fixture(scope="module")
def found():
    raw = read_tables(VILLAGE)
    checked = check(raw)
    run = {"overrides": [], "command": "app", "time": now()}
    return raw, checked, make_plan(checked.case, checked.settings, run=run)


@pytest.fixture
def kept(found, tmp_path, monkeypatch):
    """Keeps the village's plan on a new desk."""
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    monkeypatch.setattr(answers, "VERDICTS", answers.Answers())
    raw, checked, plan = found

    def keep_it(plan=plan):
        draft = new_draft(raw, "test")
        desk = Desk(new_key())
        desk.put_draft(draft)
        return keep(desk, draft.key, raw, checked.case, checked.settings, plan, "Plan 1")

    return keep_it


def test_the_same_plan_on_many_desks_is_checked_once(kept, monkeypatch):
    asked, real = [], second_opinion.work_out_verdict

    def counted(*given):
        asked.append(1)
        return real(*given)

    monkeypatch.setattr(second_opinion, "work_out_verdict", counted)
    assert [kept().accepted for _ in range(3)] == [True] * 3
    assert len(asked) == 1


def test_in_another_process_the_verdict_is_the_same(kept, monkeypatch):
    here = kept()
    monkeypatch.setattr(answers, "VERDICTS", answers.Answers())
    monkeypatch.setattr(answers, "LARGE", 0)
    apart = kept()
    assert (apart.accepted, apart.verdict) == (here.accepted, here.verdict)
    assert here.accepted
