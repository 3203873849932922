"""`foodlots price`: what does each rule cost?"""

import json
from dataclasses import asdict

from foodlots.cli.many import Given, many_solves
from foodlots.cli.screen import complain, say, show_table, with_sign
from foodlots.errors import NoPlan
from foodlots.insight.in_short import prices_in_short
from foodlots.insight.price import LIFTED, Step, price_rules
from foodlots.story import proof


@many_solves(seconds=30)
def price(given: Given) -> None:
    """Price each rule: every policy lifted alone and tightened one step, as the difference of two audited plans."""
    with given.solving() as runner:
        prices = price_rules(given.case, given.settings, runner, given.seconds)
    if prices.plan is None:
        raise NoPlan("the case as it is has no plan to hold prices against; see foodlots conflict")
    if given.as_json:
        say(json.dumps({"summary": asdict(prices.plan.summary), "steps": list(map(asdict, prices.steps)),
                        "stopped": prices.stopped}, default=str, ensure_ascii=False, indent=2))  # fmt: skip
        return
    say(*prices_in_short(prices), f"{given.settings.case.name}: {proof(prices.plan)}")
    show_table("What each rule costs, £ a year", HEADINGS, [price_row(step) for step in prices.steps], (1, 2, 3, 4, 5))
    say(
        "",
        "Less than £0 is saved. Counted: with the aims at their weights, which is what the search minimises. Locally: "
        "paid more to local producers. Lots: how many are new, gone or won by others.",
    )
    if prices.stopped:
        complain("stopped: only what was solved is told")
    open_ = [step for step in prices.steps if not step.proven and not step.refused]
    if open_:
        say("", "Not proven in time; allow more --seconds:", *map(price_range, open_))


HEADINGS = ("Rule, and how it is moved", "Cost", "Counted", "Pence a meal", "Locally", "Lots")


def price_row(step: Step) -> list[str]:
    """One step as a row of text; a counted price that is not proven is marked."""
    move = f"{step.title}, {step.before}: {'lifted' if step.what == LIFTED else f'{step.after} instead'}"
    if step.refused:
        return [move, "no plan", "", "", "", ""]
    counted = f"{'' if step.proven else '≈'}{signed(step.counted_gbp)}"
    return [move, signed(step.cost_gbp), counted, with_sign(step.pence_a_meal, ".2f"), signed(step.local_gbp),
            str(step.lots_changed)]  # fmt: skip


def price_range(step: Step) -> str:
    """Between what a price that is not proven surely lies."""
    return f"≈ {step.title}, {step.what}: surely between {signed(step.least_gbp)} and {signed(step.most_gbp)}."


def signed(amount) -> str:
    """Whole pounds with their sign."""
    return f"{'−' if round(amount) < 0 else '+' if round(amount) > 0 else ''}£{abs(round(amount)):,}"
