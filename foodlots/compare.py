"""Plans held against each other: their figures, the lots gained and lost, the winners that come and go."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import Case
from foodlots.plan import Lot, Plan, Summary


@dataclass(frozen=True)
class Figure:
    """One line of a comparison: what it is called, its unit, and which way is better for a buyer (0: neither)."""

    title: str
    unit: str
    better: int
    value: Callable[[Summary], Decimal | float]

    def of(self, summary: Summary) -> float:
        """The figure of one plan."""
        return float(self.value(summary))


def cost_to_buyer(summary: Summary) -> Decimal:
    """Everything the buyer pays in a year: the spend, running the lots and taking on suppliers."""
    return summary.spend_gbp + summary.lots_gbp + summary.suppliers_gbp


FIGURES = (
    Figure("Spend a year", "pounds", -1, lambda summary: summary.spend_gbp),
    Figure("With running lots and suppliers", "pounds", -1, cost_to_buyer),
    Figure("Paid to local producers", "pounds", 1, lambda summary: summary.local_spend_gbp),
    Figure("Share paid to local producers", "percent", 1, lambda summary: summary.local_share),
    Figure("Share paid to small producers", "percent", 1, lambda summary: summary.small_share),
    Figure("Share paid to organic producers", "percent", 1, lambda summary: summary.organic_share),
    Figure("Left to the open market", "pounds", -1, lambda summary: summary.open_market_gbp),
    Figure("Cost of a meal, pence", "one", -1, lambda summary: summary.pence_per_meal),
    Figure("Delivery, km", "count", -1, lambda summary: summary.delivery_km),
    Figure("Greenhouse gas, kg CO₂e", "count", -1, lambda summary: summary.kgco2e),
    Figure("Lots", "count", 0, lambda summary: summary.lots),
    Figure("Lots with a winner", "count", 1, lambda summary: summary.awarded_lots),
    Figure("Winners", "count", 0, lambda summary: summary.winners),
    Figure("Largest lot less smallest", "pounds", -1, lambda summary: summary.imbalance_gbp),
    Figure("Could still be saved, share of spend", "percent2", -1, lambda summary: summary.gap_share_of_spend),
)


@dataclass(frozen=True)
class LotChange:
    """What became of a lot from one plan to another: kept, won by another, new or gone."""

    what: str
    before: Lot | None
    after: Lot | None


KEPT, OTHER_WINNER, GONE, NEW = "kept", "other winner", "gone", "new"


def lots_gained_and_lost(before: Plan, after: Plan) -> list[LotChange]:
    """Each lot of both plans, those that hold the same demand side by side; what changed first."""
    olds, news = _by_content(before), _by_content(after)
    changes = [
        LotChange(KEPT if olds[content].winner == news[content].winner else OTHER_WINNER, olds[content], news[content])
        for content in olds.keys() & news.keys()
    ]
    changes += [LotChange(GONE, olds[content], None) for content in olds.keys() - news.keys()]
    changes += [LotChange(NEW, None, news[content]) for content in news.keys() - olds.keys()]
    order = (GONE, NEW, OTHER_WINNER, KEPT)
    return sorted(changes, key=lambda change: (order.index(change.what), (change.before or change.after).id))


def _by_content(plan: Plan) -> dict[frozenset, Lot]:
    """The demand a lot holds -> the lot."""
    content: dict[str, set] = defaultdict(set)
    for cell in plan.cells:
        content[cell.lot] |= {(cell.site, cell.product, month) for month in cell.months}
    return {frozenset(content[lot.id]): lot for lot in plan.lots}


def value_won(plan: Plan) -> dict[str, Decimal]:
    """Bidder -> value of what it wins, £."""
    won: dict[str, Decimal] = defaultdict(Decimal)
    for award in plan.awards:
        won[award.bidder] += award.value_gbp
    return dict(won)


def winners_beside(before: Plan, after: Plan) -> list[tuple[str, Decimal, Decimal]]:
    """(bidder, value won before, value won after), the largest change first."""
    old, new = value_won(before), value_won(after)
    rows = [(bidder, old.get(bidder, Decimal(0)), new.get(bidder, Decimal(0))) for bidder in old.keys() | new.keys()]
    return sorted(rows, key=lambda row: (-abs(row[2] - row[1]), row[0]))


def sites_served_anew(case: Case, before: Plan, after: Plan) -> dict[str, float]:
    """Site -> share of its product-months whose winner is another under the second plan."""
    old, new = _winners_by_cell(before), _winners_by_cell(after)
    changed: dict[str, list[bool]] = defaultdict(list)
    for cell in old.keys() | new.keys():
        changed[cell[0]].append(old.get(cell) != new.get(cell))
    return {site: sum(changed[site]) / len(changed[site]) if changed[site] else 0.0 for site in case.sites}


def _winners_by_cell(plan: Plan) -> dict[tuple[str, str, int], str]:
    winner = {lot.id: lot.winner for lot in plan.lots}
    return {(cell.site, cell.product, month): winner[cell.lot] for cell in plan.cells for month in cell.months}


def only_difference(one: Mapping, other: Mapping) -> str | None:
    """The one setting ("awards.max_km") in which two plans' settings differ; None where it is none or several.

    The effort of the search does not count as a difference.
    """
    different = [
        f"{section}.{key}"
        for section in sorted(one)
        if section != "effort"
        for key in sorted(one[section])
        if one[section][key] != other.get(section, {}).get(key)
    ]
    return different[0] if len(different) == 1 else None
