"""Ways to cut the work into lots, side by side: each drawn, awarded as well as can be, and audited.

Lots given by a strategy keep to its own sizes, so the buyer's bounds on the value and the number of lots are set aside
for them; every other rule holds. Attractiveness is even when lots are of like value and each has able bidders.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from types import MappingProxyType

from foodlots.case import MONTHS, Case
from foodlots.compare import cost_to_buyer
from foodlots.geo import Roads
from foodlots.insight.instead import Table
from foodlots.insight.lot_mends import mends_of_lots
from foodlots.insight.many import one_of_many, plan_under
from foodlots.local import is_local
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.plan import Plan
from foodlots.runner import Refused, Runner, Tell
from foodlots.settings import Settings

Drawn = Mapping[str, tuple[tuple[str, str, tuple[int, ...]], ...]]
NO_BOUNDS = (None, None)
SEASONS = ((10, 11, 12, 1, 2, 3), (4, 5, 6, 7, 8, 9))  # where the buyer's settings name none
FAR_KM = Decimal(100_000)  # road km; farther than anybody delivers
BIG, BY_HAND = "big", "hand"  # the strategies of today's few big lots, and of the table lots
COMPETITION = 3  # able bidders from which there is real competition for a lot


@dataclass(frozen=True)
class Way:
    """One strategy: its name, what it is in a sentence, the lots it gives (None: drawn by the search), its case."""

    name: str
    title: str
    about: str
    lots: Drawn | None
    supply_only: bool = False


@dataclass(frozen=True)
class Score:
    """How one strategy does. able: fewest, middle and most able bidders over its lots · expected: independent owners
    able to win at least one of them · spread: the largest lot's value over the smallest's · mends: how lots drawn by
    hand could have more bidders · refused: why there is no
    plan, "" where there is one.
    """

    name: str
    title: str
    about: str
    refused: str = ""
    lots: int = 0
    without_bidder: int = 0
    contested: int = 0
    able: tuple[int, float, int] = (0, 0.0, 0)
    expected: int = 0
    winners: int = 0
    smallest_gbp: Decimal = Decimal(0)
    largest_gbp: Decimal = Decimal(0)
    spread: float = 0.0
    cost_gbp: Decimal = Decimal(0)
    local_gbp: Decimal = Decimal(0)
    local_share: float = 0.0
    open_market_gbp: Decimal = Decimal(0)
    pence_a_meal: float = 0.0
    gap_share: float = 0.0
    proven: bool = False
    mends: tuple[str, ...] = ()

    @property
    def more_lots_than_bidders(self) -> bool:
        """Whether there are as many lots as bidders to expect, or more: then bidders need not compete."""
        return not self.refused and self.lots >= self.expected


@dataclass(frozen=True)
class Strategies:
    """The scores in the order of the strategies, and the plans behind them."""

    scores: tuple[Score, ...]
    plans: Mapping[str, Plan]
    stopped: bool


def side_by_side(case: Case, settings: Settings, runner: Runner, seconds: float | None = None) -> Strategies:
    """Every strategy with its score. After a stop, those that have a plan."""
    settings = one_of_many(settings, seconds)
    ways = strategies(case, settings)
    jobs = {way.title: (_settings_for(way, settings), way.lots, way.supply_only) for way in ways}
    found = runner.run(plan_by_strategy, case, jobs)
    scores = tuple(_score(case, way, jobs[way.title], found[way.title]) for way in ways if way.title in found)
    plans = {way.name: found[way.title] for way in ways if isinstance(found.get(way.title), Plan)}
    return Strategies(scores, plans, runner.stopped)


def plan_by_strategy(case: Case, given: tuple, tell: Tell) -> Plan:
    """The audited plan of one strategy: a piece of work for the runner."""
    settings, lots, supply_only = given
    return plan_under(case_for(case, settings, lots, supply_only), settings, tell)


def case_for(case: Case, settings: Settings, lots: Drawn | None, supply_only: bool) -> Case:
    """The case as one strategy sees it: its lots, and nobody at the kitchens' doors where all goes through depots."""
    case = replace(case, lots=MappingProxyType(dict(lots or {})), held=MappingProxyType({}))
    return through_depots_alone(case, settings) if supply_only else case


