"""How food gets from growers to kitchens, in broad streams: grower, seller, way, category."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foodlots.case import Case
from foodlots.plan import Plan

SEVERAL = ""  # the name of what is too small to be drawn alone
DIRECT = "Delivered to each kitchen"
STAGES = ("Growers", "Sellers", "How it is brought", "Category")


@dataclass(frozen=True)
class Stream:
    """Kilos a year that take the same way; each stop is a name to show, one for each stage."""

    stops: tuple[str, str, str, str]
    kg: float


def streams(case: Case, plan: Plan, most: int = 18) -> list[Stream]:
    """Every stream of the plan; growers and sellers beyond the largest `most` are put together."""
    depots = {(award.lot, award.bidder): award.depot for award in plan.awards}
    kilos: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for line in plan.supply:
        depot = depots.get((line.lot, line.bidder), "")
        way = f"Through {case.depots[depot].name}" if depot else DIRECT
        category = case.products[line.product].category
        stops = case.producers[line.producer].name, case.producers[line.bidder].name, way, category
        kilos[stops] += float(line.kg)
    growers, sellers = (_largest(kilos, stage, most) for stage in (0, 1))
    found: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for (grower, seller, way, category), kg in kilos.items():
        found[growers.get(grower, SEVERAL), sellers.get(seller, SEVERAL), way, category] += kg
    rest = (_rest(kilos, 0, growers, "grower"), _rest(kilos, 1, sellers, "seller"))
    return [
        Stream((stops[0] or rest[0], stops[1] or rest[1], stops[2], stops[3]), kg)
        for stops, kg in sorted(found.items())
    ]


def _largest(kilos: Mapping[tuple, float], stage: int, most: int) -> dict[str, str]:
    total: Counter[str] = Counter()
    for stops, kg in kilos.items():
        total[stops[stage]] += kg
    return {name: name for name, _ in sorted(total.items(), key=lambda item: (-item[1], item[0]))[:most]}


def _rest(kilos: Mapping[tuple, float], stage: int, shown: Iterable[str], noun: str) -> str:
    number = len({stops[stage] for stops in kilos} - set(shown))
    return f"{number} smaller {noun}{'' if number == 1 else 's'}"
