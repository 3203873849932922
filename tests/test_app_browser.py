"""The app in a real browser, its network cut but for this machine: a buyer's, a farmer's and a hub's journey.

Screenshots go to the folder FOODLOTS_SHOTS names, where it is set.
"""

import csv
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from hostile_names import HOSTILE

from foodlots.checking import check
from foodlots.reading import read_tables
from foodlots.ui.contents import PAGES

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[1]
NAMES = [entry.name for entry in PAGES]
WAIT = 240_000  # ms for a plan on a busy machine; a page takes far less
DRAWN = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium"),
]
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The app, running on this machine for the tests of this file."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}"]
    server = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"FOODLOTS_HOME": str(home)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_up(url: str) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the app did not start")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as engine:
        found = engine.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """One browser window of its own, with what it asked the network for."""

    def __init__(self, browser, address: str, scheme: str = "light"):
        self.address, self.strangers = address, []
        self.context = browser.new_context(viewport={"width": 1400, "height": 1100}, color_scheme=scheme)
        self.context.route(re.compile(r"^(?!data:|blob:|about:)"), self._only_this_machine)
        self.page = self.context.new_page()

    def _only_this_machine(self, route):
        if re.match(r"(http|ws)://(127\.0\.0\.1|localhost)[:/]", route.request.url):
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def open(self, name: str = "") -> None:
        self.page.goto(f"{self.address}/{'' if name == 'start' else name}")
        self.page.locator("h1").first.wait_for()

    def go(self, title: str) -> None:
        self.page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
        self.page.get_by_role("heading", name=title, exact=True, level=1).wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until the page is drawn and stays so for a moment."""
        for _ in range(2):
            self.page.wait_for_timeout(250)
            self.page.wait_for_function(DRAWN, timeout=30_000)

    def sees(self, words: str, within: int = 20_000) -> None:
        self.page.get_by_text(words).first.wait_for(timeout=within)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.settle()

    def type_in(self, column: str, row: int, text: str) -> None:
        """Type in a cell of the page's first grid, reached by its heading and row with the keyboard, and go on."""
        cell = self.begin_to_type(column, row, text)
        self.page.keyboard.press("Enter")
        playwright.expect(cell).to_have_text(text, timeout=10_000)
        self.settle()

    def begin_to_type(self, column: str, row: int, text: str):
        """Type in a cell without leaving it; rows count from 1."""
        cell = self.walk_to(self.page.get_by_test_id("stDataFrame").first, column, row)
        self.page.keyboard.press("Enter")
        field = self.page.locator("#portal [id^='gdg-overlay']").locator("input, textarea").first
        field.wait_for()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text, delay=40)
        playwright.expect(field).to_have_value(text)
        return cell

    def walk_to(self, grid, column: str, row: int):
        """Go to a cell with the arrow keys, each press only after the last one is seen."""
        headings = grid.locator("canvas th[role=columnheader]").all_text_contents()
        across = next(place for place, heading in enumerate(headings, 1) if heading.startswith(column))
        wanted = (row + 1, across)
        self.touch(grid)
        for _ in range(40):
            at = self.chosen(grid)
            if at == wanted:
                return grid.locator(f"canvas tr[aria-rowindex='{row + 1}'] td[aria-colindex='{across}']")
            self.page.keyboard.press(arrow(at, wanted))
            until = time.monotonic() + 5
            while self.chosen(grid) == at and time.monotonic() < until:
                self.page.wait_for_timeout(50)
        raise AssertionError(f"no way to row {row} of {column} of {headings}: still at {at}")

    def touch(self, grid) -> None:
        """Press the grid's first row as a hand does, and leave the cell again where the press has opened it."""
        grid.scroll_into_view_if_needed()
        box = grid.bounding_box()
        self.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 50)
        self.page.wait_for_timeout(300)
        self.page.mouse.down()
        self.page.wait_for_timeout(100)
        self.page.mouse.up()
        self.page.wait_for_timeout(300)
        if self.page.locator("#portal [id^='gdg-overlay']").count():
            self.page.keyboard.press("Escape")

    def chosen(self, grid) -> tuple[int, int]:
        """The row and column of the cell that is chosen in a grid, as a screen reader is told them."""
        chosen = grid.locator("canvas td[aria-selected=true]").first
        chosen.wait_for(state="attached")
        return tuple(chosen.evaluate("td => [+td.parentElement.ariaRowIndex, +td.ariaColIndex]"))

    def shot(self, name: str) -> None:
        if folder := os.environ.get("FOODLOTS_SHOTS"):
            self.page.screenshot(path=str(Path(folder) / f"{name}.png"))

    def sound(self) -> None:
        """No page failed, nothing ran that came with the data, nothing left this machine."""
        assert self.page.get_by_text("a fault of ours").count() == 0
        assert self.page.evaluate("window.ran") is None
        assert self.strangers == []


