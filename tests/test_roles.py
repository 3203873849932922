"""Who may see and do what: the declared table cell by cell, and a price that never reaches a wrong role's page."""

from decimal import Decimal
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from test_app import go, open_village, said

from foodlots import roles
from foodlots.checking import check
from foodlots.cli.opening import on_this_machine
from foodlots.insight import discretion
from foodlots.insight.own_part import own_part
from foodlots.optimise import make_plan
from foodlots.reading import read_tables
from foodlots.roles import AUDITOR, BUYER, CHANGE, HUB, NOBODY, PRODUCER, ROLES, Visitor, people, visitor_named
from foodlots.ui import contents, desks, searches, state, visitor
from foodlots.ui.contents import OWN, PAGES
from foodlots.ui.editing import with_column
from foodlots.ui.parts.network_rows import SHARE

ROOT = Path(__file__).parents[1]
VILLAGE = ROOT / "data" / "village"
CANARIES = {"croft": "0.777123", "mead": "0.666457"}
NAMES = [entry.name for entry in (*PAGES, OWN)]
EVERYWHERE = ("start", "map", "network")
ALLOWED = {
    BUYER: {*NAMES, CHANGE} - {"mine"},
    AUDITOR: set(NAMES) - {"mine"},
    PRODUCER: {*EVERYWHERE, "mine"},
    HUB: {*EVERYWHERE, "mine"},
    NOBODY: set(),
}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FOODLOTS_HOME", str(tmp_path))
    monkeypatch.delenv("FOODLOTS_CASE", raising=False)
    monkeypatch.delenv("FOODLOTS_PLAN", raising=False)


def enter_as(monkeypatch, role: str, producer: str = "") -> None:
    """Let everything that follows be looked at by somebody of this role."""
    who = Visitor(f"{role}@example.org", role, producer)
    for module in (visitor, contents, state):
        monkeypatch.setattr(module, "visitor", lambda: who)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", [*NAMES, CHANGE, "a page added tomorrow"])
def test_every_cell_of_the_table(role, what):
    expected = ALLOWED[role] | ({"a page added tomorrow"} if role in (BUYER, AUDITOR) else set())
    assert Visitor("x", role, "croft").may(what) == (what in expected)


def canary_case():
    """The village with a price of each producer's own that stands nowhere else."""
    raw = read_tables(VILLAGE)
    headings = raw.tables["offers"].headings
    keys = [tuple(dict(zip(headings, row.cells, strict=False))[name] for name in ("producer", "product", "months"))
            for row in raw.tables["offers"].rows]  # fmt: skip
    prices = {key: CANARIES[key[0]] for key in keys if key[0] in CANARIES}
    return with_column(raw, "offers", ("producer", "product", "months"), "price_gbp_per_kg", prices)


@pytest.fixture(scope="module")
def planned():
    """The case with canaries, as text and checked, and a plan of it."""
    raw = canary_case()
    found = check(raw)
    return raw, found, make_plan(found.case, found.settings)


@pytest.fixture
def shared(planned, monkeypatch):
    raw, found, plan = planned
    desk = desks.Desk(desks.new_key())
    draft = desks.new_draft(raw, "test")
    desk.put_draft(draft)
    searches.keep(desk, draft.key, raw, found.case, found.settings, plan, "Plan 1")
    return desk, draft


def look(shared, page: str = "") -> AppTest:
    desk, draft = shared
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["desk"], app.query_params["case"] = desk.id, draft.key
    app.run()
    return go(app, page) if page else app


def everything(app: AppTest) -> str:
    """All that the page sends to the browser, as text: its frames as tables too; every switch on it is turned."""
    for switch in app.toggle:
        app = switch.set_value(True).run()
    parts = [str(node.proto) for node in app.main] + [str(node.proto) for node in app.sidebar]
    frames = [frame.value.to_string() for frame in (*app.dataframe, *app.table)]
    return "\n".join([said(app), *parts, *frames])


@pytest.mark.parametrize(("role", "producer"), [(PRODUCER, "croft"), (HUB, "mead")])
def test_no_page_shows_a_producer_anothers_price(role, producer, shared, monkeypatch):
    enter_as(monkeypatch, role, producer)
    other = next(name for name in CANARIES if name != producer)
    for page in sorted(ALLOWED[role]):
        text = everything(look(shared, page))
        assert CANARIES[other] not in text, page
        assert CANARIES[other].removeprefix("0") not in text, page
    assert CANARIES[producer] in everything(look(shared, "mine"))


