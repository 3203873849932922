"""Every page of the app, without a browser: empty, on an example, on tables with faults; and what stands beneath it."""

import ast
import time
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from foodlots.cli.opening import DOOR
from foodlots.files import raw_text
from foodlots.files.raw import RawCase
from foodlots.optimise import make_plan
from foodlots.plan_files import write_plan
from foodlots.reading import edit_table, read_case, read_tables
from foodlots.store import open_store
from foodlots.store.schema import contents
from foodlots.ui import desks
from foodlots.ui.contents import PAGES
from foodlots.ui.editing import setting_of
from foodlots.ui.parts.words import md, more_or_less, percent, points, pounds, tonnes, with_sign
from foodlots.ui.searches import SEARCHES

ROOT = Path(__file__).parents[1]
VILLAGE = ROOT / "data" / "village"
NAMES = [entry.name for entry in PAGES]
OURS = "a fault of ours"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user data folder of the test's own; a page waits for what is worked out behind it."""
    monkeypatch.setattr("foodlots.ui.parts.waiting.PATIENCE", 600)
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    monkeypatch.delenv("FOODLOTS_CASE", raising=False)
    monkeypatch.delenv("FOODLOTS_PLAN", raising=False)
    return tmp_path


def open_app(desk: str = "", case: str = "") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if desk:
        app.query_params["desk"] = desk
    if case:
        app.query_params["case"] = case
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    """The app, once it is sure that no page failed."""
    assert not app.exception
    assert not [error.value for error in app.error if OURS in error.value]
    return app


def go(app: AppTest, name: str) -> AppTest:
    return sound(app.switch_page(f"foodlots/ui/pages/{name}.py").run())


def said(app: AppTest) -> str:
    """All words on the page, escapes taken out."""
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.error, *app.warning, *app.success]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def open_village() -> AppTest:
    app = open_app()
    return sound(app.button(key="open-village").click().run())


def desk_of(app: AppTest) -> desks.Desk:
    return desks.Desk(app.query_params["desk"])


def find_plan(app: AppTest) -> AppTest:
    app = go(app, "plan")
    app = sound(app.button(key="find").click().run())
    wait_for_plan(app)
    return sound(app.run())


def wait_for_plan(app: AppTest) -> None:
    until = time.monotonic() + 60
    search = SEARCHES.of(desk_of(app), app.query_params["case"])
    while search and not search.over and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_page_says_what_to_do_first(name):
    app = go(open_app(), name)
    assert "Open a case first" in said(app) or "Open an example" in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_on_an_example_without_a_plan(name):
    app = go(open_village(), name)
    assert "The village" in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_on_a_plan(name):
    app = go(find_plan(open_village()), name)
    assert "Plan of 2 lots" in said(app)


@pytest.mark.parametrize("name", NAMES)
def test_every_page_opens_on_tables_with_faults(name, monkeypatch, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in VILLAGE.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "budgets.csv").write_text("buyer,category,budget_gbp\nnobody,vegetables,ten\n")
    monkeypatch.setenv("FOODLOTS_CASE", str(folder))
    app = go(open_app(), name)
    assert "to mend" in said(app)


def test_the_plan_of_the_village_is_the_one_on_paper():
    app = find_plan(open_village())
    figures = {metric.label: metric.value for metric in app.metric}
    assert figures["Spend a year"] == "£8,824"
    assert figures["Lots"] == "2"
    assert "Accepted" in said(app)


def test_a_refresh_brings_case_and_plan_back():
    first = find_plan(open_village())
    again = go(open_app(desk_of(first).id), "plan")
    assert {metric.label: metric.value for metric in again.metric}["Spend a year"] == "£8,824"


def test_an_edit_does_not_undo_what_another_window_did():
    one = open_village()
    other = open_app(desk_of(one).id, one.query_params["case"])
    other = sound(go(other, "plan").button(key="preset-local").click().run())
    one = sound(go(one, "plan").button(key="preset-price").click().run())
    assert "Another window saved version 2 of this case before yours" in said(one)
    kept = desk_of(one).draft(one.query_params["case"])
    assert setting_of(kept.raw, "aims", "local_spend_gbp") == "0.5"
    one = sound(one.button(key="conflict-mine").click().run())
    assert "Another window" not in said(one)
    kept = desk_of(one).draft(one.query_params["case"])
    assert (kept.revision, setting_of(kept.raw, "aims", "local_spend_gbp")) == (2, "0")


def test_two_visits_do_not_see_each_other():
    first = find_plan(open_village())
    other = go(open_app(), "plan")
    assert "Open a case first" in said(other)
    assert desk_of(first).made()


