"""The baseline: today's contracts in the figures a buyer reports, and the same figures under a plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from foodlots.case import Case
from foodlots.delivery import Rounds, Timetable, driving_km
from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.insight.multiplier import Respending, Respent, Shift, rounds_of, shift
from foodlots.insight.paid_planned import Share, as_shares, open_market_by_category, paid_under
from foodlots.insight.paid_today import (
    LOCAL,
    REGIONAL_KM,
    Ending,
    Paid,
    endings,
    in_ring,
    km_to_buyer,
    paid_today,
    total,
)
from foodlots.plan import Plan
from foodlots.settings import Settings

SPEND, PAID_LOCALLY = "Spend a year", "Paid to local suppliers"
STANDARD = Decimal("0.5")  # of spend, local or certified to higher environmental standards: Government Buying Standards


@dataclass(frozen=True)
class Assumed:
    """What the buyer may say in place of our assumptions.

    regional_km: road km within which a supplier is of the region · shift_to: local share to compare with, None for
    ten points more than today · nt18, nt19: £ of social value for each £ spent with local, and with local small
    suppliers (the buyer's own TOMs proxies).
    """

    regional_km: Decimal = REGIONAL_KM
    respending: Respending = field(default_factory=Respending)
    shift_to: Decimal | None = None
    nt18: Decimal | None = None
    nt19: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """One line of the account: its value today and under the plan, None where it cannot be said."""

    title: str
    unit: str
    today: float | None
    planned: float | None
    note: str = ""


@dataclass(frozen=True)
class Baseline:
    """Today's contracts line by line, when they end, what a shift would bring, and the account with its plan.

    missing: categories that are bought and that no contract of today is given for.
    """

    paid: tuple[Paid, ...]
    endings: tuple[Ending, ...]
    shift: Shift
    assumed: Assumed
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]

    @property
    def total_gbp(self) -> Decimal:
        """£ a year of today's contracts."""
        return total(self.paid)


def baseline(case: Case, settings: Settings, plan: Plan | None = None, assumed: Assumed | None = None) -> Baseline:
    """Today's spend analysed, and held against a plan where there is one; DataError without a spend table."""
    assumed = assumed or Assumed()
    paid = paid_today(case, settings, assumed.regional_km)
    whole, local = total(paid), in_ring(paid, LOCAL)
    share = local / whole if whole else Decimal(0)
    to_share = min(Decimal(1), share + Decimal("0.1")) if assumed.shift_to is None else assumed.shift_to
    bought = {case.products[product].category for product in work_out_demand(case, settings).products()}
    return Baseline(
        paid, endings(paid), shift(whole, local, to_share, assumed.respending), assumed,
        _account(case, settings, paid, plan, assumed), tuple(sorted(bought - {line.category for line in paid})),
    )  # fmt: skip


@dataclass(frozen=True)
class Side:
    """What one side of the account is worked out from: £ by where and to whom it is paid, and km a year."""

    shares: tuple[Share, ...]
    km: float
    food_kgco2e: float
    kgco2e_per_km: float
    meals: float
    assumed: Assumed

    @property
    def spend(self) -> Decimal:
        return self.paid(lambda share: True)

    def paid(self, chosen: Callable[[Share], bool]) -> Decimal:
        """£ a year paid to those chosen."""
        return sum((share.gbp for share in self.shares if chosen(share)), Decimal(0))

    @property
    def local(self) -> Decimal:
        return self.paid(lambda share: share.ring == LOCAL)

    @property
    def local_small(self) -> Decimal:
        return self.paid(lambda share: share.ring == LOCAL and share.small is True)

    @property
    def standard(self) -> Decimal:
        return self.paid(lambda share: share.ring == LOCAL or share.organic is True)

    @property
    def rounds(self) -> Respent:
        return rounds_of(self.spend, self.local, self.assumed.respending)

    def of_spend(self, gbp: Decimal) -> float:
        """A part of spend as a share of it."""
        return float(gbp / self.spend) if self.spend else 0.0


def _account(
    case: Case, settings: Settings, paid: tuple[Paid, ...], plan: Plan | None, assumed: Assumed
) -> tuple[Figure, ...]:
    food, meals, driven = _food_kgco2e(case, settings), _meals(case, settings), _km_today(case, settings, paid)
    per_km = float(settings.costs.kgco2e_per_km)
    today = Side(as_shares(paid), sum(driven.values()), food, per_km, meals, assumed)
    after = None
    if plan:
        left, bought = open_market_by_category(case, plan), _asked_by_category(case, settings)
        km = float(plan.summary.delivery_km) + sum(
            driven.get(category, 0.0) * float(gbp) / bought[category] for category, gbp in left.items()
        )
        shares = paid_under(case, settings, plan, paid, assumed.regional_km)
        after = Side(shares, km, food, per_km, meals, assumed)
    return tuple(
        Figure(title, unit, value(today), value(after) if after else None, note)
        for title, unit, value, note in LINES
        if value(today) is not None
    )


def _by_meal(side: Side) -> float | None:
    return 100 * float(side.spend) / side.meals if side.meals else None


def _social(proxy: Decimal | None, gbp: Decimal) -> float | None:
    return None if proxy is None else float(proxy * gbp)


LINES: tuple[tuple[str, str, Callable[[Side], float | None], str], ...] = (
    (SPEND, "pounds", lambda side: float(side.spend), "food and delivery"),
    (PAID_LOCALLY, "pounds", lambda side: float(side.local),
     "planned: what stays on the open market goes to today's suppliers in their proportions"),
    ("Share paid to local suppliers", "percent", lambda side: side.of_spend(side.local), ""),
    ("Paid to local small suppliers", "pounds", lambda side: float(side.local_small),
     "only those known to be small count today"),
    ("Local or certified to a higher standard, share of spend", "percent", lambda side: side.of_spend(side.standard),
     "Government Buying Standards ask for half; only certificates that are known count"),
    ("Spent again locally", "pounds",
     lambda side: float(side.rounds.again_gbp), "by the LM3 assumptions"),
    ("Local multiplier (LM3)", "two", lambda side: side.rounds.lm3, "by the LM3 assumptions"),
    ("TOMs NT18: local supply chain", "pounds", lambda side: _social(side.assumed.nt18, side.local),
     "with your own proxy"),
    ("TOMs NT19: local small suppliers", "pounds", lambda side: _social(side.assumed.nt19, side.local_small),
     "with your own proxy"),
    ("Delivery, km", "count", lambda side: side.km,
     "today estimated: each supplier's share of rounds to every kitchen"),
    ("Greenhouse gas, kg CO₂e", "count", lambda side: side.food_kgco2e + side.km * side.kgco2e_per_km,
     "the same food on both sides; only km set them apart"),
    ("Cost of a meal, pence", "one", _by_meal, ""),
)  # fmt: skip


def _meals(case: Case, settings: Settings) -> float:
    return float(sum(work_out_demand(case, settings).meals.values()))


def _food_kgco2e(case: Case, settings: Settings) -> float:
    demand = work_out_demand(case, settings)
    return float(
        sum(sum(demand.kg(case.sites, p)) * Fraction(case.products[p].kgco2e_per_kg) for p in demand.products())
    )


def _asked_by_category(case: Case, settings: Settings) -> dict[str, float]:
    demand = work_out_demand(case, settings)
    asked: dict[str, float] = {}
    for product in demand.products():
        category = case.products[product].category
        asked[category] = asked.get(category, 0.0) + float(demand.value_of(case.sites, product))
    return asked


def _km_today(case: Case, settings: Settings, paid: Iterable[Paid]) -> dict[str, float]:
    """Category -> road km a year, estimated: each supplier drives its share of rounds through its buyer's kitchens.

    The rounds come as often as the category's most frequent product asks; suppliers whose place is not known
    are not counted.
    """
    paid = tuple(paid)
    timetable, rounds = Timetable(case, settings), Rounds(Roads.of(case, settings.costs.road_factor))
    demand = work_out_demand(case, settings)
    asking = frozenset(site for site in case.sites if demand.asks(site))
    km: dict[str, float] = {}
    for buyer, category in sorted({(line.buyer, line.category) for line in paid}):
        products = [product for product in demand.products() if case.products[product].category == category]
        sites = tuple(sorted(site for site in asking if case.sites[site].buyer == buyer))
        lines = [line for line in paid if (line.buyer, line.category) == (buyer, category)]
        whole = total(lines)
        if products and sites and whole:
            visits = timetable.delivered(sites, timetable.most_frequent(products)).visits
            for line in (line for line in lines if line.place):
                there = km_to_buyer(case, settings, line.place, buyer)
                driven = driving_km(visits, there, rounds.through(sites).km)
                km[category] = km.get(category, 0.0) + float(driven) * float(line.gbp / whole)
    return km
