"""From a case to a plan: lay the ground, draw candidates, find bids, solve, settle, draw up."""

import gc
import platform
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from importlib.metadata import version
from itertools import product
from math import floor
from time import monotonic

import numpy as np
import pulp

import foodlots
from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.conflict import explain_conflict
from foodlots.optimise.draw_up import Book, what_lots_ask
from foodlots.optimise.finding import LEAST_SECONDS, find_best
from foodlots.optimise.goals import objective
from foodlots.optimise.ground import Ground, lay_ground
from foodlots.optimise.last_plan import begin_like
from foodlots.optimise.model import Model, compose, decide
from foodlots.optimise.order import COUNTED, SAME_NUMBER, in_order
from foodlots.optimise.paying import keep_what_can_pay
from foodlots.optimise.policies import POLICIES
from foodlots.optimise.program import Program
from foodlots.optimise.rules import RULES
from foodlots.optimise.settle import FILLS_AND_FLOORS, FLOORS, ask_more, hold, settle
from foodlots.optimise.small_problems import Found
from foodlots.optimise.solver import Answer, Effort, Infeasible, Progress
from foodlots.optimise.stock import take_stock
from foodlots.optimise.summing import keeps_floors, summarise
from foodlots.plan import Plan
from foodlots.settings import Settings, plainly

TIE_SHARE = 1e-6  # of all demand: plans nearer than this in cost are as good as each other
SPARE_GBP = tuple(0.0001 * 2**step for step in range(8))  # £ for each term of a floor; rounding moves ½p a line
KILOS_SECONDS = 60.0  # s for the linear program that settles the kilos; it takes well under one


@dataclass(frozen=True)
class Outlook:
    """What the person waiting sees: seconds since the start, seconds left, best plan and proven bound, £."""

    seconds: float
    left: float
    best_gbp: float | None
    bound_gbp: float | None
    gap_share: float | None
    doing: str


Onlooker = Callable[[Outlook], bool]  # True asks to stop with the best plan so far
Hint = tuple[Plan | None, float]  # a plan to begin with, and what no plan costs less than, £
NO_HINT: Hint = (None, float("-inf"))


def make_plan(
    case: Case,
    settings: Settings,
    look: Onlooker | None = None,
    run: Mapping | None = None,
    last: Plan | None = None,
    least_gbp: float = float("-inf"),
) -> Plan:
    """The best plan found within the effort allowed, drawn up to the gram and the penny, with its proof.

    `run` is added to run.json (file hashes, command). `last`: an earlier plan to begin with, where the limits still
    allow its lots. `least_gbp`: what no plan can cost less than, where that is proven already. Raises NoPlan when the
    limits allow no plan.
    """
    began = monotonic()

    def drawn_up() -> Plan:
        summary = summarise(book, settings, book.ground.demand, answer, monotonic() - began)
        tables = book.lots, book.cells, book.awards, book.supply, book.shortfall, book.distribution, book.rounds
        return Plan(*tables, summary, _record(model, settings, answer, run or {}))

    model, answer, book = _search_and_settle(case, settings, look, began, hint=(last, least_gbp))
    for rules in (FLOORS, FILLS_AND_FLOORS):
        if keeps_floors(book):
            break
        with suppress(NoPlan):
            left, hint = _with_the_rest(settings, began), (drawn_up(), answer.bound)
            model, _, book = _search_and_settle(case, left, look, began, rules, hint)
    return drawn_up()


def _with_the_rest(settings: Settings, began: float) -> Settings:
    """The settings with the time that is left, a little at the least."""
    left = max(LEAST_SECONDS, float(settings.effort.seconds) - (monotonic() - began))
    return replace(settings, effort=replace(settings.effort, seconds=Decimal(left)))


def build(case: Case, settings: Settings) -> Model:
    """The whole problem, ready to solve."""
    return build_on(lay_ground(case, settings))


def build_on(ground: Ground) -> Model:
    """The same on ground that is laid already."""
    with _undisturbed():
        return _built(ground)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What is built is all kept: Python's collector of what nobody needs would look through it again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _built(ground: Ground) -> Model:
    book = BidBook(ground, take_stock(ground), draw_candidates(ground))
    book.keep(keep_what_can_pay(book))
    model = decide(book)
    compose(model, (*RULES, *POLICIES))
    aim = objective(model)
    model.problem.setObjective(pulp.LpAffineExpression(aim.terms, aim.constant))
    return model


