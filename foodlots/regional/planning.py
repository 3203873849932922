"""A plan of many regions: tolls first, then wave after wave of regions with what the others left, then all joined."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from time import monotonic
from typing import Any

from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.held import able_owners
from foodlots.optimise.search import Outlook, make_plan
from foodlots.optimise.tolls import Tolled, relax_with_tolls
from foodlots.plan import Plan
from foodlots.regional.joining import join
from foodlots.regional.market import Market
from foodlots.regional.part import Shares, part_of
from foodlots.regional.regions import Region, cut_in_regions
from foodlots.runner import Refused, Runner, Tell, Work, WorkFailed
from foodlots.settings import Settings, plainly

TRIES = 3  # times a region is begun again where its worker failed
KITCHENS = 150  # in a region, about: a problem of seconds
ROUNDS = 4  # of tolls
LONGER = 10  # times the seconds, where a region has no plan in time


@dataclass(frozen=True)
class Pace:
    """kitchens: in a region, about · rounds: of tolls · seconds: longest search for one region's plan."""

    kitchens: int = KITCHENS
    rounds: int = ROUNDS
    seconds: float = 15.0


@dataclass(frozen=True)
class Country:
    """What every region's work rests on."""

    case: Case
    settings: Settings
    regions: tuple[Region, ...]

    def settings_of(self, number: int) -> Settings:
        """A region's settings: its own name, its part of the small areas asked for, one core."""
        lots, sites = self.settings.lots, [len(region.sites) for region in self.regions]
        areas = lots.areas and max(1, round(lots.areas * sites[number] / sum(sites)))
        return replace(
            self.settings,
            case=replace(self.settings.case, name=self.name_of(number)),
            lots=replace(lots, areas=areas),
            effort=replace(self.settings.effort, threads=1),
        )

    def name_of(self, number: int) -> str:
        """What a region is called: its first buyer, and how many more."""
        buyers = self.regions[number].buyers
        others = f" and {len(buyers) - 1} more" if len(buyers) > 1 else ""
        return f"{self.case.buyers[buyers[0]].name}{others}"

    def part(self, number: int, shares: Shares) -> Case:
        return part_of(self.case, self.settings, self.regions[number], shares)


def plan_by_region(case: Case, settings: Settings, runner: Runner, pace: Pace, run: Mapping | None = None) -> Plan:
    """The joined plan of all regions, each keeping the rules by itself, with a bound that holds for all such plans.

    Whole regions are solved again where a worker fails; what is solved is kept. Raises DataError where a setting
    cannot be kept region by region, NoPlan where a region has none or the search was stopped before all had one.
    """
    began = monotonic()
    country = Country(case, settings, cut_in_regions(case, settings, pace.kitchens))
    market = Market.of(case, country.regions)
    for _ in range(pace.rounds):
        market.learn(_all_of(runner, relax_region, country, _tolled(country, market)))
        if not market.tolls:
            break
    plans = _in_waves(runner, country, market, Decimal(str(pace.seconds)))
    record = _record(country, market, plans, run or {})
    return join(case, settings, plans, market.bound_gbp, monotonic() - began, record)


def _record(country: Country, market: Market, plans: Sequence[Plan], run: Mapping) -> dict:
    """What another needs to make this plan again: the regions' own records, their counts added up."""
    together = {key: dict(sum((Counter(plan.run[key]) for plan in plans), Counter())) for key in ("rows", "removed")}
    counts = {key: sum(plan.run[key] for plan in plans) for key in ("candidates", "bids")}
    regions = [list(region.buyers) for region in country.regions]
    return {
        **plans[0].run, **together, **counts,
        "inputs_sha256": country.case.sha256,
        "settings": plainly(country.settings),
        "solver": {"status": "regions joined", "proven": False,
                   "nodes": sum(plan.run["solver"]["nodes"] for plan in plans)},
        **run,
        "by_region": {"regions": regions, "rounds_of_tolls": market.rounds, "growers_shared": len(market.sellers)},
    }  # fmt: skip


def _tolled(country: Country, market: Market) -> dict[str, tuple]:
    """Each region's job: its number, its part of what is paid once, and the tolls on growers it could use."""
    names = enumerate(_names(country))
    return {name: (number, market.paid_once(number), market.tolls_in(number)) for number, name in names}


def _in_waves(runner: Runner, country: Country, market: Market, seconds: Decimal) -> list[Plan]:
    """The regions' plans, wave after wave: each may use what earlier ones left, and whoever they have taken on."""
    left, names, plans = dict(market.caps), _names(country), {}
    for wave in market.waves():
        winners = {award.bidder for plan in plans.values() for award in plan.awards}
        depots = {line.depot for plan in plans.values() for line in plan.distribution}
        once = dict.fromkeys(winners & set(market.sellers), 0.0), dict.fromkeys(depots, 0.0)
        jobs = {}
        for number in wave:
            kg = {lode: kilos for lode, kilos in left.items() if number in market.sellers[lode[0]]}
            jobs[names[number]] = number, Shares(kg, *once), seconds
        for number, plan in zip(wave, _all_of(runner, plan_region, country, jobs), strict=True):
            plans[number] = plan
            for line in plan.supply:
                if (lode := (line.producer, line.product, line.month)) in left:
                    left[lode] -= line.kg
    return [plans[number] for number in sorted(plans)]


def _names(country: Country) -> list[str]:
    """What each region is called while it is worked at: no two alike."""
    return [f"region {number + 1}, {country.name_of(number)}" for number in range(len(country.regions))]


def relax_region(country: Country, given: tuple[int, Shares, Mapping], tell: Tell) -> Tolled:
    """What a region would do at these tolls if lots could be drawn and awarded in part: a piece of work."""
    number, shares, tolls = given
    part = country.part(number, shares)
    return relax_with_tolls(part, country.settings_of(number), tolls, lambda: tell(None, None))


def plan_region(country: Country, given: tuple[int, Shares, Decimal], tell: Tell) -> Plan:
    """A region's plan with what others left of the growers: a piece of work. Able bidders count with all they have.

    A region that has no plan in these seconds is given more. Raises NoPlan where its limits allow none.
    """
    number, shares, seconds = given
    settings = country.settings_of(number)

    def look(outlook: Outlook) -> bool:
        return tell(outlook.best_gbp, outlook.gap_share) and outlook.best_gbp is not None

    def planned(seconds: Decimal) -> Plan:
        effort = replace(settings.effort, seconds=seconds, patience=seconds)
        return make_plan(country.part(number, shares), replace(settings, effort=effort), look)

    try:
        made = planned(seconds)
    except NoPlan:
        made = planned(LONGER * seconds)
    able = able_owners(country.part(number, Shares({}, {}, {})), settings, made)
    return replace(made, lots=tuple(replace(lot, able_bidders=able[lot.id]) for lot in made.lots))


def _all_of(runner: Runner, work: Work, country: Country, jobs: Mapping[str, Any]) -> Sequence[Any]:
    """Every region's result; what a failing worker leaves undone is begun again, what is done is kept."""
    found: dict[str, Any] = {}
    for attempt in range(TRIES):
        left = {name: given for name, given in jobs.items() if name not in found}
        try:
            found |= runner.run(work, country, left)
            break
        except WorkFailed as trouble:
            found |= trouble.done
            if attempt == TRIES - 1:
                raise
    refused = [f"{name}: {result.reason}" for name, result in found.items() if isinstance(result, Refused)]
    if refused:
        raise NoPlan("; ".join(refused))
    if len(found) < len(jobs):
        raise NoPlan("stopped before every region had a plan; what is solved is kept, so begin again to go on")
    return [found[name] for name in jobs]
