"""How well one producer is known, in a word for maps and papers: whether it, or what it could supply, is assumed."""

from foodlots.case import Case
from foodlots.insight.grounds import ASSUMED, standing_of

INVENTED = "assumed: not a real producer, or nobody has asked it"
KILOS_ASSUMED = "kilos and prices assumed"
NOT_SAID = "not stated"


def is_assumed(case: Case, producer: str) -> bool:
    """Whether the producer or what it offers is assumed."""
    return how_known(case, producer) in (INVENTED, KILOS_ASSUMED)


def how_known(case: Case, producer: str) -> str:
    """INVENTED, KILOS_ASSUMED, the standing of its offers, or NOT_SAID."""
    itself = standing_of(case.provenance, "producers", producer, "name")
    offers = standing_of(case.provenance, "offers", producer, "kg_per_month")
    if itself and itself.standing == ASSUMED:
        return INVENTED
    if offers is None:
        return NOT_SAID
    return KILOS_ASSUMED if offers.standing == ASSUMED else offers.standing
