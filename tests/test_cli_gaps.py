"""`foodlots gaps`: sentences, JSON, and what it says of a plan that is not of the case."""

import json
from decimal import Decimal

import pytest
from golden_case import VILLAGE
from test_cli import run, village  # noqa: F401

from foodlots.optimise import make_plan
from foodlots.plan_files import read_plan, write_plan
from foodlots.reading import read_case


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plan")
    case, settings, _ = read_case(VILLAGE)
    return write_plan(make_plan(case, settings, run={"overrides": []}), folder)


def test_gaps_are_told_in_sentences_and_tables(run, plan):  # noqa: F811
    code, out, err = run("gaps", VILLAGE, plan)
    assert (code, err) == (0, "")
    short = sum(line.gbp for line in read_plan(plan).shortfall)
    assert out.startswith(f"£{short:,.0f} of food a year")
    assert "Why: each kilo has one cause" in out
    assert "Best worth growing, storing or certifying" in out


def test_gaps_as_json_add_up_to_the_shortfall(run, plan):  # noqa: F811
    code, out, _ = run("gaps", VILLAGE, plan, "--json")
    found = json.loads(out)
    assert code == 0
    made = read_plan(plan)
    assert sum(Decimal(str(gap["kg"])) for gap in found["gaps"]) == sum(line.kg for line in made.shortfall)
    assert sum(Decimal(str(cause["gbp"])) for cause in found["causes"]) == sum(line.gbp for line in made.shortfall)
    assert all(each["agrees"] for each in found["checked"])
    assert "own_worth_gbp_per_kg" not in found, "prices could be told from it"
    assert "own_worth_gbp_per_kg" in json.loads(run("gaps", VILLAGE, plan, "--json", "--buyer")[1])


def test_a_plan_of_another_case_is_one_clear_fault(run, plan, village):  # noqa: F811
    offers = village / "offers.csv"
    offers.write_text(offers.read_text("utf-8").replace(",1-12,", ",1-11,").replace(",all,", ",1-11,"), "utf-8")
    code, out, err = run("gaps", village, plan)
    assert (code, out) == (1, "")
    assert len(err.strip().splitlines()) == 1
    assert "was made of other tables" in err


def test_hubs_name_every_place_tried_and_those_of_the_user(run, plan):  # noqa: F811
    code, out, _ = run("hubs", VILLAGE, plan, "--at", "Longridge,PR3 3JJ", "--at", "Barn,53.83,-2.60", "--json")
    found = json.loads(out)
    assert code == 0
    names = {hub["depot"]["name"] for hub in found["hubs"]}
    assert {"Longridge", "Barn", "The middle of the kitchens"} <= names
    for hub in found["hubs"]:
        assert hub["saves_gbp"] <= hub["at_most_gbp"]
        assert hub["pays"] == (hub["saves_gbp"] > hub["depot"]["fixed_gbp"])
        assert not (hub["pays"] and hub["never_pays"])


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Longridge", "is not a place"),
        ("Longridge,XX9 9XX", "XX9 9XX"),
        ("Longridge,0,0", "is not a position in Great Britain"),
        ("Longridge,north,west", "is not a position in Great Britain"),
        (",PR3 3JJ", "is not a place"),
    ],
)
def test_a_place_that_cannot_be_found_is_one_clear_fault(run, plan, place, words):  # noqa: F811
    code, out, err = run("hubs", VILLAGE, plan, "--at", place)
    assert (code, out) == (1, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_no_plan_at_all_is_told_by_its_files(run, tmp_path):  # noqa: F811
    code, _, err = run("gaps", VILLAGE, tmp_path / "nowhere")
    assert code == 1
    assert "lots.csv: is not in the plan's folder" in err


def test_network_says_who_loses_what_and_keeps_prices_to_the_buyer(run, plan):  # noqa: F811
    code, out, err = run("network", VILLAGE, plan)
    assert (code, err) == (0, "")
    assert "stops, " in out
    assert "able to step in" in out
    assert "costs £" not in out
    assert "costs £" in run("network", VILLAGE, plan, "--buyer")[1]
    found = json.loads(run("network", VILLAGE, plan, "--json")[1])
    assert not {"gbp", "more_gbp"} & {key for link in (*found["links"], *found["stops"][0]["step_in"]) for key in link}
    made = read_plan(plan)
    assert {stop["id"] for stop in found["stops"]} >= {award.bidder for award in made.awards}


def test_somebody_unknown_or_without_a_part_is_one_clear_fault(run, plan):  # noqa: F811
    code, out, err = run("network", VILLAGE, plan, "--if", "crofft")
    assert (code, out) == (1, "")
    assert "is neither a producer nor a depot" in err
    assert "did you mean 'croft'" in err


def test_another_price_changes_nothing_that_is_not_for_the_buyer(run, village, tmp_path):  # noqa: F811
    """A penny on a price that changes no award: the network as anybody may see it is the same, byte for byte."""
    told = []
    offers = village / "offers.csv"
    for price in ("0.50", "0.51"):
        text = offers.read_text("utf-8").replace("all,450,0.50", f"all,450,{price}")
        assert price in text
        offers.write_text(text, "utf-8")
        case, settings, _ = read_case(village)
        folder = write_plan(make_plan(case, settings, run={"overrides": []}), tmp_path / price)
        told.append(run("network", village, folder, "--json")[1])
    assert told[0] == told[1]
