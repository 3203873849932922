"""What it would take to be able: tried on random cases by exact facts that share nothing with it, on both sides."""

from collections import Counter

import pytest
from asked_again import exactly_able, inquiries

from foodlots.insight.changes import KG, KM, changed, hair_less
from foodlots.insight.fits import fits

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
