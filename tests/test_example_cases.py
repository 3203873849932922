"""The example cases: made again to the byte, read without a fault, marked illustrative; and the village's answer."""

import csv
import re
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import product as pairings
from pathlib import Path

import pytest

from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.reading import read_case

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared"
CASES = ("village", "preston", "devon")
BUDGETS = {"village": 10920, "preston": 1600000, "devon": 3000000}
KITCHENS = {"village": (2, 2), "preston": (60, 70), "devon": (115, 125)}
PRODUCERS = {"village": (2, 2), "preston": (70, 110), "devon": (110, 130)}
DEPOTS = {"village": 0, "preston": 1, "devon": 2}


@pytest.fixture(scope="module", params=CASES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def read(name):
    return read_case(DATA / name)


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(title):
    """A name without the mark that it is invented, however it is spelled."""
    return " ".join(title.replace("(illustrative)", "").lower().split())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder into which the maker has just written every table."""
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, str(DATA / "make_cases.py"), "--to", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=120)
    return folder


def test_the_maker_writes_every_table_again_to_the_byte(made, name):
    kept = {path.name: path.read_bytes() for path in (DATA / name).glob("*.csv")}
    again = {path.name: path.read_bytes() for path in (made / name).iterdir()}
    assert sorted(again) == sorted(kept)
    assert [table for table in kept if kept[table] != again[table]] == []


def test_no_fault_and_no_warning(read):
    _, _, faults = read
    assert [str(fault) for fault in faults] == []


def test_totals(read, name):
    case, settings, _ = read
    assert sum(case.budgets.values()) == BUDGETS[name]
    assert work_out_demand(case, settings).value_gbp == BUDGETS[name]
    assert KITCHENS[name][0] <= len(case.sites) <= KITCHENS[name][1]
    assert PRODUCERS[name][0] <= len(case.producers) <= PRODUCERS[name][1]
    assert len(case.depots) == DEPOTS[name]


def test_todays_contracts_add_up_to_the_budgets(read, name):
    case, _, _ = read
    spent = defaultdict(Decimal)
    for line in case.spend:
        spent[line.buyer, line.category] += line.spend_gbp
    assert dict(spent) == (dict(case.budgets) if name != "village" else {})


def test_shares_of_a_category_add_up_to_one(read):
    shares = defaultdict(Decimal)
    for product in read[0].products.values():
        shares[product.category] += product.budget_share
    assert set(shares.values()) == {Decimal(1)}


def test_devon_pools_schools_and_hospitals():
    case, _, _ = read_case(DATA / "devon")
    kinds = {buyer.kind for buyer in case.buyers.values()}
    assert kinds == {"council", "nhs_trust", "academy_trust"}
    assert sum(not site.term_time for site in case.sites.values()) == 16


def test_every_case_says_that_it_is_illustrative(read, name):
    case, settings, _ = read
    assert settings.case.illustrative
    told = {row.table: row for row in case.provenance if row.column == "*"}
    for table in ("sites", "producers", "offers", "budgets"):
        assert told[table].standing == "assumed"
        assert "illustrative" in told[table].source
    papers = [path for path in (DATA / name).glob("*.md") if path.name in ("README.md", "SOURCES.md")]
    assert papers
    assert all("illustrative" in path.read_text(encoding="utf-8") for path in papers)


def test_kitchens_at_real_places_are_marked_invented(read, name):
    if name != "village":
        assert [site.id for site in read[0].sites.values() if "(illustrative)" not in site.name] == []


def test_cpv_codes_have_eight_digits(read):
    codes = {product.cpv for product in read[0].products.values()}
    assert [code for code in codes if not re.fullmatch(r"(03|15)\d{6}", code)] == []


def test_cpv_codes_are_real(read):
    table = SHARED / "data" / "products" / "cpv_food.csv"
    if not table.exists():
        pytest.skip("the table of CPV codes is not here")
    real = {row["cpv8"] for row in rows(table)}
    assert {product.cpv for product in read[0].products.values()} <= real


def test_no_kitchen_or_producer_bears_the_name_of_a_real_one(read):
    if not (SHARED / "cases").exists():
        pytest.skip("the lists of real schools and producers are not here")
    lists = [path for path in (SHARED / "cases").glob("*/*.csv") if path.stem in ("sites", "producers")]
    real = {plain(row["name"]) for path in lists for row in rows(path)}
    for path, column in (("producers/fsa_approved_establishments_2025-04.csv", "TradingName"),
                         ("schools/schools_sw_lancashire_2019_20.csv", "name")):  # fmt: skip
        real |= {plain(row[column]) for row in rows(SHARED / "data" / path)}
    case, _, _ = read
    ours = [entry.name for table in (case.sites, case.producers) for entry in table.values()]
    assert [title for title in ours if plain(title) in real] == []


def test_names_and_positions_are_not_used_twice(read):
    case, _, _ = read
    entries = [*case.sites.values(), *case.producers.values()]
    assert len({entry.name for entry in entries}) == len(entries)
    assert len({(site.place.lat, site.place.lon) for site in case.sites.values()}) == len(case.sites)


def test_members_reach_their_cooperatives(read):
    case, settings, _ = read
    roads = Roads.of(case, settings.costs.road_factor)
    ways = [(one, hub) for one in case.producers.values() for hub in one.member_of]
    assert [one.id for one, hub in ways if roads.km(one.id, hub) > one.reach_km] == []
    hubs = {one.id for one in case.producers.values() if one.kind in ("cooperative", "hub")}
    assert {hub for _, hub in ways} == hubs


def on_offer(case, settings):
    """The share of each category's value, and of all, that the offers could cover month by month."""
    demand = work_out_demand(case, settings)
    asked, covered = defaultdict(Fraction), defaultdict(Fraction)
    for product in case.products.values():
        price = Fraction(product.benchmark_gbp_per_kg)
        for month, kg in enumerate(demand.kg(case.sites, product.id), start=1):
            offers = [offer for offer in case.offers if offer.product == product.id and month in offer.months]
            offered = sum((Fraction(offer.kg_per_month) for offer in offers), Fraction())
            for category in (product.category, "all"):
                asked[category] += kg * price
                covered[category] += min(kg, offered) * price
    return {category: float(covered[category] / asked[category]) for category in asked}


@pytest.mark.parametrize("county", ["preston", "devon"])
def test_supply_leaves_real_gaps_and_half_or_more_to_win(county):
    """SOURCES.md tells the share of each category on offer; it is what the tables say."""
    case, settings, _ = read_case(DATA / county)
    text = (DATA / county / "SOURCES.md").read_text(encoding="utf-8")
    told = {category: float(share) for category, share in re.findall(r"^\| ([a-z ]+) \| (\d+)% \|$", text, re.M)}
    offered = on_offer(case, settings)
    assert told == {category: float(round(100 * share)) for category, share in offered.items()}
    assert 0.5 < offered["all"] < 0.85
    assert offered["fruit"] < 0.35


def village_answer():
    """The small table at the top of the village's README."""
    text = (DATA / "village" / "README.md").read_text(encoding="utf-8").split("## 1.")[0]
    return dict(re.findall(r"^\| (objective_gbp|spend_gbp|lots|winners|shortfall) \| (.+) \|$", text, re.M))


MONTHS_OF = {"all": range(1, 13), "1-6;9-12": (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)}


class Pencil:
    """The village's arithmetic, lot by lot, with nothing of foodlots but the tables: see its README."""

    bidders = ("croft", "mead", "")

    def __init__(self):
        folder = DATA / "village"
        self.weeks = [Fraction(w) for w in "4.0 3.2 4.2 2.2 3.6 4.2 3.2 0 4.2 3.6 4.4 2.2".split()]  # noqa: SIM905
        self.products = {row["product"]: row for row in rows(folder / "products.csv")}
        self.budgets = {row["category"]: Fraction(row["budget_gbp"]) for row in rows(folder / "budgets.csv")}
        self.km = {(row["origin"], row["destination"]): int(row["km"]) for row in rows(folder / "distances.csv")}
        self.offers = {(row["producer"], row["product"]): row for row in rows(folder / "offers.csv")}

    def asked(self, product):
        row = self.products[product]
        year = self.budgets[row["category"]] * Fraction(row["budget_share"]) / Fraction(row["benchmark_gbp_per_kg"])
        return [year * weeks / 39 for weeks in self.weeks]

    def lot(self, products, bidder):
        """(food, delivery, shortfall) of a lot won by `bidder`, £; None when it sells nothing of it."""
        food = shortfall = Fraction()
        for product in products:
            offer = self.offers.get((bidder, product))
            months = MONTHS_OF[offer["months"]] if offer else ()
            for month, kg in enumerate(self.asked(product), start=1):
                sold = min(kg, int(offer["kg_per_month"])) if month in months else 0
                food += sold * Fraction(offer["price_gbp_per_kg"]) if sold else 0
                shortfall += (kg - sold) * Fraction(self.products[product]["benchmark_gbp_per_kg"])
        if not bidder:
            return food, Fraction(), shortfall
        visits = 39 * max(int(self.products[product]["drops_per_week"]) for product in products)
        nearest = min(self.km[bidder, "north"], self.km[bidder, "south"])
        delivery = visits * (2 * nearest + 2 * self.km["north", "south"]) * Fraction("0.5") + 2 * visits * 2
        return (food, delivery, shortfall) if food else None

    def plan(self, lots, winners):
        """(objective, spend) of a whole plan, £; None when a winner sells nothing of its lot."""
        parts = [self.lot(lot, winner) for lot, winner in zip(lots, winners, strict=True)]
        if None in parts:
            return None
        spend = sum(map(sum, parts), Fraction())
        local = sum((food + delivery for food, delivery, _ in parts), Fraction())
        fees = 150 * len(lots) + 200 * len(set(winners) - {""})
        return spend + fees - local * Fraction("0.05"), spend


CUTS = (
    (("apples", "milk", "potatoes"),),
    (("apples", "milk"), ("potatoes",)),
    (("potatoes", "apples"), ("milk",)),
    (("potatoes", "milk"), ("apples",)),
    (("potatoes",), ("apples",), ("milk",)),
)


def test_the_village_answer_is_the_cheapest_of_every_plan():
    pencil, answer = Pencil(), village_answer()
    plans = [(lots, winners) for lots in CUTS for winners in pairings(Pencil.bidders, repeat=len(lots))]
    priced = [(pencil.plan(*plan), plan) for plan in plans if pencil.plan(*plan)]
    (objective, spend), (lots, winners) = min(priced)
    assert (objective, spend) == (Fraction(answer["objective_gbp"]), Fraction(answer["spend_gbp"]))
    assert {"+".join(lot) for lot in lots} == set(answer["lots"].split("; "))
    told = {"+".join(lot): winner for lot, winner in zip(lots, winners, strict=True)}
    assert told == dict(won.split(": ") for won in answer["winners"].split("; "))
    assert len(priced) == 36


def test_the_village_readme_names_every_plan_below_10150():
    pencil = Pencil()
    plans = [pencil.plan(lots, winners) for lots in CUTS for winners in pairings(Pencil.bidders, repeat=len(lots))]
    cheap = {f"{float(plan[0]):,.2f}" for plan in plans if plan and plan[0] < 10150}
    text = (DATA / "village" / "README.md").read_text(encoding="utf-8").split("## 5.")[1].split("## 6.")[0]
    said = set(re.findall(r"\b\d+,\d{3}\.\d\d\b", text))
    assert len(cheap) == 10  # two of the eleven plans cost the same
    assert cheap <= said


def test_the_village_lacks_julys_apples_and_nothing_else():
    case, settings, _ = read_case(DATA / "village")
    demand = work_out_demand(case, settings)
    kilos = {(offer.product, month): offer.kg_per_month for offer in case.offers for month in offer.months}
    short = {
        (product, month): kg - min(kg, Fraction(kilos.get((product, month), 0)))
        for product in case.products
        for month, kg in enumerate(demand.kg(case.sites, product), start=1)
    }
    assert {key: kg for key, kg in short.items() if kg} == {("apples", 7): 160}
    assert village_answer()["shortfall"] == "apples in month 7: 160.000 kg, £256.00"
