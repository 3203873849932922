"""Opening a tender from a case and a plan on disk, once they are sure to belong together."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from foodlots.case import Case
from foodlots.errors import DataError, Fault
from foodlots.plan import Plan
from foodlots.settings import Settings
from foodlots.tender.brief import Tender
from foodlots.tender.law.table import read_law
from foodlots.tender.terms import read_terms


def open_tender(
    case: Case,
    settings: Settings,
    plan: Plan,
    terms: Path | None = None,
    overrides: Iterable[str] = (),
    law: Path | None = None,
) -> Tender:
    """The tender of a plan; raises DataError when the plan is of another case or the terms cannot be used."""
    if faults := list(_strangers(case, plan)):
        raise DataError(faults)
    return Tender(case, settings, plan, read_terms(settings, plan, terms, overrides), read_law(law))


def _strangers(case: Case, plan: Plan) -> Iterator[Fault]:
    """What the plan names and the case does not have, each kind once."""
    named = {
        "buyers": {buyer for lot in plan.lots for buyer in lot.buyers},
        "products": {product for lot in plan.lots for product in lot.products} | {line.product for line in plan.supply},
        "sites": {cell.site for cell in plan.cells},
        "producers": {award.bidder for award in plan.awards} | {line.producer for line in plan.supply},
        "depots": {award.depot for award in plan.awards if award.depot} | {line.depot for line in plan.distribution},
    }
    for table, ids in named.items():
        if missing := sorted(ids - set(getattr(case, table))):
            yield Fault("plan", 0, table, missing[0], f"the plan names {missing[0]!r}, which is not in {table}",
                        "choose the case from which the plan was made")  # fmt: skip
