"""Why each gram is short: every cause is lifted alone, and what that would fill is put down to it.

A gram has one cause, the first in the order of `CAUSES` whose lifting alone would fill it. Where no single lift would,
they are lifted one after another in that order, each kept lifted, and the gram is put down to the one that fills it at
last. The grams of all causes are those of the plan's shortfall, exactly.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from foodlots.case import MONTHS
from foodlots.insight.entrants import Entrant, Entrants
from foodlots.insight.filling import most_filled
from foodlots.insight.lifts import CAUSES, LIFTS, NOBODY, POLICY, UNUSED, World, as_it_is, lifted
from foodlots.optimise.naming import Names
from foodlots.optimise.standing import Standing, grams, kilos
from foodlots.plan import Lot, Shortfall
from foodlots.sharing import share_out

Line = tuple[str, str, int]  # (lot, product, month)
Filled = Mapping[Line, int]  # grams
NOTHING = ""  # no cause: nothing is lifted
NOT_ABLE = "largest contract a bidder takes, or fewest able bidders"
ORDER = tuple(cause for cause, _ in LIFTS)


@dataclass(frozen=True)
class Gap:
    """Kilos of a product that nobody supplies in a month in a small area, for one cause; £ at open-market prices.

    alone: whether lifting the cause would be enough, or only together with those before it.
    """

    lot: str
    product: str
    month: int
    area: str
    cause: str
    alone: bool
    kg: Decimal
    gbp: Decimal


@dataclass(frozen=True)
class Used:
    """Grams that would flow in a world: from a grower, through a bidder, into a lot."""

    lot: str
    bidder: str
    grower: str
    product: str
    month: int
    grams: int


@dataclass(frozen=True)
class Causes:
    """A plan's gaps put down to their causes."""

    standing: Standing

    def lot(self, key: str) -> Lot:
        """The lot of that id."""
        return self._lots[key]

    @cached_property
    def _lots(self) -> Mapping[str, Lot]:
        return {lot.id: lot for lot in self.standing.plan.lots}

    @cached_property
    def flows(self) -> Mapping[str, tuple[Used, ...]]:
        """Cause -> what would flow if it alone were lifted; "" when nothing is."""
        plain = as_it_is(self.standing)
        found = {NOTHING: would_flow(self.standing, plain)}
        for cause in ORDER:
            world = lifted(self.standing, cause)
            found[cause] = found[NOTHING] if world == plain else would_flow(self.standing, world)
        return found

    @cached_property
    def _filled(self) -> Mapping[str, Filled]:
        return {cause: _by_line(flow) for cause, flow in self.flows.items()}

    @cached_property
    def _filled_together(self) -> Mapping[str, Filled]:
        """Cause -> what is filled when it and those before it are lifted; all of them lifted fill everything."""
        found, before = {}, lifted(self.standing, *ORDER[:1])
        last = self._filled[ORDER[0]]
        for place, cause in enumerate(ORDER[1:-1], start=2):
            world = lifted(self.standing, *ORDER[:place])
            last = last if world == before else _by_line(would_flow(self.standing, world))
            found[cause], before = last, world
        return found

    @cached_property
    def alone(self) -> Mapping[str, int]:
        """Cause -> grams that lifting it, and nothing else, would fill."""
        unused = sum(self._filled[NOTHING].values())
        return {cause: sum(self._filled[cause].values()) - unused for cause in ORDER}

    @cached_property
    def levers(self) -> Mapping[str, int]:
        """The buyer's limit that stands in the way -> grams that lifting all limits, and nothing else, would fill."""
        standing = {(e.lot, e.bid.channel.bidder): e.against for e in Entrants(self.standing, as_it_is(self.standing))}
        held_back: dict[str, int] = defaultdict(int)
        for used in self.flows[POLICY]:
            for lever in standing.get((used.lot, used.bidder), (NOT_ABLE,))[:1]:
                held_back[lever] += used.grams
        return dict(sorted(held_back.items(), key=lambda item: (-item[1], item[0])))

    @cached_property
    def by_line(self) -> Mapping[Line, Mapping[tuple[str, bool], int]]:
        """Each line of the shortfall -> (cause, alone) -> grams, none of them 0, all together the line."""
        offered = {offer.product for offer in self.standing.case.offers if offer.kg_per_month}
        result = {}
        for line in self.standing.plan.shortfall:
            key, short = (line.lot, line.product, line.month), grams(line.kg)
            nobody = line.product not in offered
            result[key] = {(NOBODY, True): short} if nobody else self._causes_of(key, short)
        return result

    def _causes_of(self, key: Line, short: int) -> dict[tuple[str, bool], int]:
        """The line's grams under the first cause that would fill them alone, else the one that would at last."""
        unused = min(short, self._filled[NOTHING].get(key, 0))
        found, left, at_last = {(UNUSED, True): unused}, short - unused, unused
        for cause in ORDER:
            part = min(left, max(0, self._filled[cause].get(key, 0) - unused))
            found[cause, True], left = part, left - part
            at_last += part
        for cause in ORDER[1:-1]:
            part = min(left, max(0, self._filled_together[cause].get(key, 0) - at_last))
            found[cause, False], left, at_last = part, left - part, at_last + part
        return {cause: part for cause, part in (found | {(POLICY, False): left}).items() if part}

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, by lot, product, month, cause and area."""
        return tuple(gap for line in self.standing.plan.shortfall for gap in self._gaps_of(line))

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The names of the small areas."""
        names = Names(self.standing.ground)
        return tuple(names.of_leaves([leaf]) for leaf in range(len(self.standing.ground.leaves)))

    def _gaps_of(self, line: Shortfall) -> Iterator[Gap]:
        causes = self.by_line[line.lot, line.product, line.month]
        parts = self.asked_by_leaf(line.lot, line.product, line.month)
        rows = [
            (self.areas[leaf], cause, part)
            for cause in sorted(causes, key=lambda cause: (CAUSES.index(cause[0]), not cause[1]))
            for leaf, part in zip(parts, share_out(list(parts.values()), causes[cause]), strict=True)
            if part
        ]
        pence = share_out([part for _, _, part in rows], int(line.gbp * 100))
        for (area, cause, part), penny in zip(rows, pence, strict=True):
            yield Gap(line.lot, line.product, line.month, area, *cause, kilos(part), Decimal(penny) / 100)

    def asked_by_leaf(self, lot: str, product: str, month: int) -> dict[int, object]:
        """Small area -> kilos that its sites in the lot ask for in the month; equal parts where none are asked."""
        parts = {leaf: year[month - 1] for leaf, year in self._years_by_leaf(lot, product, month).items()}
        return parts if any(parts.values()) else dict.fromkeys(parts, 1)

    def _years_by_leaf(self, lot: str, product: str, month: int) -> Mapping[int, tuple]:
        known = self._known_years
        sites = self._sites[lot, product, month]
        if (sites, product) not in known:
            by_leaf = defaultdict(list)
            for site in sites:
                by_leaf[self._leaf_of[site]].append(site)
            demand = self.standing.ground.demand
            known[sites, product] = {leaf: demand.kg(members, product) for leaf, members in sorted(by_leaf.items())}
        return known[sites, product]

    @cached_property
    def _known_years(self) -> dict:
        return {}

    @cached_property
    def _leaf_of(self) -> Mapping[str, int]:
        return {site: leaf for leaf, sites in enumerate(self.standing.ground.leaves) for site in sites}

    @cached_property
    def _sites(self) -> Mapping[Line, tuple[str, ...]]:
        """The sites of a small area that each lot covers, for each product and month."""
        sites: dict[Line, list[str]] = defaultdict(list)
        for cell in self.standing.plan.cells:
            for month in cell.months if cell.site in self._leaf_of else ():
                sites[cell.lot, cell.product, month].append(cell.site)
        return {line: tuple(sorted(members)) for line, members in sites.items()}


