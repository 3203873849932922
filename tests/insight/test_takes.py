"""What it would take to be able: tried on random cases by exact facts that share nothing with it, on both sides."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from asked_again import exactly_able, inquiries

from foodlots.insight.changes import KG, KM, changed, hair_less
from foodlots.insight.fits import Inquiry, fits
from foodlots.optimise import make_plan
from foodlots.optimise.held import all_bids
from foodlots.optimise.sieves import SIEVES
from foodlots.reading import read_case

PRESTON = Path(__file__).resolve().parents[3] / "shared" / "cases" / "preston"
SEEDS = range(60)


@pytest.fixture(scope="module")
def asked():
    """(inquiry, bidder, its fits) of random cases, as the buyer sees them: members at their own prices."""
    return [
        (inquiry, bidder, fits(inquiry, bidder))
        for _, inquiry in inquiries(SEEDS, "buyer")
        for bidder in inquiry.case.producers
    ]


def test_able_is_what_exact_facts_say(asked):
    seen = Counter()
    for inquiry, bidder, found in asked:
        able = exactly_able(inquiry.case, inquiry.settings, inquiry.ground.case.lots, bidder)
        for fit in found:
            assert fit.able == able[fit.lot], (inquiry.case, bidder, fit)
            assert fit.able == (not fit.reasons or fit.first.name in ("capped", "beaten"))
            seen[fit.able] += 1
    assert min(seen[True], seen[False]) > 40, seen


def test_each_way_is_enough_and_a_hair_less_is_not(asked):
    tried = Counter()
    for inquiry, bidder, found in asked:
        for fit in found:
            for way in fit.takes:
                assert _able_after(inquiry, bidder, fit.lot, way), (bidder, fit.lot, way)
                for place, change in enumerate(way):
                    less = (*way[:place], less_in_grams(change), *way[place + 1 :])
                    assert not _able_after(inquiry, bidder, fit.lot, less), (bidder, fit.lot, less)
                tried += Counter(change.kind for change in way)
                tried["ways"] += 1
    assert tried["ways"] >= 50, tried
    assert min(tried[KG], tried[KM]) >= 2, tried


def less_in_grams(change):
    """A hair less; ten grams of kilos, because the exact facts round each month's demand to the gram."""
    for _ in range(10 if change.kind == KG else 1):
        change = hair_less(change) if change.kind != KG or change.kilos else change
    return change


def _able_after(inquiry, bidder, lot, way) -> bool:
    case = changed(inquiry.case, bidder, way)
    return exactly_able(case, inquiry.settings, inquiry.ground.case.lots, bidder)[lot]


@pytest.mark.long
@pytest.mark.skipif(not PRESTON.exists(), reason="needs ../shared")
def test_each_way_is_true_on_preston_among_all_its_sellers():
    """Every bid of everybody laid out anew after each change, and after a hair less."""
    case, settings, _ = read_case(PRESTON, ["effort.seconds=20"])
    inquiry, tried = Inquiry(case, settings, make_plan(case, settings), "buyer"), 0
    for bidder in sorted(case.producers)[::12]:
        ways = [(fit.lot, way) for fit in fits(inquiry, bidder) for way in fit.takes]
        for lot, way in ways[:2]:
            less = [(*way[:at], hair_less(change), *way[at + 1 :]) for at, change in enumerate(way)]
            assert _is_bid(inquiry, bidder, lot, way), (bidder, lot, way)
            assert not any(_is_bid(inquiry, bidder, lot, each) for each in less), (bidder, lot, way)
            tried += 1
    assert tried >= 4


def _is_bid(inquiry, bidder, lot, way) -> bool:
    candidate = next(each for each in inquiry.candidates if lot in each.cells)
    ground = replace(inquiry.ground, case=changed(inquiry.ground.case, bidder, way))
    book = all_bids(ground, (candidate,), inquiry.rounds)
    row = book.bidders.index(bidder)
    return any(book.fills_alone(question)[row] and all(sieve(question)[row] for sieve in SIEVES)
               for question in book.questions(candidate) if question.share == 1)  # fmt: skip