def _search(model: Model, settings: Settings, look: Onlooker | None, began: float, hint: Hint) -> Answer:
    if settings.order.aims:
        return _search_in_order(model, settings, look, began, hint[0])
    effort, total = settings.effort, model.ground.value_gbp
    limit, program, (last, least) = float(effort.seconds), Program.of(model.problem), hint

    def watch(progress: Progress) -> bool:
        gap, seconds = _gap(progress, total), monotonic() - began
        outlook = Outlook(seconds, max(0.0, limit - progress.seconds), progress.best, progress.bound, gap, "searching")
        enough = gap is not None and gap <= float(effort.gap) and seconds >= float(effort.patience)
        return enough or bool(look and look(outlook))

    until = monotonic() + limit
    try:
        begin = last and begin_like(model, program, last, lambda: monotonic() > until)
        whole = Effort(max(LEAST_SECONDS, until - monotonic()), TIE_SHARE * total, effort.threads, effort.seed)
        return find_best(model, program, whole, watch, begin, least)
    except Infeasible as conflict:
        raise explain_conflict(model) from conflict


def _search_in_order(
    model: Model, settings: Settings, look: Onlooker | None, began: float, last: Plan | None
) -> Answer:
    """Aim after aim; the time left is shared among those still to come."""
    effort, total = settings.effort, model.ground.value_gbp

    def solve_one(name: str, start: np.ndarray | None, to_come: int) -> Answer:
        left = max(1.0, float(effort.seconds) - (monotonic() - began))

        def watch(progress: Progress) -> bool:
            return bool(look and look(Outlook(monotonic() - began, left, None, None, None, "searching")))

        tie = SAME_NUMBER if name in COUNTED else TIE_SHARE * total
        part, program = Effort(left / (to_come + 1), tie, effort.threads, effort.seed), Program.of(model.problem)
        begin = last and begin_like(model, program, last) if start is None else Found(program.costs(start), start)
        return find_best(model, program, part, watch, begin)

    try:
        return in_order(model, solve_one)
    except Infeasible as conflict:
        raise explain_conflict(model) from conflict


def _search_and_settle(
    case: Case, settings: Settings, look: Onlooker | None, began: float, rules: tuple = (), hint: Hint = NO_HINT
) -> tuple[Model, Answer, Book]:
    """A plan's tables, what they were made of, and the proof; some rules asked for with pennies to spare."""
    model = build(case, settings)
    ask_more(model, rules, SPARE_GBP[-1])
    answer = _search(model, settings, look, began, hint)
    return model, answer, _settle(model, Effort(KILOS_SECONDS, threads=settings.effort.threads))


def _settle(model: Model, effort: Effort) -> Book:
    """The plan's tables, with as few pennies to spare in its floors as rounding allows."""
    decided = hold(model)
    asked = what_lots_ask(model, decided.drawn)
    book = Book(model, settle(model, decided, asked.grams, effort), asked)
    for rules, spare in product((FILLS_AND_FLOORS, FLOORS), SPARE_GBP):
        if keeps_floors(book):
            break
        with suppress(Infeasible):
            book = Book(model, settle(model, decided, asked.grams, effort, rules, spare), asked)
    return book


def _gap(progress: Progress, total: float) -> float | None:
    if progress.best is None or progress.bound is None:
        return None
    return max(0.0, progress.best - progress.bound) / min(max(progress.best, 1.0), total)


def _whole_pence(bound: Fraction) -> str:
    """A bound in £, never more than it is."""
    return f"{Decimal(floor(bound * 100)) / 100:.2f}"


def _record(model: Model, settings: Settings, answer: Answer, run: Mapping) -> dict:
    """What another needs to make this plan again, and to know how it was made."""
    return {
        "inputs_sha256": model.ground.case.sha256,
        **run,
        "settings": plainly(settings),
        "versions": {
            "foodlots": foodlots.__version__,
            "pulp": version("pulp"),
            "highspy": version("highspy"),
            "python": platform.python_version(),
        },
        "solver": {"status": answer.status, "proven": answer.proven, "nodes": answer.nodes},
        **({} if answer.certified is None else {"certified_bound_gbp": _whole_pence(answer.certified)}),
        "seed": settings.effort.seed,
        "rows": dict(model.rows),
        "removed": dict(sorted(model.book.removed.items())),
        "candidates": len(model.candidates),
        "bids": len(model.bids),
    }
