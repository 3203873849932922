"""A plan told in words a buyer would use: what it costs against today, who is paid, how well it is proven."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from foodlots.calendar import say_months
from foodlots.case import Case
from foodlots.plan import Lot, Plan
from foodlots.settings import Settings
from foodlots.shortage import Short


def tell(case: Case, settings: Settings, plan: Plan) -> Iterator[str]:
    """The answer first, then what it is made of, then how far it can be trusted."""
    figures = plan.summary
    if settings.case.illustrative:
        yield "ILLUSTRATIVE: this case holds invented producers."
    yield (
        f"{settings.case.name}: {several(figures.lots, 'lot')}, {figures.awarded_lots} of them awarded "
        f"to {several(figures.winners, 'winner')}."
    )
    yield f"Food and delivery cost {pounds(figures.spend_gbp)}: {against_budget(plan)}."
    yield (
        f"Running {several(figures.lots, 'lot')} costs {pounds(figures.lots_gbp)} and taking on suppliers "
        f"{pounds(figures.suppliers_gbp)} more."
    )
    yield from rounds_of_depots(case, plan)
    yield f"Local producers are paid {pounds(figures.local_spend_gbp)}, {figures.local_share:.1%} of spend."
    yield (
        f"{figures.pence_per_meal:.1f} pence a meal, {figures.delivery_km:,.0f} km of delivery, "
        f"{figures.kgco2e / 1000:,.0f} t CO₂e (food and delivery)."
    )
    yield f"{pounds(figures.open_market_gbp)} of food stays on the open market."
    yield proof(plan)
    yield from certificate(plan)


def rounds_of_depots(case: Case, plan: Plan) -> Iterator[str]:
    """The distribution lot of each depot that works: its areas, drops and cost."""
    for depot in sorted({line.depot for line in plan.distribution}):
        lines = [line for line in plan.distribution if line.depot == depot]
        served = sum(award.depot == depot for award in plan.awards)
        cost = sum((line.gbp for line in lines), case.depots[depot].fixed_gbp)
        yield (
            f"{case.depots[depot].name} takes in {several(served, 'lot')} and distributes them in one lot to tender: "
            f"{several(len(lines), 'area')}, {sum(line.drops for line in lines):,.0f} drops, {pounds(cost)} a year."
        )


def against_budget(plan: Plan) -> str:
    """Spend against the budget, which is what the open market charges today."""
    saved = plan.summary.budget_gbp - plan.summary.spend_gbp
    side = "less" if saved >= 0 else "more"
    return f"{pounds(abs(saved))} {side} than the {pounds(plan.summary.budget_gbp)} the open market would charge"


def proof(plan: Plan) -> str:
    """How well the plan is proven, in words that hold."""
    figures = plan.summary
    more = max(Decimal(0), figures.objective_gbp - figures.bound_gbp)
    if figures.status == "optimal":
        return (
            f"Proven: no choice among the lots considered is better by more than {pounds(more, 2)} "
            f"({figures.gap_share_of_spend:.4%} of spend)."
        )
    if share := plan.run.get("relied_on"):
        return (
            f"This plan relies on {share:.0%} of every offer. Relying on all of it could save at most {pounds(more)} "
            f"a year as planned, {figures.gap_share_of_spend:.2%} of spend."
        )
    return (
        f"Best plan found in {figures.seconds:.0f} s, proven within {figures.gap_share_of_spend:.2%} of spend: "
        f"at most {pounds(more)} could still be saved."
    )


def certificate(plan: Plan) -> Iterator[str]:
    """The bound for which the solver need not be believed, where the plan has one."""
    if bound := plan.run.get("certified_bound_gbp"):
        least = pounds(Decimal(bound))
        yield f"Exact fractions prove, whatever the solver says, that no such choice costs less than {least}."


def lot_rows(case: Case, settings: Settings, plan: Plan) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the table of lots."""
    headings = ["Lot", "Name", "Value", "Able bidders", "Winner", "Filled"]
    rows = [
        [lot.id, lot.name, pounds(lot.value_gbp), str(lot.able_bidders), winners_of(case, plan, lot), f"{lot.fill:.0%}"]
        for lot in plan.lots
    ]
    return headings, rows, (2, 3, 5)


def winners_of(case: Case, plan: Plan, lot: Lot) -> str:
    """Who won the lot, and through which depot."""
    won = [award for award in plan.awards if award.lot == lot.id]
    said = [case.producers[a.bidder].name + (f" via {case.depots[a.depot].name}" if a.depot else "") for a in won]
    return ", ".join(said) or "open market"


def shortage_rows(
    case: Case, settings: Settings, shorts: Iterable[Short], most: int = 12
) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of the table of what is short; small ones are added up in a last row."""
    shorts = list(shorts)
    rows = [
        [
            case.products[short.product].name, pounds(short.gbp), f"{short.kg / 1000:,.1f}",
            say_months(short.months, settings.case.first_month), short.why,
        ]
        for short in shorts[:most]
    ]  # fmt: skip
    if shorts[most:]:
        gbp, kg = sum(short.gbp for short in shorts[most:]), sum(short.kg for short in shorts[most:])
        rows.append([f"{len(shorts) - most} more", pounds(gbp), f"{kg / 1000:,.1f}", "", ""])
    return ["Product", "£ a year", "Tonnes", "Months", "Why"], rows, (1, 2)


def pounds(amount: Decimal, decimals: int = 0) -> str:
    """£ with separators."""
    return f"£{amount:,.{decimals}f}"


def several(number: int, thing: str) -> str:
    """ "1 lot", "2 lots"."""
    return f"{number} {thing}" if number == 1 else f"{number:,} {thing}s"
