"""What could go wrong with a plan: poor harvests, winners and depots that drop out, a rise of prices."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from foodlots.case import MONTHS, Case
from foodlots.insight.harvests import Weather, harvest, spread_of
from foodlots.insight.instead import Table
from foodlots.insight.kitchen_shares import fall_on_kitchens, kitchen_shares
from foodlots.insight.reserves import Reserve, reserves
from foodlots.optimise.recourse import Outcome, Recourse
from foodlots.plan import Plan
from foodlots.runner import Runner, Tell, nobody
from foodlots.settings import Settings

GRAM = 0.001  # kg; less than this is rounding, not a shortage
YEARS_A_JOB = 25  # harvests one worker is given at a time


@dataclass(frozen=True)
class Terms:
    """What the tests assume, for the buyer to change.

    emergency: how far above the benchmark the open market's price is at short notice · shock: the rise of the open
    market's prices in the price test · tail: the share of worst years that is averaged (CVaR).
    """

    emergency: float = 0.2
    shock: float = 0.2
    tail: float = 0.05


@dataclass(frozen=True)
class Year:
    """One harvest drawn: kg unmet of each promise, in their order, and what is paid for what is brought, £."""

    number: int
    unmet: tuple[float, ...]
    paid_gbp: float


@dataclass(frozen=True)
class Part:
    """Something of the plan, such as a product, a month or a kitchen: its mean kg unmet a year, and their value, £."""

    what: str | int
    kg: float
    gbp: float


@dataclass(frozen=True)
class Harvests:
    """What the drawn years do to a plan. kg, gbp: unmet kilos and extra cost of each year, in the order drawn.

    Values of parts are at open-market prices; extra cost is what the buyer pays more than in a year as planned.
    """

    promised_kg: float
    kg: tuple[float, ...]
    gbp: tuple[float, ...]
    mean_kg: float
    mean_gbp: float
    worst_kg: float
    worst_gbp: float
    tail_kg: float
    tail_gbp: float
    by_product: tuple[Part, ...]
    by_month: tuple[Part, ...]
    by_site: tuple[Part, ...]


@dataclass(frozen=True)
class Failure:
    """One winner, grower or depot out for the whole year: kilos lost, their part of all promised, extra cost, £ a year.

    kind: winner, grower or depot · months: those in which anything is lost · kitchens: those touched, most first.
    """

    kind: str
    who: str
    kg: float
    share: float
    gbp: float
    lots: tuple[str, ...]
    months: tuple[int, ...]
    kitchens: tuple[Part, ...]
    reserves: tuple[Reserve, ...]


@dataclass(frozen=True)
class Shock:
    """The open market's prices risen: what a year costs more under the plan, and with everything bought there, £."""

    rise: float
    plan_gbp: float
    open_gbp: float


@dataclass(frozen=True)
class Stress:
    """Everything the tests found; the dearest failure first."""

    weather: Weather
    terms: Terms
    harvests: Harvests
    failures: tuple[Failure, ...]
    shock: Shock


Common = tuple[Case, Settings, Plan, Weather]


def years_work(common: Common, given: tuple[int, int], tell: Tell = nobody) -> tuple[Year, ...]:
    """The years from one number up to another, each on its own: work that can be done anywhere, in any order."""
    case, settings, plan, weather = common
    recourse, first = Recourse(case, settings, plan), settings.case.first_month
    return tuple(_year(recourse, harvest(case, weather, first, number), number) for number in range(*given))


def _year(recourse: Recourse, drawn: Mapping[str, np.ndarray], number: int) -> Year:
    outcome = recourse.outcome(drawn)
    return Year(number, tuple(round(kg, 6) for kg in outcome.unmet.tolist()), outcome.paid_gbp)


def jobs_for(draws: int) -> dict[str, tuple[int, int]]:
    """The draws cut into jobs for `years_work`."""
    return {
        f"years from {first + 1:,}": (first, min(draws, first + YEARS_A_JOB)) for first in range(0, draws, YEARS_A_JOB)
    }  # fmt: skip


def draw_years(common: Common, draws: int, runner: Runner) -> tuple[Year, ...]:
    """So many years of harvest; after a stop, those worked out until then."""
    done = runner.run(years_work, common, jobs_for(draws))
    return tuple(year for years in done.values() for year in years)


def stress(
    case: Case, settings: Settings, plan: Plan, years: Iterable[Year], weather: Weather, terms: Terms | None = None
) -> Stress:
    """What the years drawn (by `years_work`), each failure in turn and a rise of prices do to a plan."""
    terms = terms or Terms()
    spread_of(case, weather)
    test = _Test(case, settings, plan, terms)
    return Stress(weather, terms, test.harvests(tuple(years)), tuple(test.failures()), test.shock())


def harvests_of(case: Case, settings: Settings, plan: Plan, years: Iterable[Year], terms: Terms) -> Harvests:
    """What the years drawn alone do to a plan."""
    return _Test(case, settings, plan, terms).harvests(tuple(years))


