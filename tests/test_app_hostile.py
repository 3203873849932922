"""Hostile names are only ever shown: in the tables, and in every field of every page where somebody can type."""

import csv
import shutil
from pathlib import Path

import pytest
from browser_visit import ROOT, Visit, find_plan, needs_browser, open_example
from hostile_names import HOSTILE

from foodlots.checking import check
from foodlots.reading import read_tables
from foodlots.ui.contents import PAGES

FIELDS = "[data-testid=stMain] :is(input[type=text], input:not([type]), textarea):visible:enabled:not([readonly])"
EVIL = "img[src*='evil'], a[href*='evil'], script:has-text('ran=1')"

pytestmark = [pytest.mark.browser, needs_browser]


@pytest.fixture(scope="module")
def hostile_case(tmp_path_factory) -> Path:
    """The village, grown until every hostile name that the checks let in has a kitchen and a farm."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("buyers", "sites", "products", "budgets", "producers", "offers"):
        shutil.copy(ROOT / "data" / "village" / f"{name}.csv", folder)
    (folder / "settings.toml").write_text("[effort]\nseconds = 10\n[lots]\nareas = 2\n")
    names = [name for name in HOSTILE if lets_in(folder, name)]
    assert len(names) >= 40
    rename(folder, "products", "name", names)
    rename(folder, "buyers", "name", names[5:])
    grow(folder, "sites", "site", names)
    grow(folder, "producers", "producer", names)
    return folder


def read(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def lets_in(folder: Path, name: str) -> bool:
    """Whether a name is allowed at all: the checks refuse control characters and blanks."""
    before = read(folder, "buyers")
    write(folder, "buyers", [{**before[0], "name": name}, *before[1:]])
    allowed = not check(read_tables(folder)).blocking
    write(folder, "buyers", before)
    return allowed


def rename(folder: Path, table: str, column: str, names: list[str]) -> None:
    rows = read(folder, table)
    write(folder, table, [{**row, column: name} for row, name in zip(rows, names, strict=False)])


def grow(folder: Path, table: str, key: str, names: list[str]) -> None:
    first, *rest = read(folder, table)
    more = [{**first, key: f"{first[key]}_{place}", "name": name} for place, name in enumerate(names)]
    write(folder, table, [first, *rest, *more])


def only_shown(visit: Visit) -> None:
    """Nothing has run, nothing was worked out on the server, nothing was fetched."""
    visit.sound()
    assert "49" not in visit.page.locator("h1, h2, h3, [data-testid=stMarkdown] p, [role=tab]").all_inner_texts()
    assert visit.page.locator(EVIL).count() == 0


def test_hostile_names_in_the_tables_are_only_ever_shown(browser, address, hostile_case):
    visit = Visit(browser, address)
    visit.open()
    visit.page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(
        [str(path) for path in sorted(hostile_case.iterdir())]
    )
    visit.press("Open these files")
    visit.sees("Find the best plan")
    find_plan(visit)
    for entry in PAGES[1:]:
        visit.go(entry.title)
        only_shown(visit)
        if entry.name == "map":
            drawn = visit.page.frame_locator("iframe").locator(".leaflet-interactive")
            drawn.first.wait_for(state="attached")
            assert drawn.count() >= len(HOSTILE) // 2
    visit.leave()


def type_everywhere(visit: Visit, names: list[str]) -> int:
    """Type names in every field of the page that is shown, one after the other; gives how many fields there were."""
    typed = 0
    for place in range(visit.page.locator(FIELDS).count()):
        field = visit.page.locator(FIELDS).nth(place)
        for name in names if field.is_visible() else ():
            field.fill(name)
            visit.page.keyboard.press("Tab")
            visit.settle()
            only_shown(visit)
        typed += 1
    return typed


def with_a_plan(browser, address) -> Visit:
    visit = Visit(browser, address)
    open_example(visit, 0)
    find_plan(visit)
    return visit


def walk(visit: Visit, names: list[str]) -> int:
    """Every page, every tab of it, and the form for somebody new."""
    typed = 0
    for entry in PAGES:
        visit.go(entry.title)
        if entry.name == "farmers":
            visit.page.get_by_text("Somebody new").click()
            visit.settle()
        typed += type_everywhere(visit, names)
        for place in range(1, visit.page.get_by_role("tab").count()):
            visit.page.get_by_role("tab").nth(place).click()
            visit.settle()
            typed += type_everywhere(visit, names)
    return typed


@pytest.mark.long
def test_a_hostile_name_typed_in_a_field_is_only_ever_shown(browser, address):
    visit = with_a_plan(browser, address)
    assert walk(visit, [HOSTILE[5]]) >= 3
    visit.leave()


@pytest.mark.long
def test_all_hostile_names_typed_in_every_field_are_only_ever_shown(browser, address):
    visit = with_a_plan(browser, address)
    assert walk(visit, [name for name in HOSTILE if "\n" not in name and "\x00" not in name]) >= 3
    visit.leave()
