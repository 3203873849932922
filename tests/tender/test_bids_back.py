"""Round trip of the village: schedules out, filled in by three bidders, read back; awards worked out on paper.

Asked: 4,680 kg of milk (L01), 3,900 kg of potatoes and 1,950 kg of apples (L02), 160 kg of them in July.

| lot | bidder | prices | compared |
|---|---|---|---|
| L01 | mead | milk 0.90 | 4,212.00 |
| L01 | dale | milk 0.88 | 4,118.40 |
| L02 | croft | potatoes 0.70, apples 1.40, none in July | 2,730 + 1,790 × 1.40 + 160 × 1.60 = 5,492.00 |
| L02 | mead | potatoes 0.66, no apples | 2,574 + 3,120 = 5,694.00 |
| L02 | dale | potatoes 0.72, apples 1.42 | 2,808 + 2,769 = 5,577.00 |

So dale wins L01 and croft L02: £9,610.40, against £10,920.00 on the open market.
"""

import itertools
import random
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))
from paper_reading import text_of, word_tables
from valley import D

from foodlots.audit import audit_plan
from foodlots.cli import app
from foodlots.cli.law import tender_of
from foodlots.errors import DataError
from foodlots.optimise.best_bids import Limits, Option, best_awards
from foodlots.tender.bids.choosing import draw, recommend
from foodlots.tender.bids.reading import read_bids
from foodlots.tender.bids.scores import read_scores
from foodlots.tender.pack import schedules

VILLAGE = Path("data/village")
THREE = {
    ("L01", "mead"): ({"milk": 0.90}, {}),
    ("L01", "dale"): ({"milk": 0.88}, {}),
    ("L02", "croft"): ({"potatoes": 0.70, "apples": 1.40}, {("apples", "Jul"): 0}),
    ("L02", "mead"): ({"potatoes": 0.66}, {}),
    ("L02", "dale"): ({"potatoes": 0.72, "apples": 1.42}, {}),
}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("village") / "plan"
    assert CliRunner().invoke(app, ["plan", str(VILLAGE), "--out", str(folder)]).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def tender(plan):
    return tender_of(VILLAGE, plan, None, ["publish=2026-06-01"], None)


@pytest.fixture(scope="module")
def blank(tender):
    return {path.rsplit("-", 1)[-1].removesuffix(".xlsx"): data for path, data in schedules(tender)}


def fill_in(blank, folder, bids, **answers):
    """Schedules filled in as bidders would: reference, prices, and kilos where said."""
    folder.mkdir(exist_ok=True)
    for (lot, bidder), (prices, kilos) in bids.items():
        path = folder / f"{lot}-{bidder}.xlsx"
        path.write_bytes(blank[lot])
        book = openpyxl.load_workbook(path)
        own = {"Your reference": bidder, "Name of your firm or group": f"{bidder.title()} Farm"} | answers
        for row in book["bidder"].iter_rows(min_row=2):
            row[1].value = own.get(row[0].value)
        for row in book["prices"].iter_rows(min_row=5):
            if row[0].value in prices:
                row[5].value = prices[row[0].value]
        months = {str(cell.value).split(",")[0]: cell.column for cell in book["kilos"][1]}
        for row in book["kilos"].iter_rows(min_row=2):
            for (product, month), kg in kilos.items():
                if row[0].value == product and row[2].value == "you bring":
                    book["kilos"].cell(row[0].row, months[month]).value = kg
        book.save(path)
    return folder


def read(tender, folder):
    bids, faults = read_bids(tender, sorted(folder.glob("*.xlsx")))
    assert faults == []
    return bids


def winners(found):
    return {award.lot.id: award.winner.bid.bidder if award.winner else "" for award in found.awards}


def test_three_bidders_and_the_awards_worked_out_by_hand(tender, blank, tmp_path):
    found = recommend(tender, read(tender, fill_in(blank, tmp_path / "in", THREE)))
    costs = {(each.bid.lot, each.bid.bidder): each.cost_gbp for award in found.awards for each in award.bids}
    assert costs == {
        ("L01", "mead"): D("4212.00"), ("L01", "dale"): D("4118.40"), ("L02", "croft"): D("5492.00"),
        ("L02", "mead"): D("5694.00"), ("L02", "dale"): D("5577.00"),
    }  # fmt: skip
    assert winners(found) == {"L01": "dale", "L02": "croft"}
    assert (found.paid_gbp, found.open_gbp) == (D("9610.40"), D("10920.00"))
    assert "£93.60 more" in found.awards[0].why
    assert "£4,118.40" in found.awards[0].why


