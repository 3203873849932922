"""The valley of sample_plan as a tender, with whatever a test wants changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from sample_plan import sample_case, sample_plan, sample_settings

from foodlots.tender.brief import Tender
from foodlots.tender.law.checks import LAW
from foodlots.tender.law.table import read_law
from foodlots.tender.terms import read_terms

D = Decimal


def valley(kind="council", area="E10000017", worth=None, settings=None, **terms) -> Tender:
    """A tender of one buyer; `worth` sets what all its lots are worth a year, rounds of the depot apart."""
    case, plan = sample_case(), sample_plan()
    settings = settings or sample_settings()
    buyers = {key: replace(buyer, kind=kind, area_code=area) for key, buyer in case.buyers.items()}
    case = replace(case, buyers=MappingProxyType(buyers))
    if worth is not None:
        plan = without_rounds(plan, D(worth))
    day = terms.pop("publish", date(2026, 6, 1))
    made = read_terms(settings, plan, None, [f"publish={day}"])
    return Tender(case, settings, plan, replace(made, **terms), read_law())


def without_rounds(plan, worth):
    """The plan without its depot, its last lot valued so that all of them are worth so much."""
    *first, last = plan.lots
    others = sum((lot.value_gbp for lot in first), D(0))
    if worth < others:
        first, others = [replace(lot, value_gbp=D(0)) for lot in first], D(0)
    lots = (*first, replace(last, value_gbp=worth - others))
    awards = tuple(replace(award, depot="", handling_gbp=D(0)) for award in plan.awards)
    return replace(plan, lots=lots, awards=awards, distribution=())


def found(tender: Tender, check: str):
    """What one check says."""
    return list(next(each for each in LAW if each.__name__ == check)(tender))
