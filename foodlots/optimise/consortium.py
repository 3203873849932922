"""The smallest, then the cheapest, sets of producers that together could serve a lot, each proven by the solver."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pulp

from foodlots.errors import NoPlan
from foodlots.optimise.assembly import TINY_GBP, Assembly, Gathering, Seat
from foodlots.optimise.model import EQUAL
from foodlots.optimise.solver import Effort, solve

SECONDS = 15.0  # s for one solve; most take well under one


@dataclass(frozen=True, eq=False)
class Band:
    """A set found: who, in which seat, what it costs the buyer (£ a year, what is left on the open market included).

    brings: (partner, grower) -> (products, 12) kilos.
    """

    partners: tuple[str, ...]
    seat: Seat
    cost_gbp: float
    brings: Mapping[tuple[str, str], np.ndarray]


def smallest_bands(gathering: Gathering, most: int, must: Iterable[str] = ()) -> list[Band]:
    """The smallest sets that together are able, the cheapest of a size first; fewer when there are no more.

    must: who has to be in.
    """
    must, found = sorted(must), []
    size = 1 if _one_is_enough(gathering, must) else _fewest(gathering, found, must)
    while size is not None and len(found) < most:
        found += _of_size(gathering, size, found, must, most - len(found))
        size = _fewest(gathering, found, must) if len(found) < most else None
    return found


def _one_is_enough(gathering: Gathering, must: list[str]) -> bool:
    """Whether somebody who could lead is able alone, which needs no search."""
    leads = {seat.lead for seat in gathering.seats if gathering.holds[seat.lead] >= gathering.needed}
    leads -= {partner for partner, other in gathering.only_with if other != partner}
    return any(set(must) <= {lead} and _fills_alone(gathering, lead) for lead in leads)


def _fills_alone(gathering: Gathering, lead: str) -> bool:
    kilos = sum((gathering.kg[grower] for grower in gathering.growers[lead]), np.zeros_like(gathering.asked))
    least, most = max(gathering.least_gbp, gathering.least.get(lead, 0.0), TINY_GBP), gathering.most[lead]
    worth = float(gathering.benchmark @ np.minimum(kilos, gathering.asked).sum(axis=1))
    return worth >= least and (most is None or most >= least)


def _fewest(gathering: Gathering, found: list[Band], must: list[str]) -> int | None:
    """The size of the smallest set not found yet; None when there is none, not even all together."""
    assembly = _assembled(gathering, found, must)
    if assembly is None:
        return None
    assembly.problem.setObjective(pulp.LpAffineExpression([(member, 1.0) for member in assembly.member.values()]))
    return round(sum(m.varValue for m in assembly.member.values())) if _solved(assembly, 0.5) else None


def _of_size(gathering: Gathering, size: int, found: list[Band], must: list[str], most: int) -> list[Band]:
    """The cheapest sets of this size that were not found yet, one after another."""
    assembly, bands = _assembled(gathering, found, must), []
    if assembly is None:
        return []
    assembly.problem.setObjective(pulp.LpAffineExpression(assembly.cost, gathering.value_gbp))
    assembly.add_row("of_this_size", [(member, 1.0) for member in assembly.member.values()], EQUAL, float(size))
    while len(bands) < most and _solved(assembly, 0.005):
        bands.append(_band(assembly))
        assembly.leave_out(bands[-1].partners)
    return bands


def _assembled(gathering: Gathering, found: list[Band], must: list[str]) -> Assembly | None:
    """The problem with what was found left out; None when nobody could lead or bring anything."""
    if not gathering.seats or not set(must) <= set(gathering.growers):
        return None
    assembly = Assembly(gathering)
    if not assembly.load or not gathering.needed <= frozenset().union(*gathering.holds.values()):
        return None
    for band in found:
        assembly.leave_out(band.partners)
    for partner in must:
        assembly.member[partner].lowBound = 1
    return assembly


def _solved(assembly: Assembly, gap_gbp: float) -> bool:
    try:
        solve(assembly.problem, Effort(SECONDS, gap_gbp))
    except NoPlan:
        return False
    return True


def _band(assembly: Assembly) -> Band:
    brings: dict[tuple[str, str], np.ndarray] = {}
    for (partner, grower, row, month), column in assembly.load.items():
        if column.varValue > 1e-6:
            kilos = brings.setdefault((partner, grower), np.zeros_like(assembly.gathering.asked))
            kilos[row, month] = column.varValue
    partners = tuple(sorted(partner for partner, member in assembly.member.items() if member.varValue > 0.5))
    seat = next(seat for seat, lead in assembly.lead.items() if lead.varValue > 0.5)
    cost = sum(by * column.varValue for column, by in assembly.cost) + assembly.gathering.value_gbp
    return Band(partners, seat, cost, dict(sorted(brings.items())))