def test_a_limit_of_one_lot_changes_the_cheapest_way_as_worked_out_by_hand(tender, blank, tmp_path):
    """Croft's potatoes at 0.73 make its bid 5,609: dale is cheapest in both lots (9,695.40). With one lot a supplier:
    dale L01 + croft L02 = 9,727.40; mead L01 + dale L02 = 9,789.00; dale L01 + mead L02 = 9,812.40.
    """
    bids = THREE | {("L02", "croft"): ({"potatoes": 0.73, "apples": 1.40}, {("apples", "Jul"): 0})}
    bids = read(tender, fill_in(blank, tmp_path / "in", bids))
    assert winners(recommend(tender, bids)) == {"L01": "dale", "L02": "dale"}
    limited = replace(tender, terms=replace(tender.terms, max_lots_awarded=1))
    found = recommend(limited, bids)
    assert winners(found) == {"L01": "dale", "L02": "croft"}
    assert found.paid_gbp == D("9727.40")
    assert "Dale Farm costs £32.00 less here, but the limits" in found.awards[1].why


def test_an_owners_share_and_what_a_bidder_can_take_are_kept(tender, blank, tmp_path):
    bids = read(tender, fill_in(blank, tmp_path / "in", THREE))
    half = replace(tender, terms=replace(tender.terms, max_share_per_owner=D("0.5")))  # L02 is 57% of all value
    assert winners(recommend(half, bids)) == {"L01": "dale", "L02": ""}
    edge = replace(tender, terms=replace(tender.terms, max_share_per_owner=D("6240") / D("10920")))
    assert winners(recommend(edge, bids)) == {"L01": "dale", "L02": "croft"}
    below = replace(tender, terms=replace(tender.terms, max_share_per_owner=D("0.5714")))
    assert winners(recommend(below, bids)) == {"L01": "dale", "L02": ""}
    few = [replace(bid, most_gbp=D("4118.39")) if bid.bidder == "dale" else bid for bid in bids]
    assert winners(recommend(tender, few))["L01"] == "mead"
    enough = [replace(bid, most_gbp=D("4118.40")) if bid.bidder == "dale" else bid for bid in bids]
    assert winners(recommend(tender, enough))["L01"] == "dale"


def test_ties_go_to_more_kilos_then_to_the_draw(tender, blank, tmp_path):
    bids = read(tender, fill_in(blank, tmp_path / "in", THREE))
    dale, mead = (next(b for b in bids if (b.lot, b.bidder) == ("L01", who)) for who in ("dale", "mead"))
    same = [dale, replace(mead, prices={"milk": D("0.88")})]
    first = min(("dale", "mead"), key=lambda who: draw(tender.fingerprint, "L01", who))
    found = recommend(tender, same)
    assert winners(found)["L01"] == first
    assert "the draw fixed beforehand" in found.awards[0].why
    at_market = [replace(dale, prices={"milk": D("1.00")}), replace(mead, prices={"milk": D("1.00")},
                 brings={("milk", 11): D("500")})]  # fmt: skip
    found = recommend(tender, at_market)  # both cost 4,680; mead leaves 28 kg in November
    assert winners(found)["L01"] == "dale"
    assert "it fills more kilos" in found.awards[0].why


def test_a_bid_above_the_open_market_is_not_awarded(tender, blank, tmp_path):
    bids = read(tender, fill_in(blank, tmp_path / "in", {("L01", "mead"): ({"milk": 1.01}, {})}))
    found = recommend(tender, bids)
    assert winners(found) == {"L01": "", "L02": ""}
    assert "Every bid costs more" in found.awards[0].why
    assert found.awards[1].why.startswith("No bid")