def arrow(at: tuple[int, int], wanted: tuple[int, int]) -> str:
    """The key that leads from one cell towards another."""
    if at[0] != wanted[0]:
        return "ArrowDown" if at[0] < wanted[0] else "ArrowUp"
    return "ArrowRight" if at[1] < wanted[1] else "ArrowLeft"


@pytest.fixture
def visit(browser, address):
    found = Visit(browser, address)
    yield found
    found.sound()
    found.context.close()


def open_example(visit: Visit, place: int) -> None:
    visit.open()
    visit.page.get_by_role("button", name="Open", exact=True).nth(place).click()
    visit.sees("Find the best plan")


def find_plan(visit: Visit) -> None:
    visit.press("Find the best plan")
    visit.sees("Spend a year", WAIT)
    visit.settle()


def download(visit: Visit, title: str) -> tuple[str, bytes]:
    card = visit.page.get_by_test_id("stVerticalBlock").filter(has=visit.page.get_by_text(title, exact=True)).last
    with visit.page.expect_download() as started:
        card.get_by_role("button", name="Download").click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def test_a_buyer_goes_from_tables_to_papers(visit):
    open_example(visit, 1)
    visit.go("Data")
    visit.page.get_by_text("Budgets · 5").click()
    visit.settle()
    visit.type_in("budget_gbp", 1, "ten")
    visit.sees("1 fault to mend")
    visit.shot("buyer-fault")
    field = visit.page.get_by_label("What should stand there", exact=True)
    assert field.input_value() == "ten"
    field.fill("410000")
    visit.press("Mend it")
    visit.sees("The tables are in order")
    visit.page.reload()
    visit.sees("The tables are in order")
    visit.go("Plan")
    find_plan(visit)
    visit.sees("no breach")
    visit.shot("buyer-plan")
    visit.go("Lots")
    visit.page.get_by_role("tab", name="Change by hand").click()
    visit.page.get_by_text("Merge lots").click()
    merge = visit.page.get_by_label("Lots to make into one", exact=True)
    for lot in ("L01", "L02"):
        merge.fill(lot)
        visit.page.get_by_role("option", name=lot).first.click()
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="Merge", exact=True).click()
    visit.sees("drawn by hand")
    visit.press("Award these lots")
    visit.sees("Against the plan before", WAIT)
    visit.shot("buyer-by-hand")
    visit.go("Map")
    visit.page.frame_locator("iframe").locator(".leaflet-container").wait_for(timeout=20_000)
    visit.shot("buyer-map")
    visit.go("Compare")
    visit.sees("From the first to the last")
    visit.shot("buyer-compare")
    visit.go("Papers")
    name, content = download(visit, "Everything in one archive")
    assert re.fullmatch(r"preston-archive-[0-9a-f]{8}\.zip", name)
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert {"case/lots.csv", "plan/lots.csv", "plan/map.html", "plan/network.csv"} <= set(pack.namelist())
        lots = list(csv.DictReader(io.StringIO(pack.read("plan/lots.csv").decode())))
    assert "L02" not in {lot["lot"] for lot in lots}


