"""Every award that could be made: which bidder could take which lot, delivered or through a depot.

What cannot be is left out here and never becomes a column; each sieve says how many possibilities it removed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from foodlots.case import MONTHS
from foodlots.delivery import Rounds, Timetable, Visits, driving_km
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground
from foodlots.optimise.sieves import SIEVES, TINY_GBP, Question, months_above
from foodlots.optimise.stock import Stock

Spell = tuple[int, ...]  # months that are alike for a product


@dataclass(frozen=True, order=True)
class Channel:
    """A way for a bidder to sell to a pool: delivering itself (`depot` is "") or through a depot."""

    bidder: str
    pool: int
    depot: str


@dataclass(frozen=True, eq=False)
class Bid:
    """A lot, or a share of it, that a bidder could win. sellable: (products, 12) kilos it could fill at the most ·
    to_fill_gbp: what its winner must fill a share of.

    km, delivery_gbp: its driving in a year, as floats for the search; `BidBook.journey` tells them exactly.
    """

    lot: int
    channel: Channel
    share: Fraction
    sellable: np.ndarray
    value_gbp: float
    to_fill_gbp: float
    visits: Visits
    km: float
    delivery_gbp: float

    @cached_property
    def key(self) -> str:
        """Its name in the model: lot, bidder, depot and share."""
        via = f",via_{self.channel.depot}" if self.channel.depot else ""
        part = "" if self.share == 1 else f",{self.share.numerator}of{self.share.denominator}"
        return f"{self.channel.bidder}{via}{part}"


class BidBook:
    """All bids for all candidates, how many able bidders each lot has, and what each sieve removed."""

    def __init__(self, ground: Ground, stock: Stock, candidates: tuple[Candidate, ...], rounds: Rounds | None = None):
        self.ground, self.stock, self.candidates = ground, stock, candidates
        self.bidders = stock.producers
        producers = [ground.case.producers[bidder] for bidder in self.bidders]
        rows = stock.row
        self.kg = np.array(
            [stock.kg[[rows[grower] for grower in stock.sells_for[b]]].sum(axis=0) for b in self.bidders]
        ).reshape(stock.kg.shape)
        self.months = months_above(self.kg * ground.benchmark[:, None])
        ceiling = ground.settings.awards.max_km
        self.reach = np.array([float(p.reach_km if ceiling is None else min(p.reach_km, ceiling)) for p in producers])
        self.accreditations = [producer.accreditations for producer in producers]
        self.max_contract = np.array(
            [np.inf if p.max_contract_gbp is None else float(p.max_contract_gbp) for p in producers]
        )
        self.min_drop = np.array([float(producer.min_drop_gbp) for producer in producers])
        self.timetable, self.rounds = Timetable(ground.case, ground.settings), rounds or Rounds(ground.roads)
        self.removed = Counter({"respect_price_ceiling": stock.too_dear, "require_able_bidders": 0, "never_pays": 0})
        self.able: dict[int, frozenset[str]] = {}
        self._km: dict[tuple[str, ...], np.ndarray] = {}
        self.spells = {product: self._spells(product) for product in ground.products}
        self.bids = tuple(bid for lot in range(len(candidates)) for bid in self._bids_for(lot))

    def keep(self, bids: tuple[Bid, ...]) -> None:
        """Go on with these bids alone, the others counted as never paying."""
        self.removed["never_pays"] += len(self.bids) - len(bids)
        self.bids = bids

    def by_spell(self, product: str, kg: np.ndarray) -> list[float]:
        """Kilos of a year, January first, added up over each spell of the product."""
        return (kg @ self._months_of[product]).tolist()

    @cached_property
    def _months_of(self) -> dict[str, np.ndarray]:
        """For each product which months (rows) are in which spell (columns), as noughts and ones."""
        return {
            product: np.array([[float(month in spell) for spell in spells] for month in MONTHS]).reshape(12, -1)
            for product, spells in self.spells.items()
        }

    def distribution(self, depot: str, leaf: int) -> tuple[float, float]:
        """Road km and £ a year of a depot's round through a small area, as often as the most frequent product asks."""
        costs, sites = self.ground.settings.costs, self.ground.leaves[leaf]
        visits = self.timetable.delivered(sites, self.timetable.most_frequent(self.ground.products))
        there = min(self.ground.roads.km(depot, site) for site in sites)
        km = driving_km(visits.visits, there, self.rounds.through(sites).km)
        return float(km), float(km * Fraction(costs.per_km) + visits.drops * Fraction(costs.per_drop))

    def _spells(self, product: str) -> tuple[Spell, ...]:
        """Months in which the product is asked for, those that no lot and no producer tells apart together."""
        row, alike = self.ground.row[product], defaultdict(list)
        rows = [c.kg[c.products.index(product)] for c in self.candidates if product in c.products]
        asked = np.array(rows).reshape(-1, len(MONTHS))
        has = np.concatenate([asked, self.stock.kg[:, row], self.stock.price[:, row]])
        for month in MONTHS:
            if asked[:, month - 1].any():
                alike[has[:, month - 1].tobytes()].append(month)
        return tuple(sorted(map(tuple, alike.values())))

    def _bids_for(self, lot: int) -> Iterator[Bid]:
        """The bids for one candidate, and its able bidders noted on the way."""
        found, owners = [], set()
        for question in self.questions(self.candidates[lot]):
            fitting = self._sift(question, self.removed)
            found += self.made(lot, fitting, np.arange(len(fitting.who)))
            owners |= self._owners_able(fitting)
        self.able[lot] = frozenset(owners)
        if len(owners) < self.ground.settings.lots.min_able_bidders:
            self.removed["require_able_bidders"] += len(found)
            return
        yield from found

    def able_owners(self, candidate: Candidate) -> frozenset[str]:
        """The owners who could each win a lot alone, whether it is one of the book's or not."""
        questions = self.questions(candidate)
        return frozenset().union(*(self._owners_able(self._sift(question, Counter())) for question in questions))

    def _owners_able(self, fitting: Question) -> set[str]:
        """Of those who pass every sieve, the owners who fill the whole lot by themselves as far as a winner must."""
        if fitting.share != 1:
            return set()
        return {self._owner(bidder) for bidder in fitting.who[self.fills_alone(fitting)]}

    def questions(self, candidate: Candidate) -> Iterator[Question]:
        """Every way of bringing a lot and every share of it, the whole first."""
        parts = self.ground.settings.awards.max_winners_per_lot
        shares = [Fraction(part, parts) for part in range(parts, 0, -1)]
        often = self.timetable.most_frequent(candidate.products)
        ways = [("", self.timetable.delivered(candidate.sites, often, candidate.months), self._to_sites(candidate))]
        for depot in self.ground.case.depots:
            visits = self.timetable.to_depot(candidate.sites, often, candidate.months)
            ways.append((depot, visits, self._to_places((depot,))))
        everyone = np.arange(len(self.bidders))
        for depot, visits, there in ways:
            if visits.drops:
                yield from (Question(self, candidate, depot, share, visits, there, everyone) for share in shares)

    def _to_sites(self, candidate: Candidate) -> np.ndarray:
        """Each bidder's road km to the nearest and the farthest site; small areas' own where the lot covers these."""
        if candidate.sites not in self._km:
            leaves = [self.ground.leaves[leaf] for leaf in candidate.leaves]
            if len(leaves) > 1 and sorted(site for leaf in leaves for site in leaf) == list(candidate.sites):
                near, far = zip(*map(self._to_places, leaves), strict=True)
                self._km[candidate.sites] = np.array([np.minimum.reduce(near), np.maximum.reduce(far)])
        return self._to_places(candidate.sites)

    def _to_places(self, places: tuple[str, ...]) -> np.ndarray:
        """Each bidder's road km to the nearest and the farthest of the places: (2, bidders)."""
        if places not in self._km:
            km = self.ground.roads.matrix(self.bidders, places)
            self._km[places] = np.array([km.min(axis=1), km.max(axis=1)])
        return self._km[places]

    def _sift(self, question: Question, removed: Counter) -> Question:
        """The same asked of those alone who pass every sieve; what each removed is counted."""
        for sieve in SIEVES:
            passed = sieve(question)
            removed[sieve.__name__] += int((~passed).sum())
            question = question.among(passed)
        return question

    def fills_alone(self, question: Question) -> np.ndarray:
        """It could fill by itself what a winner must."""
        least = float(self.ground.settings.awards.min_fill) * question.to_fill_gbp
        return question.fillable_gbp >= max(least - 1e-9, TINY_GBP)

    def _owner(self, bidder: int) -> str:
        return self.ground.case.producers[self.bidders[bidder]].owner_group

    def made(self, lot: int, question: Question, rows: np.ndarray) -> list[Bid]:
        """The bids of these, by where they stand among those asked."""
        costs, pool = self.ground.settings.costs, question.candidate.pool
        drops = 0.0 if question.depot else float(question.visits.drops)
        km = float(question.visits.visits) * (
            2 * question.there[0, rows] + self._around(question.candidate, question.depot)
        )
        gbp = km * float(costs.per_km) + drops * float(costs.per_drop)
        return [
            Bid(
                lot, Channel(self.bidders[bidder], pool, question.depot), question.share, sellable,
                question.value_gbp, question.to_fill_gbp, question.visits, driven, paid,
            )
            for bidder, sellable, driven, paid in zip(
                question.who[rows].tolist(), question.sellable[rows], km.tolist(), gbp.tolist(), strict=True
            )
        ]  # fmt: skip

    def _around(self, candidate: Candidate, depot: str) -> float:
        return 0.0 if depot else self.rounds.through(candidate.sites).km

    def journey(self, bid: Bid) -> tuple[Fraction, Fraction]:
        """A bid's driving in a year, km, and its cost with drops, £; exact in the decimals of the distances."""
        candidate, costs, depot = self.candidates[bid.lot], self.ground.settings.costs, bid.channel.depot
        places = (depot,) if depot else candidate.sites
        there = self._to_places(places)[0, self.stock.row[bid.channel.bidder]]
        km = driving_km(bid.visits.visits, there, self._around(candidate, depot))
        drops = Fraction(0) if depot else bid.visits.drops
        return km, km * Fraction(costs.per_km) + drops * Fraction(costs.per_drop)
