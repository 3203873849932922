"""Who could be awarded a lot: independent owners, counted once."""

from foodlots.insight.fit import Fit, Market, bidders_for
from foodlots.tender.brief import Tender


def able_owners(tender: Tender) -> set[str]:
    """Owner groups of which somebody could be awarded at least one lot."""
    return {tender.case.producers[fit.bidder].owner_group for fits in able_bidders(tender).values() for fit in fits}


def able_bidders(tender: Tender) -> dict[str, list[Fit]]:
    """Lot -> everyone who could be awarded it and fill the least the buyer allows."""
    market = Market(tender.case, tender.settings, tender.plan)
    least = float(tender.settings.awards.min_fill)
    return {lot.id: [fit for fit in bidders_for(market, lot) if fit.fill >= least - 1e-9] for lot in tender.plan.lots}
