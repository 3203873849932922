"""Asking again whether a bidder is able, or wins: by slow exact facts and by whole plans."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from oracle_lots import Book
from random_cases import Sample, draw_sample

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.insight.fits import Inquiry
from foodlots.optimise import make_plan
from foodlots.settings import Settings


def inquiries(seeds, view: str = "producer"):
    """The random cases of these seeds that have a plan, with it."""
    for seed in seeds:
        sample = draw_sample(seed)
        try:
            plan = make_plan(sample.case, sample.settings)
        except NoPlan:
            continue
        yield seed, Inquiry(sample.case, sample.settings, plan, view)


def exactly_able(case: Case, settings: Settings, drawn, bidder: str) -> dict[str, bool]:
    """Lot -> whether the bidder could win it whole and fill enough of it: looked up the slow way, in exact numbers."""
    lots = replace(settings.lots, min_able_bidders=0, value_gbp=(None, None))
    awards = replace(settings.awards, max_winners_per_lot=1)
    settings = replace(settings, lots=lots, awards=awards)
    least = Fraction(settings.awards.min_fill)
    return {
        next(iter(work.cells)): any(
            award.bidder == bidder and award.share == 1 and award.fillable >= least * work.to_fill
            for award in work.awards
        )
        for work in Book(replace(case, lots=drawn, held={}), settings).works
    }


def wins_when_planned(inquiry: Inquiry, case: Case, lot: str, bidder: str) -> bool:
    """Whether a whole new plan of the changed case awards it the lot, every other award settled beforehand."""
    held = {}
    for other, winners in inquiry.winners.items():
        for producer in case.producers if other != lot else ():
            held[other, producer] = "award" if producer in winners else "never"
    held = {key: how for key, how in held.items() if key[0] in inquiry.ground.case.lots}
    settings = inquiry.settings
    effort = replace(settings.effort, gap=Decimal(0), threads=1)
    changed = replace(case, lots=inquiry.ground.case.lots, held=dict(sorted(held.items())))
    plan = make_plan(changed, replace(settings, effort=effort))
    return bidder in next(each.winner for each in plan.lots if each.id == lot).split(";")


def plain(sample: Sample | Inquiry) -> bool:
    """Whether a plan of the case can be held by its table of held awards alone: whole lots, brought to each kitchen."""
    return not sample.case.depots and not sample.case.lots and sample.settings.awards.max_winners_per_lot == 1
