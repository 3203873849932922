"""What a bidder must be to win a lot, asked of all bidders at once; each sieve is one reason why it could not.

`SIEVES` is the list of contents: reach, season, accreditation, contract and drop live in the index set of the model.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from foodlots.delivery import Visits
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.stock import SLACK_KM

if TYPE_CHECKING:
    from foodlots.optimise.bids import BidBook

TINY_GBP = 1e-6  # £ of benchmark value; less than this a bidder cannot be said to sell anything


@dataclass(frozen=True, eq=False)
class Question:
    """One candidate, one way of bringing it, asked of all bidders at once; arrays run over the bidders."""

    book: "BidBook"
    candidate: Candidate
    depot: str
    share: Fraction
    visits: Visits
    there: np.ndarray

    @property
    def value_gbp(self) -> float:
        return self.candidate.value_gbp * float(self.share)

    @cached_property
    def sellable(self) -> np.ndarray:
        """Kilos each bidder and its members could fill: (bidders, products of the lot, 12)."""
        rows = [self.book.ground.row[product] for product in self.candidate.products]
        return np.minimum(self.book.kg[:, rows, :], float(self.share) * self.candidate.kg)

    @cached_property
    def fillable_gbp(self) -> np.ndarray:
        """Benchmark value of that, £."""
        rows = [self.book.ground.row[product] for product in self.candidate.products]
        return self.sellable.sum(axis=2) @ self.book.ground.benchmark[rows]


def in_season(question: Question) -> np.ndarray:
    """It or a member has something to sell in the lot's months."""
    return question.fillable_gbp > TINY_GBP


def reach_every_site(question: Question) -> np.ndarray:
    """It reaches every site of the lot, or the depot, within its own reach and the buyer's ceiling."""
    return question.there[1] <= question.book.reach + SLACK_KM


def hold_accreditations(question: Question) -> np.ndarray:
    """It holds every accreditation that any product of the lot asks of the seller."""
    needed = frozenset().union(
        *(question.book.ground.case.products[product].accreditations for product in question.candidate.products)
    )
    return np.array([needed <= held for held in question.book.accreditations], dtype=bool)


def contract_within_limit(question: Question) -> np.ndarray:
    """The contract is no larger than it would take."""
    return question.value_gbp <= question.book.max_contract + 1e-9


def worthwhile_drop(question: Question) -> np.ndarray:
    """Each drop is worth at least what the bidder asks."""
    return question.value_gbp / float(question.visits.drops) >= question.book.min_drop - 1e-9


SIEVES = (in_season, reach_every_site, hold_accreditations, contract_within_limit, worthwhile_drop)
