"""Everybody who could have a part in a lot, laid out for the search for a consortium.

In a producer's view no price counts: kilos are taken as free at the gate, so that the cheapest set is the one whose
goods leave the most money after collection and delivery.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from foodlots.insight.conditions import FREE, Conditions
from foodlots.insight.fits import Inquiry
from foodlots.insight.standing import BUYER
from foodlots.optimise.assembly import Gathering, Seat
from foodlots.optimise.bids import BidBook
from foodlots.optimise.held import lot_id
from foodlots.optimise.sieves import Question
from foodlots.optimise.stock import SLACK_KM, Stock, reaches, take_stock


class Hall:
    """A lot of a plan and those who could gather for it. fill: share of its value to be filled, the buyer's if none."""

    def __init__(self, inquiry: Inquiry, lot: str, fill: float | None = None, own: Conditions = FREE):
        self.inquiry, self.lot, self.own = inquiry, lot, own
        self.candidate = next(each for each in inquiry.candidates if lot_id(each) == lot)
        self.fill = float(inquiry.settings.awards.min_fill) if fill is None else fill

    @cached_property
    def book(self) -> BidBook:
        """Every bid on the lot; in a producer's view as if there were no price ceiling."""
        settings = self.inquiry.settings
        ceiling = settings.awards.max_price_over_benchmark if self.inquiry.view == BUYER else None
        awards = replace(settings.awards, max_price_over_benchmark=ceiling)
        ground = replace(self.inquiry.ground, settings=replace(settings, awards=awards))
        return BidBook(ground, take_stock(ground), (self.candidate,), self.inquiry.rounds)

    @property
    def stock(self) -> Stock:
        return self.book.stock

    @cached_property
    def rows(self) -> list[int]:
        """Where the lot's products stand in the stock."""
        return [self.inquiry.ground.row[product] for product in self.candidate.products]

    @cached_property
    def needed(self) -> frozenset[str]:
        """What the lot asks of its seller."""
        products = self.inquiry.case.products
        return frozenset().union(*(products[product].accreditations for product in self.candidate.products))

    @cached_property
    def kg(self) -> Mapping[str, np.ndarray]:
        """Grower -> kilos of the lot's products it has, for those who have any in its months."""
        asked = self.candidate.kg > 0
        found = {p: self.stock.kg[row][self.rows] for p, row in self.stock.row.items()}
        return {producer: kg for producer, kg in found.items() if (kg * asked).any()}

    def gathering(self) -> Gathering:
        """Everything the search needs."""
        growers = {
            partner: tuple(grower for grower in self.stock.sells_for[partner] if grower in self.kg)
            for partner in self.stock.producers
        }
        producers = self.inquiry.case.producers
        growers = {p: own for p, own in growers.items() if own or producers[p].accreditations & self.needed}
        priced = self.inquiry.view == BUYER
        return Gathering(
            asked=self.candidate.kg,
            benchmark=self.inquiry.ground.benchmark[self.rows],
            kg=self.kg,
            price={g: self.stock.price[self.stock.row[g]][self.rows] * priced for g in self.kg},
            growers=growers,
            carry={(g, p): self.stock.collection[p, g] for p, own in growers.items() for g in own},
            joins=self._joins(tuple(growers)),
            holds={p: producers[p].accreditations & self.needed for p in growers},
            needed=self.needed,
            most={p: self._most(p) for p in growers},
            seats=tuple(self._seats(frozenset(growers))),
            handling={d.id: float(d.handling_gbp_per_kg) * priced for d in self.inquiry.case.depots.values()},
            least_gbp=self.fill * self.candidate.value_gbp,
            least={p: float(gbp) for p, gbp in self.own.at_least.items()},
            only_with=self.own.only_with,
        )

    def _most(self, partner: str) -> float | None:
        """The most value it wants to sell, £: by the tables, or by a condition of its own where that is less."""
        limits = (self.inquiry.case.producers[partner].max_contract_gbp, self.own.at_most.get(partner))
        return min((float(limit) for limit in limits if limit is not None), default=None)

    def _joins(self, partners: tuple[str, ...]) -> dict[tuple[str, str], float]:
        """(partner, lead) -> £/kg to bring goods to the lead, for those within the partner's reach."""
        km = self.inquiry.ground.roads.matrix(partners, partners)
        rate = float(self.inquiry.settings.costs.collect_gbp_per_kg_km)
        producers = self.inquiry.case.producers
        return {
            (partner, lead): rate * float(km[i, j]) * (partner != lead)
            for i, partner in enumerate(partners)
            for j, lead in enumerate(partners)
            if partner == lead or reaches(producers[partner].reach_km, float(km[i, j]))
        }

    def _seats(self, partners: frozenset[str]) -> list[Seat]:
        """Who could bring the lot, and how: in reach of every kitchen or of the depot, and worth the drop."""
        found = []
        for question in (each for each in self.book.questions(self.candidate) if each.share == 1):
            near = question.there[1] <= self.book.reach + SLACK_KM
            worth = question.value_gbp / float(question.visits.drops) >= self.book.min_drop - 1e-9
            rows = np.array([row for row in np.flatnonzero(near & worth) if self.book.bidders[row] in partners], int)
            rounds = self._rounds(question)
            found += [Seat(bid.channel.bidder, bid.channel.depot, bid.delivery_gbp, rounds)
                      for bid in self.book.made(0, question, rows)]  # fmt: skip
        return sorted(found)

    def _rounds(self, question: Question) -> float:
        """£ a year of a depot's rounds and keep that no other lot pays for already; for the buyer's eyes alone."""
        if not question.depot or self.inquiry.view != BUYER:
            return 0.0
        others = {award.lot for award in self.inquiry.plan.awards if award.depot == question.depot} - {self.lot}
        served = set().union(*(each.leaves for each in self.inquiry.candidates if lot_id(each) in others))
        left = sorted(self.candidate.leaves - served)
        rounds = sum(self.book.distribution(question.depot, leaf)[1] for leaf in left)
        return rounds + (0.0 if others else float(self.inquiry.case.depots[question.depot].fixed_gbp))
