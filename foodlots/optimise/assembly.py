"""Who could serve a lot together: the decisions and rules of a consortium, as a small MILP of its own.

One of them, the lead, brings the lot to its kitchens or to a depot; the others bring their goods to the lead. Together
they hold what the lot asks of its seller (Procurement Act 2023, s.22(8)-(9)) and fill at least a share of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pulp

from foodlots.optimise.model import AT_LEAST, AT_MOST, EQUAL

TINY_GBP = 1e-6  # £; filling less than this is filling nothing


@dataclass(frozen=True, order=True)
class Seat:
    """Who leads and how it brings the lot, £ a year: `depot` is "" when to each kitchen, else its rounds cost more."""

    lead: str
    depot: str
    delivery_gbp: float
    rounds_gbp: float = 0.0

    @property
    def gbp(self) -> float:
        """What the buyer pays for bringing the lot, £ a year."""
        return self.delivery_gbp + self.rounds_gbp


@dataclass(frozen=True, eq=False)
class Gathering:
    """One lot and everybody who could have a part in it.

    asked: (products, 12) kilos · benchmark: £/kg · kg: grower -> (products, 12) kilos it has · price: the same, £/kg ·
    growers: partner -> whose goods it brings, itself among them · carry: (grower, partner) -> £/kg to bring them ·
    joins: (partner, lead) -> £/kg from partner to lead, for pairs in reach · holds: partner -> what it holds of
    `needed` · most: partner -> the most value it wants to sell, £ · least_gbp: value to be filled together, £ ·
    least: partner -> the least value it wants to sell if it is in at all, £ · only_with: (partner, other): it is in
    only if the other is.
    """

    asked: np.ndarray
    benchmark: np.ndarray
    kg: Mapping[str, np.ndarray]
    price: Mapping[str, np.ndarray]
    growers: Mapping[str, tuple[str, ...]]
    carry: Mapping[tuple[str, str], float]
    joins: Mapping[tuple[str, str], float]
    holds: Mapping[str, frozenset[str]]
    needed: frozenset[str]
    most: Mapping[str, float | None]
    seats: tuple[Seat, ...]
    handling: Mapping[str, float]
    least_gbp: float
    least: Mapping[str, float] = field(default_factory=dict)
    only_with: tuple[tuple[str, str], ...] = ()

    @property
    def value_gbp(self) -> float:
        """Open-market value of all that is asked, £ a year."""
        return float(self.benchmark @ self.asked.sum(axis=1))


Load = tuple[str, str, int, int]  # partner, grower, row of the product, month from 0


class Assembly:
    """The decisions: who is in, who leads from which seat, and kilos by partner, grower, product and month."""

    def __init__(self, gathering: Gathering):
        self.gathering = gathering
        self.problem = pulp.LpProblem("consortium", pulp.LpMinimize)
        add, binary = self.problem.add_variable, {"lowBound": 0, "upBound": 1, "cat": pulp.LpInteger}
        self.member = {partner: add(f"in({partner})", **binary) for partner in gathering.growers}
        self.lead = {seat: add(f"lead({seat.lead},{seat.depot})", **binary) for seat in gathering.seats}
        self.load = {load: add(f"load({','.join(map(str, load))})", 0, most) for load, most in _loads(gathering)}
        self.loads_of: dict[str, list[tuple[Load, pulp.LpVariable]]] = defaultdict(list)
        for load, column in self.load.items():
            self.loads_of[load[0]].append((load, column))
        for rule in RULES:
            for number, (terms, sense, limit) in enumerate(rule(self)):
                row = pulp.LpAffineExpression(terms)
                self.problem += pulp.LpConstraint(row, sense, f"{rule.__name__}({number})", limit)

    def add_row(self, name: str, terms: Iterable, sense: int, limit: float) -> None:
        """One more row, to narrow what is looked for."""
        self.problem += pulp.LpConstraint(pulp.LpAffineExpression(list(terms)), sense, name, limit)

    def leave_out(self, partners: tuple[str, ...]) -> None:
        """Look for another set: not this one, nor it with others besides."""
        terms = [(self.member[partner], 1.0) for partner in partners]
        self.add_row(f"another_set({','.join(partners)})", terms, AT_MOST, len(partners) - 1.0)

    @cached_property
    def cost(self) -> list[tuple[pulp.LpVariable, float]]:
        """£ a year against buying everything on the open market: gate, collection, delivery, handling."""
        gathering, terms = self.gathering, []
        for (partner, grower, row, month), column in self.load.items():
            gate = float(gathering.price[grower][row, month]) + gathering.carry[grower, partner]
            terms.append((column, gate - float(gathering.benchmark[row])))
        terms += [(lead, seat.gbp) for seat, lead in self.lead.items()]
        for partner in self.loads_of:
            terms += self._carried(partner)
        return terms

    def _carried(self, partner: str) -> list[tuple[pulp.LpVariable, float]]:
        """Kilos from a partner to each seat it can join, all of them to the seat that leads, and £/kg for that."""
        loads, terms = self.loads_of[partner], []
        most = sum(float(column.upBound) for _, column in loads)
        for seat in self.gathering.seats:
            if (partner, seat.lead) in self.gathering.joins:
                key = f"{partner},{seat.lead},{seat.depot}"
                way = self.problem.add_variable(f"way({key})", 0)
                self.add_row(f"carry_to_the_lead({key})", [(way, 1.0), (self.lead[seat], -most)], AT_MOST, 0.0)
                rate = self.gathering.joins[partner, seat.lead] + self.gathering.handling.get(seat.depot, 0.0)
                terms.append((way, rate))
        sent = [(way, 1.0) for way, _ in terms] + [(column, -1.0) for _, column in loads]
        self.add_row(f"carry_everything({partner})", sent, EQUAL, 0.0)
        return terms


def _loads(gathering: Gathering) -> Iterator[tuple[Load, float]]:
    """Every load that could be more than nothing, and the most it could be, kg."""
    for partner, growers in gathering.growers.items():
        for grower in growers:
            most = np.minimum(gathering.kg[grower], gathering.asked)
            for row, month in zip(*np.nonzero(most > 0), strict=True):
                yield (partner, grower, int(row), int(month)), float(most[row, month])


def one_leads(assembly: Assembly):
    """Exactly one leads, in one way, and is in the set."""
    yield [(lead, 1.0) for lead in assembly.lead.values()], EQUAL, 1.0
    for seat, lead in assembly.lead.items():
        yield [(lead, 1.0), (assembly.member[seat.lead], -1.0)], AT_MOST, 0.0


def reach_the_lead(assembly: Assembly):
    """Whoever is in can bring its goods to the lead within its own reach."""
    joins, seats = assembly.gathering.joins, assembly.lead.items()
    for partner, member in assembly.member.items():
        far = [(lead, 1.0) for seat, lead in seats if (partner, seat.lead) not in joins]
        if far:
            yield [*far, (member, 1.0)], AT_MOST, 1.0


def only_partners_bring(assembly: Assembly):
    """Only who is in brings anything."""
    for (partner, *_), column in assembly.load.items():
        yield [(column, 1.0), (assembly.member[partner], -float(column.upBound))], AT_MOST, 0.0


def bring_no_more_than_asked(assembly: Assembly):
    """Together no more than the lot asks for in a month, and no grower more than it has."""
    asked, grown = defaultdict(list), defaultdict(list)
    for (_, grower, row, month), column in assembly.load.items():
        asked[row, month].append((column, 1.0))
        grown[grower, row, month].append((column, 1.0))
    for (row, month), terms in asked.items():
        yield terms, AT_MOST, float(assembly.gathering.asked[row, month])
    for (grower, row, month), terms in grown.items():
        if len(terms) > 1:
            yield terms, AT_MOST, float(assembly.gathering.kg[grower][row, month])


def fill_enough(assembly: Assembly):
    """Together they fill the share of the lot's value that is asked."""
    benchmark = assembly.gathering.benchmark
    terms = [(column, float(benchmark[row])) for (_, _, row, _), column in assembly.load.items()]
    yield terms, AT_LEAST, max(assembly.gathering.least_gbp, TINY_GBP)


