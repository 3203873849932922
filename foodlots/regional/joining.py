"""The regions' plans as one: lots numbered through, what is paid once paid once, every figure added up anew."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from foodlots.case import Case
from foodlots.demand import Demand, work_out_demand
from foodlots.optimise.settle import pence
from foodlots.optimise.solver import Answer
from foodlots.optimise.summing import summarise
from foodlots.plan import Plan, Tables
from foodlots.settings import Settings
from foodlots.sharing import round_together


def join(case: Case, settings: Settings, plans: Sequence[Plan], bound_gbp: float, seconds: float, run: Mapping) -> Plan:
    """One plan of all regions' plans, in their order. bound_gbp: no plan costs less whose regions keep the rules each.

    It is never called optimal: lots across regions, and rules kept in one at the cost of another, were not tried.
    """
    demand = work_out_demand(case, settings)
    tables = _valued(_tables(case, plans), demand)
    answer = Answer("regions joined", False, float("inf"), bound_gbp, seconds, 0)
    summary = summarise(tables, settings, demand, answer, seconds)
    return Plan(**vars(tables), summary=summary, run=run)


def _tables(case: Case, plans: Sequence[Plan]) -> Tables:
    """All rows under their new numbers; lots drawn by hand keep their own."""
    lots = [(region, lot.id) for region, plan in enumerate(plans) for lot in plan.lots]
    drawn = [(region, line.id) for region, plan in enumerate(plans) for line in plan.distribution]
    names = {at: at[1] if case.lots else name for at, name in zip(lots, _numbered("L", len(lots)), strict=True)}
    rounds = names | dict(zip(drawn, _numbered("D", len(drawn)), strict=True))

    def rows(table: str, column: str, known: Mapping) -> tuple:
        return tuple(
            replace(row, **{column: known[region, getattr(row, column)]})
            for region, plan in enumerate(plans)
            for row in getattr(plan, table)
        )

    return Tables(
        rows("lots", "id", names), rows("cells", "lot", names), rows("awards", "lot", names),
        rows("supply", "lot", names), rows("shortfall", "lot", names), rows("distribution", "id", rounds),
        rows("rounds", "round", rounds),
    )  # fmt: skip


def _numbered(letter: str, number: int) -> list[str]:
    digits = max(2, len(str(number)))
    return [f"{letter}{count:0{digits}d}" for count in range(1, number + 1)]


def _valued(tables: Tables, demand: Demand) -> Tables:
    """Lots' values to the penny so that together they are the value of all demand; their winners' parts of them too."""
    worth = _worth(tables, demand)
    lots = sorted(tables.lots, key=lambda lot: lot.id)
    exact = [worth[lot.id] * 100 for lot in lots]
    value = {
        lot.id: Decimal(penny) / 100
        for lot, penny in zip(lots, round_together(exact, round(sum(exact))), strict=True)
    }  # fmt: skip
    return replace(
        tables,
        lots=tuple(replace(lot, value_gbp=value[lot.id]) for lot in tables.lots),
        awards=tuple(
            replace(award, value_gbp=pence(Fraction(value[award.lot]) * Fraction(award.share)))
            for award in tables.awards
        ),
    )


def _worth(tables: Tables, demand: Demand) -> Mapping[str, Fraction]:
    """The exact value of each lot, £."""
    sites = defaultdict(list)
    for cell in tables.cells:
        sites[cell.lot, cell.product, cell.months].append(cell.site)
    worth: dict[str, Fraction] = defaultdict(Fraction)
    for (lot, product, months), here in sites.items():
        worth[lot] += demand.value_of(here, product, months)
    return worth
