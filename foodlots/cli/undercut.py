"""`foodlots undercut`: at what price a national wholesaler would take each lot, and what keeps it local."""

from collections.abc import Iterator
from typing import Annotated

import typer

from foodlots.case import Case
from foodlots.cli.check import CaseArgument
from foodlots.cli.json_out import plain, say_json
from foodlots.cli.opened import JsonOption, PlanArgument, open_plan
from foodlots.cli.screen import pounds, say, show_table
from foodlots.insight.undercut import Rival, Threshold, undercut

HEADINGS = ("Lot and winner", "Value", "Winner\nsaves", "Lost\nbelow", "With\naims", "Holds\nfrom", "Safe?")


def undercut_command(
    case: CaseArgument,
    plan: PlanArgument,
    discount: Annotated[float, typer.Option(min=0, max=1, help="how far below the open market it goes")] = 0.1,
    lead: Annotated[float, typer.Option(min=0.01, max=1, help="marks for quality the local firm is ahead")] = 0.5,
    small_gbp: Annotated[float, typer.Option(min=0, help="value up to which a lot is called small, £")] = 50_000,
    json_: JsonOption = False,
) -> None:
    """A national wholesaler in every lot: the price at which each is lost, and the weight of quality that holds."""
    found, settings, made = open_plan(case, plan)
    rival = Rival(discount, lead, small_gbp)
    answer = undercut(found, settings, made, rival)
    if json_:
        lots = [plain(lot) | {"small_but_not_safe": lot.small_but_not_safe} for lot in answer]
        say_json({"rival": rival, "lots": lots})
        return
    say(*_sentences(answer, rival))
    show_table("Lots, the least safe first", HEADINGS, _rows(found, answer), range(1, 6))


def _sentences(answer: tuple[Threshold, ...], rival: Rival) -> Iterator[str]:
    lost = [lot for lot in answer if lot.lost]
    small = [lot.lot for lot in answer if lot.small_but_not_safe]
    yield (
        f"A wholesaler {rival.discount:.0%} below the open market would take {len(lost)} of {len(answer)} awarded "
        f"lots on price alone, worth {pounds(sum(float(lot.value_gbp) for lot in lost))}."
    )
    if small:
        yield f"Small (up to {pounds(rival.small_gbp)}) but not safe: {', '.join(small)}."
    yield (
        "Lost below, with aims: the wholesaler's price, as a share of the open market's for the whole lot delivered, "
        "below which it wins on price alone, and with what you set as aims. Holds from: the weight of quality and "
        f"social value in the award from which the local bidder, {rival.lead:.0%} of those marks ahead (assumed: your "
        "own figure), holds the lot."
    )


def _rows(case: Case, answer: tuple[Threshold, ...]) -> list[list[str]]:
    return [
        [
            f"{lot.lot} {lot.name}\n{' and '.join(case.producers[winner].name for winner in lot.winner.split(';'))}",
            pounds(float(lot.value_gbp)), pounds(lot.saves_gbp), f"{lot.lost_below:.1%}",
            f"{lot.lost_below_with_aims:.1%}", f"{lot.holds_from_weight:.0%}", safety(lot),
        ]
        for lot in answer
    ]  # fmt: skip


def safety(lot: Threshold) -> str:
    """Whether the rival would take it, in a word or two."""
    if lot.small_but_not_safe:
        return "no (small)"
    return "no" if lot.lost else "yes"
