"""How one bidder stands towards one lot: how far it is, what of it the bidder could fill, what a drop is worth.

Worked out from the bidder's own rows and its members' alone. In a producer's view a member's price is taken to be
the open market's, so that nothing here can depend on what anybody else asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from foodlots.case import Case, Producer
from foodlots.delivery import Rounds
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground
from foodlots.optimise.sieves import SIEVES, Question
from foodlots.optimise.stock import take_stock
from foodlots.settings import Settings

PRODUCER, BUYER = "producer", "buyer"
VIEWS = (PRODUCER, BUYER)
TINY_GBP = 1e-6  # £; filling less than this is filling nothing
SLACK_GBP = 1e-9  # £; a value this near a limit is on it: floats only


def own_case(case: Case, bidder: str, view: str = PRODUCER) -> Case:
    """The case with no other seller than the bidder and its members, members' prices hidden from a producer's view."""
    sellers = {key: each for key, each in case.producers.items() if key == bidder or bidder in each.member_of}
    offers = tuple(offer for offer in case.offers if offer.producer in sellers)
    if view == PRODUCER:
        market = {key: product.benchmark_gbp_per_kg for key, product in case.products.items()}
        offers = tuple(
            offer if offer.producer == bidder else replace(offer, price_gbp_per_kg=market[offer.product])
            for offer in offers
        )
    return replace(case, producers=sellers, offers=offers)


@dataclass(frozen=True, eq=False)
class Standing:
    """One bidder, one lot, one way of bringing it. offered: (products, 12) kilos it and its members could fill whatever
    their price · usable: those within the price ceiling · depot: "" when it would deliver to each kitchen ·
    delivery_gbp: its driving and drops, £ a year · drop_gbp: value of the lot for each drop.
    """

    bidder: Producer
    candidate: Candidate
    depot: str
    nearest_km: float
    farthest_km: float
    drop_gbp: float
    delivery_gbp: float
    offered: np.ndarray
    usable: np.ndarray
    benchmark: np.ndarray
    asker: "Asker"

    @property
    def settings(self) -> Settings:
        return self.asker.settings

    @property
    def case(self) -> Case:
        return self.asker.case

    @property
    def reach_km(self) -> float:
        """How far it may go: its own reach, or the buyer's ceiling where that is nearer, road km."""
        ceiling = self.settings.awards.max_km
        own = self.bidder.reach_km
        return float(own if ceiling is None else min(own, ceiling))

    @property
    def least_gbp(self) -> float:
        """Value it must fill to be able alone, £."""
        return float(self.settings.awards.min_fill) * self.candidate.value_gbp

    def worth(self, kg: np.ndarray) -> float:
        """Open-market value of kilos of the lot's products, £."""
        return float(self.benchmark @ kg.sum(axis=1))

    def enough(self, kg: np.ndarray) -> bool:
        """Whether these kilos are what a bidder must at least fill."""
        return self.worth(kg) >= max(self.least_gbp - SLACK_GBP, TINY_GBP)

    @property
    def fill(self) -> float:
        """Share of the lot's value it could fill within the price ceiling."""
        return self.worth(self.usable) / self.candidate.value_gbp

    def by_month(self, kg: np.ndarray) -> dict[int, float]:
        """Month -> share of the month's value in the lot that these kilos are, for the months in which any is asked."""
        asked, filled = self.benchmark @ self.candidate.kg, self.benchmark @ kg
        return {month + 1: float(filled[month] / asked[month]) for month in range(12) if asked[month] > 0}


@dataclass(frozen=True, eq=False)
class Asker:
    """One bidder, ready to be asked about any lots on this ground; `case` holds the bidder and its members alone."""

    ground: Ground
    bidder: str
    candidates: tuple[Candidate, ...]
    rounds: Rounds

    @classmethod
    def of(
        cls, ground: Ground, bidder: str, candidates: tuple[Candidate, ...], rounds: Rounds, view: str = PRODUCER
    ) -> "Asker":
        """The bidder among its own, as far as the view may see."""
        case = own_case(ground.case, bidder, view)
        return cls(replace(ground, case=case), bidder, candidates, rounds)

    @property
    def case(self) -> Case:
        return self.ground.case

    @property
    def settings(self) -> Settings:
        return self.ground.settings

    @cached_property
    def usable(self) -> BidBook:
        """Every bid it could make, at the prices it may ask."""
        return self._book(self.settings.awards.max_price_over_benchmark)

    @cached_property
    def offered(self) -> BidBook:
        """Every bid it could make if there were no price ceiling."""
        return self._book(None)

    def _book(self, ceiling) -> BidBook:
        awards = replace(self.settings.awards, max_price_over_benchmark=ceiling)
        lots = replace(self.settings.lots, min_able_bidders=0)
        ground = replace(self.ground, settings=replace(self.settings, awards=awards, lots=lots))
        return BidBook(ground, take_stock(ground), self.candidates, self.rounds)

    def ways(self, candidate: Candidate) -> list[Standing]:
        """How it stands towards a lot, delivered and through each depot; none where the lot has no deliveries."""
        whole = [self._whole(book, candidate) for book in (self.usable, self.offered)]
        return [self._standing(candidate, *questions) for questions in zip(*whole, strict=True)]

    def _whole(self, book: BidBook, candidate: Candidate) -> Iterator[Question]:
        return (question for question in book.questions(candidate) if question.share == 1)

    def _standing(self, candidate: Candidate, usable: Question, offered: Question) -> Standing:
        row = self.usable.bidders.index(self.bidder)
        rows = [self.ground.row[product] for product in candidate.products]
        drop = usable.value_gbp / float(usable.visits.drops)
        delivery = self.usable.made(0, usable, np.array([row]))[0].delivery_gbp
        near, far = map(float, usable.there[:, row])
        return Standing(
            self.case.producers[self.bidder], candidate, usable.depot, near, far, drop, delivery,
            offered.sellable[row], usable.sellable[row], self.ground.benchmark[rows], self,
        )  # fmt: skip

    @cached_property
    def filled(self) -> Mapping[int, float]:
        """Lot -> share of its value it could fill, for the lots it could be awarded whole."""
        own = (bid for bid in self.usable.bids if bid.channel.bidder == self.bidder and bid.share == 1)
        return {bid.lot: float(self._benchmark(bid.lot) @ bid.sellable.sum(axis=1)) / bid.value_gbp for bid in own}

    def _benchmark(self, lot: int) -> np.ndarray:
        return self.ground.benchmark[[self.ground.row[product] for product in self.candidates[lot].products]]

    def is_able(self, lot: int) -> bool:
        """Whether it could be awarded the lot whole and fill enough of it alone: what the plan counts as able."""
        row = self.usable.bidders.index(self.bidder)
        whole = self._whole(self.usable, self.candidates[lot])
        return any(all(sieve(way)[row] for sieve in (*SIEVES, self.usable.fills_alone)) for way in whole)