def test_the_cell_typed_last_is_kept_when_the_page_is_left_at_once(visit):
    open_example(visit, 0)
    visit.go("Data")
    visit.page.get_by_text("Budgets ·").click()
    visit.settle()
    for amount, keys in (("4321", ()), ("4322", ("Enter",))):
        cell = visit.begin_to_type("budget_gbp", 1, amount)
        for key in keys:
            visit.page.keyboard.press(key)
        visit.page.get_by_test_id("stSidebar").get_by_role("link", name="Plan", exact=True).click()
        visit.sees("Find the best plan")
        visit.go("Data")
        playwright.expect(cell).to_have_text(amount, timeout=20_000)


def test_a_farmer_finds_lots_in_a_minute(visit):
    open_example(visit, 0)
    find_plan(visit)
    visit.go("Farmers")
    visit.page.get_by_text("Somebody new").click()
    visit.settle()
    visit.page.get_by_label("Name", exact=True).fill("New Farm")
    visit.page.get_by_label("Postcode", exact=True).fill("PR1 2RL")
    visit.page.get_by_label("How far you deliver, km by road", exact=True).fill("200")
    visit.page.keyboard.press("Tab")
    visit.type_in("Product", 1, "Potatoes")
    visit.shot("farmer-form")
    visit.press("See which lots fit")
    visit.sees("kg a month: the cell is empty")
    visit.type_in("kg a month", 1, "400")
    visit.type_in("£/kg at your gate", 1, "0.45")
    visit.press("See which lots fit")
    visit.sees("With whom more of it could be filled")
    visit.shot("farmer-fits")
    visit.press("Add to the tables")
    visit.go("Data")
    visit.sees("Producers · 3")


def test_a_hub_sees_what_is_missing_and_where(visit):
    open_example(visit, 0)
    find_plan(visit)
    visit.go("Gaps")
    visit.sees("stays on the open market")
    visit.page.get_by_role("tab", name="What a grower could bring").click()
    visit.sees("within the price ceiling")
    visit.page.get_by_role("tab", name="Where").click()
    visit.shot("hub-gaps")
    visit.go("Network")
    visit.sees("Where one failure would be felt")
    visit.shot("hub-network")


def test_a_search_goes_on_while_other_pages_are_read_and_stops_when_asked(visit):
    open_example(visit, 1)
    visit.page.get_by_role("button", name="Find the best plan", exact=True).click()
    visit.sees("Stop and keep the best plan")
    visit.go("Demand")
    visit.go("Plan")
    visit.sees("Could still be saved")
    visit.page.wait_for_function("!document.body.innerText.includes('none yet')", timeout=WAIT)
    visit.press("Stop and keep the best plan")
    visit.sees("Spend a year", WAIT)


def test_the_browser_finds_the_work_again(visit):
    open_example(visit, 0)
    visit.settle()
    visit.open()
    visit.sees("Cases opened before")
    visit.press("Open it again")
    visit.sees("Find the best plan")


def test_two_windows_do_not_see_each_other(browser, address):
    one, other = Visit(browser, address), Visit(browser, address)
    open_example(one, 0)
    find_plan(one)
    other.open("plan")
    other.sees("Open a case first")
    other.open(f"plan?desk={'x' * 22}")
    other.sees("Open a case first")
    for each in (one, other):
        each.sound()
        each.context.close()


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


def test_hostile_names_are_only_ever_shown(browser, address, hostile_case):
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
        visit.page.wait_for_timeout(800)
        visit.sound()
        assert "49" not in visit.page.locator("h1, h2, h3").all_inner_texts()
        assert visit.page.locator("img[src*='evil'], a[href*='evil'], script:has-text('ran=1')").count() == 0
    visit.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(browser, address, scheme):
    bundled = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python, which brings axe-core")
    script = (Path(bundled.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    visit = Visit(browser, address, scheme)
    open_example(visit, 0)
    find_plan(visit)
    for entry in PAGES:
        if entry.name == "start":
            continue
        visit.go(entry.title)
        visit.page.wait_for_timeout(800)
        visit.page.evaluate(script)
        found = visit.page.evaluate(
            "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == [], entry.name
    visit.sound()
    visit.context.close()
