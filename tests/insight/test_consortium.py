"""Consortia: every set tried on small random cases, shares by hand, and the consortium as a bidder of the next plan."""

from itertools import combinations

import numpy as np
import pulp
import pytest
from asked_again import inquiries
from one_kitchen import farm, kitchen_case, offer, product, settings_with
from random_cases import write_case

from foodlots.errors import DataError
from foodlots.insight.conditions import read_conditions
from foodlots.insight.consortium import consortia
from foodlots.insight.consortium_bidder import as_bidder
from foodlots.insight.consortium_words import consortium_lines, consortium_record
from foodlots.insight.fits import Inquiry, fits
from foodlots.insight.gathering import Hall
from foodlots.insight.sharing_out import shapley
from foodlots.optimise import make_plan
from foodlots.optimise.assembly import Gathering, Seat
from foodlots.optimise.consortium import smallest_bands
from foodlots.reading import read_case, read_tables
from foodlots.writing import write_tables


def cheapest_of(gathering, group, seat):
    """The least cost of one group in one seat, None when it is not able: a linear program of its own."""
    if not gathering.needed <= frozenset().union(*(gathering.holds[each] for each in group)):
        return None
    if any((each, seat.lead) not in gathering.joins for each in group):
        return None
    if any(one in group and other not in group for one, other in gathering.only_with):
        return None
    problem, columns = pulp.LpProblem("group", pulp.LpMinimize), {}
    for partner in group:
        for grower in gathering.growers[partner]:
            for row, month in np.ndindex(gathering.asked.shape):
                most = float(gathering.kg[grower][row, month])
                columns[partner, grower, row, month] = problem.add_variable(f"x{len(columns)}", 0, most)
    bench = gathering.benchmark
    rate = {p: gathering.joins[p, seat.lead] + gathering.handling.get(seat.depot, 0.0) for p in group}
    problem += pulp.lpSum(
        x * (float(gathering.price[g][k, t]) + gathering.carry[g, p] + rate[p] - float(bench[k]))
        for (p, g, k, t), x in columns.items()
    )
    for row, month in np.ndindex(gathering.asked.shape):
        here = [x for (_, _, k, t), x in columns.items() if (k, t) == (row, month)]
        problem += pulp.lpSum(here) <= float(gathering.asked[row, month])
    for grower in gathering.kg:
        for row, month in np.ndindex(gathering.asked.shape):
            here = [x for (_, g, k, t), x in columns.items() if (g, k, t) == (grower, row, month)]
            if len(here) > 1:
                problem += pulp.lpSum(here) <= float(gathering.kg[grower][row, month])
    worth = {p: pulp.lpSum(x * float(bench[k]) for (q, _, k, _), x in columns.items() if p == q) for p in group}
    problem += pulp.lpSum(worth.values()) >= max(gathering.least_gbp, 1e-6)
    for partner in group:
        if gathering.most[partner] is not None:
            problem += worth[partner] <= gathering.most[partner]
        problem += worth[partner] >= gathering.least.get(partner, 0.0)
    problem.solve(pulp.HiGHS(msg=False))
    if pulp.LpStatus[problem.status] != "Optimal":
        return None
    return pulp.value(problem.objective) + seat.gbp + gathering.value_gbp


def every_set(gathering):
    """Size -> group -> its least cost, for the smallest size at which any group is able; {} when none is."""
    for size in range(1, len(gathering.growers) + 1):
        found = {}
        for group in combinations(sorted(gathering.growers), size):
            costs = [cheapest_of(gathering, group, seat) for seat in gathering.seats if seat.lead in group]
            costs = [cost for cost in costs if cost is not None]
            if costs:
                found[group] = min(costs)
        if found:
            return found
    return {}


def compare(gathering, label) -> int:
    """The size of the best set, once search and trying every set agree on who is in the best sets and at what cost."""
    tried, bands = every_set(gathering), smallest_bands(gathering, 3)
    if not tried:
        assert not bands, label
        return 0
    size, best = len(next(iter(tried))), sorted(tried.values())
    same_size = [band for band in bands if len(band.partners) == size]
    assert len(same_size) == min(3, len(best)), label
    for band, cost in zip(same_size, best, strict=False):
        assert band.cost_gbp == pytest.approx(cost, abs=0.02), (label, band)
        assert tried[band.partners] == pytest.approx(band.cost_gbp, abs=0.02)
    return size


