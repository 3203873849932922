"""What is worked out behind a page: begun once for all who ask it of the same data, and shown when it is there."""

import threading
from contextlib import nullcontext

import pytest
from golden_case import VILLAGE
from test_app import find_plan, go, home, open_village, said  # noqa: F401

from foodlots.checking import Checked
from foodlots.errors import NoPlan
from foodlots.maps import offline
from foodlots.optimise import make_plan
from foodlots.reading import read_case
from foodlots.ui import answers
from foodlots.ui.answers import MOST_KEPT, Answers, apart
from foodlots.ui.desks import Made
from foodlots.ui.parts import cause_rows, dependence_rows, waiting
from foodlots.ui.work import Result


def test_an_answer_is_worked_out_once_for_the_same_data_and_anew_for_others():
    answers, asked = Answers(), []
    for about in ("causes of one plan", "causes of one plan", "causes of another"):
        answer = answers.to(about, lambda: asked.append(1) or len(asked))
        assert answer.there.wait(30)
    assert len(asked) == 2
    assert answers.to("causes of one plan", lambda: None).given() == 1


def test_what_stood_in_the_way_is_told_each_time():
    def work():
        raise NoPlan("no plan within these limits")

    answer = Answers().to("causes", work)
    assert answer.there.wait(30)
    for _ in range(2):
        with pytest.raises(NoPlan, match="within these limits"):
            answer.given()


def test_the_oldest_answers_go_first_and_none_that_is_awaited():
    answers, go_on = Answers(), threading.Event()
    slow = answers.to("slow", go_on.wait)
    go_on.set()
    assert slow.there.wait(30)
    for number in range(MOST_KEPT + 1):
        assert answers.to(f"{number}", lambda: None).there.wait(30)
    answers.to("last", lambda: None)
    assert answers.to("slow", lambda: "anew") is not slow


@pytest.mark.parametrize("work", [cause_rows.find_causes, dependence_rows.find_dependence])
def test_of_a_large_plan_the_same_is_found_in_another_process(work, monkeypatch):
    case, settings, _ = read_case(VILLAGE)
    plan = make_plan(case, settings)
    found = Result(
        Made("key", "a plan", "draft", "case digest", "digest", "now", True, (), {}), plan, Checked(case, settings, ())
    )
    here = apart(work, found)
    monkeypatch.setattr(answers, "LARGE", 0)
    assert apart(work, found) == here


def test_a_quick_answer_waits_for_no_long_one():
    go_on, quick = threading.Event(), Answers(nullcontext())
    long = [Answers().to(f"long {number}", go_on.wait) for number in range(3)]
    assert quick.to("quick", lambda: "there").there.wait(30)
    assert not any(answer.there.is_set() for answer in long)
    go_on.set()
    assert all(answer.there.wait(30) for answer in long)


def test_the_map_of_a_plan_is_drawn_once(home, monkeypatch):  # noqa: F811
    drawn, draw = [], offline.map_html
    monkeypatch.setattr(offline, "map_html", lambda *given: drawn.append(1) or draw(*given))
    monkeypatch.setattr(waiting, "QUICK", Answers(nullcontext()))
    app = find_plan(open_village())
    for _ in range(2):
        go(app, "map")
    assert not app.exception
    assert drawn == [1]


def test_a_page_says_what_it_waits_for_and_then_shows_it(home, monkeypatch):  # noqa: F811
    app = find_plan(open_village())
    may_end = threading.Event()
    monkeypatch.setattr(waiting, "ANSWERS", Answers())
    monkeypatch.setattr(waiting, "PATIENCE", 0.05)
    tables = cause_rows.cause_tables
    monkeypatch.setattr(cause_rows, "cause_tables", lambda found: may_end.wait(60) and tables(found))
    go(app, "gaps")
    assert "Finding the cause of every gap" in said(app)
    assert not app.tabs
    may_end.set()
    monkeypatch.setattr(waiting, "PATIENCE", 60)
    assert app.run().tabs[0].label == "Why"


def test_what_failed_is_tried_again_when_asked_again_and_what_was_found_is_not():
    answers, tries = Answers(nullcontext()), []

    def work():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no process to be had")
        return "accepted"

    with pytest.raises(OSError, match="no process"):
        answers.at_once("the same plan", work)
    assert [answers.at_once("the same plan", work) for _ in range(2)] == ["accepted"] * 2
    assert len(tries) == 2
