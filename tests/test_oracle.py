"""The model against trying every plan: the same optimum, the same refusals, and plans the audit accepts.

A plan is in whole pence and grams, the oracle's optimum is not. They may differ by what rounding can do (tolerance.py)
and by what it costs to keep fills and floors a penny a line over their least, so that rounding cannot break them.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from oracle import FINE, Found, Oracle, TooLarge
from random_cases import Sample, draw_sample, write_case
from tolerance import HALF_PENNY, PENNY, TIE, kilos_rounding_gbp, rounding_gbp
from wrong_models import WRONG

from foodlots.audit import audit_plan
from foodlots.case import Case
from foodlots.errors import NoPlan
from foodlots.optimise import make_plan
from foodlots.plan import Plan
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

SHORT, LONG, BLOCK = 350, 20_000, 50
MOST_LEFT_OUT = 0.04  # of the cases: too many plans to try them all


@cache
def truth(seed: int) -> tuple[Oracle | None, Found | None]:
    """The oracle and its optimum; None for one that does not exist. Raises TooLarge."""
    sample = draw_sample(seed)
    try:
        oracle = Oracle(sample.case, sample.settings)
    except NoPlan:
        return None, None
    return oracle, oracle.best()


def disagreements(sample: Sample, folder: Path | None = None) -> Iterator[str]:
    """Everything in which model, oracle and audit differ on a case; the audit is asked when there is a folder."""
    oracle, best = truth(sample.seed)
    case, settings = sample.case, sample.settings
    if folder:
        case, settings, _ = read_case(write_case(case, settings, folder / "case"))
    try:
        plan = make_plan(case, settings, run={"overrides": []})
    except NoPlan as trouble:
        if best:
            yield f"NoPlan ({trouble}), but there is one for £{float(best.gbp):.4f}"
        return
    if not oracle or not best:
        yield f"a plan for £{plan.summary.objective_gbp}, but none is allowed"
        return
    yield from _costs_that_differ(case, plan, oracle, best)
    if folder:
        verdict = audit_plan(folder / "case", write_plan(plan, folder / "plan"))
        yield from (f"audit: {breach.check}: {breach.sentence}" for breach in verdict.breaches)


def _costs_that_differ(case: Case, plan: Plan, oracle: Oracle, best: Found) -> Iterator[str]:
    try:
        decided = oracle.decided_by(plan)
    except KeyError:
        yield f"an award or a lot is not allowed: {plan.awards}"
        return
    worth = Fraction(oracle.settings.aims.local_spend_gbp)
    grams = kilos_rounding_gbp(case, plan)  # the same lots drawn otherwise may differ by so much
    rounding, tie = rounding_gbp(case, plan, worth), TIE * oracle.book.total + PENNY / 10
    own = oracle.cost(decided)
    if own is None:
        yield f"no kilos will do for its awards {plan.awards}"
        return
    said, bound = Fraction(plan.summary.objective_gbp), Fraction(plan.summary.bound_gbp)
    spared = oracle.cost(decided, spare_gbp=PENNY * len(plan.supply + plan.awards)) or own
    if own / FINE > best.gbp + tie + grams:
        yield f"its lots and awards cost £{float(own / FINE):.4f}, the best £{float(best.gbp):.4f}"
    if not own / FINE - rounding <= said <= spared / FINE + rounding + tie:
        yield f"it says £{float(said)}, but its lots and awards cost £{float(own / FINE):.4f}"
    if abs(bound - best.gbp) > HALF_PENNY + grams + tie:
        yield f"the bound is £{float(bound)}, but the best costs £{float(best.gbp):.4f}"
    if plan.summary.status != "optimal":
        yield f"it is called {plan.summary.status}"
    yield from _lots_that_differ(plan, oracle, decided)


def _lots_that_differ(plan: Plan, oracle: Oracle, decided) -> Iterator[str]:
    for lot, (work, _) in zip(plan.lots, decided, strict=True):
        if lot.able_bidders != len(work.able):
            yield f"lot {lot.id} has {len(work.able)} able owners, not {lot.able_bidders}"
        if abs(float(lot.round_km) - oracle.book.facts.tour(work.sites)) > 1e-5:
            yield f"the round of lot {lot.id} is {oracle.book.facts.tour(work.sites)} km, not {lot.round_km}"
        if abs(Fraction(lot.value_gbp) - work.value) > PENNY:
            yield f"lot {lot.id} is worth £{float(work.value):.4f}, not £{lot.value_gbp}"


def campaign(seeds: range, folder: Path) -> list[str]:
    """Every disagreement on these cases, with the seed; few may be left out as too large."""
    found, left_out = [], 0
    for seed in seeds:
        try:
            found += [f"seed {seed}: {trouble}" for trouble in disagreements(draw_sample(seed), folder / str(seed))]
        except TooLarge:
            left_out += 1
    assert left_out <= max(2, MOST_LEFT_OUT * len(seeds))
    return found


@pytest.mark.parametrize("first", range(0, SHORT, BLOCK))
def test_the_model_finds_what_trying_every_plan_finds(first, tmp_path):
    assert campaign(range(first, first + BLOCK), tmp_path) == []


ONCE_WRONG = (
    3565,  # nobody bids, and two ways to draw the lots come to different grams: here the trial was wrong, not the model
    5142,  # a share of a lot that its winner fills to the very gram: exactly it is worth a hundredth of a penny more
    7047,  # a site that asks for nothing, in a lot drawn by hand and brought through a depot
    6299,  # a fill a gram short, beside bidders who win nothing: pennies to spare were asked of them too
)


@pytest.mark.parametrize("seed", ONCE_WRONG)
def test_what_was_once_wrong_stays_right(seed, tmp_path):
    assert list(disagreements(draw_sample(seed), tmp_path)) == []


@pytest.mark.long
@pytest.mark.parametrize("first", range(SHORT, LONG, 4 * BLOCK))
def test_the_model_finds_what_trying_every_plan_finds_at_length(first, tmp_path):
    truth.cache_clear()
    assert campaign(range(first, first + 4 * BLOCK), tmp_path) == []


TRAITS = {
    "open market alone": lambda plan: not plan.awards,
    "several winners": lambda plan: plan.summary.winners > 1,
    "several lots": lambda plan: len(plan.lots) > 1,
    "an open-market lot beside a winner": lambda plan: 0 < plan.summary.awarded_lots < plan.summary.lots,
    "a lot shared": lambda plan: max(Counter(award.lot for award in plan.awards).values(), default=0) > 1,
    "part of a lot": lambda plan: any(award.share < 1 for award in plan.awards),
    "several lots for one": lambda plan: len(plan.awards) > plan.summary.winners > 0,
    "through a depot": lambda plan: bool(plan.distribution),
    "members' goods": lambda plan: any(line.producer != line.bidder for line in plan.supply),
    "collection paid": lambda plan: plan.summary.collection_gbp > 0,
    "shortfall in a lot won": lambda plan: any(0 < lot.fill < 1 for lot in plan.lots),
    "a lot filled": lambda plan: any(lot.fill == 1 for lot in plan.lots),
    "a round of several sites": lambda plan: any(lot.round_km > 0 and lot.winner for lot in plan.lots),
    "local money": lambda plan: plan.summary.local_spend_gbp > 0,
}
REFUSED = "limits that allow no plan"


def test_plans_of_every_kind_are_met():
    met = Counter(name for seed in range(SHORT) for name in _kinds_of_plan(draw_sample(seed)))
    assert {name: met[name] for name in (*TRAITS, REFUSED) if met[name] < 5} == {}


def _kinds_of_plan(sample: Sample) -> list[str]:
    try:
        plan = make_plan(sample.case, sample.settings)
    except NoPlan:
        return [REFUSED]
    return [name for name, true in TRAITS.items() if true(plan)]


@pytest.fixture(scope="module")
def agreed() -> list[Sample]:
    """The cases of the short campaign on which the untampered model and the oracle agree."""
    samples = [draw_sample(seed) for seed in range(SHORT)]
    return [sample for sample in samples if not _troubles(sample)]


def _troubles(sample: Sample) -> list[str]:
    """Every disagreement on a case; a model that breaks down disagrees too; a case too large is one to leave out."""
    try:
        return list(disagreements(sample))
    except Exception as trouble:
        return [f"it breaks down: {trouble!r}"]


def caught(agreed: list[Sample]) -> bool:
    """Whether a model that was tampered with disagrees on a case on which the right one agreed."""
    return any(_troubles(sample) for sample in agreed)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_model_is_caught(wrong, agreed, monkeypatch):
    WRONG[wrong](monkeypatch)
    assert caught(agreed)


def test_the_right_model_is_not_caught(agreed):
    assert len(agreed) >= (1 - MOST_LEFT_OUT) * SHORT
    assert not caught(agreed[:20])
