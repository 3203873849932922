"""People sign in on a server, with a provider and in a real browser: each sees what the table of roles says."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_visit import Visit, free_port, needs_browser, playwright, running
from oidc_provider import CLIENT, SECRET, provider
from test_roles import ALLOWED, canary_case

from foodlots.checking import check
from foodlots.optimise import make_plan
from foodlots.roles import AUDITOR, BUYER, CHANGE, PRODUCER
from foodlots.store import opening
from foodlots.ui import desks, searches
from foodlots.ui.contents import ENTRY
from foodlots.ui.parts.words import JOINER

pytest.importorskip("authlib", reason="needs foodlots[server]")
pytestmark = [pytest.mark.browser, needs_browser]

ROLES = {"sam@council.example": BUYER, "kim@audit.example": AUDITOR, "ann@croft.example": f"{PRODUCER}:croft"}
NOT_SURE = "sam@council.example not verified"  # the address of the buyer, which the provider has not verified
STRANGER = "eve@elsewhere.example"
CASE = "The village"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The app as other machines reach it, at a case with a plan: its address, and the file that says who is who."""
    folder, port = tmp_path_factory.mktemp("server"), free_port()
    roles = folder / "roles.toml"
    roles.write_text("[people]\n" + "".join(f'"{who}" = "{role}"\n' for who, role in ROLES.items()))
    with provider({**dict.fromkeys([*ROLES, STRANGER], True), NOT_SURE: False}) as oidc:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "of this server alone"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{oidc}/.well-known/openid-configuration"
""")
        command = (sys.executable, "-m", "foodlots", "app", "--address", "0.0.0.0", "--no-browser")
        shown = _lay_out(folder)
        with running(folder, *command, port=port, HOME=str(folder), FOODLOTS_ROLES=str(roles)) as address:
            yield f"{address}/?{shown}", roles


def _lay_out(home: Path) -> str:
    """A case and a plan of it on a desk of the store: what the address of a page says of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOODLOTS_HOME", str(home))
        raw = canary_case()
        found, desk, draft = check(raw), desks.Desk(desks.new_key()), desks.new_draft(raw, "test")
        desk.put_draft(draft)
        plan = make_plan(found.case, found.settings)
        searches.keep(desk, draft.key, raw, found.case, found.settings, plan, "Plan 1")
        opening.forget_store(opening.address())
    return f"desk={desk.id}&case={draft.key}"


def signed_in(browser, shown: str, who: str) -> Visit:
    """Somebody who was given the address of the case, and has signed in to see it."""
    visit = Visit(browser, shown.partition("/?")[0])
    visit.page.goto(shown)
    button = visit.page.get_by_role("button", name="Sign in", exact=True)
    button.wait_for()
    assert CASE not in visit.page.content()
    button.click()
    visit.page.get_by_role("link", name=who, exact=True).click()
    visit.page.get_by_role("button", name="Sign out", exact=True).wait_for()
    return visit


def titles(visit: Visit) -> set[str]:
    """The pages somebody is led to."""
    links = visit.page.get_by_test_id("stSidebar").get_by_test_id("stPageLink-NavLink")
    playwright.expect(links.first).to_be_visible()
    return set(links.all_inner_texts())


@pytest.mark.parametrize("who", ROLES)
def test_who_signs_in_sees_the_case_and_the_pages_of_their_role(who, browser, server):
    visit = signed_in(browser, server[0], who)
    visit.sees(CASE)
    allowed = ALLOWED[ROLES[who].partition(":")[0]] - {CHANGE}
    assert {title.rsplit("\n", 1)[-1] for title in titles(visit)} == {ENTRY[name].title for name in allowed}
    if "mine" in allowed:
        visit.go("Your part")
        visit.sees("Croft")
    visit.press("Sign out")
    visit.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert CASE not in visit.page.content()
    visit.leave()


@pytest.mark.parametrize("who", [STRANGER, NOT_SURE])
def test_who_has_no_role_or_no_verified_address_sees_nothing(who, browser, server):
    visit = signed_in(browser, server[0], who)
    visit.sees(f"You are signed in as {who.replace('@', '@' + JOINER)}, but have no role here")
    assert CASE not in visit.page.content()
    visit.leave()


def test_a_role_taken_away_is_gone_at_once(browser, server):
    shown, roles = server
    visit = signed_in(browser, shown, "kim@audit.example")
    visit.sees(CASE)
    roles.write_text(roles.read_text().replace(AUDITOR, "nobody"))
    visit.page.reload()
    visit.sees("but have no role here")
    assert CASE not in visit.page.content()
    visit.leave()
