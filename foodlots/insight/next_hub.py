"""Would a hub pay, and where: each candidate alone, the best one and two together, and delivered beside supply-only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foodlots.case import Case, Depot
from foodlots.insight.hub_places import in_sentence
from foodlots.optimise.siting import Sited, Siting
from foodlots.optimise.solver import Effort
from foodlots.plan import Plan
from foodlots.settings import Settings

GAP = 0.0002  # of all demand: answers need not be nearer to the best
BOUNDS, TOGETHER, APART = 0.15, 0.3, 0.15  # of the time: for a bound, for hubs together, for supply-only alone
USED_GBP = 1.0  # £; a hub that the relaxed problem saves less with is of no use to it


@dataclass(frozen=True)
class Hub:
    """A candidate by itself. saves_gbp: £ a year it saves before its own fixed cost · at_most_gbp: it cannot save more.

    kg, farms, lots: what it would take in, from whom, for which lots · unlocked: of these, lots that nobody wins now.
    """

    depot: Depot
    saves_gbp: float
    at_most_gbp: float
    kg: float
    farms: tuple[str, ...]
    lots: tuple[str, ...]
    unlocked: tuple[str, ...]

    @property
    def margin_gbp(self) -> float:
        """£ a year left after its fixed cost."""
        return self.saves_gbp - float(self.depot.fixed_gbp)

    @property
    def pays(self) -> bool:
        """Whether it saves more than it costs."""
        return self.margin_gbp > 0

    @property
    def never_pays(self) -> bool:
        """Whether it is proven that it cannot save its fixed cost."""
        return self.at_most_gbp < float(self.depot.fixed_gbp)

    @property
    def saves_per_kg(self) -> float:
        """£ saved by each kilo that goes through it, after handling and rounds, before its fixed cost."""
        return self.saves_gbp / self.kg if self.kg else 0.0

    @property
    def break_even_kg(self) -> float | None:
        """Kilos a year that would cover its fixed cost at that saving; None where it saves nothing."""
        return float(self.depot.fixed_gbp) / self.saves_per_kg if self.saves_per_kg > 0 else None


@dataclass(frozen=True)
class Way:
    """One way of bringing the same lots: who may use what, and what the model then decides."""

    name: str
    sited: Sited


@dataclass(frozen=True)
class NextHub:
    """The answer: candidates, best first; which to open; and the ways beside each other.

    unproven_gbp: by so much the plan could be better without any new hub; a part of what hubs save may be that.
    """

    hubs: tuple[Hub, ...]
    opened: tuple[str, ...]
    ways: tuple[Way, ...]
    most: int
    unproven_gbp: float


Look = Callable[[str], None]


def next_hub(
    case: Case,
    settings: Settings,
    plan: Plan,
    hubs: tuple[Depot, ...],
    most: int = 2,
    seconds: float = 30.0,
    look: Look = lambda doing: None,
) -> NextHub:
    """Which of the candidates pay, lots held as the plan drew them; each solve begins from the plan."""
    siting = Siting(case, settings, plan, hubs, most)
    gap = GAP * siting.model.ground.value_gbp
    effort = {part: Effort(max(1.0, part * seconds), gap, threads=1) for part in (BOUNDS, TOGETHER, APART)}
    today = _as_planned(siting, gap, effort[APART])
    look("bounding what each hub could save")
    without = siting.relaxed_gbp(siting.usual, effort[BOUNDS])
    relaxed = {hub.id: _relaxed_of(siting, hub, effort[BOUNDS]) for hub in hubs}
    worth_trying = [hub for hub in hubs if relaxed[hub.id] < without - USED_GBP]
    alone = Effort(max(1.0, (1 - TOGETHER - APART) * seconds / max(1, len(worth_trying))), gap, threads=1)
    found = []
    for hub in hubs:
        look(f"trying {hub.name}")
        sited = today
        if hub in worth_trying:
            sited = siting.decide((*siting.usual, hub.id), alone, must=[hub.id])
        found.append(_hub(hub, today, sited, today.cost_gbp - relaxed[hub.id]))
    found.sort(key=lambda hub: (-hub.margin_gbp, -hub.at_most_gbp, hub.depot.id))
    look("choosing together")
    together = siting.decide((*siting.usual, *siting.hubs), effort[TOGETHER]) if worth_trying else today
    opened = tuple(depot for depot in together.depots if depot in siting.hubs)
    ways = tuple(_ways(siting, today, found, together, effort[APART]))
    unproven = max(0.0, today.cost_gbp - today.bound_gbp)
    return NextHub(tuple(found), opened, ways, most, unproven if unproven > gap else 0.0)


def _relaxed_of(siting: Siting, hub: Depot, effort: Effort) -> float:
    """The relaxed cost with the hub open, its own fixed cost apart."""
    return siting.relaxed_gbp((*siting.usual, hub.id), effort, must=[hub.id]) - float(hub.fixed_gbp)


def _as_planned(siting: Siting, gap: float, effort: Effort) -> Sited:
    """The plan itself where it is proven near enough, else the best awards of its lots with its own depots."""
    figures = siting.plan.summary
    if float(figures.objective_gbp - figures.bound_gbp) <= gap:
        return siting.as_planned()
    return siting.decide(siting.usual, effort)


def _hub(hub: Depot, today: Sited, sited: Sited, at_most_gbp: float) -> Hub:
    """A candidate from the plan without it and with it: one that takes nothing in saves nothing."""
    lots = sited.lots.get(hub.id, ())
    saves = max(0.0, today.cost_gbp - sited.cost_gbp + float(hub.fixed_gbp)) if lots else 0.0
    bound = today.cost_gbp - sited.bound_gbp + float(hub.fixed_gbp)
    return Hub(
        hub, saves, max(saves, min(at_most_gbp, bound)), sited.kg.get(hub.id, 0.0), sited.farms.get(hub.id, ()), lots,
        tuple(lot for lot in lots if lot not in today.won),
    )  # fmt: skip


def _ways(siting: Siting, today: Sited, found: list[Hub], together: Sited, effort: Effort) -> Iterator[Way]:
    """The same lots delivered, with what there is, with the hubs that pay, and through the best hub alone."""
    if siting.plan.distribution:
        yield Way("Delivered by the winners alone", siting.decide((), effort))
    yield Way("As planned", today)
    yield Way("With the hubs that pay, if any", together)
    if found:
        best = found[0].depot
        sited = siting.decide((*siting.usual, best.id), effort, must=[best.id], delivered=False)
        yield Way(f"Everything supply-only, through {in_sentence(best.name)}", sited)


def savings_by_volume(hub: Hub, points: int = 2) -> list[tuple[float, float]]:
    """(kg, £ left after the fixed cost) from nothing to what the hub would take in, and beyond to its break-even."""
    fixed = float(hub.depot.fixed_gbp)
    farthest = max(hub.kg, 1.2 * (hub.break_even_kg or 0.0))
    steps = [farthest * step / (points - 1) for step in range(points)]
    return [(kg, kg * hub.saves_per_kg - fixed) for kg in steps]
