"""What a plan rests on: how much of each part of its answer is measured, estimated, assumed or of unsaid standing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from foodlots.case import Case, Standing
from foodlots.demand import work_out_demand
from foodlots.geo import Roads
from foodlots.local import is_local
from foodlots.plan import Plan
from foodlots.settings import Settings

MEASURED, ESTIMATED, ASSUMED, UNSAID = "measured", "estimated", "assumed", "unsaid"
STANDINGS = (MEASURED, ESTIMATED, ASSUMED, UNSAID)
Parts = list[tuple[str, Decimal]]


@dataclass(frozen=True)
class Ground:
    """One thing the answer rests on: £ a year of it by standing. `rests` ends the sentence "… rests on assumed …"."""

    what: str
    rests: str
    gbp: Mapping[str, Decimal]

    @property
    def total_gbp(self) -> Decimal:
        """All of it, £ a year."""
        return sum(self.gbp.values(), Decimal(0))

    def share(self, standing: str) -> float:
        """How much of it has a standing, as a share of its £; 0 when there is none."""
        return float(self.gbp.get(standing, Decimal(0)) / self.total_gbp) if self.total_gbp else 0.0


def standing_of(provenance: Iterable[Standing], table: str, row: str, column: str) -> Standing | None:
    """What is said of one cell: of its own row before rows alike, of its column before the table; None if nothing."""
    own = (said for said in provenance if said.table == table and said.column in ("*", column))
    fitting = [said for said in own if _holds(said, row)]
    return max(fitting, key=lambda said: (_closeness(said, row), said.column != "*"), default=None)


def _holds(said: Standing, row: str) -> bool:
    return not said.rows or said.rows == row or (said.rows.endswith("*") and row.startswith(said.rows[:-1]))


def _closeness(said: Standing, row: str) -> int:
    return len(said.rows) + (1 if said.rows == row else 0)


def grounds(case: Case, settings: Settings, plan: Plan) -> tuple[Ground, ...]:
    """What the plan rests on, part by part; parts worth nothing are left out."""
    found = (Ground(what, rests, _by_standing(list(gather(case, settings, plan)))) for what, rests, gather in PARTS)
    return tuple(ground for ground in found if ground.total_gbp)


def _by_standing(parts: Parts) -> Mapping[str, Decimal]:
    sums = {standing: Decimal(0) for standing in STANDINGS}
    for standing, gbp in parts:
        sums[standing] += gbp
    return MappingProxyType({standing: gbp for standing, gbp in sums.items() if gbp})


def say_ground(ground: Ground, standing: str = ASSUMED) -> str:
    """In a sentence, as "62% of local supply rests on assumed capacities"."""
    return f"{ground.share(standing):.0%} of {ground.what} rests on {standing} {ground.rests}."


def _said(case: Case, table: str, row: str, column: str) -> str:
    found = standing_of(case.provenance, table, row, column)
    return found.standing if found else UNSAID


def _supply(case: Case, column: str, producers: Iterable[str], plan: Plan, worth) -> Iterator[tuple[str, Decimal]]:
    chosen = set(producers)
    said: dict[str, str] = {}
    for line in plan.supply:
        if line.producer in chosen:
            if line.producer not in said:
                said[line.producer] = _said(case, "offers", line.producer, column)
            yield said[line.producer], worth(line)


def _local_capacity(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    roads = Roads.of(case, settings.costs.road_factor)
    buyers = tuple(case.buyers)
    paid = sorted({line.producer for line in plan.supply})
    local = [key for key in paid if is_local(case.producers[key], buyers, case, settings, roads)]
    return _supply(case, "kg_per_month", local, plan, lambda line: line.kg * _benchmark(case, line.product))


def _benchmark(case: Case, product: str) -> Decimal:
    return case.products[product].benchmark_gbp_per_kg


def _capacity(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    return _supply(case, "kg_per_month", case.producers, plan, lambda line: line.kg * _benchmark(case, line.product))


def _prices(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    return _supply(case, "price_gbp_per_kg", case.producers, plan, lambda line: line.gbp)


def _whereabouts(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    for line in plan.supply:
        column = "postcode" if case.producers[line.producer].place.error_km else "lat"
        yield _said(case, "producers", line.producer, column), line.gbp


def _budgets(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    for (buyer, _), gbp in case.budgets.items():
        yield _said(case, "budgets", buyer, "budget_gbp"), gbp


def _meals(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    demand = work_out_demand(case, settings)
    alike: dict[str, list[str]] = {}
    for site in case.sites:
        alike.setdefault(_said(case, "sites", site, "meals_per_week"), []).append(site)
    for standing, sites in alike.items():
        worth = sum(demand.value_of(sites, product) for product in demand.products())
        yield standing, Decimal(round(worth * 100)) / 100


def _benchmarks(case: Case, settings: Settings, plan: Plan) -> Iterator[tuple[str, Decimal]]:
    demand = work_out_demand(case, settings)
    for product in demand.products():
        worth = Decimal(round(demand.value_of(tuple(case.sites), product) * 100)) / 100
        yield _said(case, "products", product, "benchmark_gbp_per_kg"), worth


PARTS = (
    ("local supply", "capacities", _local_capacity),
    ("all supply that lots win", "capacities", _capacity),
    ("what producers are paid", "gate prices", _prices),
    ("what producers are paid", "places", _whereabouts),
    ("the budget", "budgets", _budgets),
    ("what kitchens ask for", "numbers of meals", _meals),
    ("what kitchens ask for", "open-market prices", _benchmarks),
)
