"""`foodlots strategies`: ways to cut the work into lots, side by side."""

import json
from dataclasses import asdict

from foodlots.cli.many import Given, many_solves
from foodlots.cli.screen import complain, say, show_table
from foodlots.insight.in_short import strategies_in_short
from foodlots.insight.strategies import Score, side_by_side
from foodlots.story import pounds


@many_solves(seconds=60)
def strategies(given: Given) -> None:
    """Hold ways of drawing lots side by side: few big ones, by product, area, season or depot, the joint optimum."""
    with given.solving() as runner:
        scored = side_by_side(given.case, given.settings, runner, given.seconds)
    if given.as_json:
        told = [asdict(score) | {"more_lots_than_bidders": score.more_lots_than_bidders} for score in scored.scores]
        say(json.dumps({"strategies": told, "stopped": scored.stopped}, default=str, ensure_ascii=False, indent=2))
        return
    columns = [strategy_column(score) for score in scored.scores]
    rows = [[name, *parts] for name, *parts in zip(FIGURES, *columns, strict=True)]
    say(*strategies_in_short(scored))
    show_table("Strategies side by side", ["", *(score.title for score in scored.scores)], rows, range(1, len(rows[0])))
    say("", *(f"{score.title}: {score.about}." for score in scored.scores))
    say(*(f"{score.title}: no plan, {score.refused}" for score in scored.scores if score.refused))
    crowded = [score.title for score in scored.scores if score.more_lots_than_bidders]
    if crowded:
        say(f"As many lots as bidders to expect, or more, so that bidders need not compete: {', '.join(crowded)}.")
    say(*(f"Mend: {mend}" for score in scored.scores for mend in score.mends))
    if scored.stopped:
        complain("stopped: only what was solved is told")


FIGURES = ("Lots", "Nobody able", "3 or more able", "Bidders to expect", "Winners", "Largest over smallest lot",
           "Cost a year", "Paid locally", "Open market", "Could be saved")  # fmt: skip


def strategy_column(score: Score) -> list[str]:
    """One strategy's figures as text, in the order of `FIGURES`."""
    if score.refused:
        return ["no plan", *["–"] * (len(FIGURES) - 1)]
    return [
        str(score.lots), str(score.without_bidder), str(score.contested), str(score.expected),
        str(score.winners), f"{score.spread:,.1f} times", pounds(score.cost_gbp), pounds(score.local_gbp),
        pounds(score.open_market_gbp), "proven" if score.proven else f"{score.gap_share:.2%}",
    ]  # fmt: skip
