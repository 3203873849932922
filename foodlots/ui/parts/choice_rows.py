"""Rows of the Choices page: prices of rules, points of a curve, strategies, ways out of a conflict."""

from foodlots.insight.conflict import Conflict
from foodlots.insight.curve import NOTHING_TO_TRADE, Curve
from foodlots.insight.price import LIFTED, Prices, Step
from foodlots.insight.strategies import Strategies
from foodlots.insight.ways_out import Mend
from foodlots.ui.parts.words import pounds

PRICE_FORMATS = {"Cost": "signed", "Counted with the aims": "signed", "Pence a meal": "plus_or_minus",
                 "Paid locally": "signed",
                 "Lots changed": "count"}  # fmt: skip
STRATEGY_FORMATS = {
    "Cost a year": "pounds", "Paid locally": "pounds", "Open market": "pounds", "Lots": "count", "Winners": "count",
    "Able to bid": "count", "Nobody able": "count", "3+ able": "count", "Spread": "one",
}  # fmt: skip


def price_rows(prices: Prices) -> list[dict]:
    """One row for each rule moved."""
    return [
        {
            "Rule": step.title,
            "Is": step.before,
            "Would be": step.after,
            "Cost": None if step.refused else step.cost_gbp,
            "Counted with the aims": None if step.refused else step.counted_gbp,
            "Surely between": _range(step),
            "Pence a meal": None if step.refused else step.pence_a_meal,
            "Paid locally": None if step.refused else step.local_gbp,
            "Lots changed": None if step.refused else step.lots_changed,
        }
        for step in prices.steps
    ]


def _range(step: Step) -> str:
    if step.refused:
        return "no plan meets it"
    if step.proven:
        return "proven"
    return f"{pounds(step.least_gbp)} and {pounds(step.most_gbp)}"


def price_bars(prices: Prices) -> list[tuple[str, str, float]]:
    """(rule, how it is moved, £ counted) for the picture."""
    return [
        (step.title, "Lifted" if step.what == LIFTED else "One step tighter", float(step.counted_gbp))
        for step in prices.steps
        if not step.refused
    ]


def curve_rows(curve: Curve) -> list[dict]:
    """One row for each point."""
    rows = []
    for number, point in enumerate(curve.points, 1):
        row = {"Point": number, "Cost a year": point.cost_gbp}
        row |= {aim.label: value for aim, value in zip(curve.aims, point.values, strict=True)}
        row["Could still be saved"] = "nothing, proven" if point.proven else f"at most {pounds(point.gap_gbp)}"
        rows.append(row)
    return rows


def curve_formats(curve: Curve) -> dict[str, str]:
    """The formats of those rows."""
    return {"Cost a year": "pounds"} | {aim.label: "pounds" if aim.unit == "£" else "count" for aim in curve.aims}


def curve_dots(curve: Curve) -> list[tuple[float, ...]]:
    """(cost, value of each aim, £ that could still be saved) for the picture."""
    return [(float(p.cost_gbp), *map(float, p.values), float(p.gap_gbp)) for p in curve.points]


def curve_remarks(curve: Curve) -> list[str]:
    """What to know of the curve beside its points."""
    said = []
    if curve.nothing_to_trade:
        said.append(NOTHING_TO_TRADE)
    if all(point.proven for point in curve.points):
        said.append("Every point is proven: among the lots considered no plan is as good for each aim and costs less.")
    else:
        said.append("A line below a point shows how much could still be saved there: its plan was not proven in time.")
    if curve.unmet:
        said.append(f"{curve.unmet} of the steps asked for cannot be reached by any plan.")
    if {"km", "carbon"} & {aim.name for aim in curve.aims}:
        said.append("Driving of the open market's wholesalers is not known and not counted.")
    return said


def strategy_rows(found: Strategies) -> list[dict]:
    """One row for each strategy."""
    rows = []
    for score in found.scores:
        figures = {
            "Paid locally": score.local_gbp, "Open market": score.open_market_gbp,
            "Lots": score.lots, "Winners": score.winners, "Able to bid": score.expected,
            "Nobody able": score.without_bidder, "3+ able": score.contested, "Spread": score.spread,
        }  # fmt: skip
        proof = "no plan" if score.refused else "proven" if score.proven else f"within {score.gap_share:.2%}"
        cost = None if score.refused else score.cost_gbp
        rows.append(
            {"Strategy": score.title, "Cost a year": cost, "Proof": proof}
            | (dict.fromkeys(figures) if score.refused else figures)
        )
    return rows


def strategy_remarks(found: Strategies) -> list[str]:
    """What to know of the strategies beside their figures."""
    said = [f"{score.title}: {score.about}." for score in found.scores]
    said += [f"{score.title} has no plan: {score.refused}." for score in found.scores if score.refused]
    said.append(
        "Able to bid: independent owners who could win at least one lot alone. Nobody able, 3+ able: lots with no "
        "such owner, and with three or more. Spread: value of the largest lot over the smallest's."
    )
    said += [f"A way to mend your lots: {mend}" for score in found.scores for mend in score.mends]
    crowded = [score.title for score in found.scores if score.more_lots_than_bidders]
    if crowded:
        said.append("As many lots as bidders to expect, or more, so that bidders need not compete: "
                    f"{', '.join(crowded)}.")  # fmt: skip
    return said


def _then_costs(mend: Mend) -> str:
    """What is known of the cost: what stands in a plan that is not proven is the most it need be."""
    if mend.cost_gbp is None:
        return "no plan found in time"
    return f"{'' if mend.proven else 'at most '}{pounds(mend.cost_gbp)}"


def mend_rows(conflict: Conflict) -> list[dict]:
    """One row for each way out, the cheapest first."""
    return [
        {"Ease": mend.title, "The plan then costs": _then_costs(mend), "From": mend.before,
         "To": mend.after if mend.sure else f"{mend.after} or nearer"}
        for mend in conflict.mends
    ]  # fmt: skip
