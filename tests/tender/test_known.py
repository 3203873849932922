"""What is assumed says so wherever it is shown: on the map, in its legend, and in the papers."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from paper_reading import text_of
from valley import valley

from foodlots.audit import Verdict
from foodlots.case import Standing
from foodlots.insight.known import INVENTED, KILOS_ASSUMED, NOT_SAID, how_known
from foodlots.maps.offline import map_html, map_table
from foodlots.tender.record import decision_paper
from foodlots.tender.word.invitation import invitation
from foodlots.tender.word.one_pager import lots_for_farmers, sheet_for_producer
from foodlots.tender.word.reasons import reasons_on_file

OFFERS = Standing("offers", "*", "assumed", "drawn by a seed", "hill")
BROOK = Standing("offers", "kg_per_month", "measured", "the farm's own books", "brook")
MEALS = Standing("sites", "meals_per_week", "estimated", "pupils × uptake", "")


def assumed(*standings):
    tender = valley()
    run = {**tender.plan.run, "inputs_sha256": tender.case.sha256}
    return replace(tender, case=replace(tender.case, provenance=standings), plan=replace(tender.plan, run=run))


@pytest.mark.parametrize(
    ("standings", "known"),
    [
        ((), NOT_SAID),
        ((OFFERS,), KILOS_ASSUMED),
        ((BROOK, Standing("offers", "*", "assumed", "", "")), KILOS_ASSUMED),
        ((Standing("offers", "kg_per_month", "estimated", "", "hi*"),), "estimated"),
        ((Standing("producers", "*", "assumed", "", "hill"), BROOK), INVENTED),
        ((Standing("producers", "lat", "assumed", "", ""),), NOT_SAID),
    ],
)
def test_how_well_a_producer_is_known(standings, known):
    assert how_known(assumed(*standings).case, "hill") == known


def test_the_map_marks_who_is_assumed_and_its_legend_counts_them():
    tender = assumed(OFFERS, BROOK)
    page = map_html(tender.case, tender.settings, tender.plan)
    assert f"Dashed: assumed, or its kilos are (1 of {len(tender.case.producers)} producers)" in page
    assert page.count('"assumed": true') + page.count('"assumed":true') == 1
    producers = map_table(tender.case, tender.plan, 9)[3]
    known = {row[0]: row[-1] for row in producers.rows}
    assert known["Hill Farm"] == KILOS_ASSUMED
    assert known["Brook Farm"] == "measured"
    plain = assumed()
    assert "Dashed" not in map_html(plain.case, plain.settings, plain.plan)


def test_papers_say_what_they_rest_on_and_those_to_publish_name_no_producer():
    tender = assumed(OFFERS, MEALS)
    for paper in (reasons_on_file(tender), decision_paper(tender, Verdict((), {}))):
        assert "rests on assumed capacities" in text_of(paper)
    for paper in (invitation(tender), lots_for_farmers(tender)):
        words = text_of(paper)
        assert "100% of what kitchens ask for rests on estimated numbers of meals." in words
        assert "capacities" not in words


def test_a_producer_whose_kilos_are_assumed_is_told_so_on_its_sheet():
    tender = assumed(OFFERS)
    assert "Nobody has asked you yet" in text_of(sheet_for_producer(tender, "hill"))
    assert "Worked out from what you told us" in text_of(sheet_for_producer(tender, "brook"))
