"""Everything there is to say of a plan's gaps: their causes, what a kilo more is worth, and what to do about them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from foodlots.case import Case
from foodlots.insight.causes import Causes, Gap
from foodlots.insight.crop_signals import Signal, crop_signals
from foodlots.insight.lifts import CAUSES
from foodlots.optimise.bids import Channel
from foodlots.optimise.standing import Standing, kilos
from foodlots.optimise.worth import Gift, HeldPlan, Own
from foodlots.plan import Plan
from foodlots.settings import Settings

SAMPLE = 5  # worths asked again by solving with a kilo more
AGREES_GBP = 1e-4  # £ a kg; duals and solving anew may differ by the solver's own tolerance


@dataclass(frozen=True)
class CauseTotal:
    """A cause over the year. alone_*: the part for which lifting it is enough · would_fill_kg: what lifting it alone
    would fill, counting also what has an earlier cause.
    """

    cause: str
    kg: Decimal
    gbp: Decimal
    alone_kg: Decimal
    alone_gbp: Decimal
    would_fill_kg: Decimal


@dataclass(frozen=True)
class ProductTotal:
    """A product over the year: what is short, in which months, and what each cause has of it, £."""

    product: str
    kg: Decimal
    gbp: Decimal
    months: tuple[int, ...]
    causes: Mapping[str, Decimal]


@dataclass(frozen=True)
class Checked:
    """A worth from the duals beside what solving with one kilo more saves, £ a kg."""

    lot: str
    product: str
    month: int
    dual: float
    solved: float

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return abs(self.dual - self.solved) <= AGREES_GBP


class GapReport:
    """A plan's gaps; each part is worked out when it is asked for."""

    def __init__(self, case: Case, settings: Settings, plan: Plan):
        self.standing = Standing(case, settings, plan)
        self.causes = Causes(self.standing)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap: lot, product, month, area and cause."""
        return self.causes.gaps

    @cached_property
    def by_cause(self) -> list[CauseTotal]:
        """The causes in their order, those without a gram left out; together they are the shortfall."""
        zero = Decimal(0)
        found = []
        for cause in CAUSES:
            rows = [gap for gap in self.gaps if gap.cause == cause]
            alone = [gap for gap in rows if gap.alone]
            would = kilos(self.causes.alone[cause]) if cause in self.causes.alone else sum((g.kg for g in rows), zero)
            if rows or would:
                found.append(CauseTotal(
                    cause, sum((g.kg for g in rows), zero), sum((g.gbp for g in rows), zero),
                    sum((g.kg for g in alone), zero), sum((g.gbp for g in alone), zero), would,
                ))  # fmt: skip
        return found

    @cached_property
    def by_product(self) -> list[ProductTotal]:
        """The products that are short, dearest first."""
        rows: dict[str, list[Gap]] = defaultdict(list)
        for gap in self.gaps:
            rows[gap.product].append(gap)
        totals = [_product_total(product, gaps) for product, gaps in rows.items()]
        return sorted(totals, key=lambda total: (-total.gbp, total.product))

    @cached_property
    def by_area(self) -> dict[str, tuple[Decimal, Decimal]]:
        """Small area -> kilos and £ short there, dearest first."""
        kg: dict[str, Decimal] = defaultdict(Decimal)
        gbp: dict[str, Decimal] = defaultdict(Decimal)
        for gap in self.gaps:
            kg[gap.area] += gap.kg
            gbp[gap.area] += gap.gbp
        return {area: (kg[area], gbp[area]) for area in sorted(gbp, key=lambda area: (-gbp[area], area))}

    @cached_property
    def signals(self) -> list[Signal]:
        """The ten things best worth growing, storing or certifying."""
        return crop_signals(self.causes)

    @cached_property
    def held(self) -> HeldPlan | None:
        """The plan with its lots and awards held; None where nothing is awarded."""
        return HeldPlan(self.standing) if self.standing.plan.awards else None

    @cached_property
    def worth(self) -> Mapping[tuple[str, str, int], float]:
        """(lot, product, month) that is short -> the most a further kilo is worth at the gate, £ a kg.

        Only where the lot has a winner: without one no kilo is bought, and nothing is left out silently.
        """
        if self.held is None:
            return {}
        gifts = self.held.worth.gifts
        return {
            line: max(gifts[gift] for gift in gifts_)
            for line, gifts_ in self._gifts_of_lines.items()
            if any(gift in gifts for gift in gifts_)
        }

    @property
    def best_worth(self) -> dict[tuple[str, int], float]:
        """(product, month) that is short -> the most a further kilo is worth at the gate in any lot, £."""
        best: dict[tuple[str, int], float] = {}
        for (_, product, month), gbp in self.worth.items():
            best[product, month] = max(gbp, best.get((product, month), 0.0))
        return best

    @cached_property
    def _gifts_of_lines(self) -> Mapping[tuple[str, str, int], list[Gift]]:
        pool_of = {lot: candidate.pool for candidate in self.standing.lots for lot in candidate.cells}
        return {
            (line.lot, line.product, line.month): [
                (Channel(award.bidder, pool_of[line.lot], award.depot), line.product, line.month)
                for award in self.standing.awards.get(line.lot, ())
            ]
            for line in self.standing.plan.shortfall
        }

    @cached_property
    def own_worth(self) -> Mapping[Own, float]:
        """(producer, product, month) -> what one more kilo at its price saves the buyer, £: gives prices away."""
        return {} if self.held is None else {own: gbp for own, gbp in self.held.worth.own.items() if gbp}

    @cached_property
    def checked(self) -> list[Checked]:
        """A few worths asked again by solving with one kilo more, spread over the year's gaps."""
        lines = sorted(self.worth)
        chosen = lines[:: max(1, len(lines) // SAMPLE)][:SAMPLE]
        found = []
        for line in chosen:
            solved = max(self.held.gift_by_solving(gift) for gift in self._gifts_of_lines[line])
            found.append(Checked(*line, self.worth[line], solved))
        return found


def _product_total(product: str, gaps: list[Gap]) -> ProductTotal:
    causes: dict[str, Decimal] = defaultdict(Decimal)
    for gap in gaps:
        causes[gap.cause] += gap.gbp
    return ProductTotal(
        product, sum((gap.kg for gap in gaps), Decimal(0)), sum((gap.gbp for gap in gaps), Decimal(0)),
        tuple(sorted({gap.month for gap in gaps})), {cause: causes[cause] for cause in CAUSES if cause in causes},
    )  # fmt: skip