def test_quality_is_credited_in_pounds(tender, blank, tmp_path):
    """Mead's 30 points more are worth 10% × 4,680 × 30 ÷ 100 = 140.40, more than the 93.60 between the prices."""
    bids = read(tender, fill_in(blank, tmp_path / "in", THREE))
    good = replace(tender, terms=replace(tender.terms, quality_weight=D("0.1")))
    scores = {("L01", "mead"): D(80), ("L01", "dale"): D(50)}
    found = recommend(good, bids, scores)
    assert winners(found)["L01"] == "mead"
    assert found.awards[0].paid_gbp == D("4212.00")
    equal = recommend(good, bids, {("L01", "mead"): D(70), ("L01", "dale"): D(50)})  # 93.60 is 20 points: a tie
    assert winners(equal)["L01"] == min(("dale", "mead"), key=lambda who: draw(tender.fingerprint, "L01", who))
    assert winners(recommend(good, bids, {("L01", "mead"): D(69), ("L01", "dale"): D(50)}))["L01"] == "dale"


def test_a_bid_that_fills_too_little_is_set_aside(tender, blank, tmp_path):
    bids = read(tender, fill_in(blank, tmp_path / "in", THREE))
    for least, aside in (("0.5", []), ("0.5001", ["mead"])):
        awards = replace(tender.settings.awards, min_fill=D(least))
        strict = replace(tender, settings=replace(tender.settings, awards=awards))
        found = recommend(strict, bids)
        assert [each.bid.bidder for each in found.awards[1].aside] == aside


def test_the_awards_are_the_best_of_all_by_brute_force():
    draw_ = random.Random(7)
    for _ in range(40):
        bidders = ("a", "b", "c")
        options = {
            f"L{n}": [*(Option(b, b, draw_.randint(1, 9), draw_.randint(1, 5), draw_.randint(1, 5))
                        for b in draw_.sample(bidders, draw_.randint(0, 3))), Option("", "", draw_.randint(4, 12))]
            for n in range(4)
        }  # fmt: skip
        limits = Limits(draw_.choice((None, 1, 2)), draw_.choice((None, 5, 8)), {"a": 1}, {"b": draw_.randint(2, 9)})
        ways = [way for way in itertools.product(*(range(len(each)) for each in options.values()))
                if keeps(options, limits, way)]  # fmt: skip
        best = min(ways, key=lambda way: (cost(options, way), way))
        found = best_awards(options, limits)
        assert list(found.values()) == [each[place] for each, place in zip(options.values(), best, strict=True)]


def cost(options, way):
    return sum(each[place].cost for each, place in zip(options.values(), way, strict=True))


def keeps(options, limits, way):
    won = [each[place] for each, place in zip(options.values(), way, strict=True) if each[place].bidder]
    for who in {each.bidder for each in won}:
        own = [each for each in won if each.bidder == who]
        if len(own) > min(limits.lots or 9, limits.own_lots.get(who, 9)):
            return False
        if sum(each.sold for each in own) > limits.own_sold.get(who, 99):
            return False
        if limits.owner_value is not None and sum(each.value for each in own) > limits.owner_value:
            return False
    return True


