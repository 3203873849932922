"""Many people at the app at once, in real browsers, some of them searching: nobody meets an error or waits long.

Each reads a page for a while and turns to another one; those who search begin again when a search is over. The searches
take turns (ui/turns.py), on two cores one at a time. Figures are printed, with what else the machine was doing.
"""

import asyncio
import os
import random
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browser_visit import CHROMIUM, DRAWN, FIRST_HEADING, ROOT, needs_browser, running
from playwright.async_api import Browser, Page, async_playwright
from test_app_speed import LANCASHIRE, county_plan, needs_lancashire  # noqa: F401

from foodlots.checking import check
from foodlots.optimise import make_plan
from foodlots.plan_files import write_plan
from foodlots.reading import read_tables
from foodlots.ui.contents import PAGES

pytestmark = [pytest.mark.browser, needs_browser]
VILLAGE = ROOT / "data" / "village"
TITLES = [entry.title for entry in PAGES]
MOST = 600_000  # ms until a page that does not come is an error
MOST_GROWTH = 0.10  # of the server's memory, from one quarter of the time to the last


@dataclass
class Crowd:
    """What befell all of them: seconds waited for each page, errors, plans found, bytes of memory by time."""

    address: str
    process: int
    waited: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    searches: int = 0
    memory: list[tuple[float, int]] = field(default_factory=list)

    def growth(self, begin: float, end: float) -> float:
        """How much more memory there was in the last eighth of the time than in the eighth before its first quarter."""
        eighth = (end - begin) / 8
        first = [held for at, held in self.memory if begin + eighth <= at < begin + 2 * eighth]
        last = [held for at, held in self.memory if at >= end - eighth]
        return statistics.mean(last) / statistics.mean(first) - 1


def server_on(port: str) -> int:
    """The process that serves the app on a port."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        if f"--server.port={port}".encode() in path.read_bytes().split(b"\0"):
            return int(path.parent.name)
    raise AssertionError("no server")


def held_by(process: int) -> int:
    """Bytes of memory a process holds."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def come(browser: Browser, crowd: Crowd) -> Page:
    """One more visitor, with a window of their own, who looks at the plan."""
    context = await browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(MOST)
    page = await context.new_page()
    page.on("pageerror", lambda error: crowd.errors.append(f"in the page: {error}"))
    await page.goto(f"{crowd.address}/plan")
    await page.get_by_text("Spend a year").first.wait_for()
    return page


async def turn_to(page: Page, title: str, crowd: Crowd) -> None:
    """Press a page's link and wait until it is drawn."""
    began = time.monotonic()
    await page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
    heading = FIRST_HEADING if title == "Start" else title
    await page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()
    await page.wait_for_function(DRAWN)
    crowd.waited.append((title, time.monotonic() - began))
    for words in ("a fault of ours", "Is Streamlit still running", "Connection error"):
        if await page.get_by_text(words).count():
            crowd.errors.append(f"{title}: {words}")


async def search(page: Page, crowd: Crowd) -> None:
    """Begin a search, unless one is still under way."""
    await turn_to(page, "Plan", crowd)
    if await page.get_by_role("button", name="Stop and keep the best plan").count():
        return
    await page.get_by_text("Every limit, floor, cost and aim").click()
    await page.get_by_role("button", name="Keep these settings and search").click()
    await (
        page.get_by_role("button", name="Stop and keep the best plan")
        .or_(page.get_by_text("Spend a year"))
        .first.wait_for()
    )
    crowd.searches += 1


async def use(page: Page, crowd: Crowd, end: float, searches: bool, dice: random.Random, reads: float) -> None:
    """Turn pages until the time is over, each read for a while: on the average so many seconds."""
    try:
        while time.monotonic() < end:
            if searches:
                await search(page, crowd)
            for _ in range(3):
                await asyncio.sleep(reads * dice.uniform(0.5, 1.5))
                if time.monotonic() < end:
                    await turn_to(page, dice.choice(TITLES), crowd)
    except Exception as trouble:
        crowd.errors.append(f"{type(trouble).__name__}: {str(trouble)[:300]}")


async def weigh(crowd: Crowd, end: float, every: float) -> None:
    """Note what memory the server holds, again and again."""
    while time.monotonic() < end:
        crowd.memory.append((time.monotonic(), held_by(crowd.process)))
        await asyncio.sleep(every)


async def together(crowd: Crowd, visitors: int, searching: int, seconds: float, reads: float) -> tuple[float, float]:
    """All of them at once for so long, after each has come; gives when that began and ended."""
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        pages = [await come(browser, crowd) for _ in range(visitors)]
        begin = time.monotonic()
        end = begin + seconds
        at_work = [
            use(page, crowd, end, number < searching, random.Random(number), reads) for number, page in enumerate(pages)
        ]
        await asyncio.gather(weigh(crowd, end, seconds / 200), *at_work)
        await browser.close()
    return begin, end


def soak(home: Path, case: Path, plan: Path, *how) -> tuple[Crowd, float]:
    """A crowd at the app that has this case and plan open, and how much its memory grew."""
    load = os.getloadavg()[0]
    with running(home, FOODLOTS_CASE=str(case), FOODLOTS_PLAN=str(plan)) as address:
        crowd = Crowd(address, server_on(address.rsplit(":", 1)[1]))
        begin, end = asyncio.run(together(crowd, *how))
    growth = crowd.growth(begin, end)
    print(f"{len(crowd.waited)} pages: {in_words(crowd)}; {crowd.searches} searches begun; {len(crowd.errors)} errors; "
          f"memory {crowd.memory[0][1] / 1e6:.0f} to {crowd.memory[-1][1] / 1e6:.0f} MB, grew by {growth:.1%}; "
          f"load before {load:.1f}, at the end {os.getloadavg()[0]:.1f}")  # fmt: skip
    return crowd, growth


def late(crowd: Crowd) -> float:
    """Seconds within which 95 of 100 pages were drawn."""
    return statistics.quantiles([seconds for _, seconds in crowd.waited], n=20)[-1]


def in_words(crowd: Crowd) -> str:
    by_page = {title: [s for name, s in crowd.waited if name == title] for title in TITLES}
    each = ", ".join(f"{title} {statistics.median(taken):.1f}" for title, taken in by_page.items() if taken)
    waited = [seconds for _, seconds in crowd.waited]
    return f"median {statistics.median(waited):.2f} s, p95 {late(crowd):.2f} s, longest {max(waited):.1f} s ({each})"


def test_a_few_at_once_meet_no_error(tmp_path):
    found = check(read_tables(VILLAGE), ["effort.seconds=2"])
    plan = write_plan(make_plan(found.case, found.settings), tmp_path / "plan")
    crowd, _ = soak(tmp_path / "home", VILLAGE, plan, 2, 1, 4.0, 0.3)
    assert crowd.errors == []
    assert crowd.searches >= 1
    assert len(crowd.waited) >= 2


@pytest.mark.long
@needs_lancashire
def test_twenty_at_once_at_a_county_with_four_searching(tmp_path, county_plan):  # noqa: F811
    crowd, growth = soak(tmp_path / "home", LANCASHIRE, county_plan, 20, 4, 600.0, 20.0)
    assert crowd.errors == []
    assert late(crowd) <= 3
    assert growth <= MOST_GROWTH
