"""Everything an audit looks at: the case, its settings, the plan's papers, and what follows from them.

Nothing here is taken from the plan's own figures but its decisions: which cells make a lot, who won it, who supplies
how many grams, and in what order a round is driven.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor

from foodlots.audit.ability import Able, count_able
from foodlots.audit.asked import Asked
from foodlots.audit.case import Case
from foodlots.audit.lines import AwardLine, SupplyLine
from foodlots.audit.lots import DrawnLot, draw_lots
from foodlots.audit.margins import SHARE_PLACES
from foodlots.audit.papers import Papers
from foodlots.audit.places import Roads
from foodlots.audit.sellers import Sellers
from foodlots.audit.settings import Settings


@dataclass(frozen=True)
class Evidence:
    """A case and a plan side by side. `settings` are in force; `made_with` are those the plan says it was made with."""

    case: Case
    settings: Settings
    made_with: Settings
    papers: Papers

    @cached_property
    def roads(self) -> Roads:
        return Roads(self.case, float(self.settings.costs.road_factor))

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.case, self.settings)

    @cached_property
    def sellers(self) -> Sellers:
        return Sellers(self.case, self.settings, self.roads)

    @cached_property
    def lots(self) -> Mapping[str, DrawnLot]:
        """The drawn lots by id."""
        return draw_lots(self.papers.lots, self.papers.cells, self.asked)

    @cached_property
    def able(self) -> Mapping[str, Able]:
        """Who could win each lot alone."""
        return {lot.id: count_able(lot, self.sellers) for lot in self.lots.values()}

    @cached_property
    def awards(self) -> tuple[AwardLine, ...]:
        """The awards of lots that were drawn."""
        return tuple(award for award in self.papers.awards if award.lot in self.lots)

    @cached_property
    def lot_awards(self) -> Mapping[str, list[AwardLine]]:
        """The awards of each lot, none for an open-market lot."""
        found: dict[str, list[AwardLine]] = {lot: [] for lot in self.lots}
        for award in self.awards:
            found[award.lot].append(award)
        return found

    @cached_property
    def won_by(self) -> Mapping[str, list[AwardLine]]:
        """The awards of each bidder."""
        found: dict[str, list[AwardLine]] = defaultdict(list)
        for award in sorted(self.awards, key=lambda award: (award.bidder, award.lot)):
            found[award.bidder].append(award)
        return found

    def share(self, award: AwardLine) -> Fraction:
        """The part of its lot an award takes: q/n of the n parts allowed when it is stated so, else as stated."""
        return self.equal_parts(award) or award.share

    def equal_parts(self, award: AwardLine) -> Fraction | None:
        """The stated share as q/n, n the most winners a lot may have; None when it is no such share."""
        parts = self.settings.awards.max_winners_per_lot
        part = Fraction(round(award.share * parts), parts)
        return part if 0 < part <= 1 and abs(award.share - part) <= SHARE_PLACES else None

    def to_fill(self, award: AwardLine) -> Fraction:
        """What an award asks its winner to fill, in pence: its share of the value, or its whole grams if they are less.

        A share of a lot is won in whole grams of each product and month, and no more than those can be supplied.
        """
        lot, share = self.lots[award.lot], self.share(award)
        in_grams = sum(floor(share * grams) * self.asked.price[product] for (product, _), grams in lot.grams.items())
        return min(share * lot.least, Fraction(in_grams) / 10)

    @cached_property
    def award_supply(self) -> Mapping[tuple[str, str], list[SupplyLine]]:
        """The supply lines under each (lot, bidder)."""
        found: dict[tuple[str, str], list[SupplyLine]] = defaultdict(list)
        for line in self.papers.supply:
            found[line.lot, line.bidder].append(line)
        return found

    @cached_property
    def supplied(self) -> Mapping[tuple[str, str, int], int]:
        """Grams supplied for each (lot, product, month)."""
        found: dict[tuple[str, str, int], int] = defaultdict(int)
        for line in self.papers.supply:
            found[line.lot, line.product, line.month] += line.kg
        return found

    @cached_property
    def missing(self) -> Mapping[tuple[str, str, int], int]:
        """Grams stated to be bought on the open market for each (lot, product, month)."""
        return {(line.lot, line.product, line.month): line.kg for line in self.papers.shortfall}

    @cached_property
    def orders(self) -> Mapping[str, tuple[str, ...]]:
        """The sites of each round in the order they are driven, as rounds.csv states it."""
        found: dict[str, list[str]] = defaultdict(list)
        for stop in sorted(self.papers.rounds, key=lambda stop: (stop.round, stop.stop)):
            found[stop.round].append(stop.site)
        return {name: tuple(sites) for name, sites in found.items()}

    @cached_property
    def area_sites(self) -> Mapping[str, tuple[str, ...]]:
        """The sites of each distribution, in order of id."""
        areas = (line.distribution for line in self.papers.distribution)
        return {area: tuple(sorted(set(self.orders.get(area, ())))) for area in areas}

    @cached_property
    def through_depot(self) -> Mapping[str, frozenset[str]]:
        """The sites of all supply-only lots of each depot that is used."""
        found: dict[str, set[str]] = defaultdict(set)
        for award in self.awards:
            if award.depot:
                found[award.depot].update(self.lots[award.lot].sites)
        return {depot: frozenset(sites) for depot, sites in sorted(found.items())}

    def value_supplied(self, lines: list[SupplyLine]) -> Fraction:
        """Benchmark value of supply lines, in pence."""
        return sum((line.kg * self.asked.price[line.product] for line in lines), Fraction()) / 10

    def pool(self, lot: str) -> frozenset[str]:
        """The buyers a lot is bought for: all of them when they pool, else its own."""
        return frozenset(self.case.buyers) if self.settings.case.pool_buyers else self.lots[lot].buyers