def _by_line(flow: Iterable[Used]) -> Filled:
    filled: dict[Line, int] = defaultdict(int)
    for used in flow:
        filled[used.lot, used.product, used.month] += used.grams
    return filled


def would_flow(standing: Standing, world: World) -> tuple[Used, ...]:
    """What would be sold into the gaps of the plan in a world: as many grams as can be, product by product."""
    entrants = Entrants(standing, world)
    ways: dict[tuple[str, int], dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    through: dict[tuple, Entrant] = {}
    for entrant in entrants:
        if entrant.pays and not entrant.against:
            for grower, product, month, most in _each_way(standing, entrant):
                known = ways[product, month][entrant.lot].get(grower, 0)
                if most > known:
                    ways[product, month][entrant.lot][grower] = most
                    through[product, month, entrant.lot, grower] = entrant
    rows, products = entrants.stock.row, entrants.ground.row
    found = []
    for (product, month), lots in sorted(ways.items()):
        growers = sorted({grower for way in lots.values() for grower in way})
        has = {grower: int(entrants.unsold[rows[grower], products[product], month - 1]) for grower in growers}
        wants = {lot: standing.short[lot].get((product, month), 0) for lot in lots}
        for (lot, grower), sent in most_filled(has, wants, lots).items():
            by = through[product, month, lot, grower]
            found.append(Used(lot, by.bid.channel.bidder, grower, product, month, sent))
    return tuple(found)


def _each_way(standing: Standing, entrant: Entrant) -> Iterator[tuple[str, str, int, int]]:
    """(grower, product, month, grams) of all the entrant could sell."""
    products = standing.lots[entrant.bid.lot].products
    for grower, product, month in zip(*np.nonzero(entrant.grams), strict=True):
        grams_ = int(entrant.grams[grower, product, month])
        yield entrant.growers[grower], products[product], MONTHS[month], grams_
