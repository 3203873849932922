"""What regions share, and the tolls that make each count what it takes from the others.

Growers within reach of several regions have their kilos once, and are taken on once. A toll on each shared kilo rises
where all regions together would buy more than there is and falls where they would buy less. What the regions cost at
these tolls, less the tolls on all there is, no plan can undercut (Lagrangian duality).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import networkx as nx

from foodlots.case import Case
from foodlots.optimise.tolls import Tolled
from foodlots.regional.part import Lode, Shares
from foodlots.regional.regions import Region

STEP = 0.15  # of the open-market price: how much the first toll rises where twice as much is wanted as there is
LEAST = 1e-6  # kg, or part of a producer taken on; less is nothing


@dataclass
class Market:
    """caps: kilos of every shared lode · sellers, depots: what several regions could use -> which regions, by number.

    tolls: £/kg · bound_gbp: the best bound so far, no plan costs less · used: (region, seller or depot) -> how much of
    it the region would take on so far, later rounds counting more.
    """

    regions: int
    price: Mapping[str, float]
    caps: Mapping[Lode, Decimal]
    sellers: Mapping[str, tuple[int, ...]]
    depots: Mapping[str, tuple[int, ...]]
    rounds: int = 0
    bound_gbp: float = float("-inf")
    tolls: dict[Lode, float] = field(default_factory=dict)
    used: dict[tuple[int, str], float] = field(default_factory=lambda: defaultdict(float))

    @classmethod
    def of(cls, case: Case, regions: Sequence[Region]) -> "Market":
        """The market of these regions."""
        sellers = _shared(region.producers for region in regions)
        depots = _shared(case.depots for _ in regions)
        offers = [offer for offer in case.offers if offer.producer in sellers]
        caps = {(o.producer, o.product, month): o.kg_per_month for o in offers for month in o.months}
        price = {product.id: float(product.benchmark_gbp_per_kg) for product in case.products.values()}
        return cls(len(regions), price, caps, sellers, depots)

    def tolls_in(self, region: int) -> dict[Lode, float]:
        """The tolls on growers that the region could use."""
        return {lode: toll for lode, toll in self.tolls.items() if region in self.sellers[lode[0]]}

    def paid_once(self, region: int) -> Shares:
        """All the kilos, and the region's part of what is paid once: like its use of it, alike for all at first."""
        return Shares({}, self._parts(region, self.sellers), self._parts(region, self.depots))

    def _parts(self, region: int, shared: Mapping[str, tuple[int, ...]]) -> dict[str, float]:
        parts = {}
        for key, regions in shared.items():
            if region in regions:
                total = sum(self.used.get((other, key), 0.0) for other in regions)
                parts[key] = self.used.get((region, key), 0.0) / total if total > LEAST else 1 / len(regions)
        return parts

    def learn(self, answers: Sequence[Tolled]) -> None:
        """Take in what every region would do at these tolls: a bound, and tolls for the next round."""
        paid_back = sum(toll * float(self.caps[lode]) for lode, toll in self.tolls.items())
        self.bound_gbp = max(self.bound_gbp, sum(answer.bound_gbp for answer in answers) - paid_back)
        self.rounds += 1
        sold: dict[Lode, float] = defaultdict(float)
        for region, answer in enumerate(answers):
            for lode, kg in answer.sold.items():
                sold[lode] += kg
            for key, much in (*answer.taken_on.items(), *answer.depots.items()):
                self.used[region, key] += much * self.rounds
        for lode, most in self.caps.items():
            self._move(lode, sold[lode], float(most))

    def _move(self, lode: Lode, sold: float, most: float) -> None:
        over = min(1.0, sold / most - 1) if most > LEAST else 0.0
        toll = self.tolls.pop(lode, 0.0) + STEP / self.rounds**0.5 * self.price[lode[1]] * over
        if toll > 0:
            self.tolls[lode] = toll

    def waves(self) -> list[list[int]]:
        """Regions by number, in waves: no two of a wave share a grower, so that a wave is planned side by side."""
        graph = nx.Graph()
        graph.add_nodes_from(range(self.regions))
        for regions in self.sellers.values():
            graph.add_edges_from((one, other) for one in regions for other in regions if one < other)
        colour = nx.greedy_color(graph, "largest_first")
        return [sorted(region for region in colour if colour[region] == wave) for wave in sorted(set(colour.values()))]


def _shared(groups: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    """Keys that stand in several groups -> the numbers of those groups."""
    found = defaultdict(list)
    for number, keys in enumerate(groups):
        for key in keys:
            found[key].append(number)
    return {key: tuple(numbers) for key, numbers in sorted(found.items()) if len(numbers) > 1}
