"""Where a breach stands, by the names a buyer knows: "lot L03, Carrots, March"; "lot L03, Hill Farm"."""

from foodlots.audit import say
from foodlots.audit.evidence import Evidence


def lot_line(evidence: Evidence, lot: str, product: str, month: int) -> str:
    """A lot's product in a month."""
    return f"lot {lot}, {product_name(evidence, product)}, {say.month(month)}"


def award(evidence: Evidence, lot: str, bidder: str) -> str:
    """A lot and who won it."""
    return f"lot {lot}, {producer_name(evidence, bidder)}"


def product_name(evidence: Evidence, product: str) -> str:
    return evidence.case.products[product].name


def producer_name(evidence: Evidence, producer: str) -> str:
    return evidence.case.producers[producer].name


def site_name(evidence: Evidence, site: str) -> str:
    return evidence.case.sites[site].name


def depot_name(evidence: Evidence, depot: str) -> str:
    return evidence.case.depots[depot].name
