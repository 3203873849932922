"""The app in a real browser, its network cut but for this machine: a window to look at it through.

Screenshots go to the folder FOODLOTS_SHOTS names, else to build/shots, which is not committed.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).parents[1]
SHOTS = Path(os.environ.get("FOODLOTS_SHOTS") or ROOT / "build" / "shots")
WAIT = 240_000  # ms for a plan on a busy machine; a page takes far less
PAGE = 60_000  # ms for a page on a busy machine
FIRST_HEADING = "Split a food budget into lots local farms can win"
DRAWN = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")


@contextmanager
def running(home: Path, *command: str, port: int = 0, **environment: str):
    """The app, running on this machine with a user data folder of its own; gives its address."""
    port = port or free_port()
    start = command or (sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"))
    option = "--port" if command else "--server.port"
    server = subprocess.Popen(
        [*start, f"{option}={port}"],
        cwd=ROOT,
        env=os.environ | {"FOODLOTS_HOME": str(home)} | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The app, running for the tests of one file."""
    with running(tmp_path_factory.mktemp("home")) as found:
        yield found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_until_up(url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
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
        self.context.set_default_timeout(PAGE)
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
        self.turn_to(title)
        self.settle()

    def turn_to(self, title: str) -> None:
        """Press a page's link and wait for its heading."""
        self.page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
        heading = FIRST_HEADING if title == "Start" else title
        self.page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()

    def settle(self) -> None:
        """Wait until the page is drawn and stays so for a moment."""
        for _ in range(2):
            self.page.wait_for_timeout(250)
            self.drawn()

    def drawn(self) -> None:
        """Wait until the page is drawn."""
        self.page.wait_for_function(DRAWN)

    def sees(self, words: str, within: int = PAGE) -> None:
        self.page.get_by_text(words).first.wait_for(timeout=within)

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.settle()

    def type_in(self, column: str, row: int, text: str) -> None:
        """Type in a cell of the page's first grid, reached by its heading and row with the keyboard, and go on."""
        cell = self.begin_to_type(column, row, text)
        self.page.keyboard.press("Enter")
        playwright.expect(cell).to_have_text(text, timeout=PAGE)
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
        heads = grid.locator("canvas th[role=columnheader]")
        heads.filter(has_text=re.compile(f"^{column}")).first.wait_for(state="attached")
        headings = heads.all_text_contents()
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

    def leave(self) -> None:
        """Close the window, once it is sure that nothing went wrong in it."""
        self.sound()
        self.context.close()

    def shot(self, name: str) -> None:
        """Keep what is to be seen, for the eyes of whoever looks at the CI run."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)

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