def random_gathering(seed: int) -> Gathering:
    """Five or six partners, two products, three months; nobody has much, not all reach each other, p0 has a member."""
    dice = np.random.default_rng(seed)
    asked = np.zeros((2, 12))
    asked[:, :3] = dice.uniform(200, 900, (2, 3)).round(0)
    names = [f"p{number}" for number in range(dice.integers(5, 7))]
    kg = {name: (dice.uniform(0.05, 0.6, (2, 12)) * asked * (dice.random((2, 12)) < 0.7)).round(1) for name in names}
    price = {name: np.full((2, 12), dice.uniform(0.3, 1.4)).round(2) for name in names}
    growers = {name: (name,) for name in names} | {"p0": ("p0", "p1")}
    carry = {(grower, partner): 0.02 * (grower != partner) for partner, own in growers.items() for grower in own}
    joins = {(a, b): 0.0 if a == b else round(dice.uniform(0, 0.1), 3) for a in names for b in names
             if a == b or dice.random() < 0.75}  # fmt: skip
    seats = tuple(sorted(Seat(name, depot, round(dice.uniform(50, 400), 2)) for name in names for depot in ("", "hub")
                         if dice.random() < 0.5))  # fmt: skip
    holds = {name: frozenset(held for held in ("salsa", "dairy") if dice.random() < 0.5) for name in names}
    most = {name: round(dice.uniform(200, 900), 2) if dice.random() < 0.2 else None for name in names}
    least = float(dice.choice([0.4, 0.6, 0.8])) * float(np.array([1.0, 1.2]) @ asked.sum(axis=1))
    needed = frozenset(["salsa", "dairy"][: dice.integers(0, 3)])
    wants = {name: round(dice.uniform(100, 500), 2) for name in names if dice.random() < 0.3}
    only_with = tuple((names[a], names[a - 1]) for a in range(len(names)) if dice.random() < 0.25)
    return Gathering(asked, np.array([1.0, 1.2]), kg, price, growers, carry, joins, holds, needed, most, seats,
                     {"hub": 0.05}, least, wants, only_with)  # fmt: skip


def test_trying_every_set_finds_the_same():
    sizes = [compare(random_gathering(seed), seed) for seed in range(9)]
    assert sum(size > 1 for size in sizes) >= 4, sizes


@pytest.mark.long
def test_trying_every_set_finds_the_same_in_many_gatherings():
    sizes = [compare(random_gathering(seed), seed) for seed in range(9, 200)]
    assert sum(size > 1 for size in sizes) >= 60, sizes


@pytest.mark.long
@pytest.mark.parametrize("view", ["buyer", "producer"])
def test_trying_every_set_finds_the_same_on_lots_of_random_plans(view):
    sizes = [
        compare(Hall(inquiry, lot.id, fill).gathering(), (seed, lot.id))
        for seed, inquiry in inquiries(range(40), view) for lot in inquiry.plan.lots[:3] for fill in (0.3, 1.0)
    ]  # fmt: skip
    assert sum(size > 0 for size in sizes) >= 30


def two_farms(tmp_path, **changes):
    """1,000 kg of leeks and as many of milk in two months; a grower of each, both needed, and one to spare."""
    dairy = product("milk", "1", ["dairy"])
    producers = [
        farm("green", **changes),
        farm("white", accreditations=frozenset(["dairy"])),
        farm("spare", accreditations=frozenset(["dairy"])),
    ]
    offers = [offer("green", 1000, "1.50"), offer("white", 1000, "0.60", product="milk"),
              offer("spare", 900, "0.50", product="milk")]  # fmt: skip
    case = kitchen_case(producers, offers, [product(), dairy])
    cells = tuple(("mill", each, (3, 4)) for each in ("leek", "milk"))
    folder = write_case(case.__class__(**{**case.__dict__, "lots": {"all": cells}}),
                        settings_with("awards.min_fill=0.95"), tmp_path / "case")  # fmt: skip
    found, settings, _ = read_case(folder)
    return folder, Inquiry(found, settings, make_plan(found, settings))


def test_two_that_are_able_only_together(tmp_path):
    """Leeks are worth 4,000 and milk 2,000: green alone fills two thirds and may sell no dairy; with white, all.

    White alone could sell its milk, 2,000; green alone nothing, for it holds no dairy.
    """
    _, inquiry = two_farms(tmp_path)
    assert not any(fit.able for bidder in inquiry.case.producers for fit in fits(inquiry, bidder))
    best, other = consortia(inquiry, "all").sets
    assert best.partners == ("green", "white")
    assert other.partners == ("green", "spare")
    assert best.fill == pytest.approx(1)
    assert best.money_gbp == pytest.approx(6000)
    parts = {part.partner: part for part in best.parts}
    assert parts["green"].value_gbp == pytest.approx(4000)
    assert parts["green"].shapley_gbp == pytest.approx((0 + 4000) / 2)
    assert parts["white"].shapley_gbp == pytest.approx((2000 + 6000) / 2)
    assert parts["white"].holds == ("dairy",)
    assert parts["white"].kilos == {("milk", 3): 1000, ("milk", 4): 1000}


def test_a_reserve_says_for_whom_it_could_stand_in(tmp_path):
    _, inquiry = two_farms(tmp_path)
    best = consortia(inquiry, "all").sets[0]
    if best.lead == "green":
        assert [(each.producer, each.stands_in_for) for each in best.reserves] == [("spare", ("white",))]