def hold_together(assembly: Assembly):
    """Every accreditation the lot asks for is held by one of them."""
    holds = assembly.gathering.holds
    for needed in sorted(assembly.gathering.needed):
        yield [(m, 1.0) for partner, m in assembly.member.items() if needed in holds[partner]], AT_LEAST, 1.0


def sell_no_more_than_wanted(assembly: Assembly):
    """Nobody's part is worth more than the most it wants to sell."""
    for partner, loads in assembly.loads_of.items():
        most = assembly.gathering.most[partner]
        if most is not None:
            terms = [(column, float(assembly.gathering.benchmark[load[2]])) for load, column in loads]
            yield terms, AT_MOST, most


def sell_enough_if_in(assembly: Assembly):
    """Whoever is in sells at least what makes it worth its while."""
    for partner, least in assembly.gathering.least.items():
        if partner in assembly.member:
            loads = assembly.loads_of.get(partner, ())
            terms = [(column, float(assembly.gathering.benchmark[load[2]])) for load, column in loads]
            yield [*terms, (assembly.member[partner], -least)], AT_LEAST, 0.0


def in_only_with_the_other(assembly: Assembly):
    """Who wants somebody beside it is in only if that one is."""
    for partner, other in assembly.gathering.only_with:
        if partner in assembly.member:
            beside = [(assembly.member[other], -1.0)] if other in assembly.member else []
            yield [(assembly.member[partner], 1.0), *beside], AT_MOST, 0.0


RULES = (
    one_leads,
    reach_the_lead,
    only_partners_bring,
    bring_no_more_than_asked,
    fill_enough,
    hold_together,
    sell_no_more_than_wanted,
    sell_enough_if_in,
    in_only_with_the_other,
)
