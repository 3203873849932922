"""A gap report in a buyer's words."""

from collections.abc import Iterator

from foodlots.insight.crop_signals import CERTIFY, GROW, STORE, Signal
from foodlots.insight.gap_report import GapReport

MOST_NAMED = 5  # lots told by name; more are counted
DOING = {GROW: "Grow more", STORE: "Store, or lengthen the season of,", CERTIFY: "Certify for"}


def said_signal(report: GapReport, signal: Signal) -> str:
    """A signal in a phrase: Grow more apples; Certify for leeks (salsa)."""
    name = report.standing.case.products[signal.product].name
    needs = f" ({', '.join(need.replace('_', ' ') for need in signal.needs)})" if signal.needs else ""
    return f"{DOING[signal.action]} {name[:1].lower() + name[1:]}{needs}"


def about_alone(report: GapReport) -> str:
    """How far single causes explain the gaps."""
    whole = sum(total.kg for total in report.by_cause)
    alone = sum(total.alone_kg for total in report.by_cause)
    return (
        f"For {alone / whole:.0%} of these kilos lifting one cause is enough. The rest stand under the cause that "
        "fills them at last when the causes are lifted one after another, in this order."
    )


def about_levers(report: GapReport) -> Iterator[str]:
    """Which of the buyer's limits stand in the way, where any does by itself."""
    levers = [f"{lever} {grams / 1e6:,.1f} t" for lever, grams in report.causes.levers.items()]
    if levers:
        yield f"Of the limits set, lifted together and nothing else, these hold back: {'; '.join(levers)}."


def about_checks(report: GapReport) -> Iterator[str]:
    """What a further kilo is worth, and how that was confirmed."""
    case, lots = report.standing.case, {line.lot for line in report.standing.plan.shortfall}
    unwon = [report.causes.lot(lot).name for lot in sorted(lots) if not report.standing.awards.get(lot)]
    for each in report.checked:
        product, lot = case.products[each.product].name, report.causes.lot(each.lot).name
        yield (
            f"A further kilo of {product[:1].lower() + product[1:]} for {lot} is worth up to £{each.dual:.2f} at "
            f"the gate (solving again with one kilo more: £{each.solved:.2f})."
        )
    wrong = [each for each in report.checked if not each.agrees]
    if wrong:
        yield f"{len(wrong)} of {len(report.checked)} differ: there the worth holds for less than a kilo."
    if unwon:
        where = "; ".join(unwon) if len(unwon) <= MOST_NAMED else f"{len(unwon)} lots"
        yield f"A kilo more is worth nothing until somebody wins the lot in {where}."
