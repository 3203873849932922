"""`foodlots conflict`: which rules contradict each other, and what is the cheapest way out?"""

import json
from dataclasses import asdict

from foodlots.cli.many import Given, many_solves
from foodlots.cli.screen import complain, say, show_table
from foodlots.insight.conflict import Conflict, find_conflicts
from foodlots.insight.ways_out import Mend
from foodlots.story import pounds

FINE = "The rules do not contradict each other: there is a plan that meets them all."
UNDECIDED = "Whether any plan meets all the rules was not decided in time; allow more --seconds."
UNDECIDED_BESIDES = (
    "Whether the rules left contradict each other besides was not decided in time; allow more --seconds."
)
OR_NEARER = "Or nearer: whether a milder change is enough was not decided in time; a plan with this one was found."
SEVERAL = "There is more than one conflict: no single rule eased is enough. Ease one rule of each, then look again."


@many_solves(seconds=30)
def conflict(given: Given) -> None:
    """Name the smallest set of rules that no plan can meet together, and the cheapest mends, ranked."""
    with given.solving() as runner:
        conflicts = find_conflicts(given.case, given.settings, runner, given.seconds)
    if given.as_json:
        say(json.dumps(asdict(conflicts), default=str, ensure_ascii=False, indent=2))
        return
    if conflicts.stopped:
        complain("stopped: only what was found so far is told")
    elif conflicts.undecided:
        say(UNDECIDED_BESIDES if conflicts.found else UNDECIDED)
    elif not conflicts.found:
        say(FINE)
    for each in conflicts.found:
        say(each.sentence, *each.lacks)
        _mends(each)
    if len(conflicts.found) > 1:
        say(SEVERAL)


def _mends(conflict: Conflict) -> None:
    if conflict.mends:
        rows = [
            [mend.title, mend.before, mend.after if mend.sure else f"{mend.after} or nearer", mend.setting, _cost(mend)]
            for mend in conflict.mends
        ]
        show_table("Ways out, the cheapest first: each is enough by itself", HEADINGS, rows, (4,))
    if not all(mend.sure for mend in conflict.mends):
        say(OR_NEARER)


def _cost(mend: Mend) -> str:
    """What the plan then costs, as far as it is proven."""
    if mend.cost_gbp is None:
        return "no plan found in time"
    return f"{'' if mend.proven else 'at most '}{pounds(mend.cost_gbp)}"


HEADINGS = ("Ease, or change", "From", "To", "Setting", "The plan then costs, £ a year")
