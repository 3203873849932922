"""The model: decisions, rules, policies and goals composed into one PuLP problem, every row named."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pulp

from foodlots.optimise.bids import Bid, BidBook, Channel, Spell
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import Ground
from foodlots.optimise.stock import Stock

Terms = list[tuple[pulp.LpVariable, float]]
Wanted = Mapping[tuple[str, Spell], list[tuple[int, float]]]
EQUAL, AT_MOST, AT_LEAST = pulp.LpConstraintEQ, pulp.LpConstraintLE, pulp.LpConstraintGE


class Row(NamedTuple):
    """terms (at most | equal | at least) limit."""

    terms: Terms
    sense: int
    limit: float


class Sale(NamedTuple):
    """What a producer sells through a channel in a spell of months that are alike: the index of `supply`."""

    channel: Channel
    producer: str
    product: str
    spell: Spell


class Amount(NamedTuple):
    """A quantity in its own unit: terms + constant."""

    terms: Terms
    constant: float = 0.0

    def times(self, factor: float) -> "Amount":
        return Amount([(column, factor * by) for column, by in self.terms], factor * self.constant)


def together(amounts: Iterable[Amount]) -> Amount:
    """The amounts added up."""
    amounts = list(amounts)
    return Amount([term for amount in amounts for term in amount.terms], sum(amount.constant for amount in amounts))


@dataclass(eq=False)
class Model:
    """One problem and the decisions in it.

    draw[l] candidate l becomes a lot · award[i] bid i wins · win[b] bidder b wins anything ·
    supply[sale] kg · open_depot[d], serve[d, leaf] the depot works, and makes its round there ·
    largest, smallest: £ value of the extreme lots (only where balance is an aim).
    """

    book: BidBook
    problem: pulp.LpProblem = field(default_factory=lambda: pulp.LpProblem("foodlots", pulp.LpMinimize))
    draw: list[pulp.LpVariable] = field(default_factory=list)
    award: list[pulp.LpVariable] = field(default_factory=list)
    win: dict[str, pulp.LpVariable] = field(default_factory=dict)
    supply: dict[Sale, pulp.LpVariable] = field(default_factory=dict)
    open_depot: dict[str, pulp.LpVariable] = field(default_factory=dict)
    serve: dict[tuple[str, int], pulp.LpVariable] = field(default_factory=dict)
    extremes: dict[str, pulp.LpVariable] = field(default_factory=dict)
    rows: Counter = field(default_factory=Counter)

    @property
    def ground(self) -> Ground:
        return self.book.ground

    @property
    def settings(self):
        return self.book.ground.settings

    @property
    def stock(self) -> Stock:
        return self.book.stock

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self.book.candidates

    @property
    def bids(self) -> tuple[Bid, ...]:
        return self.book.bids

    def awards_to(self) -> Mapping[str, list[int]]:
        """Bidder -> its bids."""
        return self._grouped(lambda bid: bid.channel.bidder)

    def awards_on(self) -> Mapping[int, list[int]]:
        """Candidate -> the bids on it."""
        return self._grouped(lambda bid: bid.lot)

    def awards_through(self) -> Mapping[Channel, list[int]]:
        """Channel -> its bids."""
        return self._grouped(lambda bid: bid.channel)

    @cached_property
    def wanted(self) -> Mapping[Channel, Wanted]:
        """Channel -> (product, spell) -> the bids that could sell there, and how many kilos at the most; in order."""
        through = sorted(self.awards_through().items())
        return {channel: _wanted_through(self.book, bids) for channel, bids in through}

    def _grouped(self, key) -> Mapping:
        groups = defaultdict(list)
        for index, bid in enumerate(self.bids):
            groups[key(bid)].append(index)
        return groups


def decide(book: BidBook) -> Model:
    """The decisions, none that could only be zero."""
    model = Model(book)
    binary = {"lowBound": 0, "upBound": 1, "cat": pulp.LpInteger}
    add = model.problem.add_variable
    model.draw = [add(f"draw({lot_key(lot)})", **binary) for lot in range(len(book.candidates))]
    model.award = [add(f"award({lot_key(bid.lot)},{bid.key})", **binary) for bid in book.bids]
    model.win = {bidder: add(f"win({bidder})", **binary) for bidder in sorted(model.awards_to())}
    for sale, most in sales(model):
        name = ",".join([_channel_key(sale.channel), sale.producer, sale.product, spell_key(sale.spell)])
        model.supply[sale] = add(f"supply({name})", 0, most)
    through = sorted({(bid.channel.depot, leaf) for bid in book.bids for leaf in _leaves(book, bid)})
    model.open_depot = {depot: add(f"open_depot({depot})", **binary) for depot in sorted({d for d, _ in through})}
    model.serve = {(depot, leaf): add(f"serve({depot},a{leaf})", **binary) for depot, leaf in through}
    if model.settings.aims.balance_gbp:
        top = max(candidate.value_gbp for candidate in book.candidates)
        model.extremes = {name: add(f"{name}_lot", 0, top) for name in ("largest", "smallest")}
    return model


def lot_key(lot: int) -> str:
    """The name of a candidate in the model: one that sorts in its order."""
    return f"l{lot:05d}"


def _channel_key(channel: Channel) -> str:
    return f"{channel.bidder},p{channel.pool},{channel.depot}"


def _leaves(book: BidBook, bid: Bid) -> Iterable[int]:
    return book.candidates[bid.lot].leaves if bid.channel.depot else ()


def sales(model: Model) -> Iterator[tuple[Sale, float]]:
    """Every sale that could be more than nothing, with the most it could be: what the producer has, kg."""
    has = _grown(model)
    for channel, wanted in model.wanted.items():
        for producer in model.stock.sells_for[channel.bidder]:
            for product, spell in wanted:
                if (most := has[producer].get((product, spell), 0.0)) > 0:
                    yield Sale(channel, producer, product, spell), most


def _grown(model: Model) -> dict[str, dict[tuple[str, Spell], float]]:
    """Producer -> (product, spell) -> kilos it has."""
    book = model.book
    products, grown = model.ground.products, {}
    for producer, year in zip(model.stock.producers, model.stock.kg, strict=True):
        own = [(products[row], year[row]) for row in np.flatnonzero(year.any(axis=1)).tolist()]
        grown[producer] = {
            (product, spell): most
            for product, kg in own
            for spell, most in zip(book.spells[product], book.by_spell(product, kg), strict=True)
        }
    return grown


def _wanted_through(book: BidBook, bids: Iterable[int]) -> Wanted:
    wanted = defaultdict(list)
    for bid in bids:
        products, sellable = book.candidates[book.bids[bid].lot].products, book.bids[bid].sellable
        for row in np.flatnonzero(sellable.any(axis=1)).tolist():
            product = products[row]
            for spell, most in zip(book.spells[product], book.by_spell(product, sellable[row]), strict=True):
                if most > 0:
                    wanted[product, spell].append((bid, most))
    return dict(sorted(wanted.items()))


def spell_key(spell: Spell) -> str:
    """The name of a spell in the model: its months."""
    return "_".join(map(str, spell))


def compose(model: Model, functions) -> None:
    """Add the rows of every function, named after it and counted; a function that is off adds 0 rows."""
    for function in functions:
        name = function.__name__
        model.rows[name] += 0
        for key, row in function(model):
            label = f"{name}({','.join(map(str, key))})"
            model.problem += pulp.LpConstraint(pulp.LpAffineExpression(row.terms), row.sense, label, row.limit)
            model.rows[name] += 1
