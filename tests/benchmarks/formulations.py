"""Our formulation with one of its strengths taken away at a time, to see what each is worth."""

from dataclasses import dataclass, replace
from time import process_time

import pulp

from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.first_plan import relax
from foodlots.optimise.goals import objective
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.model import AT_MOST, Model, Row, compose, decide
from foodlots.optimise.paying import keep_what_can_pay
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.rules import RULES, count_winners, sell_only_as_winner
from foodlots.optimise.stock import take_stock

AS_IT_IS = "as it is"
KILOS_AS_ASKED = "kilos linked to all that is asked, not to what the bidder has"
WINNERS_UNTIED = "winners may sell all they have, however little they win"
ONE_BY_ONE = "each award linked to its winner by itself"
EVERY_BID = "bids and bidders kept that can never pay"
EVERY_MONTH = "every month by itself, alike or not"
WAYS = (AS_IT_IS, KILOS_AS_ASKED, WINNERS_UNTIED, ONE_BY_ONE, EVERY_BID, EVERY_MONTH)


@dataclass(frozen=True)
class Root:
    """The relaxed problem: columns, entries, its cost (a bound), £, and seconds of processor to build and to relax."""

    columns: int
    entries: int
    bound_gbp: float
    building: float
    relaxing: float


def build_so(case, settings, way: str) -> Model:
    """The whole problem written down this way: every way has the same optimum."""
    ground = lay_ground(case, settings)
    kind = _EveryMonth if way == EVERY_MONTH else BidBook
    book = kind(ground, take_stock(ground), draw_candidates(ground))
    if way != EVERY_BID:
        book.keep(keep_what_can_pay(book))
    if way == KILOS_AS_ASKED:
        book.bids = tuple(replace(bid, sellable=float(bid.share) * book.candidates[bid.lot].kg) for bid in book.bids)
    others = {WINNERS_UNTIED: (sell_only_as_winner, _nothing), ONE_BY_ONE: (count_winners, _count_one_by_one)}
    rule, instead = others.get(way, (None, None))
    rules = (instead if one is rule else one for one in RULES)
    made = decide(book)
    compose(made, (*rules, *POLICIES))
    aim = objective(made)
    made.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
    return made


class _EveryMonth(BidBook):
    """Months told apart even where they are alike."""

    def _spells(self, product: str):
        return tuple((month,) for spell in super()._spells(product) for month in spell)


def _nothing(model: Model):
    return iter(())


def _count_one_by_one(model: Model):
    for bidder, bids in sorted(model.awards_to().items()):
        for number, bid in enumerate(bids):
            yield (bidder, number), Row([(model.award[bid], 1.0), (model.win[bidder], -1.0)], AT_MOST, 0.0)


def root(case, settings, way: str) -> Root:
    """The relaxed problem of this way."""
    began = process_time()
    program = Program.of(build_so(case, settings, way).problem)
    built = process_time()
    relaxed = relax(program)
    return Root(len(program.cost), len(program.index), relaxed.cost, built - began, process_time() - built)
