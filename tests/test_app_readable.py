"""Every page can be read by everybody: axe-core finds nothing, light and dark, without a case and with a plan open."""

from pathlib import Path

import pytest
from browser_visit import Visit, find_plan, needs_browser, open_example

from foodlots.ui.contents import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "rules => axe.run(document, {runOnly: rules})"
STREAMLITS_OWN = ()  # (rule, part of the element's HTML, why it cannot be mended here)

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture(scope="module")
def axe() -> str:
    bundled = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, which brings axe-core")
    return (Path(bundled.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def found_on(visit: Visit, axe: str) -> list[tuple[str, str]]:
    """What axe-core finds wrong on what is shown now, frames and all: the rule and the element."""
    for frame in visit.page.frames:
        frame.evaluate(axe)
    found = visit.page.evaluate(RUN, RULES)["violations"]
    wrong = [(each["id"], node["html"]) for each in found for node in each["nodes"]]
    return [(rule, html) for rule, html in wrong if not is_streamlits_own(rule, html)]


def is_streamlits_own(rule: str, html: str) -> bool:
    return any(rule == own and part in html for own, part, _ in STREAMLITS_OWN)


def found_on_page(visit: Visit, axe: str, title: str, every_part: bool) -> dict[str, list[tuple[str, str]]]:
    """What is wrong on a page; with every part also on each of its tabs, and with everything unfolded."""
    visit.go(title)
    wrong = {title: found_on(visit, axe)}
    if every_part:
        wrong |= found_in_parts(visit, axe, title)
    return {where: what for where, what in wrong.items() if what}


def found_in_parts(visit: Visit, axe: str, title: str) -> dict[str, list[tuple[str, str]]]:
    wrong = {}
    tabs = visit.page.get_by_role("tab")
    for place in range(1, tabs.count()):
        tabs.nth(place).click()
        visit.settle()
        wrong[f"{title}, tab {place + 1}"] = found_on(visit, axe)
    folded = visit.page.locator("summary:visible")
    for place in range(folded.count()):
        folded.nth(place).click()
        visit.settle()
    if folded.count():
        wrong[f"{title}, unfolded"] = found_on(visit, axe)
    return wrong


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_every_page_of_an_empty_session_can_be_read_by_everybody(browser, address, axe, scheme):
    visit = Visit(browser, address, scheme)
    visit.open()
    wrong = {}
    for entry in PAGES:
        visit.go(entry.title)
        if what := found_on(visit, axe):
            wrong[entry.name] = what
        visit.shot(f"{scheme}-empty-{entry.name}")
    assert wrong == {}
    visit.leave()


def read_all_of_a_plan(browser, address, axe, scheme: str, every_part: bool) -> None:
    visit = Visit(browser, address, scheme)
    open_example(visit, 0)
    find_plan(visit)
    wrong = {}
    for entry in PAGES:
        wrong |= found_on_page(visit, axe, entry.title, every_part)
        visit.shot(f"{scheme}-plan-{entry.name}")
    assert wrong == {}
    visit.leave()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_a_plan_can_be_read_by_everybody(browser, address, axe, scheme):
    read_all_of_a_plan(browser, address, axe, scheme, every_part=False)


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_of_every_page_can_be_read_by_everybody(browser, address, axe, scheme):
    read_all_of_a_plan(browser, address, axe, scheme, every_part=True)
