"""`foodlots price`: what does each rule cost?"""

import json
from dataclasses import asdict

from foodlots.cli.check import CaseArgument, SetOption
from foodlots.cli.many import ClusterOption, FreshOption, JsonOption, SecondsOption, solving
from foodlots.cli.screen import complain, say, show_table
from foodlots.errors import NoPlan
from foodlots.insight.price import Step, price_rules
from foodlots.reading import read_case
from foodlots.story import proof


def price(
    case: CaseArgument,
    seconds: SecondsOption = 30,
    set_: SetOption = None,
    cluster: ClusterOption = "",
    fresh: FreshOption = False,
    json_: JsonOption = False,
) -> None:
    """Price each rule: every policy lifted alone and tightened one step, as the difference of two audited plans."""
    found, settings, notes = read_case(case, set_ or ())
    complain(*(f"{note.severity}: {note}" for note in notes))
    with solving(cluster, fresh) as runner:
        prices = price_rules(found, settings, runner, seconds)
    if prices.plan is None:
        raise NoPlan("the case as it is has no plan to hold prices against; see foodlots conflict")
    if json_:
        say(json.dumps({"summary": asdict(prices.plan.summary), "steps": list(map(asdict, prices.steps)),
                        "stopped": prices.stopped}, default=str, ensure_ascii=False, indent=2))  # fmt: skip
        return
    say(f"{settings.case.name}: {proof(prices.plan)}")
    show_table("What each rule costs, £ a year", HEADINGS, [price_row(step) for step in prices.steps], (3, 4, 5, 6, 7))
    say("", "Less than £0 is saved. Counted: with the aims at their weights, which is what the search minimises.")
    if prices.stopped:
        complain("stopped: only what was solved is told")
    if not all(step.proven or step.refused for step in prices.steps):
        say("A range means that a plan was not proven in time: the counted price lies within it. Allow more --seconds.")


HEADINGS = ("Rule", "Is", "Would be", "Cost", "Counted", "Pence a meal", "Paid locally", "Lots changed")


def price_row(step: Step) -> list[str]:
    """One step as a row of text."""
    move = [step.title, step.before, step.after]
    if step.refused:
        return [*move, "no plan", "", "", "", ""]
    counted = signed(step.counted_gbp)
    if not step.proven:
        counted += f" ({signed(step.least_gbp)} to {signed(step.most_gbp)})"
    pence = f"{step.pence_a_meal:+.2f}"
    return [*move, signed(step.cost_gbp), counted, pence, signed(step.local_gbp), str(step.lots_changed)]


def signed(amount) -> str:
    """Whole pounds with their sign."""
    return f"{'−' if round(amount) < 0 else '+' if round(amount) > 0 else ''}£{abs(round(amount)):,}"
