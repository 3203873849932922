"""`foodlots conflict`: which rules contradict each other, and what is the cheapest way out?"""

import json
from dataclasses import asdict

from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.many import ClusterOption, FreshOption, JsonOption, SecondsOption, solving
from foodlots.cli.screen import complain, say, show_table
from foodlots.insight.conflict import Conflict, find_conflicts
from foodlots.reading import read_case
from foodlots.story import pounds

FINE = "The rules do not contradict each other: there is a plan that meets them all."
SEVERAL = "There is more than one conflict: no single rule eased is enough. Ease one rule of each, then look again."


def conflict(
    case: CaseArgument,
    seconds: SecondsOption = 30,
    set_: SetOption = None,
    cluster: ClusterOption = "",
    fresh: FreshOption = False,
    json_: JsonOption = False,
) -> None:
    """Name the smallest set of rules that no plan can meet together, and the cheapest mends, ranked."""
    found, settings, notes = read_case(case, set_ or ())
    complain(*(f"{note.severity}: {note}" for note in notes))
    with solving(cluster, fresh) as runner:
        conflicts = find_conflicts(found, settings, runner, seconds)
    if json_:
        say(json.dumps(asdict(conflicts), default=str, ensure_ascii=False, indent=2))
        return
    if conflicts.stopped:
        complain("stopped: only what was found so far is told")
    elif not conflicts.found:
        say(FINE)
    for each in conflicts.found:
        say(each.sentence)
        _mends(each)
    if len(conflicts.found) > 1:
        say(SEVERAL)


def _mends(conflict: Conflict) -> None:
    if conflict.mends:
        rows = [
            [mend.title, mend.before, mend.after, mend.setting,
             "no plan found in time" if mend.cost_gbp is None else pounds(mend.cost_gbp)]
            for mend in conflict.mends
        ]  # fmt: skip
        show_table("Ways out, the cheapest first: each is enough by itself", HEADINGS, rows, (4,))


HEADINGS = ("Ease", "From", "To", "Setting", "The plan then costs, £ a year")
