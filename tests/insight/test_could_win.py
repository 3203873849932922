"""Who could win a lot is told the same as the search counts it, and as each bidder is told it."""

from asked_again import inquiries

from foodlots.insight.could_win import could_win, every_way
from foodlots.insight.fits import fits_before_award
from foodlots.insight.instead import Table


def test_those_who_could_win_and_fill_enough_are_those_the_plan_counts_and_those_told_they_are_able():
    told = 0
    for seed, inquiry in inquiries(range(14)):
        table = Table(inquiry.case, inquiry.settings, inquiry.plan)
        least = float(inquiry.settings.awards.min_fill) - 1e-9
        able = {(lot.id, each.bidder) for lot in inquiry.plan.lots for each in could_win(table, lot.id)
                if each.fill >= least}  # fmt: skip
        owners = {(lot, inquiry.case.producers[bidder].owner_group) for lot, bidder in able}
        for lot in inquiry.plan.lots:
            assert sum(each == lot.id for each, _ in owners) == lot.able_bidders, (seed, lot.id)
        for bidder in inquiry.case.producers:
            for fit in fits_before_award(inquiry, bidder):
                assert fit.able == ((fit.lot, bidder) in able), (seed, fit)
        told += len(able)
    assert told > 20


def test_each_way_of_bringing_a_lot_is_told_once():
    for _, inquiry in inquiries(range(4)):
        table = Table(inquiry.case, inquiry.settings, inquiry.plan)
        for lot in inquiry.plan.lots:
            ways = [(each.bidder, each.depot) for each in every_way(table, lot.id)]
            assert len(ways) == len(set(ways))
            assert {bidder for bidder, _ in ways} == {each.bidder for each in could_win(table, lot.id)}