@pytest.mark.parametrize(("role", "told"), [(PRODUCER, False), (HUB, False), (BUYER, True), (AUDITOR, True)])
def test_what_tells_prices_is_withheld_from_who_may_see_none(role, told, shared, planned, monkeypatch):
    """Two farms are paid: the total, shares of money and what the next best would cost would tell their prices."""
    enter_as(monkeypatch, role, "croft" if role in (PRODUCER, HUB) else "")
    spend = f"£{round(planned[2].summary.spend_gbp):,}"
    start, network = look(shared, "start"), look(shared, "network")
    assert (spend in everything(start)) is told
    assert ("its cost is not shown: fewer than three suppliers share it" in said(start)) is not told
    assert (SHARE in everything(network)) is told
    assert bool(network.toggle) is told


@pytest.mark.parametrize(("fewest", "told"), [(3, False), (2, True)])
def test_a_total_is_told_to_a_supplier_from_that_many_on(fewest, told, shared, planned, monkeypatch):
    enter_as(monkeypatch, PRODUCER, "croft")
    monkeypatch.setattr(discretion, "FEWEST", fewest)
    spend = f"£{round(planned[2].summary.spend_gbp):,}"
    assert {line.producer for line in planned[2].supply} == set(CANARIES)
    assert (spend in everything(look(shared, "start"))) is told


def test_faults_that_quote_a_price_are_not_told_to_who_may_see_none(planned, monkeypatch):
    raw = with_column(planned[0], "offers", ("producer",), "price_gbp_per_kg", {("mead",): "66x6457"})
    desk = desks.Desk(desks.new_key())
    draft = desks.new_draft(raw, "test")
    desk.put_draft(draft)
    assert "66x6457" in everything(look((desk, draft), "network"))
    enter_as(monkeypatch, PRODUCER, "croft")
    text = everything(look((desk, draft), "network"))
    assert "66x6457" not in text
    assert "The buyer is mending the tables" in text


@pytest.mark.parametrize("role", [AUDITOR, PRODUCER])
def test_who_may_only_look_changes_nothing(role, shared, monkeypatch):
    desk, draft = shared
    enter_as(monkeypatch, role, "croft" if role == PRODUCER else "")
    before = (desk.draft(draft.key), desk.versions(draft.key), desk.made())
    app = look(shared, "start")
    assert not [button for button in app.button if str(button.key).startswith("open-")]
    if role == AUDITOR:
        app = go(app, "plan")
        for button in app.button:
            if str(button.key).startswith("preset"):
                app = button.click().run()
                assert "may look at this case, not change it" in said(app)
                break
    assert (desk.draft(draft.key), desk.versions(draft.key), desk.made()) == before


def test_another_producers_price_changes_nothing_in_ones_own_part():
    raw = canary_case()
    found = check(raw)
    plan = make_plan(found.case, found.settings)
    dearer = check(with_column(raw, "offers", ("producer",), "price_gbp_per_kg", {("mead",): "0.01"}))
    assert own_part(found.case, plan, "croft") == own_part(dearer.case, plan, "croft")
    assert own_part(found.case, plan, "croft")[0].price_gbp_per_kg == Decimal(CANARIES["croft"])


LISTED = """
[people]
"Sam@Council.example" = "buyer"
"ann@farm.example" = "producer:croft"
"bad@x.example" = "king"
"bare@x.example" = "producer"
"odd@x.example" = "auditor:croft"
"""


def test_roles_come_from_the_file_and_nobody_else_has_one(tmp_path, monkeypatch):
    file = tmp_path / "roles.toml"
    file.write_text(LISTED)
    monkeypatch.setenv("FOODLOTS_ROLES", str(file))
    known = people()
    assert visitor_named("sam@council.example", known).role == BUYER
    assert visitor_named(" ANN@farm.example", known).producer == "croft"
    for address in ("bad@x.example", "bare@x.example", "odd@x.example", "stranger@x.example", ""):
        assert visitor_named(address, known).role == NOBODY
    file.write_text("not toml")
    assert people() == {}


def test_a_server_others_can_reach_shows_nothing_without_sign_in(monkeypatch):
    monkeypatch.setattr(visitor, "heard_elsewhere", lambda: True)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    assert "shows nothing until sign-in is set up" in said(app)
    assert not app.button


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [("127.0.0.1", False), ("localhost", False), ("::1", False), ("", True), ("0.0.0.0", True), ("10.1.2.3", True)],
)
def test_only_loopback_is_this_machine(address, elsewhere, monkeypatch):
    monkeypatch.setattr(st, "get_option", lambda name: address)
    assert visitor.heard_elsewhere() is elsewhere
    assert on_this_machine(address) is not elsewhere


def test_the_command_refuses_to_listen_elsewhere(tmp_path, monkeypatch, capsys):
    from foodlots.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        main(["app", "--address", "0.0.0.0"])
    assert ended.value.code == 1
    assert "until people sign in" in capsys.readouterr().err


def test_on_ones_own_machine_everybody_is_the_buyer():
    assert "The village" in said(open_village())
    assert {BUYER, AUDITOR} == roles.SEE_ALL