class _Test:
    """A plan under test: its recourse program, a year as planned, and whose food each promise is."""

    def __init__(self, case: Case, settings: Settings, plan: Plan, terms: Terms):
        self.case, self.settings, self.plan, self.terms = case, settings, plan, terms
        self.recourse = Recourse(case, settings, plan)
        self.promises = self.recourse.promises
        self.planned = self.recourse.outcome()
        self.shares = kitchen_shares(case, settings, plan)
        self.price = np.array([float(case.products[p.product].benchmark_gbp_per_kg) for p in self.promises])
        handling = {depot.id: float(depot.handling_gbp_per_kg) for depot in case.depots.values()}
        self.handling = np.array([handling.get(promise.depot, 0.0) for promise in self.promises])
        self.promised_kg = sum(self.recourse.promised.values())

    def extra_gbp(self, unmet: np.ndarray, paid_gbp: float) -> float:
        """What a year costs more than as planned: bought at short notice, less what is not brought."""
        dear = self.price * (1 + self.terms.emergency) - self.handling
        return float(unmet @ dear) + paid_gbp - self.planned.paid_gbp

    def harvests(self, years: tuple[Year, ...]) -> Harvests:
        """The years together: mean, worst and tail, and where their shortages fall."""
        unmet = np.array([year.unmet for year in years]).reshape(len(years), len(self.promises))
        kg = unmet.sum(axis=1)
        gbp = np.array([self.extra_gbp(row, year.paid_gbp) for row, year in zip(unmet, years, strict=True)])
        mean = unmet.mean(axis=0) if years else np.zeros(len(self.promises))
        return Harvests(
            self.promised_kg, tuple(kg.tolist()), tuple(gbp.tolist()), *_middle_and_worst(kg, gbp, self.terms.tail),
            self._parts(mean, lambda promise: promise.product), self._months(mean), self._kitchens(mean),
        )  # fmt: skip

    def _parts(self, unmet: np.ndarray, key) -> tuple[Part, ...]:
        sums: dict = {}
        for promise, kg, price in zip(self.promises, unmet, self.price, strict=True):
            before = sums.get(key(promise), (0.0, 0.0))
            sums[key(promise)] = before[0] + float(kg), before[1] + float(kg * price)
        return tuple(Part(what, *both) for what, both in sorted(sums.items(), key=lambda i: (-i[1][1], str(i[0]))))

    def _months(self, unmet: np.ndarray) -> tuple[Part, ...]:
        found = {part.what: part for part in self._parts(unmet, lambda promise: promise.month)}
        return tuple(found.get(month, Part(month, 0.0, 0.0)) for month in MONTHS)

    def _kitchens(self, unmet: np.ndarray) -> tuple[Part, ...]:
        kg = fall_on_kitchens(self._placed(unmet), self.shares)
        gbp = fall_on_kitchens(self._placed(unmet * self.price), self.shares)
        return tuple(Part(site, kg[site], value) for site, value in gbp.items() if kg[site] > GRAM)

    def _placed(self, amounts: np.ndarray) -> Iterator[tuple[tuple[str, str, int], float]]:
        for promise, amount in zip(self.promises, amounts, strict=True):
            yield (promise.lot, promise.product, promise.month), float(amount)

    def failures(self) -> list[Failure]:
        """Each winner, each grower behind another winner, and each depot at work, out in turn."""
        winners = {award.bidder for award in self.plan.awards}
        growers = {line.producer for line in self.plan.supply} - winners
        depots = {award.depot for award in self.plan.awards} - {""}
        groups = (("winner", winners), ("grower", growers), ("depot", depots))
        found = [self._failure(kind, who) for kind, names in groups for who in sorted(names)]
        return sorted(found, key=lambda failure: (-failure.gbp, failure.who))

    def _failure(self, kind: str, who: str) -> Failure:
        outcome = self.recourse.outcome(out=frozenset([who]))
        lost = [promise for promise, kg in zip(self.promises, outcome.unmet, strict=True) if kg > GRAM]
        months = {promise.month for promise in lost}
        kg = float(outcome.unmet.sum())
        return Failure(
            kind, who, kg, kg / self.promised_kg if self.promised_kg else 0.0, self._failure_gbp(who, outcome),
            tuple(sorted({promise.lot for promise in lost})), tuple(sorted(months)), self._kitchens(outcome.unmet),
            tuple(self._reserves(who)) if kind == "winner" else (),
        )  # fmt: skip

    def _failure_gbp(self, who: str, outcome: Outcome) -> float:
        """Extra cost; the driving of a winner that is out, or to and from a depot that is shut, is no longer paid."""
        saved = sum(float(a.delivery_gbp) for a in self.plan.awards if who in (a.bidder, a.depot))
        rounds = [float(line.gbp) for line in self.plan.distribution if line.depot == who]
        saved += sum(rounds) + (float(self.case.depots[who].fixed_gbp) if rounds else 0.0)
        return self.extra_gbp(outcome.unmet, outcome.paid_gbp) - saved

    def _reserves(self, winner: str) -> Iterator[Reserve]:
        for award in self.plan.awards:
            if award.bidder == winner:
                yield from reserves(self.table, award, self.terms.emergency)

    @cached_property
    def table(self) -> Table:
        return Table(self.case, self.settings, self.plan)

    def shock(self) -> Shock:
        """Prices of the open market risen: gate prices are agreed for the year and stay."""
        figures, rise = self.plan.summary, self.terms.shock
        return Shock(rise, rise * float(figures.open_market_gbp), rise * float(figures.budget_gbp))


def _middle_and_worst(kg: np.ndarray, gbp: np.ndarray, tail: float) -> tuple[float, float, float, float, float, float]:
    """Mean, worst, and mean of the worst years (kg, £ in turn), each by its own order."""
    if not len(kg):
        return (0.0,) * 6
    worst = max(1, ceil(tail * len(kg) - 1e-9))
    tails = [float(np.sort(amounts)[-worst:].mean()) for amounts in (kg, gbp)]
    return float(kg.mean()), float(gbp.mean()), float(kg.max()), float(gbp.max()), *tails