BROKEN = {
    "no price": (lambda book: None, "no price at all"),
    "price in words": (lambda book: book["prices"].__setitem__("F5", "TBC"), "prices row 5, milk"),
    "negative price": (lambda book: book["prices"].__setitem__("F5", -1), "prices row 5, milk"),
    "too dear to be a price": (lambda book: book["prices"].__setitem__("F5", 10001), "prices row 5, milk"),
    "asked kilos written over": (lambda book: book["prices"].__setitem__("E5", 1), "not those of the plan"),
    "line gone": (lambda book: book["prices"].__setitem__("A5", "cheese"), "the line of milk is gone"),
    "negative kilos": (lambda book: book["kilos"].__setitem__("D3", -5), "kilos row 3, milk"),
    "no reference": (lambda book: book["bidder"].__setitem__("B2", None), "the reference is missing"),
    "reference with blanks": (lambda book: book["bidder"].__setitem__("B2", "Hill Farm"), "the reference is missing"),
    "half a lot": (lambda book: book["bidder"].__setitem__("B9", 1.5), "is no whole number"),
    "another plan": (lambda book: book["read_me"].__setitem__("B9", "0" * 64), "made for another plan"),
    "another lot": (lambda book: book["read_me"].__setitem__("B8", "L99"), "no lot of this plan"),
    "sheet gone": (lambda book: book.remove(book["kilos"]), "has no sheet kilos"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_schedule_with_a_fault_is_no_bid_and_the_fault_is_named(what, tender, blank, tmp_path):
    change, told = BROKEN[what]
    bids = {} if what == "no price" else {"milk": 0.9}
    folder = fill_in(blank, tmp_path / "in", {("L01", "mead"): (bids, {})})
    book = openpyxl.load_workbook(folder / "L01-mead.xlsx")
    change(book)
    book.save(folder / "L01-mead.xlsx")
    read_, faults = read_bids(tender, [folder / "L01-mead.xlsx"])
    assert read_ == []
    assert any(told in str(fault) and "L01-mead.xlsx" in str(fault) for fault in faults), list(map(str, faults))


def test_files_that_are_no_schedules_are_named(tender, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "b.xlsx").write_bytes(b"")
    book = openpyxl.Workbook()
    book.save(tmp_path / "c.xlsx")
    bids, faults = read_bids(tender, sorted(tmp_path.glob("*.xlsx")))
    assert bids == []
    assert len(faults) == 3


def test_the_same_bid_twice_and_too_many_bids_are_named(tender, blank, tmp_path):
    folder = fill_in(blank, tmp_path / "in", THREE)
    (folder / "again.xlsx").write_bytes((folder / "L01-dale.xlsx").read_bytes())
    assert any("twice" in fault.problem for fault in read_bids(tender, folder.glob("*.xlsx"))[1])
    limited = replace(tender, terms=replace(tender.terms, max_lots_bid=1))
    told = [fault.problem for fault in read_bids(limited, fill_in(blank, tmp_path / "two", THREE).glob("*.xlsx"))[1]]
    assert told == ["dale bids for 2 lots, 1 are allowed", "mead bids for 2 lots, 1 are allowed"]


def test_scores_are_read_or_refused_by_row(tmp_path):
    path = tmp_path / "scores.csv"
    path.write_text("lot,bidder,score\nL01,dale,55.5\n", encoding="utf-8")
    assert read_scores(path) == {("L01", "dale"): Decimal("55.5")}
    path.write_text("lot,bidder,score\nL01,dale,101\nL01,,5\nL01,x,many\n", encoding="utf-8")
    with pytest.raises(DataError) as trouble:
        read_scores(path)
    assert [fault.row for fault in trouble.value.faults] == [2, 3, 4]


def test_the_command_writes_the_comparison_and_a_case_that_plans_to_the_same_awards(plan, blank, tmp_path):
    folder = fill_in(blank, tmp_path / "in", THREE)
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["bids", str(VILLAGE), str(plan), str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "£9,610.40" in done.output
    table = word_tables((out / "recommendation.docx").read_bytes())[0]
    assert [row[2] for row in table[1:3]] == ["Dale Farm", "Croft Farm"]
    assert table[-1][3:] == ["£9,610.40", "£10,920.00"]
    assert "set aside" not in text_of((out / "comparison.xlsx").read_bytes())
    again = tmp_path / "again"
    run = CliRunner().invoke(app, ["plan", str(out / "case"), "--out", str(again), "--set", "costs.per_lot=0",
                                   "--set", "costs.per_supplier=0", "--set", "aims.local_spend_gbp=0"])  # fmt: skip
    assert run.exit_code == 0, run.output
    assert audit_plan(out / "case", again).accepted
    lots = (again / "awards.csv").read_text(encoding="utf-8")
    assert "L01,dale" in lots
    assert "L02,croft" in lots
    assert '"spend_gbp": 9610.40' in (again / "summary.json").read_text(encoding="utf-8")


@pytest.mark.long
def test_libreoffice_works_out_the_same_totals(tender, blank, tmp_path):
    folder = fill_in(blank, tmp_path / "in", {("L02", "croft"): THREE["L02", "croft"]})
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path),
                    str(folder / "L02-croft.xlsx")], check=True, capture_output=True)  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "L02-croft.xlsx", data_only=True)
    assert book["prices"]["H7"].value == pytest.approx(5236.00)
    assert read_bids(tender, [tmp_path / "L02-croft.xlsx"])[1] == []