def test_who_wants_no_larger_contract_brings_no_more(tmp_path):
    """Green wants to sell leeks for 3,000 at the most, so that nobody reaches 95% of 6,000."""
    _, inquiry = two_farms(tmp_path, max_contract_gbp=3000)
    assert consortia(inquiry, "all").sets == ()
    assert consortia(inquiry, "all", fill=0.8).sets[0].fill == pytest.approx(5000 / 6000)


def test_who_joins_only_to_sell_enough_joins_only_then(tmp_path):
    """White's milk is worth 2,000: asked for 2,000 it is in, for a penny more the spare dairy is in its place."""
    _, inquiry = two_farms(tmp_path)
    for amount, partners in (("2000", ("green", "white")), ("2000.01", ("green", "spare"))):
        own = read_conditions(inquiry.case, at_least=[f"white={amount}"])
        assert consortia(inquiry, "all", own=own).sets[0].partners == partners


def test_who_joins_only_to_sell_little_brings_no_more(tmp_path):
    _, inquiry = two_farms(tmp_path)
    own = read_conditions(inquiry.case, at_most=["green=£3,000"])
    assert consortia(inquiry, "all", own=own).sets == ()
    assert consortia(inquiry, "all", fill=0.8, own=own).sets[0].fill == pytest.approx(5000 / 6000)


def test_who_joins_only_with_another_brings_it(tmp_path):
    _, inquiry = two_farms(tmp_path)
    own = read_conditions(inquiry.case, only_with=["green=spare"])
    assert consortia(inquiry, "all", own=own).sets[0].partners == ("green", "spare")
    own = read_conditions(inquiry.case, only_with=["green=spare", "spare=white"])
    assert consortia(inquiry, "all", own=own).sets[0].partners == ("green", "spare", "white")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"at_least": ["white"]}, "is not understood.*hill_farm=5000"),
        ({"at_most": ["white=much"]}, "'much' is no amount"),
        ({"at_most": ["white=-1"]}, "'-1' is no amount"),
        ({"at_least": ["whit=5"]}, "'whit' is not there"),
        ({"only_with": ["white="]}, "is not understood.*dale_dairy"),
        ({"at_least": ["white=5"], "at_most": ["white=4"]}, "leave nothing between"),
    ],
)
def test_a_condition_that_is_not_understood_is_named(tmp_path, given, problem):
    _, inquiry = two_farms(tmp_path)
    with pytest.raises(DataError, match=problem):
        read_conditions(inquiry.case, **given)


def test_a_consortium_bids_in_the_next_plan_and_wins(tmp_path):
    folder, inquiry = two_farms(tmp_path)
    assert inquiry.plan.lots[0].winner == ""
    changed, own = as_bidder(read_tables(folder), inquiry.case, consortia(inquiry, "all").sets[0])
    case, settings, _ = read_case(write_tables(changed, tmp_path / "next"))
    plan = make_plan(case, settings)
    assert plan.lots[0].winner == own
    assert plan.lots[0].fill == 1
    with pytest.raises(DataError, match="there already"):
        as_bidder(changed, case, consortia(inquiry, "all").sets[0])


def test_who_must_be_in_is_in_and_who_is_not_there_is_named(tmp_path):
    _, inquiry = two_farms(tmp_path)
    assert consortia(inquiry, "all", ["spare"]).sets[0].partners == ("green", "spare")
    with pytest.raises(DataError, match="'spear' is not there"):
        consortia(inquiry, "all", ["spear"])
    with pytest.raises(DataError, match=r"lots\.csv, lot: 'al' is not there"):
        consortia(inquiry, "al")


def test_nobody_sees_a_price_but_the_buyer(tmp_path):
    _, inquiry = two_farms(tmp_path)
    offers = [offer("green", 1000, "0.01"), offer("white", 1000, "0.95", product="milk"),
              offer("spare", 900, "0.01", product="milk")]  # fmt: skip
    other = Inquiry(inquiry.case.__class__(**{**inquiry.case.__dict__, "offers": tuple(offers)}), inquiry.settings,
                    inquiry.plan)  # fmt: skip
    answers = [(list(consortium_lines(each.case, found, 9)), consortium_record(found, each.view))
               for each in (inquiry, other) for found in [consortia(each, "all")]]  # fmt: skip
    assert answers[0] == answers[1]
    assert "cost_gbp" not in str(answers[0])


def test_shapley_on_paper():
    """a alone earns 0, b alone 6, both 10: a gains 0 or 4, on average 2; b gains 6 or 10, on average 8."""
    worth = {frozenset(): 0, frozenset("a"): 0, frozenset("b"): 6, frozenset("ab"): 10}
    assert shapley("ab", worth.__getitem__) == pytest.approx({"a": 2, "b": 8})


def test_shapley_shares_all_the_money_among_three():
    """The glove game: one left glove and two right ones; a pair is worth 1. Two thirds go to the left."""
    worth = {frozenset(g): float("l" in g and len(g) > 1) for n in range(4) for g in combinations("lrs", n)}
    assert shapley("lrs", worth.__getitem__) == pytest.approx({"l": 2 / 3, "r": 1 / 6, "s": 1 / 6})
