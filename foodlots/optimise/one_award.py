"""One award of a plan asked about, its lots and every other award held: what the plan costs with it and without."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import pulp

from foodlots.delivery import Rounds
from foodlots.errors import NoPlan
from foodlots.optimise.bids import Bid, BidBook
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.goals import objective
from foodlots.optimise.ground import Ground
from foodlots.optimise.held import all_bids, lot_id
from foodlots.optimise.model import AT_LEAST, Model, compose, decide
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.rules import RULES
from foodlots.optimise.solver import Effort, solve
from foodlots.plan import Award

SECONDS = 30.0  # s; one award asked about takes a fraction of a second
SAME_SHARE = 1e-5  # shares are written to six decimals


@dataclass(frozen=True, eq=False)
class HeldPlan:
    """Every bid on the plan's lots, and the awards that are held. Costs are in £, worth of the aims included."""

    book: BidBook
    awards: tuple[Award, ...]

    @classmethod
    def on(
        cls, ground: Ground, candidates: tuple[Candidate, ...], awards: Iterable[Award], rounds: Rounds | None = None
    ) -> "HeldPlan":
        """The same on ground that is laid already, with the plan's lots as its candidates."""
        return cls(all_bids(ground, candidates, rounds), tuple(awards))

    @cached_property
    def lot_ids(self) -> tuple[str, ...]:
        """The plan's name of each candidate."""
        return tuple(map(lot_id, self.book.candidates))

    @cached_property
    def held_bids(self) -> tuple[Bid, ...]:
        """The bids behind the awards; an award that could not be made again is left to the open market."""
        wanted = {(award.lot, award.bidder, award.depot): float(award.share) for award in self.awards}
        return tuple(bid for bid in self.book.bids if self._is_held(bid, wanted))

    def _is_held(self, bid: Bid, wanted: Mapping) -> bool:
        share = wanted.get((self.lot_ids[bid.lot], bid.channel.bidder, bid.channel.depot))
        return share is not None and abs(share - float(bid.share)) < SAME_SHARE

    def cost_when(self, lot: str, bidder: str, wins: bool) -> float | None:
        """The least the plan costs when the bidder wins the lot, or does not; None when the limits forbid it.

        Every other award is held; the kilos, and who else wins this lot, are found anew.
        """
        others = [bid for bid in self.held_bids if self.lot_ids[bid.lot] != lot]
        mine = [bid for bid in self.book.bids if self._is_on(bid, lot) and bid.channel.bidder == bidder]
        rest = [bid for bid in self.book.bids if self._is_on(bid, lot) and bid.channel.bidder != bidder]
        shared = self.book.ground.settings.awards.max_winners_per_lot > 1
        if wins and not mine:
            return None
        asked = mine + (rest if shared else []) if wins else rest
        return self._solved(others, asked, mine if wins else [])

    def cost_as_it_stands(self) -> float:
        """What the plan costs with every award held, the kilos found anew."""
        cost = self._solved(list(self.held_bids), [], [])
        if cost is None:
            raise NoPlan("the awards of this plan break the limits as they are now set; make the plan anew")
        return cost

    def _is_on(self, bid: Bid, lot: str) -> bool:
        return self.lot_ids[bid.lot] == lot

    def _solved(self, held: list[Bid], free: list[Bid], must: list[Bid]) -> float | None:
        """The cost with some bids won, some free to win, and at least one of some."""
        model = self._model((*held, *free))
        for award, bid in zip(model.award, model.bids, strict=True):
            if bid in held:
                award.lowBound = 1
        terms = [(award, 1.0) for award, bid in zip(model.award, model.bids, strict=True) if bid in must]
        if terms:
            model.problem += pulp.LpConstraint(pulp.LpAffineExpression(terms), AT_LEAST, "asked", 1.0)
        effort = model.settings.effort
        try:
            return solve(model.problem, Effort(SECONDS, 0.0, effort.threads, effort.seed)).objective
        except NoPlan:
            return None

    def _model(self, bids: Iterable[Bid]) -> Model:
        book = copy(self.book)
        order = {id(bid): place for place, bid in enumerate(self.book.bids)}
        book.bids = tuple(sorted(bids, key=lambda bid: order[id(bid)]))
        model = decide(book)
        compose(model, (*RULES, *POLICIES))
        aim = objective(model)
        model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
        return model
