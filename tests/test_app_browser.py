"""The app as its three users go through it, in a real browser: a buyer's, a farmer's and a hub's journey."""

import csv
import io
import re
import zipfile

import pytest
from browser_visit import WAIT, Visit, download, find_plan, needs_browser, open_example, playwright

pytestmark = [pytest.mark.browser, needs_browser]


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
    visit.page.get_by_text("Every limit, floor, cost and aim").click()
    visit.page.get_by_role("tab", name="Search", exact=True).click()
    visit.page.get_by_role("spinbutton", name="Longest search").fill("20")
    visit.page.keyboard.press("Tab")
    visit.press("Keep these settings and search")
    visit.sees("Spend a year", WAIT)
    visit.settle()
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
    visit.sees("With whom to bid for it")
    visit.sees("The same as a table")
    visit.shot("farmer-fits")
    visit.press("Add to the tables")
    visit.sees("There is no plan for these tables")
    visit.go("Data")
    visit.sees("Producers · 3")


def test_a_hub_sees_what_is_missing_and_where(visit):
    open_example(visit, 0)
    find_plan(visit)
    visit.go("Gaps")
    visit.sees("stays on the open market")
    visit.sees("Each kilo has one cause", WAIT)
    visit.page.get_by_role("tab", name="What a grower could bring").click()
    visit.sees("within the price ceiling")
    visit.page.get_by_role("tab", name="Where").click()
    visit.shot("hub-gaps")
    visit.go("Network")
    visit.sees("able to step in", WAIT)
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
