"""Discretion: what fewer than three are paid together tells one of them what another asks, and is not shown to them.

Of two suppliers, each knows its own part of a total, and so the other's; of three, the two others' sum alone.
"""

from foodlots.case import Case
from foodlots.plan import Plan

FEWEST = 3  # owners paid under a plan, from which on no one of them can tell another's price from a total
WITHHELD = "its cost is not shown: fewer than three suppliers share it"


def hides_prices(case: Case, plan: Plan) -> bool:
    """Whether the plan's total keeps every price hidden from whoever knows one: at least three owners are paid in it.

    Where nobody is paid, there is no price to hide.
    """
    paid = {case.producers[line.producer].owner_group for line in plan.supply}
    return not paid or len(paid) >= FEWEST
