"""Why each lot is as it is, in plain English and from the plan's own figures: what, where, how large, when, who.

`to_publish` may stand in a tender paper: it says nothing of bidders and prices. `to_file` is for the buyer's file
alone: who wins and why, and what was considered and rejected, at what cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from foodlots.calendar import NAMES, say_months
from foodlots.insight.instead import Table
from foodlots.insight.lot_months import lot_months, lot_products
from foodlots.insight.reason_words import listed, plainly_rejected, pounds, several, share
from foodlots.insight.rejected import NEXT_BIDDER, Rejected, rejected_for
from foodlots.plan import Award, Lot


@dataclass(frozen=True)
class Reasons:
    """Why one lot is as it is. Each of products, area, size, months and bidders is a sentence or two."""

    lot: str
    name: str
    products: str
    area: str
    size: str
    months: str
    bidders: str
    awards: tuple[str, ...]
    considered: tuple[str, ...]
    rejected: tuple[Rejected, ...]

    @property
    def to_publish(self) -> tuple[str, ...]:
        """What may be published before the tender: nothing of bidders and prices."""
        return self.products, self.area, self.size, self.months

    @property
    def to_file(self) -> tuple[str, ...]:
        """Everything, for the buyer's file."""
        return *self.to_publish, self.bidders, *self.awards, *self.considered


def rationale(table: Table) -> tuple[Reasons, ...]:
    """The reasons for every lot of the plan, in its order."""
    return tuple(reasons_for(table, lot) for lot in table.plan.lots)


def reasons_for(table: Table, lot: Lot) -> Reasons:
    """The reasons for one lot."""
    rejected = rejected_for(table, lot)
    return Reasons(
        lot.id, lot.name, why_these_products(table, lot), why_this_area(table, lot), why_this_size(table, lot),
        why_these_months(table, lot), who_can_bid(table, lot), tuple(why_awarded(table, lot, rejected)),
        tuple(plainly_rejected(table, lot, rejected)), rejected,
    )  # fmt: skip


def why_these_products(table: Table, lot: Lot) -> str:
    """What is in it, by value."""
    rows = lot_products(table.case, table.plan, lot)
    parts = listed([f"{table.case.products[row.product].name} ({pounds(row.asked_gbp)})" for row in rows])
    together = "alone, at open-market prices" if len(rows) == 1 else "at open-market prices, brought in one round"
    return f"Products: {parts}{' ' if len(rows) == 1 else ', '}{together}."


def who_can_bid(table: Table, lot: Lot) -> str:
    """How many could each win it alone, and how many each product of it alone."""
    alone = f"{several(lot.able_bidders, 'independent owner')} could win it alone"
    said = f"Bidders: {alone if lot.able_bidders else 'nobody could win it alone as it is drawn'}"
    if len(lot.products) == 1:
        return f"{said}."
    each = [(_able(table, lot.id, product), table.case.products[product].name) for product in lot.products]
    fewest, most = min(each), max(each, key=lambda pair: pair[0])
    if fewest[0] == most[0]:
        return f"{said}; each of its products alone has {several(most[0], 'able bidder')}."
    ends = f"{fewest[1]} has the fewest able bidders, {fewest[0]}, and {most[1]} the most, {most[0]}"
    return f"{said}; of its products alone, {ends}."


def _able(table: Table, lot: str, product: str) -> int:
    """How many owners could each win this product of the lot alone."""
    return len(table.able(piece for piece in table.pieces[lot] if piece[1] == product))


def why_this_area(table: Table, lot: Lot) -> str:
    """Where it is, and how compact."""
    candidate = table.candidates[lot.id]
    kitchens = len(candidate.sites)
    if kitchens == 1:
        return f"Area: {lot.area}, one kitchen."
    return (
        f"Area: {lot.area}, {several(kitchens, 'kitchen')} on one round of {lot.round_km:,.1f} km, "
        f"{lot.round_km / kitchens:,.1f} km a kitchen."
    )


def why_this_size(table: Table, lot: Lot) -> str:
    """Its value, against the bounds and all demand."""
    least, most = table.settings.lots.value_gbp
    bounds = {
        (True, True): lambda: f", between the {pounds(least)} and {pounds(most)} a lot may be worth",
        (True, False): lambda: f", at least the {pounds(least)} a lot must be worth",
        (False, True): lambda: f", at most the {pounds(most)} a lot may be worth",
        (False, False): lambda: "",
    }[least is not None, most is not None]()
    part = lot.value_gbp / table.plan.summary.budget_gbp
    return f"Size: worth {pounds(lot.value_gbp)} a year{bounds}; {share(part, 1)} of all food bought."


def why_these_months(table: Table, lot: Lot) -> str:
    """When it is asked for."""
    return f"Months: {say_months(lot.months, table.settings.case.first_month)}."


def why_awarded(table: Table, lot: Lot, rejected: tuple[Rejected, ...]) -> Iterator[str]:
    """The reason for each award, or for none."""
    awards = [award for award in table.plan.awards if award.lot == lot.id]
    for award in awards:
        yield _why_this_winner(table, lot, award)
    if awards:
        yield how_filled(table, lot)
        return
    best = next((each for each in rejected if each.kind == NEXT_BIDDER), None)
    if best is None and lot.able_bidders:
        yield "Award: none. Those who could win it alone have too little left beside the lots they win."
    elif best is None:
        yield "Award: none. No bidder reaches it, holds what it asks for and can fill enough of it."
    elif best.hindrance:
        yield f"Award: none. {table.case.producers[best.bidders[0]].name} could serve it, but {best.hindrance}."
    else:
        yield (
            f"Award: none. The best bidder, {table.case.producers[best.bidders[0]].name}, would cost "
            f"{pounds(best.more_gbp)} a year more than the open market, its taking-on included."
        )


def how_filled(table: Table, lot: Lot) -> str:
    """How well it is filled, over the year and in its worst and best month."""
    filled = [
        (float(each.filled_gbp / (each.filled_gbp + each.short_gbp)), each.month)
        for each in lot_months(table.case, table.plan, lot, table.settings.case.first_month)
        if each.filled_gbp + each.short_gbp
    ]
    worst, best = min(filled), max(filled, key=lambda pair: pair[0])
    if share(worst[0]) == share(best[0]):
        return f"Filled: {share(best[0])} of every month."
    return (
        f"Filled: {share(lot.fill)} of the year by value, from {share(worst[0])} in {NAMES[worst[1] - 1]} to "
        f"{share(best[0])} in {NAMES[best[1] - 1]}."
    )


def _why_this_winner(table: Table, lot: Lot, award: Award) -> str:
    name = table.case.producers[award.bidder].name
    way = f"through {table.case.depots[award.depot].name}" if award.depot else "to each kitchen"
    supply = [line for line in table.plan.supply if (line.lot, line.bidder) == (lot.id, award.bidder)]
    food = sum(line.gbp + line.collection_gbp for line in supply)
    worth = sum(line.kg * table.case.products[line.product].benchmark_gbp_per_kg for line in supply)
    sold = f"food worth {pounds(worth)} on the open market for {pounds(food)}"
    part = "" if award.share == 1 else f" {share(award.share)} of it"
    return (
        f"Award: {name} wins{part}, bringing {sold} and {pounds(award.delivery_gbp + award.handling_gbp)} of delivery "
        f"{way}; {pounds(award.local_gbp)} of that is paid locally."
    )