def strategies(case: Case, settings: Settings) -> tuple[Way, ...]:
    """The strategies that make sense of this case."""
    ground = lay_ground(replace(case, lots=MappingProxyType({})), settings)
    found = [
        Way(BIG, "Few big lots", "one lot for each category, everywhere, as contracts are today",
            _lots(ground, lambda site, product, month: case.products[product].category)),
        Way("product", "By product", "one lot for each product, everywhere",
            _lots(ground, lambda site, product, month: product)),
        Way("area", "By area", "one lot of all food for each small area", _lots(ground, _by_area(ground))),
        Way("season", "By season", "one lot for each category and season", _lots(ground, _by_season(case, settings))),
    ]  # fmt: skip
    if case.depots:
        found.append(Way("depot", "Supply-only and distribution", "food brought to the depot alone, lots drawn by the "
                         "search, and one distribution lot from there", None, supply_only=True))  # fmt: skip
    if case.lots:
        found.append(Way(BY_HAND, "As drawn by hand", "the lots of the table lots", dict(case.lots)))
    found.append(Way("joint", "Joint optimum", "lots drawn and awarded in one search", None))
    return tuple(found)


def _by_area(ground: Ground):
    at = {site: leaf for leaf, sites in enumerate(ground.leaves) for site in sites}
    return lambda site, product, month: f"area_{at[site] + 1:03d}"


def _by_season(case: Case, settings: Settings):
    seasons = settings.lots.seasons if len(settings.lots.seasons) > 1 else SEASONS
    at = {month: number for number, months in enumerate(seasons, 1) for month in months}
    return lambda site, product, month: f"{case.products[product].category}_{at[month]}"


def _lots(ground: Ground, name) -> Drawn:
    """The whole demand under the lots that `name(site, product, month)` puts it in; pools apart, ids plain."""
    months: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for leaf, sites in enumerate(ground.leaves):
        for site in sites:
            for product in ground.products:
                year = ground.demand.kg((site,), product)
                for month in MONTHS if any(year) else ():
                    months[f"{ground.pool_of[leaf]}_{name(site, product, month)}", site, product].append(month)
    names = {label: f"lot_{number:03d}" for number, label in enumerate(sorted({key[0] for key in months}), 1)}
    lots: dict[str, list] = defaultdict(list)
    for (label, site, product), covered in sorted(months.items()):
        lots[names[label]].append((site, product, tuple(covered)))
    return {lot: tuple(pieces) for lot, pieces in sorted(lots.items())}


def _settings_for(way: Way, settings: Settings) -> Settings:
    if way.lots is None:
        return settings
    return replace(settings, lots=replace(settings.lots, value_gbp=NO_BOUNDS, number=NO_BOUNDS))


def through_depots_alone(case: Case, settings: Settings) -> Case:
    """The case in which no bidder drives to a kitchen; who is local stays as it was."""
    roads = Roads.of(case, settings.costs.road_factor)
    buyers = sorted(case.buyers)
    producers = {
        key: replace(producer, local=is_local(producer, buyers, case, settings, roads))
        for key, producer in case.producers.items()
    }
    far = {pair: FAR_KM for key in producers for site in case.sites for pair in ((key, site), (site, key))}
    distances = dict(sorted({**case.distances, **far}.items()))  # in order, as tables are read
    return replace(case, producers=MappingProxyType(producers), distances=MappingProxyType(distances))


def _score(case: Case, way: Way, job: tuple, plan: Plan | Refused) -> Score:
    if isinstance(plan, Refused):
        return Score(way.name, way.title, way.about, refused=plan.reason)
    settings, summary = job[0], plan.summary
    table = Table(case_for(case, *job), settings, plan)
    able = _able_owners(table)
    counts, values = sorted(len(owners) for owners in able), [lot.value_gbp for lot in plan.lots]
    return Score(
        way.name, way.title, way.about,
        lots=summary.lots,
        without_bidder=sum(not count for count in counts),
        contested=sum(count >= COMPETITION for count in counts),
        able=(counts[0], float(median(counts)), counts[-1]),
        expected=len(frozenset().union(*able)),
        winners=summary.winners,
        smallest_gbp=min(values),
        largest_gbp=max(values),
        spread=round(float(max(values) / min(values)), 1) if min(values) else 0.0,
        cost_gbp=cost_to_buyer(summary),
        local_gbp=summary.local_spend_gbp,
        local_share=summary.local_share,
        open_market_gbp=summary.open_market_gbp,
        pence_a_meal=summary.pence_per_meal,
        gap_share=summary.gap_share_of_spend,
        proven=summary.status == "optimal",
        mends=mends_of_lots(table) if way.name == BY_HAND else (),
    )  # fmt: skip


def _able_owners(table: Table) -> Iterable[frozenset[str]]:
    """The owners who could win each lot alone."""
    book = table.book(table.candidates[lot.id] for lot in table.plan.lots)
    return [book.able[number] for number in range(len(table.plan.lots))]
