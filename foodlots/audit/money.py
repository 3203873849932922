"""Every pound of a plan, added up from its lines: what is spent, and what reaches local, small and organic firms."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from foodlots.audit.evidence import Evidence
from foodlots.audit.lines import AwardLine


@dataclass(frozen=True)
class Money:
    """Sums in whole pence over the lines of a plan."""

    evidence: Evidence

    @property
    def food(self) -> int:
        return sum(line.gbp for line in self.evidence.papers.supply)

    @property
    def collection(self) -> int:
        return sum(line.collection_gbp for line in self.evidence.papers.supply)

    @property
    def delivery(self) -> int:
        return sum(award.delivery_gbp for award in self.evidence.papers.awards)

    @property
    def handling(self) -> int:
        return sum(award.handling_gbp for award in self.evidence.papers.awards)

    @property
    def distribution(self) -> int:
        return sum(line.gbp for line in self.evidence.papers.distribution)

    @property
    def depots(self) -> Fraction:
        """Fixed cost of each depot used, once."""
        depots = self.evidence.case.depots
        return sum((Fraction(depots[depot].fixed_gbp) for depot in self.evidence.through_depot), Fraction()) * 100

    @property
    def open_market(self) -> int:
        return sum(line.gbp for line in self.evidence.papers.shortfall)

    @cached_property
    def spend(self) -> Fraction:
        """All that is paid for food and its delivery."""
        parts = self.food, self.delivery, self.collection, self.handling, self.distribution, self.open_market
        return sum(parts) + self.depots

    @property
    def lots(self) -> Fraction:
        """The cost of running each lot, open-market lots among them."""
        return Fraction(self.evidence.settings.costs.per_lot) * 100 * len(self.evidence.lots)

    @property
    def suppliers(self) -> Fraction:
        """Each winner once: its own setup cost, else the settings' cost of a supplier."""
        return sum((self._setup(bidder) for bidder in self.evidence.won_by), Fraction())

    @property
    def imbalance(self) -> int:
        """The most valuable lot less the least valuable."""
        values = [lot.pence for lot in self.evidence.lots.values()]
        return max(values) - min(values) if values else 0

    @cached_property
    def local(self) -> int:
        return sum(self.local_part(award) for award in self.evidence.awards)

    @cached_property
    def small(self) -> int:
        return self._paid(lambda producer: self.evidence.case.producers[producer].small)

    @cached_property
    def organic(self) -> int:
        return self._paid(lambda producer: self.evidence.case.producers[producer].organic)

    def local_part(self, award: AwardLine) -> int:
        """What an award pays local firms: growers for food and collection, the bidder for delivery."""
        pool = self.evidence.pool(award.lot)
        return self._part(award, lambda producer: self.evidence.sellers.is_local(producer, pool))

    def _paid(self, counts: Callable[[str], bool]) -> int:
        return sum(self._part(award, counts) for award in self.evidence.awards)

    def _part(self, award: AwardLine, counts: Callable[[str], bool]) -> int:
        lines = self.evidence.award_supply.get((award.lot, award.bidder), ())
        growers = sum(line.gbp + line.collection_gbp for line in lines if counts(line.producer))
        return growers + (award.delivery_gbp if counts(award.bidder) else 0)

    def _setup(self, bidder: str) -> Fraction:
        setup = self.evidence.case.producers[bidder].setup_gbp
        return Fraction(self.evidence.settings.costs.per_supplier if setup is None else setup) * 100