@pytest.mark.parametrize("name", ["", "x", "../../etc", "A" * 22, "A" * 21 + "/"])
def test_a_made_up_desk_opens_an_empty_one(name, home):
    desk = desks.open_desk(name)
    assert desk.id != name
    assert desks.NAME.fullmatch(desk.id)
    assert desks.open_desk(desk.id).id != desk.id


def test_a_case_and_its_plan_open_from_the_command_line(monkeypatch, tmp_path):
    first = find_plan(open_village())
    made = desk_of(first).made()[0]
    monkeypatch.setenv("FOODLOTS_CASE", str(VILLAGE))
    monkeypatch.setenv("FOODLOTS_PLAN", str(write_plan(desk_of(first).plan(made)[1], tmp_path / "plan")))
    app = go(open_app(), "plan")
    assert {metric.label: metric.value for metric in app.metric}["Spend a year"] == "£8,824"


@pytest.mark.parametrize("override", ["effort.seconds=9", "costs.per_lot=100"])
def test_a_plan_made_under_other_settings_opens_with_them_and_is_accepted(monkeypatch, tmp_path, override):
    case, settings, _ = read_case(VILLAGE, [override])
    plan = make_plan(case, settings, run={"overrides": [override]})
    monkeypatch.setenv("FOODLOTS_CASE", str(VILLAGE))
    monkeypatch.setenv("FOODLOTS_PLAN", str(write_plan(plan, tmp_path / "plan")))
    app = open_app()
    made = desk_of(app).made()[0]
    assert made.accepted, made


def test_a_draft_reads_back_the_same():
    raw = read_tables(VILLAGE)
    assert raw_text.from_json(raw_text.to_json(raw)) == raw
    assert raw_text.digest_of(raw) != raw_text.digest_of(
        edit_table(raw, "budgets", ("buyer", "category", "budget_gbp"), [("a", "b", "1")])
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": 1}', "no json"])
def test_what_is_no_draft_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        raw_text.from_json(text)


def test_a_spoilt_draft_is_left_aside(home):
    desk = desks.Desk(desks.new_key())
    draft = desks.new_draft(RawCase("x"), "test")
    desk.put_draft(draft)
    with open_store().writing() as connection:
        connection.execute(update(contents).values(packed=b"spoilt"))
    assert desk.draft(draft.key) is None
    assert desk.drafts() == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hill Farm", "Hill Farm"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        ("![p](http://evil.example/x.png)", "!"),
        ("a\nb", "a b"),
    ],
)
def test_data_is_shown_literally(text, shown):
    assert md(text).replace("\\", "").startswith(shown.replace("\\", ""))
    assert "![" not in md(text)
    assert "](" not in md(text)


def test_amounts_are_written_as_a_buyer_writes_them():
    assert pounds(1234567.4) == "£1,234,567"
    assert pounds(-300) == "−£300"
    assert (more_or_less(1200), more_or_less(-1200), more_or_less(0.2)) == ("+£1,200", "−£1,200", "£0")
    assert with_sign(-0.0304, points) == "−3.0 points"
    assert percent(0.483) == "48%"
    assert tonnes(2503866) == "2,504 t"


def ui_files() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "foodlots" / "ui").rglob("*.py"))]


def test_only_the_session_touches_session_state():
    touching = [path.name for path in ui_files() if "session_state" in path.read_text(encoding="utf-8")]
    assert touching == ["state.py"]


def test_no_page_lets_data_become_html():
    forbidden = {"unsafe_allow_html", "unsafe_allow_javascript"}
    for path in ui_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
        called = {node.func.attr for node in ast.walk(tree)
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}  # fmt: skip
        assert not keywords & forbidden, path
        assert not called & ({"write"} if path.name == "theme.py" else {"html", "write"}), path


def test_the_only_html_is_a_constant():
    tree = ast.parse((ROOT / "foodlots" / "ui" / "parts" / "theme.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.html"]
    assert [ast.unparse(argument) for call in calls for argument in call.args] == ["DARK_RULES", "LIGHT_RULES"]


def test_only_the_app_knows_streamlit():
    for path in (ROOT / "foodlots").rglob("*.py"):
        if "ui" not in path.parts:
            names = {name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for name in imported(node)}
            assert "streamlit" not in names, path


def imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} if isinstance(node, ast.ImportFrom) else set()


def test_both_doors_have_the_same_configuration_beside_them():
    """Streamlit reads it beside the script it runs: app.py here, front.py where foodlots is installed."""
    mine = (ROOT / ".streamlit" / "config.toml").read_bytes()
    assert mine == (DOOR.parent / ".streamlit" / "config.toml").read_bytes()
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    assert packed["foodlots.cli"] == [".streamlit/config.toml"]
