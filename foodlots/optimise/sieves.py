"""What a bidder must be to win a lot, asked of all bidders at once; each sieve is one reason why it could not.

`SIEVES` is the list of contents: reach, season, accreditation, contract and drop live in the index set of the model.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from foodlots.case import MONTHS
from foodlots.delivery import Visits
from foodlots.optimise.candidates import Candidate
from foodlots.optimise.ground import GRAMS
from foodlots.optimise.stock import SLACK_KM

if TYPE_CHECKING:
    from foodlots.optimise.bids import BidBook

TINY_GRAMS = 1e-6  # grams; a share of whole grams that is whole but for floats
TINY_GBP = 1e-6  # £ of benchmark value; less than this a bidder cannot be said to sell anything


def months_above(gbp: np.ndarray) -> np.ndarray:
    """The months (last axis) whose £ are more than nothing, as the bits of one whole number."""
    return (gbp > TINY_GBP) @ (1 << np.arange(len(MONTHS)))


@dataclass(frozen=True, eq=False)
class Question:
    """One candidate, one way of bringing it, asked of many bidders at once; arrays run over those asked.

    who: which of the book's bidders are asked · there: their road km to the nearest and the farthest place, (2, asked).
    """

    book: "BidBook"
    candidate: Candidate
    depot: str
    share: Fraction
    visits: Visits
    there: np.ndarray
    who: np.ndarray

    def among(self, some: np.ndarray) -> "Question":
        """The same asked of some of them alone; `some`: yes or no for each."""
        return self if some.all() else replace(self, there=self.there[:, some], who=self.who[some])

    @cached_property
    def rows(self) -> list[int]:
        """Where the lot's products stand in the book's."""
        return [self.book.ground.row[product] for product in self.candidate.products]

    @property
    def value_gbp(self) -> float:
        return self.candidate.value_gbp * float(self.share)

    @cached_property
    def to_fill_gbp(self) -> float:
        """What a winner must fill a share of, £: the value, or the share's whole grams where they are worth less."""
        grams = np.floor(float(self.share) * np.rint(GRAMS * self.candidate.kg) + TINY_GRAMS)
        return min(self.value_gbp, float(self.book.ground.benchmark[self.rows] @ grams.sum(axis=1)) / GRAMS)

    @cached_property
    def sellable(self) -> np.ndarray:
        """Kilos each bidder and its members could fill: (asked, products of the lot, 12)."""
        return np.minimum(self.book.kg[np.ix_(self.who, self.rows)], float(self.share) * self.candidate.kg)

    @cached_property
    def fillable_gbp(self) -> np.ndarray:
        """Benchmark value of that, £."""
        return self.sellable.sum(axis=2) @ self.book.ground.benchmark[self.rows]


def in_season(question: Question) -> np.ndarray:
    """It or a member has something to sell in some month in which the lot asks for it."""
    value = float(question.share) * question.candidate.kg * question.book.ground.benchmark[question.rows, None]
    return (question.book.months[np.ix_(question.who, question.rows)] & months_above(value)).any(axis=1)


def reach_every_site(question: Question) -> np.ndarray:
    """It reaches every site of the lot, or the depot, within its own reach and the buyer's ceiling."""
    return question.there[1] <= question.book.reach[question.who] + SLACK_KM


def hold_accreditations(question: Question) -> np.ndarray:
    """It holds every accreditation that any product of the lot asks of the seller."""
    needed = frozenset().union(
        *(question.book.ground.case.products[product].accreditations for product in question.candidate.products)
    )
    return np.array([needed <= question.book.accreditations[bidder] for bidder in question.who], dtype=bool)


def contract_within_limit(question: Question) -> np.ndarray:
    """The contract is no larger than it would take."""
    return question.value_gbp <= question.book.max_contract[question.who] + 1e-9


def worthwhile_drop(question: Question) -> np.ndarray:
    """Each drop is worth at least what the bidder asks."""
    return question.value_gbp / float(question.visits.drops) >= question.book.min_drop[question.who] - 1e-9


SIEVES = (in_season, reach_every_site, hold_accreditations, contract_within_limit, worthwhile_drop)
